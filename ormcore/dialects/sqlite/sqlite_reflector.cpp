// SQLite's catalogue: sqlite_master and the table-valued pragmas (sqlite.org/pragma.html#pragfunc).

#include "ormcore/dialects/sqlite/sqlite_reflector.h"

#include "ormcore/base/text.h"
#include "ormcore/dialects/sqlite/sqlite_create_text.h"
#include "ormcore/dialects/sqlite/sqlite_tokens.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace orm {

namespace {

std::string textOf(const Value &value) { return value.isNull() ? std::string() : std::string(value.asText()); }

ReferentialAction action(std::string_view text)
{
    if (text == "CASCADE")
        return ReferentialAction::Cascade;
    if (text == "SET NULL")
        return ReferentialAction::SetNull;
    if (text == "SET DEFAULT")
        return ReferentialAction::SetDefault;
    return text == "RESTRICT" ? ReferentialAction::Restrict : ReferentialAction::NoAction;
}

// The SELECT of "CREATE VIEW name [(columns)] AS SELECT …".
std::string viewSelect(std::string_view sql)
{
    int depth = 0;
    for (const SqliteToken &token : sqliteTokens(sql)) {
        depth += token.is('(') ? 1 : token.is(')') ? -1 : 0;
        if (depth == 0 && token.isWord("AS"))
            return std::string(trimmed(sql.substr(token.end())));
    }
    return std::string(sql);
}

class Reading {
public:
    Reading(Connection &connection, const ReflectOptions &options) : m_connection(connection), m_options(options) {}

    MetaData read()
    {
        readKinds();
        readMaster();
        readColumns();
        readCreateTexts();
        readForeignKeys();
        readIndexes();
        std::sort(m_metadata.triggers.begin(), m_metadata.triggers.end(),
                  [](const Trigger &a, const Trigger &b) { return a.name < b.name; });
        return std::move(m_metadata);
    }

private:
    struct Kind {
        std::string type;
        bool withoutRowId = false;
        bool strict = false;
    };
    struct Master {
        Table *table = nullptr;
        std::string sql;
        SqliteCreateText text;
    };

    void step()
    {
        if (m_options.progress && !m_options.progress(++m_done, 6))
            throw Operational("reading the schema was cancelled", Operational::Reason::Interrupted);
    }
    void readKinds();
    void readMaster();
    void readColumns();
    void columnsOf(std::string_view condition, const std::vector<std::pair<std::string, Value>> &parameters);
    void addColumn(Result &row);
    void readCreateTexts();
    void applyText(Master &master);
    void readForeignKeys();
    void readIndexes();
    void finishIndex(Master &master, Index index, char origin);
    Master *find(const std::string &name)
    {
        const auto found = m_byName.find(name);
        return found == m_byName.end() ? nullptr : &found->second;
    }

