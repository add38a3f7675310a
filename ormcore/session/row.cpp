#include "ormcore/session/row.h"

#include "ormcore/mapping/field_visit.h"

#include <limits>

namespace orm {

namespace {

[[noreturn]] void refuse(const MappedColumn &mapped, const std::string &why)
{
    const std::string table = mapped.column->table ? mapped.column->table->name().toString() + "." : "";
    throw DataError(table + mapped.column->name + ": " + why);
}

void readConverted(const MappedColumn &mapped, void *member, DriverStatement &row, int column)
{
    const Value value = row.value(column, mapped.column->type);
    try {
        setFieldValue(mapped.field, member, value);
    } catch (const DataError &error) {
        refuse(mapped, error.what());
    }
}

template <class Integer> void readInteger(const MappedColumn &mapped, void *member, DriverStatement &row, int column)
{
    const std::int64_t number = row.getInt(column);
    if (number == 0) // also what NULL, text and reals below one read as
        return readConverted(mapped, member, row, column);
    if constexpr (std::is_same_v<Integer, bool>) {
        if (number != 1)
            refuse(mapped, std::to_string(number) + " is no truth value");
    } else if constexpr (sizeof(Integer) < 8) {
        if (number < std::numeric_limits<Integer>::min() || number > std::numeric_limits<Integer>::max())
            refuse(mapped, std::to_string(number) + " does not fit the member");
    }
    detail::writableField<Integer>(mapped.field, member) = static_cast<Integer>(number);
}

} // namespace

void readField(const MappedColumn &mapped, void *member, DriverStatement &row, int column)
{
    switch (mapped.field.kind) {
    case FieldKind::Text: {
        const std::string_view text = row.getText(column);
        if (!text.data())
            return readConverted(mapped, member, row, column);
        detail::writableField<std::string>(mapped.field, member).assign(text);
        return;
    }
    case FieldKind::Int64:
        return readInteger<std::int64_t>(mapped, member, row, column);
    case FieldKind::Int32:
        return readInteger<std::int32_t>(mapped, member, row, column);
    case FieldKind::Int16:
        return readInteger<std::int16_t>(mapped, member, row, column);
    case FieldKind::Bool:
        return readInteger<bool>(mapped, member, row, column);
    case FieldKind::Double: {
        const double number = row.getDouble(column);
        if (number == 0.0)
            return readConverted(mapped, member, row, column);
        detail::writableField<double>(mapped.field, member) = number;
        return;
    }
    case FieldKind::Value:
        *static_cast<Value *>(member) = row.value(column, mapped.column->type);
        return;
    default:
        return readConverted(mapped, member, row, column);
    }
}

void RowBinder::field(const MappedColumn &mapped, const void *member)
{
    const Type &type = mapped.column->type;
    const auto present = [&](auto tag) {
        return detail::presentField<typename decltype(tag)::Type>(mapped.field, member);
    };
    switch (mapped.field.kind) {
    case FieldKind::Text:
        if (type.kind == TypeKind::Numeric || type.kind == TypeKind::Json)
            break; // the driver knows how to keep them exact
        if (const auto *text = present(detail::FieldTag<std::string>{}))
            return m_statement.bindText(++m_parameter, *text);
        return m_statement.bindNull(++m_parameter);
    case FieldKind::Int64:
        if (const auto *number = present(detail::FieldTag<std::int64_t>{}))
            return m_statement.bindInt(++m_parameter, *number);
        return m_statement.bindNull(++m_parameter);
    case FieldKind::Int32:
        if (const auto *number = present(detail::FieldTag<std::int32_t>{}))
            return m_statement.bindInt(++m_parameter, *number);
        return m_statement.bindNull(++m_parameter);
    case FieldKind::Double:
        if (type.kind == TypeKind::Numeric)
            break;
        if (const auto *number = present(detail::FieldTag<double>{}))
            return m_statement.bindDouble(++m_parameter, *number);
        return m_statement.bindNull(++m_parameter);
    case FieldKind::Value:
        return m_statement.bind(++m_parameter, *static_cast<const Value *>(member), type);
    default:
        break;
    }
    value(fieldValue(mapped.field, member, type), type);
}

void RowBinder::value(Value value, const Type &type)
{
    m_statement.bind(++m_parameter, m_kept.emplace_back(std::move(value)), type);
}

} // namespace orm
