#pragma once

#include "app/shell/connection_manager.h"
#include "app/shell/main_window.h"
#include "app/shell/navigator.h"
#include "app/shell/panels.h"
#include "app/shell/workspace.h"
#include "ui/base/prompt.h"
#include "ui/base/value_text.h"
#include "ui/records/changes/record_connection.h"
#include "ui/records/view/record_view.h"

#include <QFile>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

/// Answers as the test says; a question that nobody expected is remembered.
class ScriptedPrompt final : public ui::Prompt {
public:
    QStringList asked;
    int answer = -1;
    QString path;

    int choose(QWidget *, const QString &, const QString &text, const QStringList &) override
    {
        asked.append(text);
        return answer;
    }
    QString openFile(QWidget *, const QString &, const QString &) override { return path; }
    QString saveFile(QWidget *, const QString &, const QString &, const QString &) override { return path; }
    QString folder(QWidget *, const QString &) override { return path; }
};

/// The application's own window with settings of its own, on a copy of Chinook.
class RealWindow {
public:
    QTemporaryDir folder;
    QSettings settings{folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    ScriptedPrompt prompt;
    app::MainWindow window{settings, prompt};
    QString file = folder.filePath(QStringLiteral("chinook.db"));
    QString id;

    /// Where Chinook is; empty: the shared data is not there.
    [[nodiscard]] static QString chinook()
    {
        const QString path =
            qEnvironmentVariable("CORMORANT_SHARED_DIR") + QStringLiteral("/data/chinook/Chinook_Sqlite.sqlite");
        return QFile::exists(path) ? path : QString();
    }

    bool open()
    {
        QFile::copy(chinook(), file);
        QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner);
        window.resize(1280, 800);
        window.show();
        window.activateWindow();
        window.navigator().openTarget(file);
        id = app::ConnectionManager::idOf(app::resolveTarget(ui::toUtf8(file)));
        return QTest::qWaitForWindowActive(&window) &&
               QTest::qWaitFor([this] { return window.connections().find(id) != nullptr; }, 20000);
    }

    ui::records::RecordView *rows(const char *table)
    {
        window.navigator().openRows(id, {}, QString::fromLatin1(table));
        const app::Tab *tab = window.workspace().current();
        auto *view = tab != nullptr ? qobject_cast<ui::records::RecordView *>(tab->widget) : nullptr;
        if (view == nullptr ||
            !QTest::qWaitFor([view] { return view->grid().records().isLoaded(view->grid().records().newRowCount()); },
                             10000))
            return nullptr;
        view->grid().setFocus();
        return view;
    }

    [[nodiscard]] ui::records::RecordConnection &records() { return *window.connections().find(id)->records; }

    /// What the sqlite3 tool prints; it sees what is committed and nothing else.
    [[nodiscard]] QStringList sqlite(const QString &sql) const
    {
        QProcess tool;
        tool.start(QStringLiteral("sqlite3"), {file, sql});
        tool.waitForFinished();
        return QString::fromUtf8(tool.readAllStandardOutput()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    }
    [[nodiscard]] QStringList dump() const { return sqlite(QStringLiteral(".dump")); }
};

/// Lines of a that are not in b.
inline QStringList linesOnlyIn(const QStringList &a, const QStringList &b)
{
    const QSet<QString> others(b.begin(), b.end());
    QStringList result;
    for (const QString &line : a) {
        if (!others.contains(line))
            result.append(line);
    }
    return result;
}
