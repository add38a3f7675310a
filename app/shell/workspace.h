#pragma once

#include <QAction>
#include <QHash>
#include <QList>
#include <QPointer>
#include <QString>
#include <QWidget>

#include <functional>

class QStackedLayout;
class QTabWidget;
class QUndoStack;

namespace ui {
class Document;
} // namespace ui

namespace app {

enum class TabKind { Start, Diagram, Records, Closed };

/// One tab of the work area: a widget and what the window needs to know of it.
struct Tab {
    QString key; ///< unique while the window lives
    TabKind kind = TabKind::Start;
    QString title;
    QString icon; ///< as ui::icon()
    QString tip;
    QWidget *widget = nullptr;
    QPointer<ui::Document> document; ///< diagrams
    QPointer<QUndoStack> undo;
    QString database;                  ///< id of the connection it shows; empty: none
    QString restore;                   ///< how the next start opens it again; empty: not at all
    QList<QAction *> actions;          ///< for the menu of its kind and the palette
    std::function<QString()> status;   ///< for the status bar; may be empty
    std::function<bool()> apply;       ///< Ctrl+S: true where it had something to apply; may be empty
    std::function<void()> refreshData; ///< F5; may be empty
};

/// The tabs in the middle of the window.
class Workspace : public QWidget {
    Q_OBJECT

public:
    explicit Workspace(QWidget *parent = nullptr);
    void open(Tab tab);                   ///< owns its widget; activates it
    void placeNextAt(const QString &key); ///< the next opened tab stands where this one is
    bool activate(const QString &key);
    void close(const QString &key); ///< without asking
    void setTitle(const QString &key, const QString &title, const QString &tip);
    void setRestore(const QString &key, const QString &restore);
    [[nodiscard]] const Tab *current() const;
    [[nodiscard]] const Tab *find(const QString &key) const;
    [[nodiscard]] QList<Tab> tabs() const; ///< in their order
    void step(int tabs);                   ///< activates the tab that many to the right, going round

signals:
    void currentChanged();
    void closeRequested(const QString &key);
    void startRequested(); ///< the empty place's button
    void statusChanged();  ///< emitted by views: what Tab::status says has changed

private:
    void update();

    QTabWidget *m_tabs;
    QStackedLayout *m_stack;
    QHash<QWidget *, Tab> m_byWidget;
    int m_nextPlace = -1;
};

} // namespace app
