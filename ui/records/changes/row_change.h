#pragma once

#include "ormcore/schema/table.h"
#include "ui/records/source/row_block.h"

#include <QString>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace ui::records {

/// Number of a staged new row, until the database gives it a key. 0 means "none".
using NewRowId = std::int64_t;

/// Which row of which table, wherever and in whatever order it is shown.
struct RowAddress {
    const orm::Table *table = nullptr;
    RowIdentity identity; ///< empty for a new row
    NewRowId newRow = 0;
    bool operator==(const RowAddress &) const = default;
};
struct RowAddressHash {
    std::size_t operator()(const RowAddress &address) const noexcept;
};

/// What the user put into a cell: a value, or "the key of that new row", known only when it is saved.
struct CellValue {
    orm::Value value;
    NewRowId parent = 0;
    bool operator==(const CellValue &) const = default;
};

/// A touched cell. base is what the database had when the user touched it: a commit compares it with what it has then.
struct CellEdit {
    CellValue mine;
    orm::Value base;
    bool operator==(const CellEdit &) const = default;
};

enum class ChangeKind : std::uint8_t { Insert, Update, Delete };

/// One staged row. cells by column position. An insert leaves untouched columns to the database; a delete keeps what
/// the user saw (mine equals base), so that a row changed meanwhile is not deleted unseen.
struct RowChange {
    RowAddress address;
    ChangeKind kind = ChangeKind::Update;
    std::map<std::size_t, CellEdit> cells;
    std::uint64_t order = 0; ///< in which it was staged
};

/// Why a staged row was not written. The staged change stays as it is.
struct RowProblem {
    enum class Kind : std::uint8_t {
        Changed, ///< someone else changed touched cells: theirs
        Missing, ///< someone else deleted the row
        Refused  ///< the database said no
    };
    Kind kind = Kind::Refused;
    QString message;                          ///< plain text, for a tooltip and the panel
    std::map<std::size_t, orm::Value> theirs; ///< Changed: by column position
    std::vector<std::size_t> columns;         ///< Refused: the constraint's columns, where known
    [[nodiscard]] bool isConflict() const noexcept { return kind != Kind::Refused; }
};

} // namespace ui::records
