// The named constructors of expressions: column, bind, function, text, …

#include "ormcore/base/error.h"
#include "ormcore/base/text.h"
#include "ormcore/sql/expression.h"
#include "ormcore/sql/node_maker.h"
#include "ormcore/sql/text_parameters.h"

#include <algorithm>
#include <array>

namespace orm {

namespace {

// Function names are written as they are, so they must be names: words with points between.
bool isFunctionName(std::string_view name)
{
    bool wordStarts = true;
    for (const char c : name) {
        if (wordStarts ? !isWordByte(c) || isDigit(c) : !isWordByte(c) && c != '.')
            return false;
        wordStarts = c == '.';
    }
    return !wordStarts;
}

} // namespace

Expression column(const Column &column, std::string alias)
{
    return makeNode({.kind = NodeKind::Column, .column = &column, .alias = std::move(alias)});
}

Expression sourceColumn(std::string source, std::string name)
{
    return makeNode({.kind = NodeKind::Column, .alias = std::move(source), .name = std::move(name)});
}

Expression rowId(const Table &table, std::string alias)
{
    std::string source = alias.empty() ? table.name().name : std::move(alias);
    for (const std::string_view name : {"rowid", "_rowid_", "oid"}) {
        if (table.find(name) == nullptr)
            return sourceColumn(std::move(source), std::string(name));
    }
    throw Argument("the rowid of table " + table.name().toString() + " is hidden by columns of its three names");
}

Expression bind(const Value &value, const Type &type)
{
    return makeNode({.kind = NodeKind::Bind, .value = value, .type = type});
}

Expression function(std::string name, std::vector<Expression> args)
{
    if (!isFunctionName(name))
        throw Argument("not the name of a function: " + name);
    if (std::any_of(args.begin(), args.end(), [](const Expression &arg) { return arg.empty(); }))
        throw Argument("an empty expression stands as an argument of " + name);
    return makeNode({.kind = NodeKind::Function, .args = std::move(args), .name = std::move(name)});
}

Expression count() { return function("count", {makeNode({.kind = NodeKind::Literal, .name = "*"})}); }

Expression tuple(std::vector<Expression> parts)
{
    if (parts.empty() || std::any_of(parts.begin(), parts.end(), [](const Expression &part) { return part.empty(); }))
        throw Argument("a tuple needs its parts");
    return makeNode({.kind = NodeKind::Tuple, .args = std::move(parts)});
}

Expression caseWhen(std::vector<std::pair<Expression, Expression>> branches, const Expression &otherwise)
{
    Node node{.kind = NodeKind::Case};
    for (auto &[when, then] : branches) {
        if (when.empty() || then.empty())
            throw Argument("a branch of CASE needs a condition and a result");
        node.args.push_back(std::move(when));
        node.args.push_back(std::move(then));
    }
    if (branches.empty())
        throw Argument("CASE needs a branch");
    if (!otherwise.empty())
        node.args.push_back(otherwise);
    return makeNode(std::move(node));
}

Expression text(std::string sql, std::vector<std::pair<std::string, Value>> parameters)
{
    Node node{.kind = NodeKind::Text, .name = std::move(sql)};
    for (auto &[name, value] : parameters) {
        if (std::find(node.names.begin(), node.names.end(), name) != node.names.end())
            throw Argument("the parameter :" + name + " is given twice");
        node.names.push_back(std::move(name));
        node.values.push_back(std::move(value));
    }
    std::vector<bool> used(node.names.size(), false);
    for (const TextPiece &piece : splitTextParameters(node.name)) {
        if (!piece.parameter)
            continue;
        const auto found = std::find(node.names.begin(), node.names.end(), piece.text);
        if (found == node.names.end())
            throw Argument("the text needs a value for :" + piece.text);
        used[static_cast<std::size_t>(found - node.names.begin())] = true;
    }
    if (const auto unused = std::find(used.begin(), used.end(), false); unused != used.end())
        throw Argument("the text has no parameter :" + node.names[static_cast<std::size_t>(unused - used.begin())]);
    return makeNode(std::move(node));
}

} // namespace orm
