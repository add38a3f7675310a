#include "ormcore/session/loading/class_tables.h"

#include <algorithm>

namespace orm {

std::string tableAlias(const Mapper &mapper, const Table &table, const std::string &alias)
{
    return alias.empty() || &mapper.table() == &table ? alias : alias + "_" + table.name().name;
}

Expression isOfClass(const Mapper &mapper, const std::string &alias)
{
    const Hierarchy &hierarchy = mapper.hierarchy();
    if (hierarchy.kind != Inheritance::Single)
        return {};
    std::vector<Value> identities;
    const auto add = [&](const Mapper &found) {
        if (!found.hierarchy().isAbstract)
            identities.push_back(found.hierarchy().identity);
    };
    add(mapper);
    for (const Mapper *subclass : hierarchy.subclasses)
        add(*subclass);
    const Column &discriminator = *mapper.columns()[*hierarchy.discriminator].column;
    return column(discriminator, tableAlias(mapper, *discriminator.table, alias)).in(std::move(identities));
}

namespace {

/// The tables of one class in a statement, of which one is there.
class Tables {
public:
    Tables(Select &select, const AliasedClass &target, const Table &first)
        : m_select(select), m_target(target), m_parts(target.mapper.hierarchy().tables)
    {
        m_first = &*std::find_if(m_parts.begin(), m_parts.end(),
                                 [&](const MappedTable &part) { return part.table == &first; });
    }

    [[nodiscard]] Expression ofClass(const MappedTable &part) const
    {
        return &part == &m_parts.front() ? isOfClass(m_target.mapper, m_target.alias) : Expression();
    }
    [[nodiscard]] const MappedTable &first() const noexcept { return *m_first; }

    void joinOthers(JoinKind kind)
    {
        for (const MappedTable &part : m_parts)
            if (&part != m_first)
                join(part, kind);
        if (!m_target.rows)
            return;
        std::vector<const Table *> known;
        for (const MappedTable &part : m_parts)
            known.push_back(part.table);
        for (const Mapper *subclass : m_target.rows->extra) {
            const MappedTable &part = subclass->hierarchy().tables.back();
            if (std::find(known.begin(), known.end(), part.table) != known.end())
                continue;
            known.push_back(part.table);
            join(part, JoinKind::Left);
        }
    }

private:
    [[nodiscard]] std::string alias(const MappedTable &part) const
    {
        return tableAlias(m_target.mapper, *part.table, m_target.alias);
    }
    void join(const MappedTable &part, JoinKind kind)
    {
        Expression on;
        for (std::size_t i = 0; i < part.keys.size(); ++i)
            on = on && column(*part.keys[i], alias(part)) == column(*m_first->keys[i], alias(*m_first));
        m_select.join(*part.table, on && ofClass(part), kind, alias(part));
    }

    Select &m_select;
    const AliasedClass &m_target;
    const std::vector<MappedTable> &m_parts;
    const MappedTable *m_first;
};

} // namespace

void addTables(Select &select, const Mapper &mapper, const std::string &alias, const RowLayout *rows)
{
    if (!mapper.isPolymorphic())
        return;
    const std::vector<Join> further = std::move(select.joins);
    select.joins.clear();
    const AliasedClass target{mapper, alias, rows};
    const Table &root = *mapper.hierarchy().tables.front().table;
    Tables tables(select, target, root);
    select.sources.front() = {&root, tableAlias(mapper, root, alias)};
    tables.joinOthers(JoinKind::Inner);
    select.joins.insert(select.joins.end(), further.begin(), further.end());
}

void joinTables(Select &select, const AliasedClass &target, std::uint16_t searched, const Expression &on, JoinKind kind)
{
    const Table &first = *target.mapper.columns()[searched].column->table;
    Tables tables(select, target, first);
    select.join(first, on && tables.ofClass(tables.first()), kind, tableAlias(target.mapper, first, target.alias));
    tables.joinOthers(kind);
}

} // namespace orm
