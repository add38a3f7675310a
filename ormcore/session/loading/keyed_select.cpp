#include "ormcore/session/loading/keyed_select.h"

#include "ormcore/session/loading/relation_sql.h"

#include <utility>

namespace orm {

KeyedSelect::KeyedSelect(Connection &connection, Select select, const std::vector<Expression> &keys)
{
    std::vector<Expression> orders = std::exchange(select.orders, {}); // they follow the condition
    m_firstKey = bindValues(select).size();
    select.orders = std::move(orders);
    for (const Expression &key : keys)
        select.where(key == orm::bind(Value(0), key.node().column->type));
    m_values = bindValues(select);
    m_compiled = connection.compile(select);
    m_statement = &connection.prepared(m_compiled);
}

void KeyedSelect::bind(RowBinder &binder, std::span<const Value> key) const
{
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        const bool isKey = i >= m_firstKey && i - m_firstKey < key.size();
        binder.value(isKey ? key[i - m_firstKey] : m_values[i], m_compiled->binds[i].type);
    }
}

KeyedSelect selectByKey(Connection &connection, const Mapper &mapper)
{
    std::vector<Expression> keys;
    for (const std::uint16_t key : mapper.keys())
        keys.emplace_back(*mapper.columns()[key].column);
    return {connection, anyObject(mapper, mapper.hierarchy().rows.get()), keys};
}

} // namespace orm
