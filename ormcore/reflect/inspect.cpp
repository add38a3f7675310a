// The numbers of an inspection. Their meanings: resources/docs/formats/inspect.md.

#include "ormcore/base/text.h"
#include "ormcore/reflect/reflect.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace orm {

namespace {

using Counts = std::vector<std::pair<std::string, std::int64_t>>;

template <class Range, class Predicate> std::int64_t countIf(const Range &range, Predicate predicate)
{
    return static_cast<std::int64_t>(std::count_if(range.begin(), range.end(), predicate));
}

// Tables in reference cycles of two or more: strongly connected components (Tarjan), without recursion.
class Cycles {
public:
    explicit Cycles(const MetaData &metadata)
    {
        std::unordered_map<std::string, std::size_t> places;
        for (const auto &table : metadata.tables()) {
            if (table->kind() == TableKind::Table)
                places.emplace(lowerAscii(table->name().toString()), places.size());
        }
        m_targets.resize(places.size());
        for (const auto &table : metadata.tables()) {
            for (const ForeignKey &key : table->foreignKeys) {
                const auto from = places.find(lowerAscii(table->name().toString()));
                const auto to = places.find(lowerAscii(key.target.toString()));
                if (from != places.end() && to != places.end() && from != to)
                    m_targets[from->second].push_back(to->second);
            }
        }
        m_index.assign(m_targets.size(), kNew);
        m_low.assign(m_targets.size(), 0);
        m_onStack.assign(m_targets.size(), false);
    }

    std::int64_t count()
    {
        for (std::size_t i = 0; i < m_targets.size(); ++i) {
            if (m_index[i] == kNew)
                walk(i);
        }
        return m_tables;
    }

private:
    struct Visit {
        std::size_t node = 0;
        std::size_t next = 0;
    };

    void open(std::size_t node)
    {
        m_index[node] = m_low[node] = m_counter++;
        m_stack.push_back(node);
        m_onStack[node] = true;
        m_visits.push_back({node, 0});
    }

    void walk(std::size_t root)
    {
        open(root);
        while (!m_visits.empty()) {
            Visit &visit = m_visits.back();
            const std::size_t node = visit.node;
            if (visit.next < m_targets[node].size()) {
                const std::size_t target = m_targets[node][visit.next++];
                if (m_index[target] == kNew)
                    open(target);
                else if (m_onStack[target])
                    m_low[node] = std::min(m_low[node], m_index[target]);
                continue;
            }
            if (m_low[node] == m_index[node])
                closeComponent(node);
            m_visits.pop_back();
            if (!m_visits.empty())
                m_low[m_visits.back().node] = std::min(m_low[m_visits.back().node], m_low[node]);
        }
    }

    void closeComponent(std::size_t root)
    {
        std::int64_t size = 0;
        std::size_t node = root;
        do {
            node = m_stack.back();
            m_stack.pop_back();
            m_onStack[node] = false;
            ++size;
        } while (node != root);
        if (size > 1)
            m_tables += size;
    }

    static constexpr std::size_t kNew = static_cast<std::size_t>(-1);
    std::vector<std::vector<std::size_t>> m_targets;
    std::vector<std::size_t> m_index, m_low, m_stack;
    std::vector<bool> m_onStack;
    std::vector<Visit> m_visits;
    std::size_t m_counter = 0;
    std::int64_t m_tables = 0;
};

// The declared type without its parentheses, in upper case, as people count types.
std::string bareType(const Type &type)
{
    std::string text = type.native.empty() ? type.toString() : type.native;
    if (const std::size_t open = text.find('('); open != std::string::npos) {
        const std::size_t close = text.rfind(')');
        std::string head(text.substr(0, open));
        while (!head.empty() && isSpace(head.back()))
            head.pop_back();
        text = head + (close == std::string::npos ? std::string() : text.substr(close + 1));
    }
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text;
}

bool plainName(std::string_view name)
{
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || isDigit(c); };
    return !name.empty() && !isDigit(name.front()) && std::all_of(name.begin(), name.end(), plain);
}

