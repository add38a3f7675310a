#include "tests/conformance/oracle/twin.h"

#include <QTest>

#include <algorithm>
#include <fstream>

using namespace oracle;

namespace {

std::vector<Twin> allTwins()
{
    std::vector<Twin> all;
    for (const auto &some : {objectTwins(), queryTwins(), transactionTwins(), relationshipTwins(), loadingTwins(),
                             ruleTwins(), inheritanceTwins()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

/// Cases without a twin here: what they are about is not the session's.
const std::vector<std::string> otherwhere{
    // catalogues and DDL
    "create_all_is_idempotent", "create_all_orders_by_dependency", "column_attributes_reach_the_database",
    "indexes_composite_unique_partial",
    // statements for many rows, around the objects
    "bulk_update_by_query", "bulk_update_synchronizes_loaded_objects", "bulk_delete_by_query", "bulk_insert_mappings",
    "bulk_update_mappings_and_save_objects",
    // queries for several entities, sums of exact numbers, free SQL, serialization
    "aggregates_and_grouping", "joins", "self_join_by_alias", "raw_sql_with_named_parameters",
    "to_dict_follows_relationships_without_looping"};

bool contains(const std::vector<std::string> &names, const std::string &name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

/// Small programs whose outcome SQLAlchemy has told: ours must be the same, with no more statements of any kind.
class Twins : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void behaveLikeTheReference_data();
    void behaveLikeTheReference();
    void leaveNoCaseOut();

private:
    Json m_reference;
    std::vector<Twin> m_twins = allTwins();
};

void Twins::initTestCase()
{
    const std::string folder = qEnvironmentVariable("CORMORANT_SHARED_DIR").toStdString();
    std::ifstream file(folder + "/oracle/seed_cases.json");
    if (!file)
        QSKIP("SKIP_WHOLE_TEST: no oracle/seed_cases.json in CORMORANT_SHARED_DIR");
    file >> m_reference;
}

void Twins::behaveLikeTheReference_data()
{
    QTest::addColumn<int>("twin");
    QTest::addColumn<Shape>("shape");
    for (std::size_t i = 0; i < m_twins.size(); ++i) {
        QTest::addRow("%s, classes", m_twins[i].name) << static_cast<int>(i) << Shape::Classes;
        QTest::addRow("%s, records", m_twins[i].name) << static_cast<int>(i) << Shape::Records;
    }
}

void Twins::behaveLikeTheReference()
{
    QFETCH(int, twin);
    QFETCH(Shape, shape);
    const Twin &played = m_twins[static_cast<std::size_t>(twin)];
    QVERIFY2(m_reference.contains(played.name), "the reference has no such case");
    std::string wrong;
    try {
        wrong = difference(played, shape, m_reference[played.name]);
    } catch (const std::exception &error) {
        wrong = error.what();
    }
    QVERIFY2(wrong.empty(), wrong.c_str());
}

void Twins::leaveNoCaseOut()
{
    std::string missing;
    for (const auto &[name, expected] : m_reference.items()) {
        const bool played = std::any_of(m_twins.begin(), m_twins.end(), [&](const Twin &t) { return name == t.name; });
        if (!played && !contains(otherwhere, name))
            missing += " " + name;
    }
    QVERIFY2(missing.empty(), missing.c_str());
}

QTEST_APPLESS_MAIN(Twins)
#include "tst_twins.moc"
