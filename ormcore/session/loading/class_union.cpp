#include "ormcore/session/loading/class_union.h"

#include "ormcore/base/error.h"
#include "ormcore/session/loading/relation_sql.h"
#include "ormcore/sql/rewrite.h"

#include <unordered_map>

namespace orm {

namespace {

const std::string unionAlias = "classes";

std::string labelOf(std::size_t place) { return "column_" + std::to_string(place); }

/// Writes the members' SELECTs, and knows where their columns have gone.
class UnionWriter {
public:
    explicit UnionWriter(const RowLayout &rows) : m_rows(rows), m_common(rows.mapper->columns().size())
    {
        std::size_t next = m_common;
        for (std::size_t number = 0; number < rows.members.size(); ++number)
            add(number, next);
    }

    [[nodiscard]] Select select() &&
    {
        Select all = std::move(m_selects.front());
        for (std::size_t number = 1; number < m_selects.size(); ++number)
            all.combine(CompoundKind::UnionAll, std::move(m_selects[number]));
        return all;
    }
    /// Empty: it is no column of a member.
    [[nodiscard]] Expression outer(const Node &node) const
    {
        const auto found = node.kind == NodeKind::Column ? m_places.find(node.column) : m_places.end();
        return found == m_places.end() ? Expression() : sourceColumn(unionAlias, labelOf(found->second));
    }

private:
    void add(std::size_t number, std::size_t &next)
    {
        const RowLayout &member = m_rows.members[number];
        Select select = objectSelect(*member.mapper, member.mapper->isPolymorphic() ? &member : nullptr);
        std::vector<Expression> columns(m_rows.size);
        for (std::size_t i = 0; i < select.columnList.size(); ++i) {
            const std::size_t place = i < m_common ? i : next + i - m_common;
            if (const Node &node = select.columnList[i].node(); node.kind == NodeKind::Column) { // else a property
                m_types.emplace(place, node.column->type);
                m_places.emplace(node.column, place);
            }
            columns[place] = select.columnList[i].label(labelOf(place));
        }
        for (const std::uint16_t key : member.mapper->keys()) // which a joined class has in several tables
            m_places.emplace(member.mapper->columns()[key].column, key);
        next += select.columnList.size() - m_common;
        columns.push_back(bind(Value(static_cast<std::int64_t>(number)), Integer()).label(labelOf(m_rows.size)));
        select.columnList = std::move(columns);
        m_selects.push_back(std::move(select));
        if (number + 1 == m_rows.members.size())
            fillGaps();
    }

    void fillGaps()
    {
        for (Select &select : m_selects)
            for (std::size_t place = 0; place < m_rows.size; ++place)
                if (select.columnList[place].empty()) {
                    const auto type = m_types.find(place);
                    const Expression gap = literalNull();
                    select.columnList[place] =
                        (type == m_types.end() ? gap : gap.cast(type->second)).label(labelOf(place));
                }
    }

    const RowLayout &m_rows;
    std::size_t m_common;
    std::vector<Select> m_selects;
    std::unordered_map<const Column *, std::size_t> m_places;
    std::unordered_map<std::size_t, Type> m_types;
};

} // namespace

Select selectFromUnion(const Select &query, const RowLayout &rows)
{
    if (query.sources.size() > 1 || !query.joins.empty() || !query.groups.empty())
        throw Argument("a query of " + rows.mapper->name() + " and of concrete classes below it has no other tables");
    UnionWriter writer(rows);
    Select select = query;
    const auto outer = [&](const Node &node, const std::vector<const Select *> &inside) {
        return inside.empty() ? writer.outer(node) : Expression(); // a subquery has tables of its own
    };
    select.condition = rewritten(query.condition, outer);
    for (Expression &order : select.orders)
        order = rewritten(order, outer);
    select.sources.clear();
    for (std::size_t place = 0; place <= rows.size; ++place)
        select.columnList.push_back(sourceColumn(unionAlias, labelOf(place)));
    select.fromSelect(std::move(writer).select(), unionAlias);
    return select;
}

} // namespace orm
