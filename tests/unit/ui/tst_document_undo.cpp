#include "ormcore/base/error.h"
#include "ormcore/model/edits.h"
#include "ormcore/model/storage.h"
#include "ui/document/try_edit.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ui;
using namespace orm::model;

namespace {

Model shop()
{
    Model model;
    const auto apply = [&](Edit edit) { model.swap(edit); };
    apply(setInfo(model, {"shop", {"sqlite"}, {}}));
    apply(addDiagram(model, "main"));
    const DiagramId diagram = model.diagrams().begin()->first;
    apply(addEntity(model, diagram, 0, 0, "customer"));
    apply(addEntity(model, diagram, 300, 0, "invoice"));
    return model;
}

} // namespace

class DocumentUndo : public QObject {
    Q_OBJECT

private slots:
    void everyEditObeysTheUndoLaw_data();
    void everyEditObeysTheUndoLaw();
    void stepsWithTheSameKeyBecomeOne();
    void viewsHearWhatWasTouched();
    void theSelectionForgetsWhatIsGone();
    void severalEditsAreOneStepAndAFailureTakesThemBack();
    void savingMakesTheDocumentClean();
    void savingWithoutAPlaceIsAnError();
};

void DocumentUndo::everyEditObeysTheUndoLaw_data()
{
    using Make = std::function<Edit(const Model &)>;
    QTest::addColumn<Make>("make");
    const auto id = [](const Model &model, const char *name) { return model.entity(name)->id; };
    QTest::newRow("add entity") << Make([](const Model &m) { return addEntity(m, m.diagrams().begin()->first, 5, 5); });
    QTest::newRow("rename") << Make([id](const Model &m) { return renameEntity(m, id(m, "customer"), "client"); });
    QTest::newRow("1:N") << Make([id](const Model &m) { return addOneToMany(m, id(m, "customer"), id(m, "invoice")); });
    QTest::newRow("N:N") << Make([id](const Model &m) {
        return addManyToMany(m, m.diagrams().begin()->first, id(m, "customer"), id(m, "invoice"));
    });
    QTest::newRow("remove") << Make([id](const Model &m) {
        const std::vector<EntityId> ids{id(m, "customer")};
        return removeEntities(m, ids);
    });
}

void DocumentUndo::everyEditObeysTheUndoLaw()
{
    using Make = std::function<Edit(const Model &)>;
    QFETCH(Make, make);
    Document document(shop());
    const auto before = write(document.model());
    document.apply(make(document.model()), QStringLiteral("step"));
    const auto after = write(document.model());
    QVERIFY(before != after);
    document.undoStack().undo();
    QVERIFY(write(document.model()) == before);
    document.undoStack().redo();
    QVERIFY(write(document.model()) == after);
}

void DocumentUndo::stepsWithTheSameKeyBecomeOne()
{
    Document document(shop());
    const auto before = write(document.model());
    const DiagramId diagram = document.model().diagrams().begin()->first;
    const auto nodes = document.model().nodes(diagram);
    int x = 0;
    for (const auto &[id, node] : nodes) { // the second step touches another node than the first
        const std::vector<NodePosition> positions{{id, x += 50, 70}};
        document.apply(moveNodes(document.model(), diagram, positions), QStringLiteral("move"), 7);
    }
    QCOMPARE(document.undoStack().count(), 1);
    const auto after = write(document.model());
    document.undoStack().undo();
    QVERIFY(write(document.model()) == before);
    document.undoStack().redo();
    QVERIFY(write(document.model()) == after);
}

void DocumentUndo::viewsHearWhatWasTouched()
{
    Document document(shop());
    std::vector<EntityId> heard;
    connect(&document, &Document::changed, this, [&](const Changes &changes) { heard = changes.entities; });
    const EntityId customer = document.model().entity("customer")->id;
    document.apply(renameEntity(document.model(), customer, "client"), QStringLiteral("rename"));
    QCOMPARE(heard.size(), 1U);
    QCOMPARE(heard.front(), customer);
}

void DocumentUndo::theSelectionForgetsWhatIsGone()
{
    Document document(shop());
    const EntityId customer = document.model().entity("customer")->id;
    document.select({customer, document.model().entity("invoice")->id});
    QSignalSpy spy(&document, &Document::selectionChanged);
    const std::vector<EntityId> ids{customer};
    document.apply(removeEntities(document.model(), ids), QStringLiteral("remove"));
    QCOMPARE(document.selection().size(), 1U);
    QCOMPARE(spy.count(), 1);
}

void DocumentUndo::severalEditsAreOneStepAndAFailureTakesThemBack()
{
    Document document(shop());
    const auto before = write(document.model());
    const EntityId customer = document.model().entity("customer")->id;
    const auto rename = [&](const char *name) {
        return [&document, customer, name] { return renameEntity(document.model(), customer, name); };
    };
    const QString problem = tryEdits(document, {rename("client"), rename("invoice")}, QStringLiteral("twice"));
    QVERIFY(!problem.isEmpty());
    QVERIFY(write(document.model()) == before);
    QVERIFY(tryEdits(document, {rename("client"), rename("buyer")}, QStringLiteral("twice")).isEmpty());
    document.undoStack().undo();
    QVERIFY(write(document.model()) == before);
}

void DocumentUndo::savingMakesTheDocumentClean()
{
    QTemporaryDir folder;
    Document document(shop());
    const EntityId customer = document.model().entity("customer")->id;
    document.apply(renameEntity(document.model(), customer, "client"), QStringLiteral("rename"));
    QVERIFY(document.isModified());
    const std::filesystem::path path = std::filesystem::path(folder.path().toStdString()) / "shop";
    document.save(path);
    QVERIFY(!document.isModified());
    QVERIFY(load(path) == document.model());
}

void DocumentUndo::savingWithoutAPlaceIsAnError()
{
    Document document(shop());
    QVERIFY_EXCEPTION_THROWN(document.save(), orm::Argument);
}

QTEST_APPLESS_MAIN(DocumentUndo)
#include "tst_document_undo.moc"
