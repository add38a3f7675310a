#pragma once

#ifndef Q_MOC_RUN // moc cannot read the standard library's <compare>
#include "app/shell/command_table.h"
#include "app/shell/connection_manager.h"
#include "app/shell/documents.h"
#include "app/shell/sql_log.h"
#include "app/shell/workspace.h"
#endif

#include <QMainWindow>
#include <QPointer>

class QSettings;
class QToolButton;

namespace ui {
class MessageBar;
class Prompt;
} // namespace ui

namespace app {

class Navigator;
class Palette;
class Panels;
class Saver;
class StatusBar;
struct Parts;

/// The window: it puts the parts together and carries what they say to each other. What a part can do is in the part.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// Both must outlive the window.
    MainWindow(QSettings &settings, ui::Prompt &prompt, QWidget *parent = nullptr);
    ~MainWindow() override;
    void restore(); ///< geometry, docks and tabs of the last time
    [[nodiscard]] CommandTable &commands() noexcept { return *m_commands; }
    [[nodiscard]] Workspace &workspace() noexcept { return *m_workspace; }
    [[nodiscard]] ConnectionManager &connections() noexcept { return *m_connections; }
    [[nodiscard]] Documents &documents() noexcept { return *m_documents; }
    [[nodiscard]] Navigator &navigator() noexcept { return *m_navigator; }
    [[nodiscard]] Panels &panels() noexcept { return *m_panels; }
    [[nodiscard]] SqlLog &log() noexcept { return *m_log; }
    [[nodiscard]] ui::JobRunner &jobs() noexcept { return *m_jobs; }
    [[nodiscard]] ui::MessageBar &message() noexcept { return *m_message; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    // main_window_commands.cpp
    void addCommands();
    void addFileCommands();
    void addViewCommands();
    void makeMenus();
    void makeToolBar();
    // main_window.cpp
    [[nodiscard]] Parts parts();
    void connectParts();
    void connectExplorer();
    void takeKeysFrom(const Tab &tab);
    void followCurrentTab();
    void followStatus();
    void followUndo();
    void followChanges();
    void apply();   ///< Ctrl+S
    void refresh(); ///< F5
    void createDatabase();
    void setDarkAppearance(bool dark);
    void showPalette();
    void showOpenAnything();
    void remember();
    [[nodiscard]] OpenDatabase *currentDatabase() const;

    QSettings &m_settings;
    ui::Prompt &m_prompt;
    ui::JobRunner *m_jobs;
    SqlLog *m_log;
    CommandTable *m_commands;
    ConnectionManager *m_connections;
    Documents *m_documents;
    ui::MessageBar *m_message;
    Workspace *m_workspace;
    Navigator *m_navigator;
    Saver *m_saver;
    Panels *m_panels;
    StatusBar *m_status;
    Palette *m_palette;
    QMenu *m_diagramMenu = nullptr;
    QMenu *m_recordsMenu = nullptr;
    QToolButton *m_changesButton = nullptr;
    QToolButton *m_connectionButton = nullptr;
    QPointer<QUndoStack> m_undo; ///< of the current tab
};

} // namespace app
