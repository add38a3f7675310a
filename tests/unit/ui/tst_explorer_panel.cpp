#include "ui/explorer/explorer_panel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace ui;

namespace {

std::shared_ptr<const orm::MetaData> shop()
{
    auto metadata = std::make_shared<orm::MetaData>();
    for (const char *name : {"customer", "product", "Order"}) {
        orm::Table &table = metadata->addTable({{}, name});
        table.addColumn("id", orm::Integer()).primaryKey = true;
        table.addColumn("customer_id", orm::Integer());
    }
    (*metadata)["Order"].foreignKeys.push_back({{}, {"customer_id"}, {{}, "customer"}, {"id"}});
    metadata->addTable({{}, "sales"}, orm::TableKind::View).addColumn("total", orm::Numeric(10, 2));
    metadata->triggers.push_back({{{}, "audit"}, {{}, "Order"}, {"CREATE TRIGGER audit"}});
    return metadata;
}

} // namespace

class ExplorerPanelTest : public QObject {
    Q_OBJECT

private slots:
    void theModelKeepsItsPromises();
    void tablesStandSortedUnderTheirGroup();
    void aTableShowsItsColumnsKeysAndTriggers();
    void theFilterLeavesMatchingTables();
    void activatingATableAsksForItsRows();
    void disconnectingTakesTheTablesAway();
};

void ExplorerPanelTest::theModelKeepsItsPromises()
{
    SchemaTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.addConnection(QStringLiteral("a"), QStringLiteral("shop"));
    model.setSchema(QStringLiteral("a"), shop());
    model.setSchema(QStringLiteral("a"), shop());
    model.addConnection(QStringLiteral("b"), QStringLiteral("other"));
    model.removeConnection(QStringLiteral("a"));
    QCOMPARE(model.rowCount(), 1);
}

void ExplorerPanelTest::tablesStandSortedUnderTheirGroup()
{
    SchemaTreeModel model;
    model.addConnection(QStringLiteral("a"), QStringLiteral("shop"));
    model.setSchema(QStringLiteral("a"), shop());
    const QModelIndex connection = model.connection(QStringLiteral("a"));
    QCOMPARE(model.rowCount(connection), 2);
    QStringList names;
    const QModelIndex tables = model.index(0, 0, connection);
    for (int row = 0; row < model.rowCount(tables); ++row)
        names.append(model.index(row, 0, tables).data(Qt::EditRole).toString());
    QCOMPARE(names, (QStringList{QStringLiteral("customer"), QStringLiteral("Order"), QStringLiteral("product")}));
}

void ExplorerPanelTest::aTableShowsItsColumnsKeysAndTriggers()
{
    SchemaTreeModel model;
    model.addConnection(QStringLiteral("a"), QStringLiteral("shop"));
    model.setSchema(QStringLiteral("a"), shop());
    const QModelIndex tables = model.index(0, 0, model.connection(QStringLiteral("a")));
    const QModelIndex order = model.index(1, 0, tables);
    QVERIFY(model.hasChildren(order));
    QStringList texts;
    for (int row = 0; row < model.rowCount(order); ++row)
        texts.append(model.index(row, 0, order).data(Qt::EditRole).toString());
    QCOMPARE(texts, (QStringList{QStringLiteral("id"), QStringLiteral("customer_id"),
                                 QStringLiteral("customer_id → customer"), QStringLiteral("audit")}));
}

void ExplorerPanelTest::theFilterLeavesMatchingTables()
{
    ExplorerPanel panel;
    panel.addConnection(QStringLiteral("a"), QStringLiteral("shop"));
    panel.setSchema(QStringLiteral("a"), shop());
    auto *tree = panel.findChild<QTreeView *>();
    panel.findChild<QLineEdit *>()->setText(QStringLiteral("PROD"));
    const QModelIndex connection = tree->model()->index(0, 0);
    const QModelIndex tables = tree->model()->index(0, 0, connection);
    QCOMPARE(tree->model()->rowCount(connection), 1);
    QCOMPARE(tree->model()->rowCount(tables), 1);
    QCOMPARE(tree->model()->index(0, 0, tables).data(Qt::EditRole).toString(), QStringLiteral("product"));
    QVERIFY(tree->isExpanded(tables));
}

void ExplorerPanelTest::activatingATableAsksForItsRows()
{
    ExplorerPanel panel;
    panel.addConnection(QStringLiteral("a"), QStringLiteral("shop"));
    panel.setSchema(QStringLiteral("a"), shop());
    auto *tree = panel.findChild<QTreeView *>();
    QSignalSpy rows(&panel, &ExplorerPanel::openRowsRequested);
    const QModelIndex tables = tree->model()->index(0, 0, tree->model()->index(0, 0));
    tree->setCurrentIndex(tree->model()->index(0, 0, tables));
    emit tree->activated(tree->currentIndex());
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().at(2).toString(), QStringLiteral("customer"));
    tree->setCurrentIndex(tables);
    for (QAction *action : panel.actions().first(3))
        QVERIFY(!action->isEnabled());
}

void ExplorerPanelTest::disconnectingTakesTheTablesAway()
{
    SchemaTreeModel model;
    model.addConnection(QStringLiteral("a"), QStringLiteral("shop"));
    auto metadata = shop();
    const std::weak_ptr<const orm::MetaData> watched = metadata;
    model.setSchema(QStringLiteral("a"), std::move(metadata));
    model.setState(QStringLiteral("a"), ConnectionState::Closed, {});
    QCOMPARE(model.rowCount(model.connection(QStringLiteral("a"))), 0);
    QVERIFY(watched.expired());
}

QTEST_MAIN(ExplorerPanelTest)
#include "tst_explorer_panel.moc"
