#pragma once

#include "ui/canvas/tools/tool.h"

namespace ui::canvas {

/// Selects, moves nodes, draws rubber bands, and drags foreign keys from attribute to attribute.
class SelectTool final : public Tool {
public:
    using Tool::Tool;
    void press(const Pointer &pointer) override;
    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    void doubleClick(const Pointer &pointer) override;
    bool cancel() override;
    void paint(QPainter &painter) override;
    [[nodiscard]] bool isBusy() const override { return m_state != State::Idle; }

private:
    enum class State { Idle, Pressed, Moving, Band, Key };
    void pressNode(const Pointer &pointer);
    void beginMove(const Pointer &pointer);
    void moveNodes(const Pointer &pointer);
    void selectBand(const Pointer &pointer, bool final);
    void dropKey(const Pointer &pointer);

    State m_state = State::Idle;
    QPointF m_start;
    QPoint m_startView;
    QPointF m_now;
    orm::model::EntityId m_pressedEntity;
    std::map<orm::model::EntityId, QPointF> m_origin; ///< of what is being moved
    std::vector<ElementRef> m_before;                 ///< what was selected when the band began
    AttributeRef m_keySource;
    AttributeRef m_keyTarget;
};

} // namespace ui::canvas
