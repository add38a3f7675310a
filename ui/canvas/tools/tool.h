#pragma once

#include "ui/canvas/scene.h"

#include <QPoint>
#include <QPointF>

class QKeyEvent;
class QPainter;

namespace ui {
class CanvasView;
}

namespace ui::canvas {

struct Pointer {
    QPointF scene;
    QPoint view;
    Qt::KeyboardModifiers modifiers;
    Hit hit;
};

enum class ToolKind { Select, Entity, OneToOne, OneToMany, ManyToMany };

/// What the left button and the keys do on the canvas: a state of the view. Lifetime: the view's.
class Tool {
public:
    explicit Tool(CanvasView &view) : m_view(view) {}
    virtual ~Tool() = default;
    virtual void press(const Pointer &) {}
    virtual void move(const Pointer &) {} ///< with or without the button
    virtual void release(const Pointer &) {}
    virtual void doubleClick(const Pointer &) {}
    /// Gives up what is half done; false: nothing was.
    virtual bool cancel() { return false; }
    virtual void paint(QPainter &) {} ///< over the scene, in its coordinates
    [[nodiscard]] virtual Qt::CursorShape cursor() const { return Qt::ArrowCursor; }
    [[nodiscard]] virtual bool isBusy() const { return false; } ///< a drag is under way

protected:
    [[nodiscard]] CanvasView &view() const noexcept { return m_view; }

private:
    CanvasView &m_view;
};

} // namespace ui::canvas
