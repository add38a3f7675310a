#pragma once

#include "ui/records/changes/row_change.h"

#include "ormcore/session/session.h"

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace ui::records {

/// Staged rows on their way into one session. Tables with a key go through the session's unit of work; a table that
/// only SQLite's rowid identifies is written by statements of the same transaction, one row each.
///
/// Thread: one at a time. Lifetime: shorter than the session and the rows.
class RowWriter {
public:
    RowWriter(orm::Session &session, const orm::Registry &registry) : m_session(session), m_registry(registry) {}

    /// Reads the row by its key as it is now; the problem where it is not what the user saw.
    [[nodiscard]] std::optional<RowProblem> check(const RowChange &change);
    void stage(const RowChange &change); ///< into the session; check() came before for all but inserts
    void link(const RowChange &change);  ///< foreign keys to staged new rows, once all of them are staged
    void flush();                        ///< exactly one row a change, else StaleRow
    [[nodiscard]] std::vector<std::string> preview();

private:
    [[nodiscard]] bool isMapped(const orm::Table &table) const;
    [[nodiscard]] std::optional<std::map<std::size_t, orm::Value>> current(const RowChange &change);
    [[nodiscard]] orm::Record find(const RowAddress &row);
    [[nodiscard]] orm::Statement statement(const RowChange &change) const;
    [[nodiscard]] orm::Expression condition(const RowAddress &row) const;
    [[nodiscard]] orm::Value written(const orm::Column &column, const CellValue &cell) const;

    orm::Session &m_session;
    const orm::Registry &m_registry;
    std::unordered_map<RowAddress, orm::Record, RowAddressHash> m_records;
    std::vector<RowChange> m_unmapped;
};

/// Where the same value may be written in two ways (a number in a text column of SQLite), what it reads as counts.
[[nodiscard]] bool sameValue(const orm::Value &a, const orm::Value &b);

} // namespace ui::records
