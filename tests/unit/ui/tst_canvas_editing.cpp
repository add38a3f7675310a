#include "ormcore/model/edits.h"
#include "ormcore/model/storage.h"
#include "ui/base/theme.h"
#include "ui/canvas/inline_editor.h"
#include "ui/canvas/view.h"

#include <QAction>
#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <memory>

using namespace ui;
using namespace orm::model;

namespace {

/// A window with a diagram of two tables, customer and invoice, and the hands to work in it.
struct Bench {
    JobRunner runner;
    std::unique_ptr<Document> document;
    std::unique_ptr<CanvasView> view;
    DiagramId diagram;

    explicit Bench(bool withTables = true)
    {
        Model model;
        apply(model, setInfo(model, {"shop", {"sqlite"}, {}}));
        apply(model, addDiagram(model, "main"));
        diagram = model.diagrams().begin()->first;
        if (withTables) {
            apply(model, addEntity(model, diagram, 0, 0, "customer"));
            apply(model, addEntity(model, diagram, 400, 0, "invoice"));
        }
        document = std::make_unique<Document>(std::move(model));
        view = std::make_unique<CanvasView>(*document, diagram, runner);
        view->resize(1000, 700);
        view->show();
        view->activateWindow();
        (void)QTest::qWaitForWindowActive(view.get());
        view->setFocus();
        settle();
        if (withTables)
            view->setZoom(1);
    }
    static void apply(Model &model, Edit edit) { model.swap(edit); }
    void settle() const
    {
        QVERIFY(QTest::qWaitFor([this] { return view->diagramScene().isSettled(); }, 20000));
    }
    [[nodiscard]] EntityPointer entity(std::string_view name) const { return document->model().entity(name); }
    [[nodiscard]] canvas::NodeItem *item(std::string_view name) const
    {
        return view->diagramScene().nodeItem(entity(name)->id);
    }
    [[nodiscard]] QPoint header(std::string_view name) const
    {
        return view->mapFromScene(item(name)->pos() + QPointF(40, 14));
    }
    [[nodiscard]] QPoint row(std::string_view name, int index, double x = 60) const
    {
        const QRectF rect = item(name)->figure().rowRect(index);
        return view->mapFromScene(item(name)->pos() + QPointF(x, rect.center().y()));
    }
    void click(const QPoint &at, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers, at);
    }
    void drag(const QPoint &from, const QPoint &to) const
    {
        QTest::mousePress(view->viewport(), Qt::LeftButton, {}, from);
        for (int i = 1; i <= 4; ++i)
            QTest::mouseMove(view->viewport(), from + (to - from) * i / 4);
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, to);
    }
    void key(Qt::Key k, Qt::KeyboardModifiers modifiers = {}) const { QTest::keyClick(view.get(), k, modifiers); }
    [[nodiscard]] canvas::InlineEditor *editor() const { return view->findChild<canvas::InlineEditor *>(); }
    void type(const QString &text) const
    {
        QVERIFY(editor() != nullptr);
        editor()->selectAll();
        QTest::keyClicks(editor(), text);
        QTest::keyClick(editor(), Qt::Key_Return);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    [[nodiscard]] std::vector<TextFile> bytes() const { return write(document->model()); }
};

} // namespace

class CanvasEditing : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, Appearance::Light); }
    void theLetterTAndAClickAddAnEntityAndAskForItsName();
    void anEntityIsRenamedInPlace();
    void aNameThatIsTakenIsRefusedInWordsAndTheTextStays();
    void escapeGivesUpAnEdit();
    void altEnterAddsAnAttributeWithItsType();
    void enterOnAnAttributeChangesItsTypeAndNullability();
    void tabCommitsAndGoesToTheNextAttribute();
    void oneToManyMakesTheForeignKeyColumn();
    void manyToManyMakesAJunction();
    void draggingFromAttributeToAttributeMakesAForeignKey();
    void deletingAndUndoingRestoresEveryByte();
    void shiftDeleteOnALineTakesItsColumnsToo();
    void draggingANodeIsOneUndoStep();
    void escapeWhileDraggingPutsTheNodeBack();
    void nudgesInARowAreOneUndoStep();
    void aRubberBandSelectsAndCtrlClickExtends();
    void tabAndArrowsWalkThroughTheEntities();
    void aDoubleClickOnTheBodyAsksForRows();
    void ctrlWheelKeepsThePointUnderTheCursor();
    void plainWheelScrollsAndShiftWheelGoesSideways();
    void entitiesWithoutAPlaceAreLaidOut();
    void everyActionHasIconTextAndTip();
};

