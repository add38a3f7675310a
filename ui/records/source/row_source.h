#pragma once

#include "ui/records/source/keyset.h"
#include "ui/records/source/row_block.h"
#include "ui/records/source/row_query.h"

#include "ormcore/engine/engine.h"

#include <cstdint>
#include <functional>
#include <optional>

namespace ui::records {

enum class Direction { Forward, Backward };

/// Reads the rows of one table in one order, in blocks by key: the cost of a block does not depend on where it stands.
///
/// Long text and bytes are cut in SQL; wholeValue() reads one whole. Never OFFSET. Immutable: any thread; each call
/// runs on the connection that it is given, in the caller's transaction. Errors: as Connection::execute().
class RowSource {
public:
    static constexpr std::int64_t kTextLimit = 256; ///< characters of a text that a block holds
    static constexpr std::int64_t kByteLimit = 64;  ///< bytes of a binary value that a block holds

    RowSource(RowQuery query, const orm::Dialect &dialect);

    [[nodiscard]] const RowQuery &query() const noexcept { return m_query; }
    [[nodiscard]] const orm::Table &table() const noexcept { return *m_query.table; }
    [[nodiscard]] const RowKeyShape &shape() const noexcept { return m_shape; }
    [[nodiscard]] const RowOrder &order() const noexcept { return m_order; }
    /// An index gives this order, so a seek is cheap anywhere.
    [[nodiscard]] bool isIndexed() const noexcept { return m_indexed; }
    /// The order is that of one whole number: a place may be guessed from the first and the last key.
    [[nodiscard]] bool interpolates() const noexcept { return m_order.size() == 1 && m_shape.isInteger(); }
    [[nodiscard]] bool isFiltered() const noexcept { return !m_filter.empty(); }

    /// count rows after (Forward) or before (Backward) the anchor, in the view's order; without an anchor the first or
    /// the last ones. Needs shape().paged().
    [[nodiscard]] RowBlock fetch(orm::Connection &connection, const std::optional<RowKey> &anchor, Bound bound,
                                 Direction direction, std::int64_t count) const;
    /// The first rows of a table without a key.
    [[nodiscard]] RowBlock head(orm::Connection &connection, std::int64_t count) const;
    /// The key of the count-th row after the anchor (without one: from the start); nullopt where there are fewer, and
    /// in walked how many.
    [[nodiscard]] std::optional<RowKey> walk(orm::Connection &connection, const std::optional<RowKey> &anchor,
                                             std::int64_t count, std::int64_t &walked) const;
    /// All keys in order through one cursor, for an order without an index; seen returns false to end it.
    void stream(orm::Connection &connection, const std::function<bool(const std::function<RowKey()> &key)> &seen) const;
    [[nodiscard]] std::int64_t count(orm::Connection &connection) const;
    /// How many rows stand from one key (exclusive; none: from the start) to another (exclusive).
    [[nodiscard]] std::int64_t countBetween(orm::Connection &connection, const std::optional<RowKey> &from,
                                            const RowKey &to) const;
    /// One value whole; nullopt if the row is gone.
    [[nodiscard]] std::optional<orm::Value> wholeValue(orm::Connection &connection, const RowIdentity &identity,
                                                       const orm::Column &column) const;
    /// The row of this identity. Also for changes.
    [[nodiscard]] orm::Expression rowCondition(const RowIdentity &identity) const;

private:
    [[nodiscard]] std::vector<orm::Expression> selected() const;
    [[nodiscard]] std::vector<orm::Expression> keyColumns() const;
    [[nodiscard]] orm::Select ordered(std::vector<orm::Expression> columns, const RowOrder &order) const;
    void read(orm::Connection &connection, const orm::Select &select, RowBlock &block) const;

    RowQuery m_query;
    RowKeyShape m_shape;
    RowOrder m_order;
    orm::Expression m_filter;
    orm::Capabilities m_capabilities;
    bool m_indexed = false;
};

} // namespace ui::records
