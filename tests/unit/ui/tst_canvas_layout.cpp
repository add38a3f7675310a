#include "ui/canvas/layout/layout.h"
#include "ui/canvas/routing/route.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace ui;

namespace {

/// A graph as schemas have them: modules with a hub each, some global hubs, doubled keys, self references.
layout::Graph schemaLike(int tables, std::uint32_t seed)
{
    std::mt19937 random(seed);
    layout::Graph graph;
    for (int i = 0; i < tables; ++i) {
        const int rows = 3 + static_cast<int>(random() % 14);
        graph.nodes.push_back({180.0, 28.0 + 20 * rows});
        if (i == 0 || random() % 12 == 0)
            continue;
        const int keys = 1 + static_cast<int>(random() % 3);
        for (int k = 0; k < keys; ++k) {
            const auto dice = random() % 10;
            const int hub = i / 25 * 25;
            const int target = dice < 5 ? hub : dice < 7 ? 0 : dice < 9 ? static_cast<int>(random()) & 0x7fff : i;
            graph.edges.push_back({i, target > i ? target % i : target});
        }
    }
    return graph;
}

struct Drawing {
    layout::Graph graph;
    std::vector<routing::Box> boxes;
    std::vector<routing::Link> links;
    std::vector<routing::Polyline> lines;
};

Drawing drawn(layout::Graph graph)
{
    Drawing drawing;
    const std::vector<layout::Place> places = layout::place(graph);
    for (std::size_t i = 0; i < places.size(); ++i)
        drawing.boxes.push_back({places[i].x, places[i].y, graph.nodes[i].width, graph.nodes[i].height});
    int row = 0;
    for (const layout::Edge &edge : graph.edges) {
        const double height = graph.nodes[static_cast<std::size_t>(edge.source)].height;
        const double rows = (height - 28) / 20;
        const double y = 28 + 20 * (row++ % static_cast<int>(rows)) + 10;
        const double other = graph.nodes[static_cast<std::size_t>(edge.target)].height;
        drawing.links.push_back({{edge.source, routing::Left | routing::Right, y, y - 7, y + 7},
                                 {edge.target, routing::AllSides, 38, 0, other}});
    }
    drawing.lines = routing::route(drawing.boxes, drawing.links);
    drawing.graph = std::move(graph);
    return drawing;
}

bool overlap(const routing::Box &a, const routing::Box &b)
{
    return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

bool enters(const routing::Point &a, const routing::Point &b, const routing::Box &box)
{
    return std::max(a.x, b.x) > box.x + 0.6 && std::min(a.x, b.x) < box.right() - 0.6 &&
           std::max(a.y, b.y) > box.y + 0.6 && std::min(a.y, b.y) < box.bottom() - 0.6;
}

bool onBorder(const routing::Point &p, const routing::Box &box)
{
    const bool inX = p.x >= box.x - 0.6 && p.x <= box.right() + 0.6;
    const bool inY = p.y >= box.y - 0.6 && p.y <= box.bottom() + 0.6;
    const bool atX = std::abs(p.x - box.x) < 0.6 || std::abs(p.x - box.right()) < 0.6;
    const bool atY = std::abs(p.y - box.y) < 0.6 || std::abs(p.y - box.bottom()) < 0.6;
    return (inY && atX) || (inX && atY);
}

/// Pairs of lines that run on top of each other for a stretch.
int shared(const std::vector<routing::Polyline> &lines)
{
    struct Piece {
        std::size_t line;
        bool vertical;
        double at, low, high;
    };
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        for (std::size_t k = 0; k + 1 < lines[i].size(); ++k) {
            const routing::Point a = lines[i][k];
            const routing::Point b = lines[i][k + 1];
            const bool vertical = std::abs(a.x - b.x) < 0.01;
            const auto [low, high] = vertical ? std::minmax(a.y, b.y) : std::minmax(a.x, b.x);
            pieces.push_back({i, vertical, vertical ? a.x : a.y, low, high});
        }
    }
    int count = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        for (std::size_t k = i + 1; k < pieces.size(); ++k) {
            const Piece &a = pieces[i];
            const Piece &b = pieces[k];
            count += a.line != b.line && a.vertical == b.vertical && std::abs(a.at - b.at) < 0.4 &&
                     std::min(a.high, b.high) - std::max(a.low, b.low) > 6;
        }
    }
    return count;
}

/// Writes a drawing for a look at it, where the environment names a folder for them.
void dump(const Drawing &drawing, const QString &name)
{
    const QString folder = qEnvironmentVariable("CORMORANT_DRAWINGS");
    if (folder.isEmpty())
        return;
    QJsonObject nodes;
    for (std::size_t i = 0; i < drawing.boxes.size(); ++i) {
        const routing::Box &box = drawing.boxes[i];
        nodes.insert(QString::number(i), QJsonArray{box.x, box.y, box.width, box.height});
    }
    QJsonArray edges;
    for (std::size_t i = 0; i < drawing.lines.size(); ++i) {
        QJsonArray points;
        for (const routing::Point &point : drawing.lines[i])
            points.append(QJsonArray{point.x, point.y});
        edges.append(QJsonObject{{QStringLiteral("source"), QString::number(drawing.graph.edges[i].source)},
                                 {QStringLiteral("target"), QString::number(drawing.graph.edges[i].target)},
                                 {QStringLiteral("points"), points}});
    }
    QFile file(folder + QLatin1Char('/') + name + QStringLiteral(".json"));
    if (file.open(QIODevice::WriteOnly))
        file.write(
            QJsonDocument(QJsonObject{{QStringLiteral("nodes"), nodes}, {QStringLiteral("edges"), edges}}).toJson());
}

} // namespace

