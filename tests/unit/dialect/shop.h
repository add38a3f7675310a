#pragma once

#include "ormcore/sql/statement.h"

#include <random>

namespace samples {

using namespace orm;

/// Two tables that statements are about.
struct Shop {
    MetaData metadata;
    Table &album = metadata.addTable({{}, "album"});
    Table &artist = metadata.addTable({{}, "artist"});
    Column &id = album.addColumn("id", Integer());
    Column &title = album.addColumn("title", String(160));
    Column &price = album.addColumn("price", Numeric(10, 2));
    Column &artistId = album.addColumn("artist_id", Integer());
    Column &artistKey = artist.addColumn("id", Integer());
    Column &name = artist.addColumn("na\"me", Text());

    Shop() { id.identity = IdentityKind::RowId; }
};

/// Random expressions over one table, with as many values as fit.
class Generator {
public:
    Generator(const Shop &shop, unsigned seed) : m_shop(shop), m_random(seed) {}

    Expression condition(int depth)
    {
        if (depth <= 0)
            return leafCondition();
        switch (m_random() % 8) {
        case 0:
            return condition(depth - 1) && condition(depth - 1);
        case 1:
            return condition(depth - 1) || condition(depth - 1);
        case 2:
            return !condition(depth - 1);
        case 3:
            return value(depth - 1) == value(depth - 1);
        case 4:
            return value(depth - 1).isNotDistinctFrom(value(depth - 1));
        case 5:
            return value(depth - 1).between(value(depth - 1), value(depth - 1));
        case 6:
            return exists(query(depth - 1));
        default:
            return value(depth - 1).in(select({Expression(m_shop.artistKey)}).where(condition(depth - 2)));
        }
    }

    Select query(int depth)
    {
        Select query = select({value(depth).label("v"), Expression(m_shop.id), value(depth)});
        query.from(m_shop.album).where(condition(depth));
        if (m_random() % 2 == 0)
            query.join(m_shop.artist, m_shop.artistKey == m_shop.artistId && condition(depth - 1), JoinKind::Left);
        if (m_random() % 3 == 0)
            query.groupBy({value(depth)}).having(condition(depth - 1));
        if (m_random() % 2 == 0)
            query.orderBy({value(depth).label("v"), value(depth).descending().nullsLast()});
        if (m_random() % 2 == 0)
            query.limit(static_cast<std::int64_t>(m_random() % 100));
        if (m_random() % 2 == 0)
            query.offset(static_cast<std::int64_t>(m_random() % 100));
        return query;
    }

private:
    Expression leafCondition()
    {
        switch (m_random() % 5) {
        case 0:
            return Expression(m_shop.title).contains("a%" + std::to_string(m_random() % 10));
        case 1:
            return Expression(m_shop.title).ilike("B" + std::to_string(m_random() % 10));
        case 2:
            return Expression(m_shop.id).in({number(), number()});
        case 3:
            return text("price > :low OR price < :low + :high", {{"low", number()}, {"high", number()}});
        default:
            return m_shop.artistId == number();
        }
    }
    Expression value(int depth)
    {
        if (depth <= 0)
            return m_random() % 2 == 0 ? Expression(number()) : Expression(m_shop.price);
        switch (m_random() % 8) {
        case 0:
            return value(depth - 1) + value(depth - 1);
        case 1:
            return value(depth - 1) - value(depth - 1);
        case 2:
            return value(depth - 1) * value(depth - 1);
        case 3:
            return value(depth - 1).concat(value(depth - 1));
        case 4:
            return -value(depth - 1);
        case 5:
            return function("coalesce", {value(depth - 1), value(depth - 1)});
        case 6:
            return caseWhen({{condition(depth - 1), value(depth - 1)}}, value(depth - 1));
        default:
            return value(depth - 1).cast(Text());
        }
    }
    Value number() { return Value(static_cast<std::int64_t>(m_next++)); }

    const Shop &m_shop;
    std::mt19937 m_random;
    int m_next = 1000;
};

} // namespace samples
