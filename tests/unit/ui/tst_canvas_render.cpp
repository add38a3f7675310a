#include "ormcore/base/error.h"
#include "ormcore/dialects/builtin.h"
#include "ormcore/model/edits.h"
#include "ormcore/reflect/reflect.h"
#include "ui/canvas/render.h"

#include <QFile>
#include <QFileInfo>
#include <QImage>
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
    apply(addEntity(model, diagram, 400, 0, "invoice"));
    apply(addOneToMany(model, model.entity("customer")->id, model.entity("invoice")->id));
    return model;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class CanvasRender : public QObject {
    Q_OBJECT

private slots:
    void anSvgHasItsTextAsText();
    void aPngIsAsLargeAsItsScaleSays();
    void aPdfIsOnePage();
    void chinookFromItsDatabaseIsDrawnWhole();
    void drawingChangesNothing();
    void whatCannotBeDrawnIsAnError();

private:
    [[nodiscard]] std::filesystem::path in(const char *name) const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    QTemporaryDir m_folder;
};

void CanvasRender::anSvgHasItsTextAsText()
{
    const Model model = shop();
    renderDiagram(model, model.diagrams().begin()->first, in("shop.svg"), Appearance::Light);
    const QByteArray svg = contentOf(m_folder.filePath(QStringLiteral("shop.svg")));
    QVERIFY(svg.contains(">customer<"));
    QVERIFY(svg.contains(">customer_id"));
}

void CanvasRender::aPngIsAsLargeAsItsScaleSays()
{
    const Model model = shop();
    const DiagramId diagram = model.diagrams().begin()->first;
    renderDiagram(model, diagram, in("one.png"), {Appearance::Light, 1});
    renderDiagram(model, diagram, in("two.png"), {Appearance::Dark, 2});
    const QImage one(m_folder.filePath(QStringLiteral("one.png")));
    const QImage two(m_folder.filePath(QStringLiteral("two.png")));
    QVERIFY(one.width() > 500);
    QVERIFY(std::abs(two.width() - 2 * one.width()) <= 2);
    QVERIFY(one.pixelColor(1, 1) == themeFor(Appearance::Light).canvas);
    QVERIFY(two.pixelColor(1, 1) == themeFor(Appearance::Dark).canvas);
}

void CanvasRender::aPdfIsOnePage()
{
    const Model model = shop();
    renderDiagram(model, model.diagrams().begin()->first, in("shop.pdf"), Appearance::Light);
    const QByteArray pdf = contentOf(m_folder.filePath(QStringLiteral("shop.pdf")));
    QVERIFY(pdf.startsWith("%PDF"));
    QCOMPARE(pdf.count("/Type /Page\n"), 1);
}

void CanvasRender::chinookFromItsDatabaseIsDrawnWhole()
{
    const QString shared = qEnvironmentVariable("CORMORANT_SHARED_DIR");
    const QString database = shared + QStringLiteral("/data/chinook/Chinook_Sqlite.sqlite");
    if (!QFileInfo::exists(database))
        QSKIP("Chinook is not beside the sources (CORMORANT_SHARED_DIR)");
    const auto engine = orm::createEngine("sqlite:///" + database.toStdString());
    auto connection = engine->connect();
    const Model model = fromMetaData(orm::reflect(connection), "chinook", "sqlite");
    renderDiagram(model, model.diagrams().begin()->first, in("chinook.svg"), Appearance::Light);
    const QByteArray svg = contentOf(m_folder.filePath(QStringLiteral("chinook.svg")));
    QCOMPARE(model.entities().size(), 11U);
    for (const auto &[id, entity] : model.entities()) {
        QVERIFY(svg.contains('>' + QByteArray::fromStdString(entity->name) + '<'));
        for (const Attribute &attribute : entity->attributes)
            QVERIFY(svg.contains('>' + QByteArray::fromStdString(attribute.name)));
    }
}

void CanvasRender::drawingChangesNothing()
{
    Model model = shop();
    const Model before = model;
    renderDiagram(model, model.diagrams().begin()->first, in("same.svg"), Appearance::Light);
    QVERIFY(model == before);
}

void CanvasRender::whatCannotBeDrawnIsAnError()
{
    const Model model = shop();
    const DiagramId diagram = model.diagrams().begin()->first;
    QVERIFY_EXCEPTION_THROWN(renderDiagram(model, diagram, in("shop.gif"), Appearance::Light), orm::Argument);
    QVERIFY_EXCEPTION_THROWN(renderDiagram(model, DiagramId{99999}, in("shop.svg"), Appearance::Light), orm::Argument);
    QVERIFY_EXCEPTION_THROWN(renderDiagram(model, diagram, in("missing/folder/shop.svg"), Appearance::Light),
                             orm::Error);
}

QTEST_MAIN(CanvasRender)
#include "tst_canvas_render.moc"
