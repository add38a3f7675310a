#pragma once

#include "ormcore/sql/statement.h"

namespace orm {

/// Whether a label of ORDER BY stands for a column of the select list, so that its name alone is written.
[[nodiscard]] bool isListedLabel(const Select &select, const Node &label);

/// Calls visit(const Node &) for each Bind, BindList and Text, and limit(std::int64_t) for LIMIT and OFFSET, in the
/// order in which the compilers write them: common tables, columns, sources, joins, WHERE, GROUP BY, HAVING, compounds,
/// ORDER BY, LIMIT, OFFSET.
template <class Visitor> class ValueWalk {
public:
    explicit ValueWalk(Visitor &visitor) : m_visitor(visitor) {}

    void walk(const Statement &statement)
    {
        std::visit([this](const auto &part) { of(part); }, statement);
    }

private:
    void of(const Select &select)
    {
        for (const CommonTable &table : select.commonTables)
            of(*table.select);
        all(select.columnList);
        if (select.inner != nullptr)
            of(*select.inner);
        for (const Join &join : select.joins)
            one(join.on);
        one(select.condition);
        all(select.groups);
        one(select.groupCondition);
        for (const Compound &compound : select.compounds)
            of(*compound.select);
        for (const Expression &order : select.orders)
            ordering(select, order);
        if (select.rowLimit)
            m_visitor.limit(*select.rowLimit);
        if (select.rowOffset)
            m_visitor.limit(*select.rowOffset);
    }
    void of(const Insert &insert) { all(insert.values); }
    void of(const Update &update)
    {
        for (const auto &[column, value] : update.assignments)
            one(value);
        one(update.condition);
    }
    void of(const Delete &statement) { one(statement.condition); }
    void of(const TextStatement &statement) { one(statement.text); }
    void ordering(const Select &select, const Expression &order)
    {
        const Node *node = &order.node();
        while (node->kind == NodeKind::Ordering)
            node = &node->args.front().node();
        if (node->kind != NodeKind::Label || !isListedLabel(select, *node))
            one(order);
    }
    void all(const std::vector<Expression> &expressions)
    {
        for (const Expression &expression : expressions)
            one(expression);
    }
    void one(const Expression &expression)
    {
        if (expression.empty())
            return;
        const Node &node = expression.node();
        if (node.kind == NodeKind::Bind || node.kind == NodeKind::BindList || node.kind == NodeKind::Text)
            m_visitor.visit(node);
        all(node.args);
        if (node.select != nullptr)
            of(*node.select);
    }

    Visitor &m_visitor;
};

} // namespace orm
