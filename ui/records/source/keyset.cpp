#include "ui/records/source/keyset.h"

namespace ui::records {

namespace {

/// A key is bound as it was read, without the conversion of a column's type: what is stored equals itself.
orm::Expression raw(const orm::Value &value) { return orm::bind(value, orm::Type{}); }

orm::Expression equals(const OrderTerm &term, const orm::Value &value)
{
    return value.isNull() ? term.expression.isNull() : term.expression == raw(value);
}

orm::Expression beyond(const OrderTerm &term, const orm::Value &value, Bound bound)
{
    if (bound == Bound::Inclusive)
        return term.descending ? term.expression <= raw(value) : term.expression >= raw(value);
    return term.descending ? term.expression < raw(value) : term.expression > raw(value);
}

/// What stands after value in this term alone, in order. Several parts where NULL is another range.
std::vector<orm::Expression> partsAfter(const OrderTerm &term, const orm::Value &value, Bound bound)
{
    std::vector<orm::Expression> parts;
    if (value.isNull()) {
        if (bound == Bound::Inclusive)
            parts.push_back(term.expression.isNull());
        if (term.nullsFirst)
            parts.push_back(term.expression.isNotNull());
        return parts;
    }
    parts.push_back(beyond(term, value, bound));
    if (term.nullable && !term.nullsFirst)
        parts.push_back(term.expression.isNull());
    return parts;
}

} // namespace

RowOrder reversed(RowOrder order)
{
    for (OrderTerm &term : order) {
        term.descending = !term.descending;
        term.nullsFirst = !term.nullsFirst;
    }
    return order;
}

std::vector<orm::Expression> orderBy(const RowOrder &order, const orm::Capabilities &capabilities)
{
    std::vector<orm::Expression> expressions;
    for (const OrderTerm &term : order) {
        const orm::Expression directed = term.descending ? term.expression.descending() : term.expression.ascending();
        const bool natural = term.nullsFirst == (capabilities.nullsSortFirst != term.descending);
        if (!term.nullable || natural)
            expressions.push_back(directed);
        else
            expressions.push_back(term.nullsFirst ? directed.nullsFirst() : directed.nullsLast());
    }
    return expressions;
}

std::vector<orm::Expression> segmentsAfter(const RowOrder &order, const RowKey &key, Bound bound)
{
    std::vector<orm::Expression> segments;
    for (std::size_t last = order.size(); last-- > 0;) {
        orm::Expression same;
        for (std::size_t i = 0; i < last; ++i)
            same = same && equals(order[i], key[i]);
        const Bound here = last + 1 == order.size() ? bound : Bound::Exclusive;
        for (const orm::Expression &part : partsAfter(order[last], key[last], here))
            segments.push_back(same && part);
    }
    return segments;
}

orm::Expression after(const RowOrder &order, const RowKey &key, Bound bound)
{
    orm::Expression any;
    for (const orm::Expression &segment : segmentsAfter(order, key, bound))
        any = any || segment;
    if (any.empty())
        return orm::literalFalse(); // nothing stands after the last NULL
    if (order.size() < 2)
        return any;
    // Says nothing new, but gives an index on the first term a range.
    orm::Expression range;
    for (const orm::Expression &part : partsAfter(order.front(), key.front(), Bound::Inclusive))
        range = range || part;
    const bool everything = key.front().isNull() && order.front().nullsFirst;
    return everything ? any : range && any;
}

} // namespace ui::records
