#include "ui/records/source/row_source.h"

#include <algorithm>

namespace ui::records {

namespace {

/// A column as it is stored, without the conversion of its type.
orm::Expression stored(const orm::Column &column) { return orm::sourceColumn(column.table->name().name, column.name); }

bool isIn(const std::vector<const orm::Column *> &columns, const orm::Column *column)
{
    return std::find(columns.begin(), columns.end(), column) != columns.end();
}

RowOrder totalOrder(const RowQuery &query, const RowKeyShape &shape)
{
    RowOrder order;
    std::vector<const orm::Column *> used;
    for (const SortKey &key : query.sort) {
        if (isIn(used, key.column))
            continue;
        used.push_back(key.column);
        order.push_back({stored(*key.column), key.descending, key.nullsFirst, mayBeNull(*key.column)});
    }
    if (!shape.paged())
        return order;
    const bool descending = !order.empty() && order.back().descending; // so that an index may be read backwards
    for (const orm::Column *column : shape.columns) {
        if (!isIn(used, column))
            order.push_back({stored(*column), descending, !descending, mayBeNull(*column)});
    }
    if (shape.kind == KeyKind::RowId || shape.rowIdTieBreak)
        order.push_back({orm::rowId(*query.table), descending, !descending, false});
    return order;
}

/// Whether the sorted columns are the first of an index, all in its direction or all against it.
bool follows(const std::vector<SortKey> &sort, const std::vector<std::pair<std::string, bool>> &parts,
             const orm::Capabilities &capabilities)
{
    if (sort.size() > parts.size())
        return false;
    for (std::size_t i = 0; i < sort.size(); ++i) {
        const bool natural = sort[i].nullsFirst == (capabilities.nullsSortFirst != sort[i].descending);
        const bool against = sort[0].descending != parts[0].second;
        if (sort[i].column->name != parts[i].first || (mayBeNull(*sort[i].column) && !natural) ||
            (sort[i].descending != parts[i].second) != against)
            return false;
    }
    return true;
}

bool hasIndex(const RowQuery &query, const orm::Capabilities &capabilities)
{
    if (query.sort.empty())
        return true;
    std::vector<std::pair<std::string, bool>> parts;
    const auto followsColumns = [&](const std::vector<std::string> &columns) {
        parts.clear();
        for (const std::string &column : columns)
            parts.emplace_back(column, false);
        return follows(query.sort, parts, capabilities);
    };
    if (followsColumns(query.table->primaryKey.columns))
        return true;
    for (const orm::UniqueConstraint &unique : query.table->uniques) {
        if (followsColumns(unique.columns))
            return true;
    }
    for (const orm::Index &index : query.table->indexes) {
        parts.clear();
        for (const orm::IndexPart &part : index.parts)
            parts.emplace_back(part.column, part.descending);
        if (index.where.empty() && follows(query.sort, parts, capabilities))
            return true;
    }
    return false;
}

std::size_t sizeOf(const orm::Value &value)
{
    switch (value.kind()) {
    case orm::ValueKind::Text:
    case orm::ValueKind::Json:
        return sizeof(Cell) + value.asText().size();
    case orm::ValueKind::Bytes:
        return sizeof(Cell) + value.asBytes().size();
    default:
        return sizeof(Cell);
    }
}

bool isBinary(const orm::Column &column) { return column.type.kind == orm::TypeKind::LargeBinary; }

bool isLongText(const orm::Column &column) { return column.type.isText() || column.type.kind == orm::TypeKind::Json; }

std::size_t utf8Prefix(std::string_view text, std::int64_t characters)
{
    std::size_t at = 0;
    while (at < text.size() && characters > 0) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
            ++at;
        --characters;
    }
    return at;
}

/// What a block keeps of a value. Also cuts what SQL could not: any column of SQLite may hold anything.
Cell cut(orm::Value value)
{
    Cell cell;
    if (value.kind() == orm::ValueKind::Text || value.kind() == orm::ValueKind::Json) {
        const std::string_view text = value.asText();
        const std::size_t kept = utf8Prefix(text, RowSource::kTextLimit);
        if (kept == text.size())
            return {std::move(value), Cell::kWhole};
        return {orm::Value(text.substr(0, kept)), Cell::kUnknown};
    }
    if (value.kind() == orm::ValueKind::Bytes) {
        const std::string_view bytes = value.asBytes();
        if (bytes.size() <= static_cast<std::size_t>(RowSource::kByteLimit))
            return {std::move(value), Cell::kWhole};
        return {orm::Value::bytes(bytes.substr(0, RowSource::kByteLimit)), static_cast<std::int64_t>(bytes.size())};
    }
    cell.value = std::move(value);
    return cell;
}

orm::Expression beginning(const orm::Expression &column, std::int64_t length)
{
    return orm::function("substr", {column, orm::Value(1), orm::Value(length)});
}

void reverseRows(RowBlock &block)
{
    const auto reverse = [&block](auto &values, std::size_t width) {
        for (std::size_t low = 0, high = block.rowCount; low + 1 < high; ++low) {
            --high;
            std::swap_ranges(values.begin() + static_cast<std::ptrdiff_t>(low * width),
                             values.begin() + static_cast<std::ptrdiff_t>((low + 1) * width),
                             values.begin() + static_cast<std::ptrdiff_t>(high * width));
        }
    };
    reverse(block.cells, block.columnCount);
    reverse(block.identities, block.identityWidth);
    reverse(block.keys, block.keyWidth);
}

} // namespace

