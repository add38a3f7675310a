#pragma once

#include <QList>
#include <QObject>

class QAction;
class QDockWidget;
class QMainWindow;
class QString;
class QWidget;

namespace ui {
class Document;
class ExplorerPanel;
class Inspector;
class PreviewPanel;
} // namespace ui

namespace app {

struct OpenDatabase;
struct Parts;
class ChangesDock;
class ProblemsPanel;

/// The docks around the work, and F6 going round the panes.
class Panels : public QObject {
    Q_OBJECT

public:
    Panels(QMainWindow &window, const Parts &parts);
    [[nodiscard]] ui::ExplorerPanel &explorer() noexcept { return *m_explorer; }
    [[nodiscard]] ChangesDock &changes() noexcept { return *m_changes; }
    [[nodiscard]] QList<QDockWidget *> docks() const { return m_docks; }
    void setDocument(ui::Document *document); ///< inspector, preview and problems
    void setDatabase(OpenDatabase *database); ///< changes
    void bringUp(const QString &objectName);  ///< shows a dock and gives it the focus
    void cycle(int step, QWidget *workspace); ///< gives the focus to the pane that many further
    void arrangeDefault();                    ///< where the docks stand at the first start

private:
    QDockWidget *add(const QString &name, const QString &title, QWidget *content, Qt::DockWidgetArea area);

    QMainWindow &m_window;
    ui::ExplorerPanel *m_explorer;
    ui::Inspector *m_inspector;
    ui::PreviewPanel *m_preview;
    ProblemsPanel *m_problems;
    ChangesDock *m_changes;
    QList<QDockWidget *> m_docks;
};

} // namespace app
