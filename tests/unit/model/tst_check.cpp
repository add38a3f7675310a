#include "tests/unit/model/model_samples.h"

#include "ormcore/model/check.h"

#include <QFile>
#include <QTest>

using namespace orm::model;

namespace {

/// The findings of a rule, with what they are about: "order.status".
QStringList found(const Model &model, const std::string &rule)
{
    QStringList list;
    for (const Problem &problem : check(model)) {
        if (problem.rule != rule)
            continue;
        const EntityPointer entity = model.entity(problem.entity);
        const Attribute *attribute = entity->find(problem.attribute);
        list << QString::fromStdString(entity->name + (attribute == nullptr ? "" : "." + attribute->name));
        Q_ASSERT(!problem.message.empty());
    }
    return list;
}

/// Applies a change to an entity without the checks of edits.
template <class Changer> void change(Model &model, const char *name, const Changer &changer)
{
    auto entity = std::make_shared<Entity>(*model.entity(name));
    changer(*entity);
    Edit edit;
    edit.changes.push_back(EntityChange{entity->id, entity});
    model.swap(edit);
}

Index plainIndex(const Model &model, const Entity &entity, const std::string &name,
                 std::initializer_list<const char *> columns)
{
    Index index;
    index.id = model.newId<ConstraintId>();
    index.name = name;
    for (const char *column : columns) {
        IndexPart part;
        part.attribute = entity.find(std::string_view(column))->id;
        index.parts.push_back(part);
    }
    return index;
}

const QStringList none;

} // namespace

class CheckTest : public QObject {
    Q_OBJECT

private slots:
    void aDrawnModelHasNoProblems();
    void missingKeysAndAttributes();
    void foreignKeysMustFitTheirTargets();
    void setNullNeedsNull();
    void indexesOfForeignKeysAndTooManyIndexes();
    void namesAreComparedWithoutCase();
    void oddNamesAreNoted();
    void keptTextAndUnknownTypesAreNoted();
    void everyRuleIsDocumented();
};

void CheckTest::aDrawnModelHasNoProblems()
{
    for (const Problem &problem : check(samples::shop()))
        QVERIFY2(problem.severity == Severity::Note, problem.message.c_str());
    QCOMPARE(found(samples::shop(), "odd-name"), QStringList{QStringLiteral("order")});
    QVERIFY(check(Model()).empty());
}

void CheckTest::missingKeysAndAttributes()
{
    Model model = samples::shop();
    change(model, "customer", [](Entity &entity) { entity.primaryKey = {}; });
    QCOMPARE(found(model, "no-primary-key"), QStringList{QStringLiteral("customer")});
    QCOMPARE(found(model, "fk-target-not-unique"), QStringList{QStringLiteral("order")});
    change(model, "customer", [](Entity &entity) { entity.attributes.clear(); });
    QCOMPARE(found(model, "empty-entity"), QStringList{QStringLiteral("customer")});
    change(model, "customer", [](Entity &entity) { entity.kind = orm::TableKind::View; });
    QCOMPARE(found(model, "empty-entity"), none);
}

void CheckTest::foreignKeysMustFitTheirTargets()
{
    Model model = samples::shop();
    change(model, "order", [](Entity &entity) { entity.attributes.back().type = orm::Text(); });
    QCOMPARE(found(model, "fk-type-mismatch"), QStringList{QStringLiteral("order.customer_id")});
    change(model, "order", [](Entity &entity) { entity.attributes.back().type = orm::Integer(); });
    QCOMPARE(found(model, "fk-type-mismatch"), QStringList{QStringLiteral("order.customer_id")});
    change(model, "order", [](Entity &entity) {
        entity.foreignKeys[0].target = {};
        entity.foreignKeys[0].targetName = {"", "gone"};
    });
    QCOMPARE(found(model, "fk-target-missing"), QStringList{QStringLiteral("order")});
}

void CheckTest::setNullNeedsNull()
{
    Model model = samples::shop();
    change(model, "order", [](Entity &entity) { entity.foreignKeys[0].onDelete = orm::ReferentialAction::SetNull; });
    QCOMPARE(found(model, "set-null-on-not-null"), QStringList{QStringLiteral("order.customer_id")});
    change(model, "order", [](Entity &entity) { entity.attributes.back().nullable = true; });
    QCOMPARE(found(model, "set-null-on-not-null"), none);
}

void CheckTest::indexesOfForeignKeysAndTooManyIndexes()
{
    Model model = samples::shop();
    // the junction's key begins with order_id, so only product_id has no index
    QCOMPARE(found(model, "fk-no-index"), (QStringList{QStringLiteral("order"), QStringLiteral("order_product")}));
    change(model, "order", [&](Entity &entity) {
        entity.indexes = {plainIndex(model, entity, "a", {"customer_id"}),
                          plainIndex(model, entity, "b", {"customer_id", "status"}),
                          plainIndex(model, entity, "c", {"customer_id", "status"}),
                          plainIndex(model, entity, "d", {"status", "customer_id"})};
    });
    QCOMPARE(found(model, "fk-no-index"), QStringList{QStringLiteral("order_product")});
    QCOMPARE(found(model, "redundant-index").size(), 2); // a, and one of the twins
}

void CheckTest::namesAreComparedWithoutCase()
{
    Model model = samples::shop();
    change(model, "product", [](Entity &entity) {
        entity.name = "CUSTOMER";
        entity.attributes.push_back(entity.attributes.front());
        entity.attributes.back().name = "ID";
    });
    QCOMPARE(found(model, "duplicate-name").size(), 2);
}

void CheckTest::oddNamesAreNoted()
{
    Model model = samples::shop();
    for (const std::string &name :
         {std::string("a b"), std::string(" x"), std::string(64, 'x'), std::string("Select")}) {
        change(model, "product", [&](Entity &entity) { entity.attributes[0].name = name; });
        QVERIFY2(found(model, "odd-name").size() == 2, name.c_str());
    }
}

void CheckTest::keptTextAndUnknownTypesAreNoted()
{
    Model model = samples::shop();
    change(model, "order", [](Entity &entity) {
        entity.indexes[0].definition = {"CREATE INDEX"};
        entity.attributes[1].type = orm::Type();
    });
    QCOMPARE(found(model, "kept-verbatim"), QStringList{QStringLiteral("order")});
    QCOMPARE(found(model, "type-unknown"), QStringList{QStringLiteral("order.status")});
}

void CheckTest::everyRuleIsDocumented()
{
    QFile file(qEnvironmentVariable("CORMORANT_SOURCE_DIR") + QStringLiteral("/resources/docs/errors/check.md"));
    if (!file.open(QIODevice::ReadOnly))
        QSKIP("set CORMORANT_SOURCE_DIR");
    const QByteArray text = file.readAll();
    for (const char *source : {"check.cpp", "check_keys.cpp"}) {
        QFile code(qEnvironmentVariable("CORMORANT_SOURCE_DIR") + QStringLiteral("/ormcore/model/") +
                   QString::fromLatin1(source));
        QVERIFY(code.open(QIODevice::ReadOnly));
        const QList<QByteArray> pieces = code.readAll().split('"');
        for (qsizetype i = 1; i < pieces.size(); ++i)
            if (pieces[i - 1].trimmed().endsWith(',') && pieces[i].contains('-') && !pieces[i].contains(' '))
                QVERIFY2(text.contains('`' + pieces[i] + '`'), pieces[i].constData());
    }
}

QTEST_APPLESS_MAIN(CheckTest)
#include "tst_check.moc"
