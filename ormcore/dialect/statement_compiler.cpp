#include "ormcore/dialect/statement_compiler.h"

#include "ormcore/base/text.h"

#include <algorithm>
#include <array>

namespace orm {

namespace {

// Functions whose result has the type of their first argument.
bool keepsType(std::string_view function)
{
    constexpr std::array<std::string_view, 8> kKeepers{"min",    "max",   "coalesce", "ifnull",
                                                       "nullif", "lower", "upper",    "trim"};
    return std::find(kKeepers.begin(), kKeepers.end(), lowerAscii(function)) != kKeepers.end();
}

ResultColumn describeFunction(const Node &node)
{
    ResultColumn result{.name = node.name};
    if (lowerAscii(node.name) == "count")
        result.type = BigInteger();
    else if (keepsType(node.name) && !node.args.empty())
        result.type = describeColumn(node.args.front()).type;
    return result;
}

bool isRowIdName(std::string_view name) { return name == "rowid" || name == "_rowid_" || name == "oid"; }

} // namespace

ResultColumn describeColumn(const Expression &expression)
{
    const Node &node = expression.node();
    switch (node.kind) {
    case NodeKind::Column:
        if (node.column == nullptr)
            return {.name = node.name, .type = isRowIdName(node.name) ? BigInteger() : Type{}};
        return {.name = node.column->name, .type = node.column->type, .column = node.column};
    case NodeKind::Bind:
        return {.name = "value", .type = node.column != nullptr ? node.column->type : node.type};
    case NodeKind::Label: {
        ResultColumn result = describeColumn(node.args.front());
        result.name = node.name;
        return result;
    }
    case NodeKind::Function:
        return describeFunction(node);
    case NodeKind::Cast:
        return {.name = describeColumn(node.args.front()).name, .type = node.type};
    case NodeKind::Case: {
        ResultColumn result = describeColumn(node.args.at(1));
        return {.name = "case", .type = result.type};
    }
    case NodeKind::Subquery: {
        ResultColumn result = describeColumn(node.select->columnList.front());
        result.column = nullptr;
        return result;
    }
    case NodeKind::Conjunction:
        return {.name = "condition", .type = Boolean()};
    default:
        return {.name = "expression"};
    }
}

StatementCompiler::StatementCompiler(const Dialect &dialect, Values values) : m_dialect(dialect), m_values(values) {}

StatementCompiler::~StatementCompiler() = default;

std::string StatementCompiler::placeholder(std::size_t) const { return "?"; }

Compiled StatementCompiler::compile(const Statement &part)
{
    m_compiled.placeholder = placeholder(1);
    m_compiled.tuplePrefix = tupleListPrefix();
    m_compiled.maximumBinds = m_dialect.capabilities().maximumBinds;
    std::visit([this](const auto &concrete) { statement(concrete); }, part);
    return std::move(m_compiled);
}

} // namespace orm
