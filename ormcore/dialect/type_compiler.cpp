#include "ormcore/dialect/type_compiler.h"

#include "ormcore/base/error.h"
#include "ormcore/base/text.h"

#include <algorithm>
#include <charconv>

namespace orm {

namespace {

// A native type is written as it is, so it must not be able to end the column that it stands in.
bool isHarmless(std::string_view sql)
{
    int depth = 0;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        const char c = sql[i];
        if (c == '\'' || c == '"' || c == '`') {
            i = sql.find(c, i + 1);
            if (i == std::string_view::npos)
                return false;
        } else if (c == '(') {
            ++depth;
        } else if (c == ')') {
            if (--depth < 0)
                return false;
        } else if (c == ';' || c == '\0' || (c == ',' && depth == 0) || sql.substr(i, 2) == "--" ||
                   sql.substr(i, 2) == "/*") {
            return false;
        }
    }
    return depth == 0;
}

std::optional<int> readSize(std::string_view text)
{
    text = trimmed(text);
    int number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    return end.ec == std::errc() && end.ptr == text.data() + text.size() && !text.empty() ? std::optional<int>(number)
                                                                                          : std::nullopt;
}

} // namespace

std::string TypeCompiler::render(const Type &type) const
{
    if (type.nativeDialect == m_dialect || (type.kind == TypeKind::Unknown && type.nativeDialect.empty()))
        return native(type);
    return portable(type);
}

std::string TypeCompiler::native(const Type &type) const
{
    if (type.native.empty())
        return type.kind == TypeKind::Unknown ? untyped() : portable(type);
    if (!isHarmless(type.native))
        throw Compile("the type \"" + type.native + "\" cannot be written into a statement");
    return type.native;
}

std::string TypeCompiler::portable(const Type &type) const
{
    switch (type.kind) {
    case TypeKind::Unknown:
        refuse(type, "it is known only as \"" + type.native + "\" of " + type.nativeDialect);
    case TypeKind::Boolean:
        return boolean();
    case TypeKind::SmallInteger:
        return smallInteger();
    case TypeKind::Integer:
        return integer();
    case TypeKind::BigInteger:
        return bigInteger();
    case TypeKind::Float:
        return floating(type);
    case TypeKind::Double:
        return doubled();
    case TypeKind::Numeric:
        return numeric(type);
    case TypeKind::String:
        return string(type);
    case TypeKind::Text:
        return text(type);
    case TypeKind::Date:
        return date();
    case TypeKind::Time:
        return time(type);
    case TypeKind::DateTime:
        return dateTime(type);
    case TypeKind::Interval:
        return interval(type);
    case TypeKind::Uuid:
        return uuid();
    case TypeKind::Json:
        return json();
    case TypeKind::Enum:
        return enumeration(type);
    case TypeKind::LargeBinary:
        return binary(type);
    case TypeKind::Array:
        return array(type);
    }
    return {};
}

void TypeCompiler::refuse(const Type &type, const std::string &why) const
{
    throw Compile(m_dialect + " cannot have the type " + type.toString() + ": " + why);
}

std::string TypeCompiler::sized(std::string_view name, std::optional<int> size)
{
    return std::string(name) + (size ? "(" + std::to_string(*size) + ")" : "");
}

std::string TypeCompiler::fitting(const Type &enumeration)
{
    std::size_t longest = 1;
    for (const std::string &label : enumeration.labels)
        longest = std::max(longest, label.size());
    return "VARCHAR(" + std::to_string(longest) + ")";
}

std::string TypeCompiler::numeric(const Type &type) const
{
    if (!type.precision)
        refuse(type, "without a precision it would lose the digits after the point; say numeric(precision, scale)");
    return "NUMERIC(" + std::to_string(*type.precision) + ", " + std::to_string(type.scale.value_or(0)) + ")";
}

std::string TypeCompiler::string(const Type &type) const { return sized("VARCHAR", type.length); }

std::string TypeCompiler::time(const Type &type) const
{
    return sized("TIME", type.precision) + (type.timezone ? " WITH TIME ZONE" : "");
}

std::string TypeCompiler::dateTime(const Type &type) const
{
    return sized("TIMESTAMP", type.precision) + (type.timezone ? " WITH TIME ZONE" : "");
}

std::string TypeCompiler::array(const Type &type) const { refuse(type, "it has no arrays"); }

std::string TypeCompiler::untyped() const { throw Compile(m_dialect + " needs a type for every column"); }

DeclaredType DeclaredType::parse(std::string_view declared)
{
    DeclaredType result;
    const std::size_t open = declared.find('(');
    const std::size_t close = declared.find(')', open == std::string_view::npos ? 0 : open);
    std::string words(declared.substr(0, open));
    if (open != std::string_view::npos && close != std::string_view::npos) {
        const std::string_view inside = declared.substr(open + 1, close - open - 1);
        const std::size_t comma = inside.find(',');
        result.first = readSize(inside.substr(0, comma));
        if (comma != std::string_view::npos)
            result.second = readSize(inside.substr(comma + 1));
        words.append(" ").append(declared.substr(close + 1));
    }
    for (const char c : trimmed(words)) {
        if (!isSpace(c))
            result.name += lowerAscii(c);
        else if (!result.name.ends_with(' '))
            result.name += ' ';
    }
    return result;
}

const TypeSpelling *findSpelling(std::span<const TypeSpelling> spellings, std::string_view name)
{
    const auto found = std::find_if(spellings.begin(), spellings.end(),
                                    [name](const TypeSpelling &spelling) { return spelling.name == name; });
    return found == spellings.end() ? nullptr : &*found;
}

void applySizes(Type &type, const DeclaredType &declared)
{
    switch (type.kind) {
    case TypeKind::String:
    case TypeKind::Text:
    case TypeKind::LargeBinary:
        type.length = declared.first;
        break;
    case TypeKind::Numeric:
        type.scale = declared.second;
        [[fallthrough]];
    case TypeKind::Time:
    case TypeKind::DateTime:
    case TypeKind::Interval:
        type.precision = declared.first;
        break;
    default:
        break;
    }
}

} // namespace orm
