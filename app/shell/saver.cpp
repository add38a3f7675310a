#include "app/shell/saver.h"

#include "app/shell/connection_manager.h"
#include "app/shell/documents.h"
#include "ui/base/message_bar.h"
#include "ui/base/prompt.h"
#include "ui/base/value_text.h"
#include "ui/records/changes/record_connection.h"

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
    m_parts.documents.save(&document, path, [this, path, done = std::move(done)](const QString &error) {
        if (error.isEmpty())
            m_parts.message.show(ui::MessageBar::Kind::Success, tr("Saved in %1.").arg(ui::fromUtf8(path.string())));
        else
            m_parts.message.show(ui::MessageBar::Kind::Error, error);
        if (done)
            done(error.isEmpty());
    });
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
    return ask(tr("%n change(s) of records in “%1” are not committed. Discard "
                  "them?",
                  nullptr, static_cast<int>(database->records->changes().size()))
                   .arg(database->title),
               false) == Answer::Discard;
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
        if (!database->records->changes().isEmpty())
            names << QStringLiteral("• ") + tr("%n uncommitted change(s) of records in %1", nullptr,
                                               static_cast<int>(database->records->changes().size()))
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
