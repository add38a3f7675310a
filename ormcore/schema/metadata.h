#pragma once

#include "ormcore/schema/table.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace orm {

/// A trigger, kept verbatim.
struct Trigger {
    QualifiedName name{};
    QualifiedName table{};
    SqlText definition{};
    bool operator==(const Trigger &) const = default;
};

/// What a database or a program says its tables are. Plain values under stable addresses.
///
/// Thread: build it in one; once no one changes it any more, any thread may read. Movable, not copyable.
class MetaData {
public:
    MetaData() = default;
    MetaData(MetaData &&) noexcept = default;
    MetaData &operator=(MetaData &&) noexcept = default;

    Table &addTable(QualifiedName name, TableKind kind = TableKind::Table); ///< throws Argument: duplicate
    [[nodiscard]] const std::vector<std::unique_ptr<Table>> &tables() const noexcept { return m_tables; }
    [[nodiscard]] Table *find(std::string_view name, std::string_view schema = {}) noexcept;
    [[nodiscard]] const Table *find(std::string_view name, std::string_view schema = {}) const noexcept;
    [[nodiscard]] Table &operator[](std::string_view name); ///< throws Argument: unknown
    [[nodiscard]] const Table &operator[](std::string_view name) const;

    std::vector<Trigger> triggers;

private:
    std::vector<std::unique_ptr<Table>> m_tables;
    std::map<QualifiedName, Table *> m_byName;
};

/// Tables so that each stands after those it refers to; tables in cycles come as early as they can, and their
/// foreign keys to later tables are in `deferred` (to be added by ALTER where the dialect inlines none).
struct CreationOrder {
    std::vector<const Table *> tables{};
    std::vector<std::pair<const Table *, const ForeignKey *>> deferred{};
};
[[nodiscard]] CreationOrder creationOrder(const MetaData &metadata);

} // namespace orm
