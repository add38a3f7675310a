#pragma once

#ifndef Q_MOC_RUN // moc cannot read the standard library's <compare>
#include "app/shell/documents.h"
#include "app/shell/parts.h"
#include "app/shell/workspace.h"
#endif

#include <QObject>

#include <functional>

namespace app {

/// Saves models, and asks once before something unsaved goes: drawn edits and staged records.
class Saver : public QObject {
    Q_OBJECT

public:
    explicit Saver(const Parts &parts, QObject *parent = nullptr);
    enum class Where { SamePlace, Elsewhere };
    /// done (may be empty) hears whether it is on disk now.
    void save(ui::Document &document, Where where, std::function<void(bool saved)> done = {});
    /// Closes a tab, after asking where it is the last view of something unsaved.
    void closeTab(const QString &key);
    /// Whether the window may close now. false: it stays, or then() is called when all is saved.
    [[nodiscard]] bool mayCloseAll(std::function<void()> then);
    /// Whether the database may be disconnected; asks about its staged records.
    [[nodiscard]] bool mayDisconnect(const QString &database);

private:
    enum class Answer { Save, Discard, Stay };
    [[nodiscard]] Answer ask(const QString &text, bool canSave);
    void saveTo(ui::Document &document, const std::filesystem::path &path, Documents::Overwrite overwrite,
                std::function<void(bool)> done);
    void askAboutOthers(ui::Document &document, const std::filesystem::path &path, std::function<void(bool)> done);
    void finishClosing(const QString &key);
    void saveAll(QList<ui::Document *> documents, std::function<void()> then);

    Parts m_parts;
};

} // namespace app
