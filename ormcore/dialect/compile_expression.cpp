// Expressions: StatementCompiler's part below statements.

#include "ormcore/base/error.h"
#include "ormcore/dialect/statement_compiler.h"

#include <algorithm>
#include <array>

namespace orm {

namespace {

struct Sign {
    Operator op;
    std::string_view text;
    int binding;
};

constexpr std::array kSigns{
    Sign{Operator::Equal, " = ", 4},      Sign{Operator::NotEqual, " <> ", 4}, Sign{Operator::Less, " < ", 4},
    Sign{Operator::LessEqual, " <= ", 4}, Sign{Operator::Greater, " > ", 4},   Sign{Operator::GreaterEqual, " >= ", 4},
    Sign{Operator::Add, " + ", 6},        Sign{Operator::Subtract, " - ", 6},  Sign{Operator::Multiply, " * ", 7},
    Sign{Operator::Divide, " / ", 7},     Sign{Operator::Modulo, " % ", 7},
};

const Sign *signOf(Operator op)
{
    const auto *found = std::find_if(kSigns.begin(), kSigns.end(), [op](const Sign &sign) { return sign.op == op; });
    return found == kSigns.end() ? nullptr : found;
}

} // namespace

int StatementCompiler::bindingOf(const Node &node)
{
    switch (node.kind) {
    case NodeKind::Conjunction:
        return node.op == Operator::Or ? kOr : kAnd;
    case NodeKind::Unary:
        if (node.op == Operator::Exists || node.op == Operator::NotExists || node.op == Operator::Negate)
            return node.op == Operator::NotExists ? kNot : kPrimary - 1;
        return node.op == Operator::Not ? kNot : kComparison;
    case NodeKind::Binary:
        if (const Sign *sign = signOf(node.op))
            return sign->binding;
        return node.op == Operator::Concat ? kConcatenation : kComparison;
    case NodeKind::Text:
        return 0; // whatever stands in it
    default:
        return kPrimary;
    }
}

void StatementCompiler::expression(const Expression &expression, int binding)
{
    const Node &part = expression.node();
    // How tightly || binds differs between databases: next to arithmetic it always gets parentheses.
    const int own = bindingOf(part);
    const bool unclear = (binding > kCompared && own == kConcatenation) ||
                         (binding == kConcatenation && own < kPrimary && own != kConcatenation);
    const bool wrapped = own < binding || (unclear && binding != own);
    if (wrapped)
        write("(");
    node(part);
    if (wrapped)
        write(")");
}

void StatementCompiler::node(const Node &node)
{
    switch (node.kind) {
    case NodeKind::Column:
        return column(node);
    case NodeKind::Bind:
        return bound(node.value, node.column != nullptr ? node.column->type : node.type);
    case NodeKind::BindList:
        return bindList(node);
    case NodeKind::Literal:
        return literalNode(node);
    case NodeKind::Unary:
        return unary(node);
    case NodeKind::Binary:
        return binary(node);
    case NodeKind::Conjunction:
        return conjunction(node);
    case NodeKind::Function:
        return function(node);
    case NodeKind::Cast:
        return cast(node);
    case NodeKind::Case:
        return caseNode(node);
    case NodeKind::Label:
    case NodeKind::Ordering:
        return expression(node.args.front()); // outside of the lists that name and order
    case NodeKind::Tuple:
        if (!m_dialect.capabilities().tupleComparison)
            throw Compile(m_dialect.name() + " cannot compare tuples");
        write("(");
        list(node.args);
        return write(")");
    case NodeKind::Subquery:
        return subquery(node);
    case NodeKind::Text:
        return textNode(node);
    }
}

void StatementCompiler::list(const std::vector<Expression> &expressions, std::string_view separator, int binding)
{
    for (std::size_t i = 0; i < expressions.size(); ++i) {
        if (i > 0)
            write(separator);
        expression(expressions[i], binding);
    }
}

void StatementCompiler::column(const Node &node)
{
    if (node.column == nullptr) { // of a subquery, a common table, or a rowid
        if (m_qualified)
            write(m_dialect.quote(node.alias) + ".");
        return write(m_dialect.quote(node.name));
    }
    const Table &table = *node.column->table;
    if (!inScope({&table, node.alias}))
        throw Compile("column " + table.name().toString() + "." + node.column->name + " is used, but " +
                      (node.alias.empty() ? table.name().toString() : node.alias) + " is not in FROM");
    if (m_qualified)
        write(m_dialect.quote(node.alias.empty() ? table.name().name : node.alias) + ".");
    write(m_dialect.quote(node.column->name));
}

void StatementCompiler::bound(const Value &value, const Type &type)
{
    if (m_values == Values::Written)
        return write(m_dialect.literal(value));
    m_compiled.binds.push_back({.type = type});
    write(placeholder(m_compiled.binds.size()));
}

void StatementCompiler::bindList(const Node &node)
{
    expandingSlot({.type = node.column != nullptr ? node.column->type : Type{}, .expanding = true}, node.values);
}

void StatementCompiler::expandingSlot(BindSlot slot, std::span<const Value> values)
{
    if (m_values == Values::Bound) {
        m_compiled.markers.push_back(m_compiled.sql.size());
        m_compiled.hasExpanding = true;
        m_compiled.binds.push_back(std::move(slot));
        return;
    }
    std::string written;
    for (const Value &value : values) {
        written += written.empty() ? "" : ", ";
        if (value.kind() != ValueKind::Array) {
            written += m_dialect.literal(value);
            continue;
        }
        std::string part;
        for (const Value &element : value.asArray())
            part += (part.empty() ? "" : ", ") + m_dialect.literal(element);
        written += "(" + part + ")";
    }
    write("(" + (slot.parts.empty() ? "" : tupleListPrefix()) + written + ")");
}

void StatementCompiler::literalNode(const Node &node)
{
    if (!node.name.empty())
        return write(node.name); // only ever "*"
    if (node.value.kind() == ValueKind::Bool && !m_dialect.capabilities().booleanType)
        return write(node.value.asBool() ? "1 = 1" : "1 = 0");
    write(m_dialect.literal(node.value));
}

void StatementCompiler::unary(const Node &node)
{
    switch (node.op) {
    case Operator::IsNull:
    case Operator::IsNotNull:
        operand(node, 0, kCompared);
        return write(node.op == Operator::IsNull ? " IS NULL" : " IS NOT NULL");
    case Operator::Not:
        write("NOT (");
        operand(node, 0, 0);
        return write(")");
    case Operator::Exists:
    case Operator::NotExists:
        write(node.op == Operator::Exists ? "EXISTS " : "NOT EXISTS ");
        return operand(node, 0, 0);
    default:
        write("-");
        return operand(node, 0, kPrimary);
    }
}

void StatementCompiler::infix(const Node &node, std::string_view sign, int binding)
{
    // Comparisons do not chain; sums and products associate to the left.
    operand(node, 0, binding == kComparison ? binding + 1 : binding);
    write(sign);
    operand(node, 1, binding + 1);
}

void StatementCompiler::binary(const Node &node)
{
    if (const Sign *sign = signOf(node.op))
        return infix(node, sign->text, sign->binding);
    switch (node.op) {
    case Operator::IsDistinctFrom:
    case Operator::IsNotDistinctFrom:
        return distinction(node);
    case Operator::Like:
    case Operator::NotLike:
        return like(node);
    case Operator::ILike:
    case Operator::NotILike:
        return caseInsensitiveLike(node);
    case Operator::In:
    case Operator::NotIn:
        return membership(node);
    case Operator::Between:
    case Operator::NotBetween:
        operand(node, 0, kCompared);
        write(node.op == Operator::Between ? " BETWEEN " : " NOT BETWEEN ");
        operand(node, 1, kCompared);
        write(" AND ");
        return operand(node, 2, kCompared);
    case Operator::Concat:
        return concatenation(node);
    default:
        throw Argument("an operator of one operand stands between two");
    }
}

void StatementCompiler::like(const Node &node)
{
    infix(node, node.op == Operator::Like ? " LIKE " : " NOT LIKE ", kComparison);
    if (node.args.size() > 2) {
        write(" ESCAPE ");
        operand(node, 2, 0);
    }
}

void StatementCompiler::membership(const Node &node)
{
    const Node &list = node.args[1].node();
    const Node &left = node.args[0].node();
    operand(node, 0, kCompared);
    if (list.kind == NodeKind::BindList && m_values == Values::Bound && m_dialect.capabilities().arrayParameters)
        return arrayMembership(node);
    write(node.op == Operator::In ? " IN " : " NOT IN ");
    if (list.kind != NodeKind::BindList || left.kind != NodeKind::Tuple)
        return operand(node, 1, 0);
    BindSlot slot{.expanding = true};
    for (const Expression &part : left.args)
        slot.parts.push_back(describeColumn(part).type);
    expandingSlot(std::move(slot), list.values);
}

// One array for a list of any length: one statement for all.
void StatementCompiler::arrayMembership(const Node &node)
{
    const Node &list = node.args[1].node();
    if (node.args[0].node().kind == NodeKind::Tuple)
        throw Compile(m_dialect.name() + " cannot take a list of tuples as a parameter");
    Type array{.kind = TypeKind::Array};
    array.element.push_back(list.column != nullptr ? list.column->type : Type{});
    write(node.op == Operator::In ? " = ANY(" : " <> ALL(");
    bound(Value::array(list.values), array);
    write(")");
}

void StatementCompiler::concatenation(const Node &node) { infix(node, " || ", kConcatenation); }

void StatementCompiler::distinction(const Node &node)
{
    if (!m_dialect.capabilities().isDistinctFrom)
        throw Compile(m_dialect.name() + " has no IS DISTINCT FROM");
    infix(node, node.op == Operator::IsDistinctFrom ? " IS DISTINCT FROM " : " IS NOT DISTINCT FROM ", kComparison);
}

void StatementCompiler::caseInsensitiveLike(const Node &node)
{
    write("lower(");
    operand(node, 0, 0);
    write(node.op == Operator::ILike ? ") LIKE lower(" : ") NOT LIKE lower(");
    operand(node, 1, 0);
    write(")");
}

void StatementCompiler::conjunction(const Node &node)
{
    // AND inside OR keeps its parentheses although it binds more: a reader should not have to know.
    list(node.args, node.op == Operator::And ? " AND " : " OR ", kNot);
}

void StatementCompiler::function(const Node &node)
{
    write(node.name);
    write("(");
    list(node.args);
    write(")");
}

void StatementCompiler::cast(const Node &node)
{
    write("CAST(");
    operand(node, 0, 0);
    write(" AS " + typeInCast(node.type) + ")");
}

void StatementCompiler::caseNode(const Node &node)
{
    write("CASE");
    const std::size_t paired = node.args.size() / 2 * 2;
    for (std::size_t i = 0; i < paired; i += 2) {
        write(" WHEN ");
        operand(node, i, 0);
        write(" THEN ");
        operand(node, i + 1, 0);
    }
    if (paired < node.args.size()) {
        write(" ELSE ");
        operand(node, paired, 0);
    }
    write(" END");
}

void StatementCompiler::subquery(const Node &node)
{
    write("(");
    select(*node.select);
    write(")");
}

} // namespace orm