RowSource::RowSource(RowQuery query, const orm::Dialect &dialect)
    : m_query(std::move(query)),
      m_shape(rowKeyShape(*m_query.table, dialect.capabilities())),
      m_order(totalOrder(m_query, m_shape)),
      m_filter(condition(m_query.filters)),
      m_capabilities(dialect.capabilities()),
      m_indexed(hasIndex(m_query, m_capabilities))
{
}

std::vector<orm::Expression> RowSource::keyColumns() const
{
    std::vector<orm::Expression> keys;
    for (const OrderTerm &term : m_order)
        keys.push_back(term.expression);
    return keys;
}

/// Shown columns (a binary one twice: beginning and length), then the identity typed, then the keys as stored.
std::vector<orm::Expression> RowSource::selected() const
{
    std::vector<orm::Expression> list;
    for (const orm::Column *column : m_query.columns) {
        if (isBinary(*column)) {
            list.push_back(beginning(*column, kByteLimit));
            list.push_back(orm::function("length", {orm::Expression(*column)}));
        } else if (isLongText(*column)) {
            list.push_back(beginning(*column, kTextLimit + 1));
        } else {
            list.emplace_back(*column);
        }
    }
    for (const orm::Column *column : m_shape.columns)
        list.emplace_back(*column);
    if (m_shape.kind == KeyKind::RowId)
        list.push_back(orm::rowId(table()));
    if (m_shape.paged()) {
        for (const OrderTerm &term : m_order)
            list.push_back(term.expression);
    }
    return list;
}

orm::Select RowSource::ordered(std::vector<orm::Expression> columns, const RowOrder &order) const
{
    orm::Select select;
    select.columns(std::move(columns)).from(table()).where(m_filter).orderBy(orderBy(order, m_capabilities));
    return select;
}

void RowSource::read(orm::Connection &connection, const orm::Select &select, RowBlock &block) const
{
    orm::Result result = connection.execute(select);
    while (result.next()) {
        int at = 0;
        for (const orm::Column *column : m_query.columns) {
            Cell cell = cut(result.value(at++));
            if (isBinary(*column)) {
                const orm::Value length = result.value(at++);
                if (length.kind() == orm::ValueKind::Int && length.asInt() > kByteLimit)
                    cell.length = length.asInt();
            }
            if (column->type.kind == orm::TypeKind::Json && !cell.isCut() && cell.value.kind() == orm::ValueKind::Text)
                cell.value = orm::Value::json(cell.value.asText());
            block.bytes += sizeOf(cell.value);
            block.cells.push_back(std::move(cell));
        }
        for (std::size_t i = 0; i < block.identityWidth; ++i)
            block.identities.push_back(result.value(at++));
        for (std::size_t i = 0; i < block.keyWidth; ++i)
            block.keys.push_back(result.value(at++));
        block.bytes += (block.identityWidth + block.keyWidth) * sizeof(orm::Value);
        ++block.rowCount;
    }
}

