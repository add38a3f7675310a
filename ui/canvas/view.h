#pragma once

#include "ui/canvas/scene.h"
#include "ui/canvas/tools/tool.h"

#include <QGraphicsView>
#include <QPointer>

#include <memory>

class QAction;
class QActionGroup;
class QMenu;
class QToolBar;

namespace ui {

namespace canvas {
class InlineEditor;
}

/// A diagram that one can work in: tools, zoom, names edited in place, keyboard, context menus.
///
/// Thread: the UI's. Lifetime: shorter than the document's and the runner's.
class CanvasView : public QGraphicsView {
    Q_OBJECT

public:
    CanvasView(Document &document, orm::model::DiagramId diagram, JobRunner &runner, QWidget *parent = nullptr);
    ~CanvasView() override;

    /// Actions as a window puts them into its menu and toolbar. They live as long as the view.
    struct ActionGroup {
        QString title;
        std::vector<QAction *> actions;
    };
    [[nodiscard]] const std::vector<ActionGroup> &actionGroups() const noexcept { return m_groups; }

    [[nodiscard]] Document &document() const noexcept { return m_scene->document(); }
    [[nodiscard]] canvas::DiagramScene &diagramScene() const noexcept { return *m_scene; }
    [[nodiscard]] canvas::ToolKind tool() const noexcept { return m_toolKind; }
    void setTool(canvas::ToolKind kind);

    void fitAll();
    [[nodiscard]] double zoom() const { return transform().m11(); }
    void setZoom(double zoom);                ///< around the middle of the view
    void reveal(orm::model::EntityId entity); ///< selects it and brings it into view

    void renameSelected();     ///< the entity or attribute that is selected
    void addAttributeInline(); ///< to the selected entity, after the selected attribute
    void deleteSelected(orm::model::KeyColumns columns);
    void removeSelectedFromDiagram();
    void raiseMessage(const QString &problem) { emit messageRaised(problem); }

signals:
    void openRowsRequested(orm::model::EntityId entity);
    void messageRaised(const QString &problem); ///< what could not be done and why, in plain words
    void zoomChanged(double zoom);
    void toolChanged();

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override; ///< tool tips
    void changeEvent(QEvent *event) override;
    void drawBackground(QPainter *painter, const QRectF &rect) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;

private:
    void makeActions();
    QAction *makeAction(const QString &objectName, const QString &text, const QString &iconName,
                        const QList<QKeySequence> &shortcuts, const QString &tip, std::function<void()> act);
    void makeToolBar();
    void makeToolActions();
    void makeEditActions();
    void makeViewActions();
    void updateActions();
    [[nodiscard]] canvas::Pointer pointer(const QPoint &at, Qt::KeyboardModifiers modifiers) const;
    void zoomAt(const QPoint &at, double factor);
    void updateSceneRect();
    void pan(const QPoint &to);
    void escape();
    void announce();
    void openEditor(const QRectF &sceneRect, const QString &text, std::function<QString(const QString &)> commit);
    void placeEditor();
    [[nodiscard]] orm::model::EntityId currentEntity() const; ///< of the last selected element
    void selectNext(bool forward);
    void selectTowards(int key);
    bool selectAttribute(int step);
    void nudge(int key);
    void fillMenu(QMenu &menu, const canvas::Hit &hit);

    canvas::DiagramScene *m_scene;
    QToolBar *m_toolBar;
    std::unique_ptr<canvas::Tool> m_tool;
    canvas::ToolKind m_toolKind = canvas::ToolKind::Select;
    std::vector<std::unique_ptr<canvas::Tool>> m_retired; ///< tools that replaced themselves while they ran
    std::vector<ActionGroup> m_groups;
    std::vector<QAction *> m_toolActions;
    std::map<QString, QAction *> m_actions;
    QPointer<canvas::InlineEditor> m_editor;
    QRectF m_editorRect;
    bool m_spaceHeld = false;
    bool m_panning = false;
    QPoint m_panFrom;
    bool m_fitted = false;
    bool m_saidEmpty = false; ///< the sentence of an empty diagram is painted
};

} // namespace ui
