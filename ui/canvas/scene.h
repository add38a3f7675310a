#pragma once

#include "ui/async/job.h"
#include "ui/canvas/items/edge_item.h"
#include "ui/canvas/items/node_item.h"
#ifndef Q_MOC_RUN // moc cannot read the standard library's <compare>
#include "ui/document/document.h"
#endif

#include <QGraphicsScene>
#include <QPointer>

#include <map>
#include <optional>

class QTimer;

namespace ui::canvas {

/// What is under a point of the scene.
struct Hit {
    NodeItem *node = nullptr;
    int row = -1;             ///< of the node
    bool handle = false;      ///< at a row's edge, where a foreign key is dragged from
    EdgeItem *edge = nullptr; ///< only where there is no node
};

/// One diagram of a document as graphics items. Follows the document; changes nothing of it but the places of nodes
/// that have none yet.
///
/// Layout and routing run on workers: until they answer, lines are sketches. Thread: the UI's. Lifetime: shorter than
/// the document's and the runner's.
class DiagramScene : public QGraphicsScene {
    Q_OBJECT

public:
    DiagramScene(Document &document, orm::model::DiagramId diagram, JobRunner &runner, QObject *parent = nullptr);
    ~DiagramScene() override;

    [[nodiscard]] Document &document() const noexcept { return m_document; }
    [[nodiscard]] orm::model::DiagramId diagram() const noexcept { return m_diagram; }
    [[nodiscard]] NodeItem *nodeItem(orm::model::EntityId entity) const;
    [[nodiscard]] EdgeItem *edgeItem(orm::model::EntityId child, orm::model::ConstraintId key) const;
    [[nodiscard]] std::vector<NodeItem *> nodeItems() const; ///< in reading order
    [[nodiscard]] std::vector<EdgeItem *> edgeItems() const;
    [[nodiscard]] QString describe(const LinkFigure &link) const; ///< "invoice.customer_id → customer.id"
    [[nodiscard]] Hit hitAt(const QPointF &point, double scale) const;
    [[nodiscard]] bool isEmpty() const noexcept { return m_nodes.empty(); }
    [[nodiscard]] QRectF contentRect() const;
    [[nodiscard]] bool isSettled() const; ///< no layout or routing is under way

    /// Moves items only; lines that hang on them are sketched. Follow with commitMoves() or cancelMoves().
    void previewMoves(const std::map<NodeItem *, QPointF> &places);
    void commitMoves(int mergeKey = 0);
    void cancelMoves();

    void setHovered(const Hit &hit);
    void layOutAll(); ///< all nodes anew, as one undo step

signals:
    void settled(); ///< layout and routing have answered
    void rebuilt(); ///< items follow the document again
    void failed(const QString &message);

private:
    void follow(const Changes &changes);
    void rebuild();
    void rebuildNodes();
    void rebuildEdges();
    void showSelection();
    void sketchLines(const std::function<bool(const LinkFigure &)> &which);
    void scheduleWork();
    void startWork();
    void startLayout(layout::Graph graph, bool everything);
    void applyPlaces(const std::vector<layout::Place> &places, bool everything);
    void startRouting();

    Document &m_document;
    orm::model::DiagramId m_diagram;
    JobRunner &m_runner;
    Plan m_plan;
    std::map<orm::model::EntityId, NodeItem *> m_nodes;
    std::map<std::pair<orm::model::EntityId, orm::model::ConstraintId>, EdgeItem *> m_edges;
    std::map<orm::model::NodeId, layout::Place> m_shownPlaces; ///< of nodes whose place the document does not know
    QTimer *m_timer;
    QPointer<Job> m_job;
    unsigned m_generation = 0;
    bool m_working = false;
    Hit m_hovered;
};

} // namespace ui::canvas