void CanvasEditing::theLetterTAndAClickAddAnEntityAndAskForItsName()
{
    Bench bench(false);
    bench.key(Qt::Key_T);
    QCOMPARE(bench.view->tool(), canvas::ToolKind::Entity);
    bench.click({300, 200});
    QCOMPARE(bench.document->model().entities().size(), 1U);
    bench.type(QStringLiteral("product"));
    QVERIFY(bench.entity("product"));
    QCOMPARE(bench.entity("product")->primaryKey.attributes.size(), 1U);
    QCOMPARE(bench.view->tool(), canvas::ToolKind::Select);
    bench.document->undoStack().undo();
    bench.document->undoStack().undo();
    QVERIFY(bench.document->model().entities().empty());
}

void CanvasEditing::anEntityIsRenamedInPlace()
{
    Bench bench;
    bench.click(bench.header("customer"));
    bench.key(Qt::Key_F2);
    bench.type(QStringLiteral("client"));
    QVERIFY(bench.entity("client"));
    QVERIFY(!bench.entity("customer"));
    bench.document->undoStack().undo();
    QVERIFY(bench.entity("customer"));
}

void CanvasEditing::aNameThatIsTakenIsRefusedInWordsAndTheTextStays()
{
    Bench bench;
    bench.click(bench.header("customer"));
    bench.key(Qt::Key_F2);
    bench.type(QStringLiteral("invoice"));
    QVERIFY(bench.editor() != nullptr);
    QCOMPARE(bench.editor()->text(), QStringLiteral("invoice"));
    const auto *problem = bench.view->viewport()->findChild<QWidget *>(QStringLiteral("inlineEditorProblem"));
    QVERIFY(problem != nullptr && problem->isVisible());
    QVERIFY(bench.entity("customer"));
}

void CanvasEditing::escapeGivesUpAnEdit()
{
    Bench bench;
    bench.click(bench.header("customer"));
    bench.key(Qt::Key_F2);
    QTest::keyClicks(bench.editor(), QStringLiteral("t1"));
    QTest::keyClick(bench.editor(), Qt::Key_Escape);
    QVERIFY(bench.entity("customer"));
    QCOMPARE(bench.document->undoStack().count(), 0);
    QCOMPARE(bench.view->tool(), canvas::ToolKind::Select);
}

void CanvasEditing::altEnterAddsAnAttributeWithItsType()
{
    Bench bench;
    bench.click(bench.header("customer"));
    bench.key(Qt::Key_Return, Qt::AltModifier);
    bench.type(QStringLiteral("price numeric(10,2) not null"));
    const Attribute *price = bench.entity("customer")->find("price");
    QVERIFY(price != nullptr);
    QCOMPARE(price->type.kind, orm::TypeKind::Numeric);
    QCOMPARE(price->type.scale.value_or(0), 2);
    QVERIFY(!price->nullable);
    QCOMPARE(bench.document->undoStack().count(), 1);
}

void CanvasEditing::enterOnAnAttributeChangesItsTypeAndNullability()
{
    Bench bench;
    bench.click(bench.header("customer"));
    bench.key(Qt::Key_Return, Qt::AltModifier);
    bench.type(QStringLiteral("code varchar(10)"));
    bench.click(bench.row("customer", 1));
    bench.key(Qt::Key_Return);
    QVERIFY(bench.editor() != nullptr);
    QCOMPARE(bench.editor()->text(), QStringLiteral("code varchar(10)"));
    bench.type(QStringLiteral("tag varchar(20) not null"));
    const Attribute *tag = bench.entity("customer")->find("tag");
    QVERIFY(tag != nullptr);
    QCOMPARE(tag->type.length.value_or(0), 20);
    QVERIFY(!tag->nullable);
    QCOMPARE(bench.document->undoStack().count(), 2);
}

void CanvasEditing::tabCommitsAndGoesToTheNextAttribute()
{
    Bench bench;
    bench.click(bench.header("customer"));
    bench.key(Qt::Key_F2);
    QTest::keyClicks(bench.editor(), QStringLiteral("client"));
    QTest::keyClick(bench.editor(), Qt::Key_Tab);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(bench.entity("client"));
    QVERIFY(bench.editor() != nullptr);
    QVERIFY(bench.editor()->text().startsWith(QStringLiteral("id ")));
}

void CanvasEditing::oneToManyMakesTheForeignKeyColumn()
{
    Bench bench;
    bench.key(Qt::Key_2);
    bench.click(bench.header("customer"));
    QTest::mouseMove(bench.view->viewport(), bench.header("invoice"));
    bench.click(bench.header("invoice"));
    QVERIFY(bench.entity("invoice")->find("customer_id") != nullptr);
    QCOMPARE(bench.entity("invoice")->foreignKeys.size(), 1U);
    QCOMPARE(bench.entity("invoice")->foreignKeys.front().target, bench.entity("customer")->id);
    QCOMPARE(bench.view->diagramScene().edgeItems().size(), 1U);
    QVERIFY(std::holds_alternative<ForeignKeyRef>(bench.document->selection().front()));
    bench.settle();
    QVERIFY(bench.view->diagramScene().edgeItems().front()->line().size() >= 2);
}

