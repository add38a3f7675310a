// What the preview of DDL and classes does with short and long texts.

#include "ormcore/dialects/builtin.h"
#include "tests/unit/ui/canvas_bench.h"
#include "ui/base/prompt.h"
#include "ui/generate/preview_panel.h"

#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace ui;

namespace {

class NoPrompt final : public Prompt {
public:
    int choose(QWidget *, const QString &, const QString &, const QStringList &) override { return -1; }
    QString openFile(QWidget *, const QString &, const QString &) override { return {}; }
    QString saveFile(QWidget *, const QString &, const QString &, const QString &) override { return {}; }
    QString folder(QWidget *, const QString &) override { return {}; }
};

Model modelOf(int tables)
{
    Model model;
    Bench::apply(model, addDiagram(model, "main"));
    const DiagramId diagram = model.diagrams().begin()->first;
    for (int i = 0; i < tables; ++i)
        Bench::apply(model, addEntity(model, diagram, 0, 0, "table_" + std::to_string(1000 + i)));
    return model;
}

} // namespace

class PreviewTexts : public QObject {
    Q_OBJECT

private slots:
    void aShortTextIsThereAtOnce();
    void aLongTextComesInPortionsAndWhole();
    void theReaderStaysWhereHeWas();

private:
    struct Desk {
        JobRunner jobs;
        NoPrompt prompt;
        Document document;
        PreviewPanel panel{builtinDialects(), jobs, prompt};

        explicit Desk(int tables) : document(modelOf(tables))
        {
            panel.setTarget(QStringLiteral("sqlite"));
            panel.resize(600, 300);
            panel.show();
            QSignalSpy updated(&panel, &PreviewPanel::updated);
            panel.setDocument(&document);
            QVERIFY(updated.wait());
        }
        static std::vector<const orm::Dialect *> builtinDialects() { return {&orm::builtinDialect("sqlite")}; }
        [[nodiscard]] QPlainTextEdit &shown() const { return *panel.findChild<QPlainTextEdit *>(); }
    };
};

void PreviewTexts::aShortTextIsThereAtOnce()
{
    const Desk desk(2);
    QCOMPARE(desk.shown().toPlainText(), desk.panel.text());
    QVERIFY(desk.panel.text().contains(QStringLiteral("table_1001")));
}

void PreviewTexts::aLongTextComesInPortionsAndWhole()
{
    const Desk desk(600);
    QVERIFY(desk.panel.text().contains(QStringLiteral("table_1599"))); // to copy it needs no waiting
    QVERIFY(desk.shown().toPlainText().size() < desk.panel.text().size());
    QVERIFY(desk.panel.text().startsWith(desk.shown().toPlainText()));
    QTRY_COMPARE(desk.shown().toPlainText(), desk.panel.text());
}

void PreviewTexts::theReaderStaysWhereHeWas()
{
    Desk desk(600);
    QTRY_COMPARE(desk.shown().toPlainText(), desk.panel.text());
    desk.shown().verticalScrollBar()->setValue(900);
    QSignalSpy updated(&desk.panel, &PreviewPanel::updated);
    const EntityId id = desk.document.model().entities().begin()->first;
    desk.document.apply(renameEntity(desk.document.model(), id, "renamed"), QStringLiteral("Rename"));
    QVERIFY(updated.wait());
    QTRY_COMPARE(desk.shown().toPlainText(), desk.panel.text());
    QVERIFY(desk.panel.text().contains(QStringLiteral("renamed")));
    QCOMPARE(desk.shown().verticalScrollBar()->value(), 900);
}

QTEST_MAIN(PreviewTexts)
#include "tst_preview_panel.moc"
