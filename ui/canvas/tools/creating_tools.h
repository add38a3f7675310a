#pragma once

#include "ui/canvas/tools/tool.h"

namespace ui::canvas {

/// A click makes an entity there and opens its name.
class EntityTool final : public Tool {
public:
    using Tool::Tool;
    void press(const Pointer &pointer) override;
    [[nodiscard]] Qt::CursorShape cursor() const override { return Qt::CrossCursor; }
};

/// Parent, then child: makes the relationship. A line follows the pointer between the two.
class RelationTool final : public Tool {
public:
    RelationTool(CanvasView &view, ToolKind kind) : Tool(view), m_kind(kind) {}
    void press(const Pointer &pointer) override;
    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    bool cancel() override;
    void paint(QPainter &painter) override;
    [[nodiscard]] Qt::CursorShape cursor() const override { return Qt::CrossCursor; }

private:
    void relate(orm::model::EntityId child, Qt::KeyboardModifiers modifiers);
    ToolKind m_kind;
    orm::model::EntityId m_parent;
    QPointF m_now;
};

} // namespace ui::canvas
