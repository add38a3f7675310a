#pragma once

#include "ormcore/engine/driver.h"
#include "ormcore/mapping/mapper.h"

#include <deque>

namespace orm {

/// Reads a column of the current row straight into a member. DataError names the column.
void readField(const MappedColumn &mapped, void *member, DriverStatement &row, int column);
/// Makes a prepared statement free for its next use.
struct ResetAtEnd {
    DriverStatement &statement;
    ~ResetAtEnd() { statement.reset(); }
};

/// Binds one row of parameters after the other. What it converts lives until the next row begins.
class RowBinder {
public:
    explicit RowBinder(DriverStatement &statement) noexcept : m_statement(statement) {}
    void beginRow()
    {
        m_parameter = 0;
        m_kept.clear();
    }
    /// The member must live until the statement is reset.
    void field(const MappedColumn &mapped, const void *member);
    void value(Value value, const Type &type);

private:
    DriverStatement &m_statement;
    int m_parameter = 0;
    std::deque<Value> m_kept; // stable addresses: short text stands inside a Value
};

} // namespace orm
