#pragma once

#include "ormcore/dialect/dialect.h"
#include "ormcore/sql/expression.h"

#include <vector>

namespace ui::records {

/// One term of a total order.
struct OrderTerm {
    orm::Expression expression;
    bool descending = false;
    bool nullsFirst = true;
    bool nullable = false;
};
/// A total order: the last terms are a unique key.
using RowOrder = std::vector<OrderTerm>;
/// Where a row stands in an order: one value a term, as the database stores it.
using RowKey = std::vector<orm::Value>;

enum class Bound { Exclusive, Inclusive };

[[nodiscard]] RowOrder reversed(RowOrder order);
/// NULLS FIRST or LAST is said only where the database would do otherwise by itself: indexes stay usable.
[[nodiscard]] std::vector<orm::Expression> orderBy(const RowOrder &order, const orm::Capabilities &capabilities);
/// The rows that stand after key (and the key's own row, if inclusive), as one condition: a range over the first term
/// and the rest spelled out, for mixed directions and NULL alike.
[[nodiscard]] orm::Expression after(const RowOrder &order, const RowKey &key, Bound bound);
/// The same rows as conditions that an index answers by one seek each, in the order in which their rows stand.
[[nodiscard]] std::vector<orm::Expression> segmentsAfter(const RowOrder &order, const RowKey &key, Bound bound);

} // namespace ui::records
