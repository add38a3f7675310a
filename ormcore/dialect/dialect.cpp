#include "ormcore/dialect/dialect.h"

#include "ormcore/base/error.h"
#include "ormcore/base/text.h"
#include "ormcore/dialect/ddl_compiler.h"
#include "ormcore/dialect/statement_compiler.h"

#include <cmath>

namespace orm {

std::string Dialect::quote(std::string_view identifier) const
{
    if (identifier.find('\0') != std::string_view::npos)
        throw Argument("a name cannot hold a zero byte");
    const std::size_t maximum = capabilities().maximumIdentifier;
    if (maximum != 0 && identifier.size() > maximum)
        throw Argument("the name " + std::string(identifier) + " is longer than the " + std::to_string(maximum) +
                       " bytes that " + name() + " allows");
    return quoted(identifier, quoteMark());
}

std::string Dialect::quote(const QualifiedName &name) const
{
    if (name.schema.empty() || !capabilities().schemas)
        return quote(std::string_view(name.name));
    return quote(std::string_view(name.schema)) + "." + quote(std::string_view(name.name));
}

std::shared_ptr<const Compiled> Dialect::compile(const Statement &statement) const
{
    return std::make_shared<const Compiled>(statementCompiler()->compile(statement));
}

std::string Dialect::compile(const DdlStatement &statement) const { return ddlCompiler()->compile(statement); }

std::string Dialect::literal(const Value &value) const
{
    switch (value.kind()) {
    case ValueKind::Null:
        return "NULL";
    case ValueKind::Bool:
        return value.asBool() ? "TRUE" : "FALSE";
    case ValueKind::Int:
    case ValueKind::Decimal:
        return value.toString();
    case ValueKind::Double: {
        const std::string text = value.toString();
        if (!std::isfinite(value.asDouble()))
            return quoted(text, '\'');
        return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
    }
    case ValueKind::Bytes:
        return "x'" + value.toString() + "'";
    default:
        return quoted(value.toString(), '\'');
    }
}

std::string Dialect::preview(const Statement &statement) const
{
    const std::unique_ptr<StatementCompiler> compiler = statementCompiler();
    compiler->writeValues();
    return compiler->compile(statement).sql;
}

std::unique_ptr<StatementCompiler> Dialect::statementCompiler() const
{
    return std::make_unique<StatementCompiler>(*this);
}

std::unique_ptr<DdlCompiler> Dialect::ddlCompiler() const { return std::make_unique<DdlCompiler>(*this); }

} // namespace orm