    Connection &m_connection;
    const ReflectOptions &m_options;
    int m_done = 0;
    MetaData m_metadata;
    std::unordered_map<std::string, Kind> m_kinds;
    std::unordered_map<std::string, Master> m_byName;
    std::unordered_map<std::string, std::string> m_indexSql;
};

void Reading::readKinds()
{
    Result rows = m_connection.execute("SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main'");
    while (rows.next())
        m_kinds[textOf(rows.value(0))] = {textOf(rows.value(1)), rows.value(2).asInt() != 0,
                                          rows.value(3).asInt() != 0};
    step();
}

void Reading::readMaster()
{
    Result rows = m_connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid");
    while (rows.next()) {
        const std::string type = textOf(rows.value(0));
        const std::string name = textOf(rows.value(1));
        std::string sql = textOf(rows.value(3));
        if (type == "trigger") {
            m_metadata.triggers.push_back({{{}, name}, {{}, textOf(rows.value(2))}, {std::move(sql)}});
        } else if (type == "index") {
            m_indexSql[name] = std::move(sql);
        } else {
            const Kind &kind = m_kinds[name];
            if (kind.type == "shadow" || lowerAscii(name).starts_with("sqlite_"))
                continue;
            const TableKind tableKind = type == "view"           ? TableKind::View
                                        : kind.type == "virtual" ? TableKind::Virtual
                                                                 : TableKind::Table;
            Table &table = m_metadata.addTable({{}, name}, tableKind);
            table.withoutRowId = kind.withoutRowId;
            table.strict = kind.strict;
            if (tableKind == TableKind::View)
                table.definition = {viewSelect(sql)};
            else if (tableKind == TableKind::Virtual)
                table.definition = {sql};
            m_byName[name] = {&table, std::move(sql), {}};
        }
    }
    step();
}

void Reading::readColumns()
{
    columnsOf("m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'", {});
    // A view over a missing table, or a virtual table of a missing module, makes its pragma fail: then one by one.
    const std::string others = "(m.type = 'view' OR m.sql LIKE 'CREATE VIRTUAL%')";
    try {
        columnsOf(others, {});
    } catch (const Error &) {
        for (const auto &table : m_metadata.tables()) {
            if (table->kind() == TableKind::Table || !table->columns().empty())
                continue;
            try {
                columnsOf(others + " AND m.name = :name", {{"name", Value(table->name().name)}});
            } catch (const Error &) {
                continue; // its definition is kept; it just has no columns that anyone could know
            }
        }
    }
    step();
}

void Reading::columnsOf(std::string_view condition, const std::vector<std::pair<std::string, Value>> &parameters)
{
    Result rows = m_connection.execute(
        "SELECT m.name, p.name, p.type, p.\"notnull\", p.dflt_value, p.pk, p.hidden "
        "FROM sqlite_master m, pragma_table_xinfo(m.name) p WHERE m.type IN ('table', 'view') AND " +
            std::string(condition) + " ORDER BY m.rowid, p.cid",
        parameters);
    while (rows.next())
        addColumn(rows);
}

void Reading::addColumn(Result &row)
{
    Master *master = find(textOf(row.value(0)));
    const std::string name = textOf(row.value(1));
    if (master == nullptr || master->table->find(name) != nullptr)
        return;
    const std::int64_t hidden = row.value(6).asInt();
    if (hidden == 1)
        return; // a virtual table's own helper
    Column &column = master->table->addColumn(name, m_connection.dialect().parseType(textOf(row.value(2))));
    column.nullable = row.value(3).asInt() == 0;
    column.serverDefault = {textOf(row.value(4))};
    column.primaryKey = row.value(5).asInt() > 0;
    column.generatedStored = hidden == 3;
    if (column.primaryKey) {
        auto &key = master->table->primaryKey.columns;
        const auto place = static_cast<std::size_t>(row.value(5).asInt());
        if (key.size() < place)
            key.resize(place);
        key[place - 1] = name;
    }
}

void Reading::readCreateTexts()
{
    for (auto &[name, master] : m_byName) {
        if (master.table->kind() == TableKind::Table)
            applyText(master);
    }
    step();
}

void Reading::applyText(Master &master)
{
    Table &table = *master.table;
    std::vector<std::string> names;
    for (const auto &column : table.columns())
        names.push_back(column->name);
    master.text = readCreateTable(master.sql, names);
    bool descendingKey = false;
    for (const SqliteCreateText::ColumnPart &part : master.text.columns) {
        Column *column = table.find(part.name);
        if (column == nullptr)
            continue;
        column->type.collation = part.collation;
        column->generated = part.generated;
        descendingKey |= part.descendingKey;
    }
    table.primaryKey.name = master.text.primaryKeyName;
    table.checks = master.text.checks;
    if (table.primaryKey.columns.size() != 1 || table.withoutRowId || descendingKey)
        return;
    Column &key = *table.find(table.primaryKey.columns.front());
    if (equalsIgnoringCase(key.type.native, "INTEGER"))
        key.identity = master.text.autoIncrement ? IdentityKind::AutoIncrement : IdentityKind::RowId;
}

void Reading::readForeignKeys()
{
    // Ids count from the last declared key: descending gives the order of declaration.
    Result rows =
        m_connection.execute("SELECT m.name, p.id, p.\"table\", p.\"from\", p.\"to\", p.on_update, p.on_delete "
                             "FROM sqlite_master m, pragma_foreign_key_list(m.name) p WHERE m.type = 'table' ORDER BY "
                             "m.rowid, p.id DESC, p.seq");
    const Master *lastMaster = nullptr;
    std::int64_t lastId = -1;
    while (rows.next()) {
        Master *master = find(textOf(rows.value(0)));
        if (master == nullptr)
            continue;
        auto &keys = master->table->foreignKeys;
        if (master != lastMaster || rows.value(1).asInt() != lastId) {
            ForeignKey key;
            const std::size_t place = keys.size();
            if (place < master->text.foreignKeys.size()) {
                key.name = master->text.foreignKeys[place].name;
                key.deferrable = master->text.foreignKeys[place].deferrable;
            }
            key.target.name = textOf(rows.value(2));
            key.onUpdate = action(textOf(rows.value(5)));
            key.onDelete = action(textOf(rows.value(6)));
            keys.push_back(std::move(key));
            lastMaster = master;
            lastId = rows.value(1).asInt();
        }
        keys.back().columns.push_back(textOf(rows.value(3)));
        if (!rows.value(4).isNull())
            keys.back().targetColumns.push_back(textOf(rows.value(4)));
    }
    step();
}

void Reading::readIndexes()
{
    Result rows =
        m_connection.execute("SELECT m.name, i.name, i.\"unique\", i.origin, c.name, c.\"desc\", c.coll "
                             "FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_xinfo(i.name) c "
                             "WHERE m.type = 'table' AND c.key = 1 ORDER BY m.rowid, i.seq DESC, c.seqno");
    Index index;
    Master *owner = nullptr;
    char origin = 'c';
    while (rows.next()) {
        Master *master = find(textOf(rows.value(0)));
        if (master == nullptr)
            continue;
        const std::string name = textOf(rows.value(1));
        if (master != owner || name != index.name) {
            if (owner != nullptr)
                finishIndex(*owner, std::move(index), origin);
            index = {};
            index.name = name;
            index.unique = rows.value(2).asInt() != 0;
            origin = textOf(rows.value(3)).front();
            owner = master;
        }
        IndexPart part;
        part.column = textOf(rows.value(4));
        part.descending = rows.value(5).asInt() != 0;
        part.collation = textOf(rows.value(6));
        index.parts.push_back(std::move(part));
    }
    if (owner != nullptr)
        finishIndex(*owner, std::move(index), origin);
    step();
}

void Reading::finishIndex(Master &master, Index index, char origin)
{
    Table &table = *master.table;
    if (origin == 'p')
        return; // the primary key's own
    if (origin == 'u') {
        UniqueConstraint unique;
        for (const IndexPart &part : index.parts)
            unique.columns.push_back(part.column);
        for (const UniqueConstraint &written : master.text.uniques) {
            if (std::equal(written.columns.begin(), written.columns.end(), unique.columns.begin(), unique.columns.end(),
                           [](const std::string &a, const std::string &b) { return equalsIgnoringCase(a, b); }))
                unique.name = written.name;
        }
        table.uniques.push_back(std::move(unique));
        return;
    }
    std::vector<std::string> names;
    for (const auto &column : table.columns())
        names.push_back(column->name);
    SqliteIndexText text = readCreateIndex(m_indexSql[index.name], names);
    for (std::size_t i = 0; i < index.parts.size(); ++i) {
        IndexPart &part = index.parts[i];
        const Column *column = part.column.empty() ? nullptr : table.find(part.column);
        if (column == nullptr && i < text.parts.size())
            part.expression = {text.parts[i]};
        const std::string implied =
            column == nullptr || column->type.collation.empty() ? "BINARY" : column->type.collation;
        if (equalsIgnoringCase(part.collation, implied))
            part.collation.clear();
    }
    index.where = std::move(text.where);
    table.indexes.push_back(std::move(index));
}

class SqliteReflector final : public Reflector {
public:
    MetaData reflect(Connection &connection, const ReflectOptions &options) const override
    {
        const bool began = !connection.inTransaction();
        MetaData metadata = Reading(connection, options).read();
        if (began)
            connection.rollback(); // a reader's transaction: it holds no lock longer than it reads
        return metadata;
    }
};

} // namespace

const Reflector &sqliteReflector()
{
    static const SqliteReflector reflector;
    return reflector;
}

} // namespace orm
