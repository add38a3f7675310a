#include "tests/unit/ui/canvas_bench.h"

#include <QApplication>
#include <QTest>

using namespace ui;
using namespace orm::model;

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

QTEST_MAIN(CanvasEditing)
#include "tst_canvas_editing.moc"
