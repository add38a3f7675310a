#pragma once

#include "ormcore/dialect/dialect.h"

namespace orm {

/// Spells types in DDL: a native type of this dialect verbatim, any other by its kind. A dialect overrides the kinds
/// that it spells differently from the standard. Errors: Compile for what it does not have or would change.
class TypeCompiler {
public:
    explicit TypeCompiler(std::string dialect) : m_dialect(std::move(dialect)) {}
    virtual ~TypeCompiler() = default;
    TypeCompiler(const TypeCompiler &) = delete;
    TypeCompiler &operator=(const TypeCompiler &) = delete;

    [[nodiscard]] std::string render(const Type &type) const;

protected:
    virtual std::string boolean() const { return "BOOLEAN"; }
    virtual std::string smallInteger() const { return "SMALLINT"; }
    virtual std::string integer() const { return "INTEGER"; }
    virtual std::string bigInteger() const { return "BIGINT"; }
    virtual std::string floating(const Type &) const { return "REAL"; }
    virtual std::string doubled() const { return "DOUBLE PRECISION"; }
    virtual std::string numeric(const Type &type) const; ///< refuses one without precision
    virtual std::string string(const Type &type) const;
    virtual std::string text(const Type &) const { return "TEXT"; }
    virtual std::string date() const { return "DATE"; }
    virtual std::string time(const Type &type) const;
    virtual std::string dateTime(const Type &type) const;
    virtual std::string interval(const Type &) const { return "INTERVAL"; }
    virtual std::string uuid() const { return "UUID"; }
    virtual std::string json() const { return "JSON"; }
    virtual std::string enumeration(const Type &type) const = 0;
    virtual std::string binary(const Type &) const { return "BLOB"; }
    virtual std::string array(const Type &type) const;
    virtual std::string untyped() const; ///< neither a kind nor a native spelling is known

    [[noreturn]] void refuse(const Type &type, const std::string &why) const;
    [[nodiscard]] static std::string sized(std::string_view name, std::optional<int> size);
    [[nodiscard]] static std::string fitting(const Type &enumeration); ///< VARCHAR(longest label)

private:
    std::string native(const Type &type) const;
    std::string portable(const Type &type) const;

    std::string m_dialect;
};

/// A declared type cut at its parentheses: "NUMERIC(10, 2) UNSIGNED" is "numeric unsigned", 10, 2.
struct DeclaredType {
    std::string name; ///< lower case, single spaces
    std::optional<int> first{};
    std::optional<int> second{};
    [[nodiscard]] static DeclaredType parse(std::string_view declared);
    [[nodiscard]] bool has(std::string_view part) const { return name.find(part) != std::string::npos; }
};

/// What a portable kind is called in a database; parentheses and options are the parser's affair.
struct TypeSpelling {
    std::string_view name;
    TypeKind kind;
    bool timezone = false;
};
[[nodiscard]] const TypeSpelling *findSpelling(std::span<const TypeSpelling> spellings, std::string_view name);
/// Sets length, or precision and scale, as the kind takes them.
void applySizes(Type &type, const DeclaredType &declared);

} // namespace orm
