#pragma once

#include "ormcore/engine/engine.h"
#include "ormcore/session/row.h"

#include <memory>
#include <span>
#include <vector>

namespace orm {

/// A SELECT that is prepared once and run for one key after the other.
///
/// What else the statement binds, in its expressions or its order, is bound each time with it. Lifetime: the
/// connection's transaction, as of everything that is prepared.
class KeyedSelect {
public:
    /// `keys`: the columns, in the tables of `select`, that are to be equal to what bind() is given.
    KeyedSelect(Connection &connection, Select select, const std::vector<Expression> &keys);
    [[nodiscard]] DriverStatement &statement() const noexcept { return *m_statement; }
    void bind(RowBinder &binder, std::span<const Value> key) const;

private:
    DriverStatement *m_statement = nullptr;
    std::shared_ptr<const Compiled> m_compiled;
    std::vector<Value> m_values; ///< all of the statement's
    std::size_t m_firstKey = 0;
};
/// Of one object of the mapper, which may be of a class that shares the table.
[[nodiscard]] KeyedSelect selectByKey(Connection &connection, const Mapper &mapper);

} // namespace orm
