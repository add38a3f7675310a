#include "ui/records/changes/committer.h"

#include "ui/records/changes/row_writer.h"

#include "ormcore/base/error.h"

#include <optional>

namespace ui::records {

namespace {

constexpr orm::SessionOptions kOptions{.autoflush = false, .expireOnCommit = false};

/// Checks and stages all rows; the problems, if there are any.
std::vector<std::pair<RowAddress, RowProblem>> prepare(RowWriter &writer, const std::vector<RowChange> &rows)
{
    std::vector<std::pair<RowAddress, RowProblem>> problems;
    for (const RowChange &row : rows) {
        if (auto problem = writer.check(row))
            problems.emplace_back(row.address, std::move(*problem));
    }
    if (!problems.empty())
        return problems;
    for (const RowChange &row : rows)
        writer.stage(row);
    for (const RowChange &row : rows)
        writer.link(row);
    return problems;
}

/// "customer.email" -> the position of email in customer.
std::vector<std::size_t> positionsOf(const std::vector<std::string> &columns, const orm::Table &table)
{
    std::vector<std::size_t> positions;
    for (const std::string &name : columns) {
        const std::size_t point = name.rfind('.');
        const orm::Column *column = table.find(point == std::string::npos ? name : name.substr(point + 1));
        if (column != nullptr)
            positions.push_back(column->index);
    }
    return positions;
}

/// The whole was refused: writes row by row in a transaction of its own, which never commits, to learn which it is.
std::optional<std::pair<RowAddress, RowProblem>> findRefused(orm::Engine &engine, const orm::Registry &registry,
                                                             const std::vector<RowChange> &rows)
{
    orm::Session session(engine, registry, kOptions);
    session.connection().begin(orm::TransactionMode::Immediate);
    RowWriter writer(session, registry);
    std::optional<std::pair<RowAddress, RowProblem>> refused;
    const auto write = [&](const RowChange &row) {
        try {
            if (writer.check(row))
                return true;
            writer.stage(row);
            writer.link(row);
            writer.flush();
            return true;
        } catch (const orm::Integrity &error) {
            const Failure failure = describeCurrentException();
            refused.emplace(row.address, RowProblem{RowProblem::Kind::Refused,
                                                    failure.message,
                                                    {},
                                                    positionsOf(error.columns(), *row.address.table)});
        }
        return false;
    };
    for (const bool deletes : {false, true}) {
        for (const RowChange &row : rows) {
            if ((row.kind == ChangeKind::Delete) == deletes && !write(row))
                return refused;
        }
    }
    return refused;
}

} // namespace

CommitResult commitRows(orm::Engine &engine, const orm::Registry &registry, const std::vector<RowChange> &rows,
                        Progress &progress)
{
    CommitResult result;
    try {
        orm::Session session(engine, registry, kOptions);
        orm::Connection &connection = session.connection();
        connection.begin(orm::TransactionMode::Immediate); // what is compared cannot change before it is written
        RowWriter writer(session, registry);
        {
            const CancelHook hook(progress, [&connection] { connection.interrupt(); });
            result.problems = prepare(writer, rows);
            progress.throwIfCancelled();
            if (!result.problems.empty())
                return result; // the session rolls back
            writer.flush();
            progress.throwIfCancelled();
        }
        session.commit(); // from here on nobody cancels
        result.committed = true;
        return result;
    } catch (const orm::Integrity &) {
        if (auto refused = findRefused(engine, registry, rows)) {
            result.problems.push_back(std::move(*refused));
            return result;
        }
        throw;
    }
}

std::vector<std::string> previewRows(orm::Engine &engine, const orm::Registry &registry,
                                     const std::vector<RowChange> &rows)
{
    orm::Session session(engine, registry, kOptions);
    session.connection().begin(orm::TransactionMode::ReadOnly);
    RowWriter writer(session, registry);
    std::vector<RowChange> present;
    for (const RowChange &row : rows) {
        const auto problem = writer.check(row);
        // A conflict is told at its row; this is what is asked for.
        if (!problem || problem->kind == RowProblem::Kind::Changed)
            present.push_back(row);
    }
    for (const RowChange &row : present)
        writer.stage(row);
    for (const RowChange &row : present)
        writer.link(row);
    return writer.preview();
}

} // namespace ui::records
