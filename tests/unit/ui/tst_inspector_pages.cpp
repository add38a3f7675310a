#include "ormcore/model/edits.h"
#include "ui/base/theme.h"
#include "ui/document/document.h"
#include "ui/inspector/attribute_model.h"
#include "ui/inspector/entity_page.h"
#include "ui/inspector/fields.h"
#include "ui/inspector/foreign_key_page.h"
#include "ui/inspector/inspector.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace ui;
using namespace ui::inspector;
using namespace orm::model;

namespace {

struct Desk {
    std::unique_ptr<Document> document;
    Inspector inspector;

    Desk()
    {
        Model model;
        const auto apply = [&](Edit edit) { model.swap(edit); };
        apply(addDiagram(model, "main"));
        const DiagramId diagram = model.diagrams().begin()->first;
        apply(addEntity(model, diagram, 0, 0, "customer"));
        apply(addEntity(model, diagram, 300, 0, "invoice"));
        Attribute name;
        name.name = "name";
        name.type = orm::String(50);
        apply(addAttribute(model, model.entity("customer")->id, name));
        apply(addOneToMany(model, model.entity("customer")->id, model.entity("invoice")->id));
        document = std::make_unique<Document>(std::move(model));
        inspector.setDocument(document.get());
        inspector.resize(340, 700);
        inspector.show();
    }
    [[nodiscard]] EntityPointer entity(std::string_view name) const { return document->model().entity(name); }
    [[nodiscard]] QLineEdit *field(const QString &accessibleName) const
    {
        for (QLineEdit *edit : inspector.findChildren<QLineEdit *>()) {
            if (edit->accessibleName() == accessibleName && edit->isVisible())
                return edit;
        }
        return nullptr;
    }
    void enter(const QString &accessibleName, const QString &text) const
    {
        QLineEdit *edit = field(accessibleName);
        QVERIFY(edit != nullptr);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    }
    void save(const QString &name) const
    {
        const QString folder = qEnvironmentVariable("CORMORANT_DRAWINGS");
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCoreApplication::processEvents();
        if (!folder.isEmpty())
            const_cast<Inspector &>(inspector).grab().save(folder + QLatin1Char('/') + name);
    }
};

} // namespace

class InspectorPages : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, Appearance::Light); }
    void nothingSelectedIsSaidInASentence();
    void anEntityIsRenamedAndTheFieldFollowsUndo();
    void aDuplicateNameIsSaidBelowTheFieldAndTheTextStays();
    void theAttributeTableEditsTheModel();
    void attributesAreAddedMovedAndRemoved();
    void aForeignKeysActionsAndMembersAreChanged();
    void theDocumentMayGo();
};

void InspectorPages::nothingSelectedIsSaidInASentence()
{
    Desk desk;
    QCOMPARE(desk.inspector.findChild<QStackedWidget *>()->currentIndex(), 0);
}

void InspectorPages::anEntityIsRenamedAndTheFieldFollowsUndo()
{
    Desk desk;
    desk.document->select({desk.entity("customer")->id});
    desk.enter(QStringLiteral("Name"), QStringLiteral("client"));
    QVERIFY(desk.entity("client"));
    desk.document->undoStack().undo();
    QCOMPARE(desk.field(QStringLiteral("Name"))->text(), QStringLiteral("customer"));
    desk.save(QStringLiteral("inspector-entity.png"));
}

void InspectorPages::aDuplicateNameIsSaidBelowTheFieldAndTheTextStays()
{
    Desk desk;
    desk.document->select({desk.entity("customer")->id});
    desk.enter(QStringLiteral("Name"), QStringLiteral("invoice"));
    QVERIFY(desk.entity("customer"));
    QLineEdit *name = desk.field(QStringLiteral("Name"));
    QCOMPARE(name->text(), QStringLiteral("invoice"));
    QVERIFY(!qobject_cast<TextField *>(name->parentWidget())->problem().isEmpty());
    QTest::keyClick(name, Qt::Key_Escape);
    QCOMPARE(name->text(), QStringLiteral("customer"));
}