std::int64_t characters(std::string_view utf8)
{
    return countIf(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

Counts awkwardNames(const std::vector<std::string> &names)
{
    const auto has = [](std::string_view any) {
        return [any](const std::string &name) { return name.find_first_of(any) != std::string::npos; };
    };
    std::int64_t longest = 0;
    for (const std::string &name : names)
        longest = std::max(longest, characters(name));
    return {{"not_lower_snake", countIf(names, [](const std::string &name) { return !plainName(name); })},
            {"with_space", countIf(names, has(" "))},
            {"with_quote", countIf(names, has("'\"`[]"))},
            {"non_ascii", countIf(names,
                                  [](const std::string &name) {
                                      return std::any_of(name.begin(), name.end(),
                                                         [](char c) { return static_cast<signed char>(c) < 0; });
                                  })},
            {"longest", longest}};
}

std::vector<std::string> schemasOf(const MetaData &metadata, const Dialect &dialect)
{
    std::set<std::string> names;
    for (const auto &table : metadata.tables())
        names.insert(table->name().schema.empty() ? dialect.defaultSchema() : table->name().schema);
    if (names.empty())
        names.insert(dialect.defaultSchema());
    return {names.begin(), names.end()};
}

class Counter {
public:
    explicit Counter(const MetaData &metadata) : m_metadata(metadata) {}

    Inspection count()
    {
        for (const auto &table : m_metadata.tables()) {
            if (table->kind() == TableKind::Table)
                countTable(*table);
        }
        const auto ofKind = [this](TableKind kind) {
            return countIf(m_metadata.tables(), [kind](const auto &table) { return table->kind() == kind; });
        };
        Inspection result;
        result.counts.emplace_back("tables", ofKind(TableKind::Table));
        result.counts.emplace_back("tables_virtual", ofKind(TableKind::Virtual));
        for (const char *key : kKeys)
            result.counts.emplace_back(key, m_counts[key]);
        result.counts.emplace_back("foreign_keys_cyclic_tables", Cycles(m_metadata).count());
        result.counts.emplace_back("views", ofKind(TableKind::View));
        result.counts.emplace_back("triggers", static_cast<std::int64_t>(m_metadata.triggers.size()));
        result.columnTypes = std::move(m_types);
        std::stable_sort(result.columnTypes.begin(), result.columnTypes.end(),
                         [](const auto &a, const auto &b) { return a.second > b.second; });
        m_names.insert(m_names.end(), m_columnNames.begin(), m_columnNames.end());
        result.names = awkwardNames(m_names);
        result.columnsPerTable = std::move(m_columnsPerTable);
        return result;
    }

private:
    static constexpr const char *kKeys[] = {"columns",
                                            "columns_not_null",
                                            "columns_default",
                                            "columns_generated",
                                            "columns_without_type",
                                            "primary_keys",
                                            "primary_keys_composite",
                                            "foreign_keys",
                                            "foreign_keys_composite",
                                            "foreign_keys_self",
                                            "foreign_keys_dangling",
                                            "foreign_keys_without_target_columns",
                                            "unique_constraints",
                                            "unique_constraints_composite",
                                            "check_constraints",
                                            "indexes_all",
                                            "indexes_plain",
                                            "indexes_plain_unique",
                                            "indexes_plain_composite",
                                            "indexes_partial",
                                            "indexes_expression",
                                            "tables_autoincrement",
                                            "tables_without_rowid",
                                            "tables_strict"};

    void countTable(const Table &table)
    {
        m_names.push_back(table.name().name);
        m_columnsPerTable.emplace_back(table.name().toString(), static_cast<std::int64_t>(table.columns().size()));
        countColumns(table);
        countKeys(table);
        countIndexes(table);
        m_counts["check_constraints"] += static_cast<std::int64_t>(table.checks.size());
        m_counts["tables_without_rowid"] += table.withoutRowId ? 1 : 0;
        m_counts["tables_strict"] += table.strict ? 1 : 0;
    }

    void countColumns(const Table &table)
    {
        for (const auto &column : table.columns()) {
            m_columnNames.push_back(column->name);
            ++m_counts["columns"];
            m_counts["columns_not_null"] += column->nullable ? 0 : 1;
            m_counts["columns_default"] += column->serverDefault.empty() ? 0 : 1;
            m_counts["columns_generated"] += column->generated.empty() ? 0 : 1;
            const std::string type = bareType(column->type);
            m_counts["columns_without_type"] += type.empty() ? 1 : 0;
            m_counts["tables_autoincrement"] += column->identity == IdentityKind::AutoIncrement ? 1 : 0;
            const auto known = std::find_if(m_types.begin(), m_types.end(),
                                            [&type](const auto &entry) { return entry.first == type; });
            if (known == m_types.end())
                m_types.emplace_back(type, 1);
            else
                ++known->second;
        }
    }

    void countKeys(const Table &table)
    {
        m_counts["primary_keys"] += table.primaryKey.columns.empty() ? 0 : 1;
        m_counts["primary_keys_composite"] += table.primaryKey.columns.size() > 1 ? 1 : 0;
        for (const ForeignKey &key : table.foreignKeys) {
            ++m_counts["foreign_keys"];
            m_counts["foreign_keys_composite"] += key.columns.size() > 1 ? 1 : 0;
            m_counts["foreign_keys_self"] += equalsIgnoringCase(key.target.name, table.name().name) ? 1 : 0;
            const Table *target = m_metadata.find(key.target.name, key.target.schema);
            m_counts["foreign_keys_dangling"] += target == nullptr || target->kind() == TableKind::View ? 1 : 0;
            m_counts["foreign_keys_without_target_columns"] += key.targetColumns.empty() ? 1 : 0;
        }
        for (const UniqueConstraint &unique : table.uniques) {
            ++m_counts["unique_constraints"];
            m_counts["unique_constraints_composite"] += unique.columns.size() > 1 ? 1 : 0;
        }
    }

    void countIndexes(const Table &table)
    {
        // Behind the keys: a rowid alias needs none, every other key has its own.
        const bool keyIndex =
            !table.primaryKey.columns.empty() &&
            std::none_of(table.columns().begin(), table.columns().end(), [](const auto &column) {
                return column->identity == IdentityKind::RowId || column->identity == IdentityKind::AutoIncrement;
            });
        m_counts["indexes_all"] += static_cast<std::int64_t>(table.uniques.size() + table.indexes.size());
        m_counts["indexes_all"] += keyIndex ? 1 : 0;
        for (const Index &index : table.indexes) {
            ++m_counts["indexes_plain"];
            m_counts["indexes_plain_unique"] += index.unique ? 1 : 0;
            m_counts["indexes_plain_composite"] += index.parts.size() > 1 ? 1 : 0;
            m_counts["indexes_partial"] += index.where.empty() ? 0 : 1;
            m_counts["indexes_expression"] +=
                countIf(index.parts, [](const IndexPart &part) { return part.column.empty(); }) > 0 ? 1 : 0;
        }
    }

    const MetaData &m_metadata;
    std::unordered_map<std::string, std::int64_t> m_counts;
    Counts m_types, m_columnsPerTable;
    std::vector<std::string> m_names, m_columnNames;
};

} // namespace

Inspection inspect(const MetaData &metadata) { return Counter(metadata).count(); }

Inspection inspect(Connection &connection, bool rows)
{
    const bool began = !connection.inTransaction();
    const MetaData metadata = reflect(connection);
    Inspection result = inspect(metadata);
    result.dialect = connection.dialect().name();
    result.server = connection.native().serverVersion();
    result.schemas = schemasOf(metadata, connection.dialect());
    if (rows) {
        std::int64_t sum = 0;
        std::int64_t filled = 0;
        std::int64_t uncountable = 0;
        for (const auto &table : metadata.tables()) {
            if (table->kind() != TableKind::Table)
                continue;
            try {
                const std::int64_t n = connection.execute(Select().columns({count()}).from(*table)).scalar().asInt();
                result.rowsPerTable.emplace_back(table->name().toString(), n);
                sum += n;
                filled += n > 0 ? 1 : 0;
            } catch (const Programming &) {
                ++uncountable; // its definition no longer works: that is a finding, not an end
            }
        }
        result.counts.emplace_back("rows", sum);
        result.counts.emplace_back("tables_with_rows", filled);
        result.counts.emplace_back("tables_uncountable", uncountable);
    }
    if (began)
        connection.rollback();
    return result;
}

} // namespace orm
