#include "ormcore/base/text.h"
#include "ormcore/engine/engine_impl.h"

namespace orm {

namespace {

void requireColumn(const std::vector<ResultColumn> &columns, int column)
{
    if (column < 0 || static_cast<std::size_t>(column) >= columns.size())
        throw Argument("The result has no column number " + std::to_string(column) + ": it has " +
                       std::to_string(columns.size()) + ".");
}

} // namespace

void Result::Impl::requireOurs() const
{
    if (!isOurs())
        throw Argument("The connection of this result was returned to its pool: read all rows before that.");
}

void Result::Impl::end() noexcept
{
    if (done)
        return;
    done = true;
    firstWaits = false;
    if (isOurs() && handle != nullptr) {
        handle->statement->reset();
        handle->busy = false;
    }
}

Result::Impl::~Impl() { end(); }

Result::Result(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Result::Result(Result &&) noexcept = default;
Result &Result::operator=(Result &&) noexcept = default;
Result::~Result() = default;

bool Result::next()
{
    if (m_impl->done)
        return false;
    m_impl->requireOurs();
    if (m_impl->firstWaits) {
        m_impl->firstWaits = false;
    } else if (!m_impl->statement().step()) {
        m_impl->end();
        return false;
    }
    if (m_impl->echo != nullptr)
        m_impl->echo->writeRow(row());
    return true;
}

const std::vector<ResultColumn> &Result::columns() const { return *m_impl->columns; }

Value Result::value(int column)
{
    m_impl->requireOurs();
    requireColumn(*m_impl->columns, column);
    return m_impl->statement().value(column, (*m_impl->columns)[static_cast<std::size_t>(column)].type);
}

Value Result::value(std::string_view name)
{
    const std::vector<ResultColumn> &columns = *m_impl->columns;
    for (const bool exact : {true, false}) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (exact ? columns[i].name == name : equalsIgnoringCase(columns[i].name, name))
                return value(static_cast<int>(i));
        }
    }
    std::string known;
    for (const ResultColumn &column : columns)
        known += (known.empty() ? "" : ", ") + column.name;
    throw Argument("The result has no column \"" + std::string(name) + "\". It has: " + known + ".");
}

std::vector<Value> Result::row()
{
    m_impl->requireOurs();
    std::vector<Value> cells;
    const std::vector<ResultColumn> &columns = *m_impl->columns;
    cells.reserve(columns.size());
    int index = 0;
    for (const ResultColumn &column : columns)
        cells.push_back(m_impl->statement().value(index++, column.type));
    return cells;
}

std::vector<std::vector<Value>> Result::all()
{
    std::vector<std::vector<Value>> rows;
    while (next())
        rows.push_back(row());
    return rows;
}

Value Result::scalar()
{
    if (!next())
        return {};
    Value first = value(0);
    m_impl->end();
    return first;
}

std::int64_t Result::rowsAffected() const { return m_impl->handle->statement->rowsAffected(); }

std::int64_t Result::lastInsertId() const { return m_impl->handle->statement->lastInsertId(); }

DriverStatement &Result::native()
{
    m_impl->requireOurs();
    return m_impl->statement();
}

} // namespace orm
