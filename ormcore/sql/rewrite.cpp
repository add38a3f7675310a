#include "ormcore/sql/rewrite.h"

namespace orm {

namespace {

class Rewriter {
public:
    explicit Rewriter(const ColumnReplacement &replacement) noexcept : m_replacement(replacement) {}

    Expression of(const Expression &expression)
    {
        if (expression.empty())
            return expression;
        const Node &node = expression.node();
        if (node.kind == NodeKind::Column) {
            const Expression replaced = m_replacement(node, m_inside);
            return replaced.empty() ? expression : replaced;
        }
        std::shared_ptr<Node> copy;
        const auto writable = [&]() -> Node & {
            if (!copy)
                copy = std::make_shared<Node>(node);
            return *copy;
        };
        for (std::size_t i = 0; i < node.args.size(); ++i) {
            Expression argument = of(node.args[i]);
            if (argument.pointer() != node.args[i].pointer())
                writable().args[i] = std::move(argument);
        }
        if (node.select) {
            auto inner = std::make_shared<Select>(*node.select);
            m_inside.push_back(node.select.get());
            parts(*inner);
            if (inner->sourcesImplied) // by columns that are known only now
                inner->sources = select(inner->columnList).sources;
            m_inside.pop_back();
            writable().select = std::move(inner);
        }
        return copy ? Expression(std::move(copy)) : expression;
    }

    void parts(Select &select)
    {
        for (std::vector<Expression> *list : {&select.columnList, &select.groups, &select.orders})
            for (Expression &expression : *list)
                expression = of(expression);
        select.condition = of(select.condition);
        select.groupCondition = of(select.groupCondition);
        for (Join &join : select.joins)
            join.on = of(join.on);
    }

private:
    const ColumnReplacement &m_replacement;
    std::vector<const Select *> m_inside;
};

} // namespace

Expression rewritten(const Expression &expression, const ColumnReplacement &replacement)
{
    return Rewriter(replacement).of(expression);
}

void rewrite(Select &select, const ColumnReplacement &replacement) { Rewriter(replacement).parts(select); }

} // namespace orm
