#include "ui/base/theme.h"
#include "ui/records/changes/changes_panel.h"
#include "ui/records/view/record_view.h"

#include "ormcore/dialects/builtin.h"
#include "ormcore/reflect/reflect.h"

#include <QApplication>
#include <QDir>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

using namespace ui::records;

namespace {

constexpr const char *kSchema = R"(
CREATE TABLE city (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE customer (id INTEGER PRIMARY KEY, name VARCHAR(60) NOT NULL, email TEXT UNIQUE,
    city_id INTEGER REFERENCES city (id), active BOOLEAN NOT NULL DEFAULT 1, balance NUMERIC(10, 2), since DATE,
    photo BLOB, notes TEXT);
INSERT INTO city VALUES (1, 'Recife'), (2, 'São Paulo'), (3, 'Manaus');
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
INSERT INTO customer SELECT i, 'Cliente ' || i, CASE WHEN i % 4 THEN 'cliente' || i || '@example.com' END, i % 3 + 1,
    i % 2, i * 37 % 1000 - 200 + 0.5, date('2020-01-01', '+' || i || ' days'),
    CASE WHEN i % 5 = 0 THEN zeroblob(i * 97) END, CASE WHEN i % 7 = 0 THEN 'prefers' || char(10) || 'the phone' END
FROM n;
)";

} // namespace

/// Pictures of the grid for people to look at; where they go says the variable CORMORANT_PICTURES.
class RecordsPictures : public QObject {
    Q_OBJECT

private slots:
    void stagedRowsInLightAndDark();
};

void RecordsPictures::stagedRowsInLightAndDark()
{
    QTemporaryDir folder;
    const QString pictures = qEnvironmentVariable("CORMORANT_PICTURES", folder.path());
    const std::string url = orm::Url::sqliteFile(folder.filePath(QStringLiteral("shop.db")).toStdString()).toString();
    orm::EngineOptions options;
    options.connect.create = true;
    std::shared_ptr<orm::Engine> engine = orm::createEngine(url, options);
    orm::Connection connection = engine->connect();
    connection.executeScript(kSchema);
    if (connection.inTransaction())
        connection.commit();
    auto registry = std::make_shared<const orm::Registry>(orm::Registry::reflected(orm::reflect(connection)));
    connection.rollback();
    ui::JobRunner runner;
    RecordConnection records(engine, registry, runner);
    const orm::Table &customers = registry->metadata()["customer"];

    for (const ui::Appearance appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
        ui::applyTheme(*qApp, appearance);
        QWidget window;
        auto *layout = new QVBoxLayout(&window);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(0);
        auto *view = new RecordView(records, customers, &window);
        auto *panel = new ChangesPanel(&window);
        panel->setConnection(&records);
        panel->setFixedHeight(200);
        layout->addWidget(view, 1);
        layout->addWidget(panel);
        window.resize(1180, 720);
        window.show();
        QTRY_VERIFY(!view->window().isLoading() && view->window().run().size() > 0);
        RecordModel &model = view->grid().records();
        const bool light = appearance == ui::Appearance::Light;
        if (light) {
            QVERIFY(model.stage(1, 1, {orm::Value("Cliente Dois"), 0}));
            QVERIFY(model.stage(1, 5, {orm::Value(), 0}));
            QVERIFY(model.stage(6, 1, {orm::Value("Mine"), 0}));
            view->grid().setCurrent({3, 1});
            view->grid().deleteRows();
            view->grid().setCurrent({8, 1});
            view->grid().duplicateRows();
            view->grid().insertRow();
            orm::Connection other = engine->connect();
            other.execute("UPDATE customer SET name = 'Theirs' WHERE id = 7");
            other.commit();
            records.commit();
            QTRY_VERIFY(!records.changes().problemRows().empty());
        }
        view->setFilters({{&customers.column("id"), FilterOperator::Less, {orm::Value(400)}}});
        view->setSort({naturalSort(customers.column("active"), true, engine->dialect().capabilities()),
                       naturalSort(customers.column("id"), false, engine->dialect().capabilities())});
        QTRY_VERIFY(!view->window().isLoading());
        view->setSort({});
        QTRY_VERIFY(!view->window().isLoading());
        view->grid().setCurrent({4, 5});
        view->grid().setCurrent({9, 5}, true);
        QTRY_VERIFY(model.cell(5, 3).label != nullptr);
        QTRY_VERIFY(!panel->previewText().isEmpty());
        QTest::qWait(100);
        QVERIFY(window.grab().save(
            QDir(pictures).filePath(light ? QStringLiteral("grid_light.png") : QStringLiteral("grid_dark.png"))));
        view->grid().setCurrent({9, 3});
        view->grid().startEditing();
        QTest::qWait(200);
        QVERIFY(window.grab().save(
            QDir(pictures).filePath(light ? QStringLiteral("pick_light.png") : QStringLiteral("pick_dark.png"))));
    }
}

QTEST_MAIN(RecordsPictures)
#include "tst_records_pictures.moc"
