#include "tests/unit/ui/canvas_bench.h"

#include <QAction>
#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace ui;
using namespace orm::model;

class CanvasNavigation : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, Appearance::Light); }
    void aRubberBandSelectsAndCtrlClickExtends();
    void tabAndArrowsWalkThroughTheEntities();
    void aDoubleClickOnTheBodyAsksForRows();
    void ctrlWheelKeepsThePointUnderTheCursor();
    void plainWheelScrollsAndShiftWheelGoesSideways();
    void entitiesWithoutAPlaceAreLaidOut();
    void everyActionHasIconTextAndTip();
};

void CanvasNavigation::aRubberBandSelectsAndCtrlClickExtends()
{
    Bench bench;
    const QPoint corner = bench.view->mapFromScene(QPointF(-30, -30));
    bench.drag(corner, bench.row("customer", 0));
    QCOMPARE(bench.document->selection().size(), 1U);
    bench.click(bench.header("invoice"), Qt::ControlModifier);
    QCOMPARE(bench.document->selection().size(), 2U);
    bench.click(corner);
    QVERIFY(bench.document->selection().empty());
}

void CanvasNavigation::tabAndArrowsWalkThroughTheEntities()
{
    Bench bench;
    const auto selected = [&] { return std::get<EntityId>(bench.document->selection().front()); };
    bench.key(Qt::Key_Tab);
    QCOMPARE(selected(), bench.entity("customer")->id);
    QVERIFY(bench.view->accessibleDescription().contains(QStringLiteral("customer")));
    bench.key(Qt::Key_Right);
    QCOMPARE(selected(), bench.entity("invoice")->id);
    bench.key(Qt::Key_Left);
    QCOMPARE(selected(), bench.entity("customer")->id);
    bench.key(Qt::Key_Down, Qt::ControlModifier);
    QVERIFY(std::holds_alternative<AttributeRef>(bench.document->selection().front()));
}

void CanvasNavigation::aDoubleClickOnTheBodyAsksForRows()
{
    Bench bench;
    QSignalSpy spy(bench.view.get(), &CanvasView::openRowsRequested);
    QTest::mouseDClick(bench.view->viewport(), Qt::LeftButton, {}, bench.row("invoice", 0));
    QCOMPARE(spy.count(), 1);
}

void CanvasNavigation::ctrlWheelKeepsThePointUnderTheCursor()
{
    Bench bench;
    const QPoint at = bench.header("invoice");
    const QPointF before = bench.view->mapToScene(at);
    const double zoom = bench.view->zoom();
    QWheelEvent event(at, bench.view->viewport()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::ControlModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(bench.view->viewport(), &event);
    QVERIFY(bench.view->zoom() > zoom);
    const QPointF moved = bench.view->mapToScene(at) - before;
    QVERIFY(moved.manhattanLength() < 3);
}

void CanvasNavigation::plainWheelScrollsAndShiftWheelGoesSideways()
{
    Bench bench;
    const int x = bench.view->horizontalScrollBar()->value();
    const int y = bench.view->verticalScrollBar()->value();
    const QPoint at(300, 300);
    const auto wheel = [&](Qt::KeyboardModifiers modifiers) {
        QWheelEvent event(at, bench.view->viewport()->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(bench.view->viewport(), &event);
    };
    wheel({});
    QVERIFY(bench.view->verticalScrollBar()->value() > y);
    QCOMPARE(bench.view->horizontalScrollBar()->value(), x);
    wheel(Qt::ShiftModifier);
    QVERIFY(bench.view->horizontalScrollBar()->value() > x);
}

void CanvasNavigation::entitiesWithoutAPlaceAreLaidOut()
{
    orm::MetaData metadata;
    for (const char *name : {"a", "b", "c"}) {
        orm::Table &table = metadata.addTable({{}, name});
        table.addColumn("id", orm::BigInteger()).primaryKey = true;
        table.primaryKey.columns = {"id"};
    }
    metadata["b"].addColumn("a_id", orm::BigInteger());
    metadata["b"].foreignKeys.push_back({"", {"a_id"}, {{}, "a"}, {"id"}});
    Document document(fromMetaData(metadata, "three", "sqlite"));
    JobRunner runner;
    CanvasView view(document, document.model().diagrams().begin()->first, runner);
    view.resize(600, 400);
    view.show();
    QVERIFY(QTest::qWaitFor([&] { return view.diagramScene().isSettled(); }, 20000));
    for (const auto &[id, node] : document.model().nodes(view.diagramScene().diagram()))
        QVERIFY(node.placed);
    QCOMPARE(view.diagramScene().edgeItems().size(), 1U);
    document.undoStack().undo(); // shown again without an edit, so that redo stays possible
    QVERIFY(QTest::qWaitFor([&] { return view.diagramScene().isSettled(); }, 20000));
    QVERIFY(document.undoStack().canRedo());
    QVERIFY(view.diagramScene().nodeItems().front()->isVisible());
}

void CanvasNavigation::everyActionHasIconTextAndTip()
{
    Bench bench;
    QVERIFY(bench.view->actionGroups().size() >= 3);
    for (const CanvasView::ActionGroup &group : bench.view->actionGroups()) {
        QVERIFY(!group.title.isEmpty());
        for (const QAction *action : group.actions) {
            QVERIFY(!action->icon().isNull());
            QVERIFY(!action->text().isEmpty());
            QVERIFY(!action->toolTip().isEmpty());
            QVERIFY(!action->statusTip().isEmpty());
        }
    }
}

QTEST_MAIN(CanvasNavigation)
#include "tst_canvas_navigation.moc"
