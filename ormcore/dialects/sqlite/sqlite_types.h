#pragma once

#include "ormcore/dialect/type_compiler.h"

namespace orm {

/// Overrides only what SQLite spells differently. Any name is a type to SQLite; these give the affinity that keeps the
/// value, and parseSqliteType() reads each back as the same kind.
class SqliteTypeCompiler final : public TypeCompiler {
public:
    SqliteTypeCompiler() : TypeCompiler("sqlite") {}

protected:
    std::string doubled() const override { return "DOUBLE"; }
    std::string numeric(const Type &type) const override;
    std::string time(const Type &type) const override { return type.timezone ? "TIMETZ" : "TIME"; }
    std::string dateTime(const Type &type) const override { return type.timezone ? "TIMESTAMPTZ" : "DATETIME"; }
    std::string interval(const Type &) const override { return "TEXT"; }
    std::string enumeration(const Type &type) const override { return fitting(type); }
    std::string binary(const Type &) const override { return "BLOB"; }
    std::string untyped() const override { return {}; }
};

/// The declared type by common spellings, else by SQLite's affinity rules (sqlite.org/datatype3.html, section 3.1).
[[nodiscard]] Type parseSqliteType(std::string_view declared);

/// The affinity's own name, as a STRICT table wants it: INTEGER, REAL, TEXT, BLOB or ANY.
[[nodiscard]] std::string strictTypeName(const Type &type);

} // namespace orm