RowBlock RowSource::fetch(orm::Connection &connection, const std::optional<RowKey> &anchor, Bound bound,
                          Direction direction, std::int64_t count) const
{
    RowBlock block;
    block.columnCount = m_query.columns.size();
    block.identityWidth = m_shape.columns.size() + (m_shape.kind == KeyKind::RowId ? 1 : 0);
    block.keyWidth = m_order.size();
    const RowOrder order = direction == Direction::Forward ? m_order : reversed(m_order);
    orm::Select select = ordered(selected(), order);
    if (!anchor) {
        read(connection, select.limit(count), block);
    } else if (!m_indexed) { // each part would sort the whole table
        read(connection, select.where(after(order, *anchor, bound)).limit(count), block);
    } else {
        for (const orm::Expression &segment : segmentsAfter(order, *anchor, bound)) {
            const std::int64_t missing = count - static_cast<std::int64_t>(block.rowCount);
            if (missing > 0)
                read(connection, orm::Select(select).where(segment).limit(missing), block);
        }
    }
    block.reachedEnd = static_cast<std::int64_t>(block.rowCount) < count;
    if (direction == Direction::Backward)
        reverseRows(block);
    return block;
}

RowBlock RowSource::head(orm::Connection &connection, std::int64_t count) const
{
    RowBlock block;
    block.columnCount = m_query.columns.size();
    read(connection, ordered(selected(), m_order).limit(count), block);
    block.reachedEnd = static_cast<std::int64_t>(block.rowCount) < count;
    return block;
}

std::optional<RowKey> RowSource::walk(orm::Connection &connection, const std::optional<RowKey> &anchor,
                                      std::int64_t count, std::int64_t &walked) const
{
    std::vector<orm::Expression> parts(1);
    if (anchor)
        parts = m_indexed ? segmentsAfter(m_order, *anchor, Bound::Exclusive)
                          : std::vector{after(m_order, *anchor, Bound::Exclusive)};
    const orm::Select select = ordered(keyColumns(), m_order);
    walked = 0;
    for (const orm::Expression &part : parts) {
        orm::Result result = connection.execute(orm::Select(select).where(part).limit(count - walked));
        while (result.next()) {
            if (++walked == count)
                return result.row();
        }
    }
    return std::nullopt;
}

void RowSource::stream(orm::Connection &connection,
                       const std::function<bool(const std::function<RowKey()> &key)> &seen) const
{
    orm::Result result = connection.execute(ordered(keyColumns(), m_order));
    const std::function<RowKey()> key = [&result] { return result.row(); };
    while (result.next() && seen(key)) {
    }
}

std::int64_t RowSource::count(orm::Connection &connection) const
{
    orm::Select select;
    select.columns({orm::count()}).from(table()).where(m_filter);
    return connection.execute(select).scalar().asInt();
}

std::int64_t RowSource::countBetween(orm::Connection &connection, const std::optional<RowKey> &from,
                                     const RowKey &to) const
{
    orm::Select select;
    select.columns({orm::count()}).from(table()).where(m_filter).where(after(reversed(m_order), to, Bound::Exclusive));
    if (from)
        select.where(after(m_order, *from, Bound::Exclusive));
    return connection.execute(select).scalar().asInt();
}

std::optional<orm::Value> RowSource::wholeValue(orm::Connection &connection, const RowIdentity &identity,
                                                const orm::Column &column) const
{
    orm::Select select;
    select.columns({orm::Expression(column)}).from(table()).where(rowCondition(identity));
    orm::Result result = connection.execute(select);
    if (!result.next())
        return std::nullopt;
    return result.value(0);
}

orm::Expression RowSource::rowCondition(const RowIdentity &identity) const
{
    if (m_shape.kind == KeyKind::RowId)
        return orm::rowId(table()) == orm::Expression(identity.front());
    orm::Expression same;
    for (std::size_t i = 0; i < m_shape.columns.size(); ++i)
        same = same && orm::Expression(*m_shape.columns[i]) == orm::bind(identity[i], m_shape.columns[i]->type);
    return same;
}

} // namespace ui::records