class CanvasLayout : public QObject {
    Q_OBJECT

private slots:
    void boxesNeverOverlapAndLinesStayOutside_data();
    void boxesNeverOverlapAndLinesStayOutside();
    void theSameGraphGivesTheSameDrawing();
    void placedNodesNeverMove();
    void newcomersComeNearWhatTheyReferTo();
    void aSelfReferenceGoesAroundACorner();
    void parallelLinksKeepApart();
    void anEmptyGraphIsNoProblem();
};

void CanvasLayout::boxesNeverOverlapAndLinesStayOutside_data()
{
    QTest::addColumn<int>("tables");
    QTest::addColumn<int>("seed");
    for (const int seed : {1, 2, 3, 4, 5, 6})
        QTest::addRow("12 tables, seed %d", seed) << 12 << seed;
    for (const int seed : {1, 2})
        QTest::addRow("40 tables, seed %d", seed) << 40 << seed;
    QTest::addRow("100 tables") << 100 << 1;
}

void CanvasLayout::boxesNeverOverlapAndLinesStayOutside()
{
    QFETCH(int, tables);
    QFETCH(int, seed);
    const Drawing drawing = drawn(schemaLike(tables, static_cast<std::uint32_t>(seed)));
    dump(drawing, QStringLiteral("tables-%1-%2").arg(tables).arg(seed));
    for (std::size_t i = 0; i < drawing.boxes.size(); ++i) {
        for (std::size_t k = i + 1; k < drawing.boxes.size(); ++k)
            QVERIFY(!overlap(drawing.boxes[i], drawing.boxes[k]));
    }
    for (std::size_t i = 0; i < drawing.lines.size(); ++i) {
        const routing::Polyline &line = drawing.lines[i];
        QVERIFY(line.size() >= 2);
        QVERIFY(onBorder(line.front(), drawing.boxes[static_cast<std::size_t>(drawing.links[i].source.box)]));
        QVERIFY(onBorder(line.back(), drawing.boxes[static_cast<std::size_t>(drawing.links[i].target.box)]));
        for (std::size_t k = 0; k + 1 < line.size(); ++k) {
            QVERIFY(std::abs(line[k].x - line[k + 1].x) < 0.01 || std::abs(line[k].y - line[k + 1].y) < 0.01);
            for (const routing::Box &box : drawing.boxes)
                QVERIFY(!enters(line[k], line[k + 1], box));
        }
    }
    QCOMPARE(shared(drawing.lines), 0);
}

void CanvasLayout::theSameGraphGivesTheSameDrawing()
{
    QVERIFY(drawn(schemaLike(30, 9)).lines == drawn(schemaLike(30, 9)).lines);
}

void CanvasLayout::placedNodesNeverMove()
{
    layout::Graph graph = schemaLike(20, 3);
    const std::vector<layout::Place> first = layout::place(graph);
    for (std::size_t i = 0; i < 15; ++i) {
        graph.nodes[i].fixed = true;
        graph.nodes[i].x = first[i].x + 3;
        graph.nodes[i].y = first[i].y;
    }
    const std::vector<layout::Place> second = layout::place(graph);
    for (std::size_t i = 0; i < 15; ++i)
        QCOMPARE(second[i].x, first[i].x + 3);
    for (std::size_t i = 15; i < 20; ++i) {
        const routing::Box own{second[i].x, second[i].y, graph.nodes[i].width, graph.nodes[i].height};
        for (std::size_t k = 0; k < i; ++k)
            QVERIFY(!overlap(own, {second[k].x, second[k].y, graph.nodes[k].width, graph.nodes[k].height}));
    }
}

void CanvasLayout::newcomersComeNearWhatTheyReferTo()
{
    layout::Graph graph;
    graph.nodes = {{180, 100, true, 0, 0}, {180, 100, true, 5000, 0}, {180, 100}};
    graph.edges = {{2, 1}};
    const std::vector<layout::Place> places = layout::place(graph);
    QVERIFY(std::abs(places[2].x - 5000) < 500);
    QVERIFY(std::abs(places[2].y) < 500);
}

void CanvasLayout::aSelfReferenceGoesAroundACorner()
{
    const std::vector<routing::Box> boxes{{0, 0, 180, 200}};
    const auto lines =
        routing::route(boxes, {{{0, routing::AllSides, 60, 53, 67}, {0, routing::AllSides, 40, 0, 200}}});
    QVERIFY(lines[0].size() >= 4);
    QVERIFY(onBorder(lines[0].front(), boxes[0]));
    QVERIFY(onBorder(lines[0].back(), boxes[0]));
    QVERIFY(lines[0].front() != lines[0].back());
}

void CanvasLayout::parallelLinksKeepApart()
{
    const std::vector<routing::Box> boxes{{0, 0, 180, 200}, {400, 80, 180, 200}};
    std::vector<routing::Link> links;
    for (int i = 0; i < 6; ++i) {
        const double y = 38.0 + 20 * i;
        links.push_back({{0, routing::Left | routing::Right, y, y - 7, y + 7}, {1, routing::AllSides, 38, 0, 200}});
    }
    QCOMPARE(shared(routing::route(boxes, links)), 0);
}

void CanvasLayout::anEmptyGraphIsNoProblem()
{
    QVERIFY(layout::place({}).empty());
    QVERIFY(routing::route({}, {}).empty());
}

QTEST_APPLESS_MAIN(CanvasLayout)
#include "tst_canvas_layout.moc"