void CanvasEditing::manyToManyMakesAJunction()
{
    Bench bench;
    bench.key(Qt::Key_3);
    bench.click(bench.header("customer"));
    bench.click(bench.header("invoice"));
    QCOMPARE(bench.document->model().entities().size(), 3U);
    QCOMPARE(bench.view->diagramScene().edgeItems().size(), 2U);
    bench.document->undoStack().undo();
    QCOMPARE(bench.document->model().entities().size(), 2U);
}

void CanvasEditing::draggingFromAttributeToAttributeMakesAForeignKey()
{
    Bench bench;
    bench.click(bench.header("invoice"));
    bench.key(Qt::Key_Return, Qt::AltModifier);
    bench.type(QStringLiteral("buyer bigint"));
    bench.drag(bench.row("invoice", 1, 2), bench.row("customer", 0));
    QCOMPARE(bench.entity("invoice")->foreignKeys.size(), 1U);
    QCOMPARE(bench.entity("invoice")->attributes.size(), 2U);
}

void CanvasEditing::deletingAndUndoingRestoresEveryByte()
{
    Bench bench;
    bench.key(Qt::Key_2);
    bench.click(bench.header("customer"));
    bench.click(bench.header("invoice"));
    const std::vector<TextFile> before = bench.bytes();
    bench.document->select({bench.entity("customer")->id, bench.entity("invoice")->id});
    bench.key(Qt::Key_Delete);
    QVERIFY(bench.document->model().entities().empty());
    const std::vector<TextFile> after = bench.bytes();
    bench.document->undoStack().undo();
    QVERIFY(bench.bytes() == before);
    bench.document->undoStack().redo();
    QVERIFY(bench.bytes() == after);
}

void CanvasEditing::shiftDeleteOnALineTakesItsColumnsToo()
{
    Bench bench;
    bench.key(Qt::Key_2);
    bench.click(bench.header("customer"));
    bench.click(bench.header("invoice"));
    bench.key(Qt::Key_Delete, Qt::ShiftModifier);
    QVERIFY(bench.entity("invoice")->foreignKeys.empty());
    QVERIFY(bench.entity("invoice")->find("customer_id") == nullptr);
    bench.document->undoStack().undo();
    QCOMPARE(bench.entity("invoice")->foreignKeys.size(), 1U);
}

void CanvasEditing::draggingANodeIsOneUndoStep()
{
    Bench bench;
    const QPointF before = bench.item("customer")->pos();
    bench.drag(bench.header("customer"), bench.header("customer") + QPoint(60, 100));
    QCOMPARE(bench.document->undoStack().count(), 1);
    QCOMPARE(bench.item("customer")->pos(), before + QPointF(60, 100));
    bench.document->undoStack().undo();
    QCOMPARE(bench.item("customer")->pos(), before);
}

void CanvasEditing::escapeWhileDraggingPutsTheNodeBack()
{
    Bench bench;
    const QPointF before = bench.item("customer")->pos();
    const QPoint from = bench.header("customer");
    QTest::mousePress(bench.view->viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(bench.view->viewport(), from + QPoint(50, 50));
    QVERIFY(bench.item("customer")->pos() != before);
    bench.key(Qt::Key_Escape);
    QCOMPARE(bench.item("customer")->pos(), before);
    QTest::mouseRelease(bench.view->viewport(), Qt::LeftButton, {}, from + QPoint(50, 50));
    QCOMPARE(bench.document->undoStack().count(), 0);
}

void CanvasEditing::nudgesInARowAreOneUndoStep()
{
    Bench bench;
    bench.click(bench.header("customer"));
    const QPointF before = bench.item("customer")->pos();
    for (int i = 0; i < 3; ++i)
        bench.key(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(bench.item("customer")->pos(), before + QPointF(30, 0));
    QCOMPARE(bench.document->undoStack().count(), 1);
    bench.document->undoStack().undo();
    QCOMPARE(bench.item("customer")->pos(), before);
}

void CanvasEditing::aRubberBandSelectsAndCtrlClickExtends()
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

void CanvasEditing::tabAndArrowsWalkThroughTheEntities()
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

void CanvasEditing::aDoubleClickOnTheBodyAsksForRows()
{
    Bench bench;
    QSignalSpy spy(bench.view.get(), &CanvasView::openRowsRequested);
    QTest::mouseDClick(bench.view->viewport(), Qt::LeftButton, {}, bench.row("invoice", 0));
    QCOMPARE(spy.count(), 1);
}

void CanvasEditing::ctrlWheelKeepsThePointUnderTheCursor()
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

void CanvasEditing::plainWheelScrollsAndShiftWheelGoesSideways()
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

void CanvasEditing::entitiesWithoutAPlaceAreLaidOut()
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

void CanvasEditing::everyActionHasIconTextAndTip()
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

QTEST_MAIN(CanvasEditing)
#include "tst_canvas_editing.moc"
