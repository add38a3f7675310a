#include "ui/async/job.h"

#include "ormcore/base/error.h"

#include <QCoreApplication>
#include <QStringList>

#include <new>

namespace ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("ui::Failure", text); }

QString fromUtf8(const std::string &text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString columnsOf(const orm::Integrity &error)
{
    QStringList names;
    for (const std::string &column : error.columns())
        names += fromUtf8(column);
    if (names.isEmpty())
        return fromUtf8(error.constraint());
    return names.join(QStringLiteral(", "));
}

QString plainWords(const orm::Integrity &error)
{
    const QString where = columnsOf(error);
    const auto named = [&where](const QString &with, const QString &without) {
        return where.isEmpty() ? without : with.arg(where);
    };
    switch (error.kind()) {
    case orm::IntegrityKind::Unique:
        return named(tr("Another row already has this value in %1. Choose a different one."),
                     tr("Another row already has this value. Choose a different one."));
    case orm::IntegrityKind::PrimaryKey:
        return named(tr("Another row already has this key (%1). Choose a different one."),
                     tr("Another row already has this key. Choose a different one."));
    case orm::IntegrityKind::ForeignKey:
        return named(tr("The rows do not fit together (%1): a row refers to one that is not there, or one that is "
                        "still referred to was deleted."),
                     tr("The rows do not fit together: a row refers to one that is not there, or one that is still "
                        "referred to was deleted."));
    case orm::IntegrityKind::NotNull:
        return named(tr("%1 must have a value."), tr("A column that must have a value has none."));
    case orm::IntegrityKind::Check:
        return named(tr("The value breaks the rule %1 of the table."), tr("The value breaks a rule of the table."));
    case orm::IntegrityKind::Unknown:
        break;
    }
    return tr("The database refused the change: it breaks a rule of the table.");
}

QString plainWords(const orm::Operational &error)
{
    using Reason = orm::Operational::Reason;
    switch (error.reason()) {
    case Reason::CannotOpen:
        return tr("The database cannot be opened. Check that the path and the rights are right.");
    case Reason::NotADatabase:
        return tr("This file is not a database, or it is damaged.");
    case Reason::Disconnected:
        return tr("The connection to the database is lost. Nothing more was written.");
    case Reason::UnknownOutcome:
        return tr("The connection was lost while the database was saving: whether it saved is not known. Refresh and "
                  "look before you try again.");
    case Reason::Busy:
        return tr("Someone else is writing to the database just now. Try again in a moment.");
    case Reason::ReadOnly:
        return tr("The database is read-only.");
    case Reason::Full:
        return tr("The disk is full. Free some space and try again.");
    case Reason::Interrupted:
        return tr("Cancelled.");
    case Reason::PoolTimeout:
        return tr("All connections are in use. Close a view or wait for a job to end.");
    case Reason::Other:
        break;
    }
    return tr("The database could not do it.");
}

QString plainWords(const orm::Error &error)
{
    if (const auto *integrity = dynamic_cast<const orm::Integrity *>(&error))
        return plainWords(*integrity);
    if (const auto *operational = dynamic_cast<const orm::Operational *>(&error))
        return plainWords(*operational);
    if (dynamic_cast<const orm::Programming *>(&error))
        return tr("The database does not understand the statement, or a table or column of it is not there.");
    if (dynamic_cast<const orm::DataError *>(&error))
        return tr("A value does not fit its column.");
    if (dynamic_cast<const orm::Compile *>(&error))
        return tr("This database cannot do that.");
    if (dynamic_cast<const orm::StaleRow *>(&error))
        return tr("A row was changed or deleted by someone else meanwhile. Nothing was written; refresh to see it.");
    return {};
}

bool wasInterrupted(const orm::Error &error)
{
    const auto *operational = dynamic_cast<const orm::Operational *>(&error);
    return operational != nullptr && operational->reason() == orm::Operational::Reason::Interrupted;
}

QString joined(const QString &words, const QString &verbatim)
{
    if (words.isEmpty() || verbatim.isEmpty())
        return words + verbatim;
    return words + QLatin1Char('\n') + verbatim;
}

} // namespace

Failure describeCurrentException()
{
    Failure failure;
    failure.exception = std::current_exception();
    try {
        throw;
    } catch (const Cancelled &) {
        failure.cancelled = true;
        failure.message = tr("Cancelled.");
    } catch (const orm::Error &error) {
        failure.cancelled = wasInterrupted(error);
        failure.sql = fromUtf8(error.context().sql);
        failure.message = failure.cancelled ? plainWords(error) : joined(plainWords(error), fromUtf8(error.what()));
    } catch (const std::bad_alloc &) {
        failure.message = tr("There is not enough memory for this.");
    } catch (const std::exception &error) {
        failure.message = joined(tr("It could not be done."), fromUtf8(error.what()));
    } catch (...) {
        failure.message = tr("It could not be done, and nothing says why.");
    }
    return failure;
}

} // namespace ui
