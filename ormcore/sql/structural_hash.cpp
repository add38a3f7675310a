#include "ormcore/base/text.h"
#include "ormcore/sql/statement.h"

#include <functional>

namespace orm {

namespace {

/// Mixes what shapes the SQL of a statement; never a value.
class StructureHash {
public:
    [[nodiscard]] std::size_t result() const noexcept { return m_hash; }

    void of(const Select &select)
    {
        mix(select.commonTables.size());
        for (const CommonTable &table : select.commonTables) {
            text(table.name);
            mix(table.recursive ? 1 : 0);
            of(*table.select);
        }
        all(select.columnList);
        mix(select.sources.size());
        for (const Source &source : select.sources)
            of(source);
        if (select.inner != nullptr) {
            text(select.innerAlias);
            of(*select.inner);
        }
        mix(select.joins.size());
        for (const Join &join : select.joins) {
            of(join.source);
            mix(static_cast<std::uint64_t>(join.kind));
            one(join.on);
        }
        one(select.condition);
        all(select.groups);
        one(select.groupCondition);
        mix(select.compounds.size());
        for (const Compound &compound : select.compounds) {
            mix(static_cast<std::uint64_t>(compound.kind));
            of(*compound.select);
        }
        all(select.orders);
        mix((select.rowLimit ? 1U : 0U) + (select.rowOffset ? 2U : 0U) + (select.isDistinct ? 4U : 0U));
    }
    void of(const Insert &insert)
    {
        of(insert.table);
        all(insert.columns);
        all(insert.values);
        all(insert.returning);
    }
    void of(const Update &update)
    {
        of(update.table);
        mix(update.assignments.size());
        for (const auto &[column, value] : update.assignments) {
            of(column);
            one(value);
        }
        one(update.condition);
        all(update.returning);
    }
    void of(const Delete &statement)
    {
        of(statement.table);
        one(statement.condition);
    }
    void of(const TextStatement &statement) { one(statement.text); }

    void mix(std::uint64_t number) noexcept { m_hash = mixHash(m_hash, number); }

private:
    void text(const std::string &part) { mix(part.empty() ? 0 : std::hash<std::string>{}(part)); }
    void of(const Table *table) { mix(table == nullptr ? 0 : table->serial()); }
    void of(const Source &source)
    {
        of(source.table);
        text(source.alias);
    }
    void of(const Column *column)
    {
        if (column == nullptr)
            return mix(0);
        mix(column->table->serial() * 4096 + column->index + 1);
    }
    void of(const Type &type)
    {
        mix(static_cast<std::uint64_t>(type.kind) * 2 + (type.timezone ? 1 : 0));
        mix(static_cast<std::uint64_t>(type.length.value_or(-1)));
        mix(static_cast<std::uint64_t>(type.precision.value_or(-1)));
        mix(static_cast<std::uint64_t>(type.scale.value_or(-1)));
        text(type.native);
    }
    void all(const std::vector<Expression> &expressions)
    {
        mix(expressions.size());
        for (const Expression &expression : expressions)
            one(expression);
    }
    void all(const std::vector<const Column *> &columns)
    {
        mix(columns.size());
        for (const Column *column : columns)
            of(column);
    }
    void one(const Expression &expression)
    {
        if (expression.empty())
            return mix(0);
        const Node &node = expression.node();
        if (node.kind == NodeKind::Column && node.column != nullptr && node.alias.empty())
            return of(node.column); // most nodes are this
        mix((static_cast<std::uint64_t>(node.kind) + 1) * 256 + static_cast<std::uint64_t>(node.op));
        switch (node.kind) {
        case NodeKind::Column:
            of(node.column);
            text(node.alias);
            break;
        case NodeKind::Bind:
            of(node.column);
            mix(node.value.isNull() ? 1 : 0);
            if (node.type.kind != TypeKind::Unknown)
                of(node.type);
            else if (node.column == nullptr)
                mix(static_cast<std::uint64_t>(node.value.kind()));
            return;
        case NodeKind::BindList:
            return of(node.column);
        case NodeKind::Literal:
            mix(node.value.hash());
            break;
        case NodeKind::Cast:
            of(node.type);
            break;
        case NodeKind::Text:
            for (const Value &value : node.values)
                mix(static_cast<std::uint64_t>(value.kind()));
            break;
        default:
            break;
        }
        text(node.name);
        if (node.select != nullptr)
            of(*node.select);
        if (!node.args.empty())
            all(node.args);
    }

    std::size_t m_hash = 0;
};

} // namespace

std::size_t structuralHash(const Statement &statement)
{
    StructureHash hash;
    hash.mix(statement.index());
    std::visit([&hash](const auto &part) { hash.of(part); }, statement);
    return hash.result();
}

} // namespace orm
