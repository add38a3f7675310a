#include "app/shell/saver.h"

#include "app/shell/connection_manager.h"
#include "app/shell/documents.h"
#include "ui/base/message_bar.h"
#include "ui/base/prompt.h"
#include "ui/base/value_text.h"
#include "ui/records/changes/record_connection.h"

#include <QPointer>
#include <QStringList>

namespace app {

Saver::Saver(const Parts &parts, QObject *parent) : QObject(parent), m_parts(parts) {}

void Saver::save(ui::Document &document, Where where, std::function<void(bool)> done)
{
    std::filesystem::path path = document.path();
    if (path.empty() || where == Where::Elsewhere) {
        const QString chosen = m_parts.prompt.saveFile(&m_parts.workspace, tr("Save Model As"),
                                                       Documents::title(document), tr("Folder of a model (*)"));
        if (chosen.isEmpty()) {
            if (done)
                done(false);
            return;
        }
        path = ui::toUtf8(chosen);
    }
    saveTo(document, path, Documents::Overwrite::OnlyWhatIsKnown, std::move(done));
}

void Saver::saveTo(ui::Document &document, const std::filesystem::path &path, Documents::Overwrite overwrite,
                   std::function<void(bool)> done)
{
    const QPointer<ui::Document> guarded = &document;
    m_parts.documents.save(
        &document, path, overwrite, [this, guarded, path, done = std::move(done)](const Documents::Saved &saved) {
            if (saved.kind == Documents::Saved::Kind::NotOurs && guarded) {
                askAboutOthers(*guarded, path, done);
                return;
            }
            const bool ok = saved.kind == Documents::Saved::Kind::Saved;
            m_parts.message.show(ok ? ui::MessageBar::Kind::Success : ui::MessageBar::Kind::Error,
                                 ok ? tr("Saved in %1.").arg(ui::fromUtf8(path.string())) : saved.message);
            if (done)
                done(ok);
        });
}

/// What is on disk is somebody else's: nothing of it is overwritten unasked.
void Saver::askAboutOthers(ui::Document &document, const std::filesystem::path &path, std::function<void(bool)> done)
{
    const bool samePlace = path == document.path();
    const QString place = ui::fromUtf8(path.string());
    const QString text =
        samePlace ? tr("Someone else changed the files of “%1” since they were read here.\nOverwriting loses their "
                       "changes, reloading loses yours.")
                        .arg(place)
                  : tr("There is another model in “%1” already.\nOverwriting loses it.").arg(place);
    QStringList answers{tr("Save Elsewhere…"), tr("Overwrite")};
    if (samePlace)
        answers << tr("Reload");
    answers << tr("Cancel");
    const int chosen = m_parts.prompt.choose(&m_parts.workspace, tr("Not Saved"), text, answers);
    if (chosen == 0) {
        save(document, Where::Elsewhere, std::move(done));
        return;
    }
    if (chosen == 1) {
        saveTo(document, path, Documents::Overwrite::Anything, std::move(done));
        return;
    }
    if (chosen == 2 && samePlace)
        m_parts.documents.reload(&document);
    if (done)
        done(false);
}

Saver::Answer Saver::ask(const QString &text, bool canSave)
{
    QStringList answers;
    if (canSave)
        answers << tr("Save");
    answers << tr("Discard") << tr("Cancel");
    const int chosen = m_parts.prompt.choose(&m_parts.workspace, tr("Unsaved Changes"), text, answers);
    if (chosen < 0 || chosen == answers.size() - 1)
        return Answer::Stay;
    return canSave && chosen == 0 ? Answer::Save : Answer::Discard;
}

void Saver::closeTab(const QString &key)
{
    const Tab *tab = m_parts.workspace.find(key);
    if (!tab)
        return;
    ui::Document *document = tab->document;
    // A database's diagram stays with the connection: closing its tab loses
    // nothing.
    const bool last = document && m_parts.documents.owns(document) && [&] {
        for (const Tab &other : m_parts.workspace.tabs())
            if (other.document == document && other.key != key)
                return false;
        return true;
    }();
    if (!last || !document->isModified()) {
        finishClosing(key);
        return;
    }
    switch (ask(tr("Save the changes of “%1” before closing it?").arg(Documents::title(*document)), true)) {
    case Answer::Save:
        save(*document, Where::SamePlace, [this, key](bool saved) {
            if (saved)
                finishClosing(key);
        });
        break;
    case Answer::Discard:
        finishClosing(key);
        break;
    case Answer::Stay:
        break;
    }
}

void Saver::finishClosing(const QString &key)
{
    const Tab *tab = m_parts.workspace.find(key);
    if (!tab)
        return;
    ui::Document *document = tab->document;
    m_parts.workspace.close(key);
    if (!document || !m_parts.documents.owns(document))
        return;
    for (const Tab &other : m_parts.workspace.tabs())
        if (other.document == document)
            return;
    m_parts.documents.close(document);
}

bool Saver::mayDisconnect(const QString &id)
{
    const OpenDatabase *database = m_parts.connections.find(id);
    if (!database)
        return true;
    if (database->document->isModified() &&
        ask(tr("The diagram of “%1” was changed and is not saved as a model. Discard what was drawn?")
                .arg(database->title),
            false) != Answer::Discard)
        return false;
    if (database->records->changes().isEmpty())
        return true;
    const auto count = static_cast<int>(database->records->changes().size());
    const QString text = count == 1
                             ? tr("1 change of a record in “%1” is not committed. Discard it?")
                             : tr("%n changes of records in “%1” are not committed. Discard them?", nullptr, count);
    return ask(text.arg(database->title), false) == Answer::Discard;
}

bool Saver::mayCloseAll(std::function<void()> then)
{
    QList<ui::Document *> modified;
    QStringList names;
    for (ui::Document *document : m_parts.documents.all())
        if (document->isModified()) {
            modified << document;
            names << QStringLiteral("• ") + Documents::title(*document);
        }
    for (const OpenDatabase *database : m_parts.connections.all())
        if (database->document->isModified()) {
            modified << database->document.get();
            names << QStringLiteral("• ") + tr("the diagram of %1").arg(database->title);
        }
    for (const OpenDatabase *database : m_parts.connections.all())
        if (const auto count = static_cast<int>(database->records->changes().size()))
            names << QStringLiteral("• ") + (count == 1 ? tr("1 uncommitted change of a record in %1")
                                                        : tr("%n uncommitted changes of records in %1", nullptr, count))
                                                .arg(database->title);
    if (names.isEmpty())
        return true;
    const bool onlyModels = names.size() == modified.size();
    switch (ask(tr("These changes are not saved:") + u'\n' + names.join(u'\n'), onlyModels)) {
    case Answer::Discard:
        return true;
    case Answer::Save:
        saveAll(modified, std::move(then));
        return false;
    case Answer::Stay:
        break;
    }
    return false;
}

void Saver::saveAll(QList<ui::Document *> documents, std::function<void()> then)
{
    if (documents.isEmpty()) {
        then();
        return;
    }
    ui::Document *document = documents.takeFirst();
    save(*document, Where::SamePlace, [this, documents, then = std::move(then)](bool saved) {
        if (saved)
            saveAll(documents, then);
    });
}

} // namespace app