void InspectorPages::theAttributeTableEditsTheModel()
{
    Desk desk;
    AttributeModel model(*desk.document);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    connect(desk.document.get(), &Document::changed, &model, &AttributeModel::refresh);
    QSignalSpy problems(&model, &AttributeModel::problem);
    model.setEntity(desk.entity("customer")->id);
    const int row = 1;
    QVERIFY(model.setData(model.index(row, AttributeModel::Name), QStringLiteral("full_name"), Qt::EditRole));
    QVERIFY(model.setData(model.index(row, AttributeModel::TypeText), QStringLiteral("varchar(80)"), Qt::EditRole));
    QVERIFY(model.setData(model.index(row, AttributeModel::Required), Qt::Checked, Qt::CheckStateRole));
    QVERIFY(model.setData(model.index(row, AttributeModel::Default), QStringLiteral("'?'"), Qt::EditRole));
    const Attribute *attribute = desk.entity("customer")->find("full_name");
    QVERIFY(attribute != nullptr);
    QCOMPARE(attribute->type.length.value_or(0), 80);
    QVERIFY(!attribute->nullable);
    QCOMPARE(attribute->serverDefault.sql, std::string("'?'"));
    QCOMPARE(desk.document->undoStack().count(), 4);
    QVERIFY(!model.setData(model.index(row, AttributeModel::Name), QStringLiteral("id"), Qt::EditRole));
    QVERIFY(!problems.last().first().toString().isEmpty());
}

void InspectorPages::attributesAreAddedMovedAndRemoved()
{
    Desk desk;
    desk.document->select({desk.entity("customer")->id});
    const auto press = [&](const char *name) {
        auto *button = desk.inspector.findChild<QToolButton *>(QLatin1String(name));
        QVERIFY(button != nullptr);
        QTest::mouseClick(button, Qt::LeftButton);
    };
    auto *table = desk.inspector.findChild<QTableView *>(QStringLiteral("attributeTable"));
    press("addAttribute");
    QCOMPARE(desk.entity("customer")->attributes.size(), 3U);
    table->setCurrentIndex(table->model()->index(2, AttributeModel::Name));
    press("moveAttributeUp");
    QCOMPARE(desk.entity("customer")->attributes[2].name, std::string("name"));
    press("removeAttribute");
    QCOMPARE(desk.entity("customer")->attributes.size(), 2U);
    for (int i = 0; i < 3; ++i)
        desk.document->undoStack().undo();
    QCOMPARE(desk.entity("customer")->attributes.size(), 2U);
    QCOMPARE(desk.document->undoStack().index(), 0);
}

void InspectorPages::aForeignKeysActionsAndMembersAreChanged()
{
    Desk desk;
    const auto key = [&] { return desk.entity("invoice")->foreignKeys.front(); };
    desk.document->select({ForeignKeyRef{desk.entity("invoice")->id, key().id}});
    for (QComboBox *box : desk.inspector.findChildren<QComboBox *>()) {
        if (box->accessibleName() == QStringLiteral("On delete")) {
            box->setFocus();
            QTest::keyClick(box, Qt::Key_Down);
            QTest::keyClick(box, Qt::Key_Down);
        }
    }
    QCOMPARE(key().onDelete, orm::ReferentialAction::Cascade);
    desk.enter(QStringLiteral("Parent member"), QStringLiteral("buyer"));
    desk.enter(QStringLiteral("Child member"), QStringLiteral("bills"));
    QCOMPARE(key().relationship.parentMember, std::string("buyer"));
    QCOMPARE(key().relationship.childMember, std::string("bills"));
    desk.save(QStringLiteral("inspector-key.png"));
    desk.document->select({AttributeRef{desk.entity("customer")->id, desk.entity("customer")->attributes[1].id}});
    desk.save(QStringLiteral("inspector-attribute.png"));
}

void InspectorPages::theDocumentMayGo()
{
    Desk desk;
    desk.document->select({desk.entity("customer")->id});
    desk.document.reset();
    QCOMPARE(desk.inspector.findChild<QStackedWidget *>()->currentIndex(), 0);
}

QTEST_MAIN(InspectorPages)
#include "tst_inspector_pages.moc"
