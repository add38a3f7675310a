#pragma once

#include "ormcore/base/value.h"

#include <optional>
#include <string>
#include <vector>

namespace orm {

enum class TypeKind : std::uint8_t {
    Unknown, ///< only the native spelling is known (or none at all)
    Boolean,
    SmallInteger,
    Integer,
    BigInteger,
    Float,
    Double,
    Numeric,
    String, ///< VARCHAR(length)
    Text,
    Date,
    Time,
    DateTime,
    Interval,
    Uuid,
    Json,
    Enum,
    LargeBinary,
    Array
};

/// A column's type: portable where it can be, with the database's own spelling kept beside it.
///
/// native is the declared text as reflected ("NVARCHAR(160)"), valid for nativeDialect only; a DDL compiler of that
/// dialect writes it back verbatim, any other one goes by kind.
struct Type {
    TypeKind kind = TypeKind::Unknown;
    std::optional<int> length{};    ///< characters or bytes
    std::optional<int> precision{}; ///< digits, Numeric
    std::optional<int> scale{};
    bool timezone = false;             ///< DateTime, Time
    std::vector<std::string> labels{}; ///< Enum
    std::string enumName{};
    std::vector<Type> element{}; ///< Array: exactly one
    std::string collation{};
    std::string native{};
    std::string nativeDialect{};

    bool operator==(const Type &) const = default;
    [[nodiscard]] bool isInteger() const noexcept
    {
        return kind == TypeKind::SmallInteger || kind == TypeKind::Integer || kind == TypeKind::BigInteger;
    }
    [[nodiscard]] bool isText() const noexcept
    {
        return kind == TypeKind::String || kind == TypeKind::Text || kind == TypeKind::Enum;
    }
    /// The kind of Value that a column of this type holds; Unknown: whatever the database gives.
    [[nodiscard]] std::optional<ValueKind> valueKind() const noexcept;
    /// Portable spelling for models, messages and inspectors: "varchar(50)", "numeric(10,2)", "timestamptz", "bigint".
    [[nodiscard]] std::string toString() const;
    /// Reads what toString() writes (native spellings of unknown types come back as Unknown with native set).
    static std::optional<Type> parse(std::string_view text);
};

Type Boolean();
Type SmallInteger();
Type Integer();
Type BigInteger();
Type Float();
Type Double();
Type Numeric(int precision, int scale);
Type String(int length);
Type Text();
Type DateType();
Type TimeType();
Type DateTime(bool timezone = false);
Type UuidType();
Type Json();
Type Enum(std::string name, std::vector<std::string> labels);
Type LargeBinary();

} // namespace orm
