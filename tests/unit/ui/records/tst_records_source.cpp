#include "ui/records/source/labels.h"
#include "ui/records/source/row_source.h"

#include "ormcore/dialects/builtin.h"
#include "ormcore/reflect/reflect.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <optional>
#include <random>

using namespace ui::records;

namespace {

using Rows = std::vector<std::vector<orm::Value>>;

constexpr const char *kSchema = R"(
CREATE TABLE numbers (id INTEGER PRIMARY KEY, a INTEGER, b TEXT, c REAL, long TEXT, data BLOB);
CREATE INDEX numbers_a ON numbers (a);
CREATE TABLE keyless (a INTEGER, b TEXT);
CREATE TABLE pairs (x TEXT NOT NULL, y INTEGER NOT NULL, z TEXT, PRIMARY KEY (x, y)) WITHOUT ROWID;
CREATE TABLE loose (k TEXT PRIMARY KEY, v INTEGER);
CREATE VIEW seen AS SELECT id, a FROM numbers WHERE a IS NOT NULL;
CREATE TABLE genre (genre_id INTEGER PRIMARY KEY, code TEXT, name TEXT);
CREATE TABLE track (id INTEGER PRIMARY KEY, title TEXT, genre_id INTEGER REFERENCES genre);
)";

} // namespace

class RecordsSource : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void pagesInBothDirectionsGiveThePlainSort_data();
    void pagesInBothDirectionsGiveThePlainSort();
    void aSeekFromAnyRowGivesTheRowsAfterIt();
    void rowsWithoutADeclaredKeyArePagedByRowId();
    void rowsWithNullKeysAreNeitherLostNorRepeated();
    void aTableWithoutRowIdIsPagedByItsKey();
    void aViewIsReadFromItsStartOnly();
    void longTextAndBytesAreCutAndReadWholeOnDemand();
    void filtersSelectWhatTheySay_data();
    void filtersSelectWhatTheySay();
    void countsAndWalksAgree();
    void labelsNameTheParents();
    void aParentIsFoundByPartOfItsLabelOrKey();

private:
    RowSource source(const char *table, std::vector<SortKey> sort = {}, std::vector<ColumnFilter> filters = {}) const;
    Rows allForward(const RowSource &source, std::int64_t block);
    Rows allBackward(const RowSource &source, std::int64_t block);
    const orm::Column *column(const char *table, const char *name) const { return &m_metadata[table].column(name); }

    QTemporaryDir m_folder;
    std::unique_ptr<orm::Engine> m_engine;
    std::optional<orm::Connection> m_connection;
    orm::MetaData m_metadata;
};

void RecordsSource::initTestCase()
{
    orm::EngineOptions options;
    options.connect.create = true;
    m_engine = orm::createEngine(
        orm::Url::sqliteFile(m_folder.filePath(QStringLiteral("rows.db")).toStdString()).toString(), options);
    m_connection.emplace(m_engine->connect());
    m_connection->executeScript(kSchema);
    m_connection->begin();
    std::mt19937 random(7);
    const std::vector<std::string> texts{"", "a", "B", "b", "ç", "zz", "a'b"};
    for (int i = 1; i <= 700; ++i) {
        const auto pick = [&random](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
        const orm::Value a = pick(4) == 0 ? orm::Value() : orm::Value(pick(5));
        const orm::Value b = pick(4) == 0 ? orm::Value() : orm::Value(texts[static_cast<std::size_t>(pick(7))]);
        const orm::Value c = pick(3) == 0 ? orm::Value() : orm::Value(pick(3) * 0.1);
        m_connection->execute("INSERT INTO numbers VALUES (:i, :a, :b, :c, NULL, NULL)",
                              {{"i", orm::Value(i * 3)}, {"a", a}, {"b", b}, {"c", c}});
        m_connection->execute("INSERT INTO keyless VALUES (:a, :b)", {{"a", a}, {"b", b}});
        if (i <= 300) {
            m_connection->execute(
                "INSERT INTO pairs VALUES (:x, :y, :z)",
                {{"x", orm::Value(texts[static_cast<std::size_t>(i % 7)])}, {"y", orm::Value(i)}, {"z", b}});
            m_connection->execute(
                "INSERT INTO loose VALUES (:k, :v)",
                {{"k", i % 3 == 0 ? orm::Value() : orm::Value("k" + std::to_string(i))}, {"v", orm::Value(i)}});
        }
    }
    m_connection->executeScript(R"(
UPDATE numbers SET long = printf('%.*c', 1000, 'x'), data = zeroblob(12345) WHERE id = 3;
UPDATE numbers SET long = 'short', data = x'00ff' WHERE id = 6;
INSERT INTO genre VALUES (1, 'R', 'Rock'), (2, 'J', 'Jazz'), (3, 'S', 'Samba'), (11, 'B', 'Bossa nova');
INSERT INTO track VALUES (1, 'x', 1), (2, 'y', 3), (3, 'z', NULL);
)");
    m_connection->commit();
    m_metadata = orm::reflect(*m_connection);
    m_connection->rollback();
}

RowSource RecordsSource::source(const char *table, std::vector<SortKey> sort, std::vector<ColumnFilter> filters) const
{
    RowQuery query;
    query.table = &m_metadata[table];
    for (const auto &each : query.table->columns())
        query.columns.push_back(each.get());
    query.sort = std::move(sort);
    query.filters = std::move(filters);
    return RowSource(query, m_engine->dialect());
}

static void take(const RowBlock &block, Rows &rows)
{
    for (std::size_t row = 0; row < block.rowCount; ++row) {
        std::vector<orm::Value> values;
        for (std::size_t column = 0; column < block.columnCount; ++column)
            values.push_back(block.cell(row, column).value);
        rows.push_back(std::move(values));
    }
}

Rows RecordsSource::allForward(const RowSource &source, std::int64_t block)
{
    Rows rows;
    std::optional<RowKey> anchor;
    for (;;) {
        const RowBlock read = source.fetch(*m_connection, anchor, Bound::Exclusive, Direction::Forward, block);
        take(read, rows);
        if (read.reachedEnd)
            return rows;
        anchor = read.key(read.rowCount - 1);
    }
}

Rows RecordsSource::allBackward(const RowSource &source, std::int64_t block)
{
    Rows rows;
    std::optional<RowKey> anchor;
    for (;;) {
        const RowBlock read = source.fetch(*m_connection, anchor, Bound::Exclusive, Direction::Backward, block);
        Rows part;
        take(read, part);
        rows.insert(rows.begin(), part.begin(), part.end());
        if (read.reachedEnd)
            return rows;
        anchor = read.key(0);
    }
}

/// The whole table sorted here, in the plainest way.
static void sortPlainly(Rows &rows, const std::vector<SortKey> &sort, bool lastDescending)
{
    std::stable_sort(rows.begin(), rows.end(), [&](const auto &x, const auto &y) {
        for (const SortKey &key : sort) {
            const orm::Value &a = x[key.column->index];
            const orm::Value &b = y[key.column->index];
            if (a.isNull() != b.isNull())
                return a.isNull() == key.nullsFirst;
            const auto order = orm::Value::compare(a, b);
            if (order != 0)
                return (order < 0) != key.descending;
        }
        return (orm::Value::compare(x[0], y[0]) < 0) != lastDescending;
    });
}

void RecordsSource::pagesInBothDirectionsGiveThePlainSort_data()
{
    QTest::addColumn<QString>("sort"); // column, direction, where NULL stands
    for (const char *sort : {"", "a+f", "a+l", "a-f", "a-l", "b+f", "b-l", "c+l", "a+f b-l", "a-l b+f", "b+l c-f",
                             "a-f b-f c-l", "a+l b+l c+l", "i-f", "a+f i-f", "c-l a+l b-f"})
        QTest::newRow(sort) << QString::fromLatin1(sort);
}

void RecordsSource::pagesInBothDirectionsGiveThePlainSort()
{
    QFETCH(QString, sort);
    std::vector<SortKey> keys;
    for (const QString &part : sort.split(u' ', Qt::SkipEmptyParts)) {
        const std::string name = part[0] == u'i' ? "id" : part.left(1).toStdString();
        keys.push_back({column("numbers", name.c_str()), part[1] == u'-', part[2] == u'f'});
    }
    const RowSource rows = source("numbers", keys);
    Rows expected = m_connection->execute("SELECT id, a, b, c, NULL, NULL FROM numbers").all();
    for (std::vector<orm::Value> &row : expected)
        row.resize(4);
    sortPlainly(expected, keys, !keys.empty() && keys.back().descending);
    const auto shown = [](Rows read) {
        for (std::vector<orm::Value> &row : read)
            row.resize(4);
        return read;
    };
    QVERIFY(shown(allForward(rows, 37)) == expected);
    QVERIFY(shown(allBackward(rows, 41)) == expected);
    QVERIFY(shown(allForward(rows, 1000)) == expected);
}

void RecordsSource::aSeekFromAnyRowGivesTheRowsAfterIt()
{
    const RowSource rows =
        source("numbers", {{column("numbers", "a"), false, false}, {column("numbers", "b"), true, false}});
    const Rows all = allForward(rows, 1000);
    const RowBlock whole = rows.fetch(*m_connection, {}, Bound::Inclusive, Direction::Forward, 1000);
    for (const std::size_t at : {std::size_t{0}, std::size_t{99}, std::size_t{350}, std::size_t{600}, all.size() - 1}) {
        Rows after;
        take(rows.fetch(*m_connection, whole.key(at), Bound::Inclusive, Direction::Forward, 1000), after);
        QVERIFY(after == Rows(all.begin() + static_cast<std::ptrdiff_t>(at), all.end()));
        Rows before;
        take(rows.fetch(*m_connection, whole.key(at), Bound::Exclusive, Direction::Backward, 1000), before);
        QVERIFY(before == Rows(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(at)));
        QCOMPARE(rows.countBetween(*m_connection, {}, whole.key(at)), static_cast<std::int64_t>(at));
    }
}

void RecordsSource::rowsWithoutADeclaredKeyArePagedByRowId()
{
    const RowSource rows = source("keyless", {{column("keyless", "b"), true, true}});
    QVERIFY(rows.shape().kind == KeyKind::RowId);
    QCOMPARE(allForward(rows, 50).size(), std::size_t{700});
    QVERIFY(allForward(rows, 50) == allBackward(rows, 64));
    const RowBlock block = rows.fetch(*m_connection, {}, Bound::Inclusive, Direction::Forward, 2);
    QCOMPARE(block.identityWidth, std::size_t{1});
    QVERIFY(block.identity(0).front().kind() == orm::ValueKind::Int);
}

void RecordsSource::rowsWithNullKeysAreNeitherLostNorRepeated()
{
    const RowSource rows = source("loose"); // SQLite lets such a key be NULL, many times
    QVERIFY(rows.shape().rowIdTieBreak);
    QCOMPARE(allForward(rows, 7).size(), std::size_t{300});
    QVERIFY(allForward(rows, 7) == allBackward(rows, 11));
}

void RecordsSource::aTableWithoutRowIdIsPagedByItsKey()
{
    const RowSource rows = source("pairs");
    QVERIFY(rows.shape().kind == KeyKind::PrimaryKey);
    QCOMPARE(rows.order().size(), std::size_t{2});
    QCOMPARE(allForward(rows, 13).size(), std::size_t{300});
    QVERIFY(allForward(rows, 13) == allBackward(rows, 17));
}

void RecordsSource::aViewIsReadFromItsStartOnly()
{
    const RowSource rows = source("seen", {{column("seen", "id"), true, true}});
    QVERIFY(!rows.shape().paged());
    const RowBlock block = rows.head(*m_connection, 10);
    QCOMPARE(block.rowCount, std::size_t{10});
    QVERIFY(!block.reachedEnd);
    QVERIFY(block.cell(0, 0).value.asInt() > block.cell(9, 0).value.asInt());
}

void RecordsSource::longTextAndBytesAreCutAndReadWholeOnDemand()
{
    const RowSource rows = source("numbers");
    const RowBlock block = rows.fetch(*m_connection, {}, Bound::Inclusive, Direction::Forward, 2);
    const Cell &text = block.cell(0, 4);
    QVERIFY(text.isCut());
    QCOMPARE(text.value.asText().size(), static_cast<std::size_t>(RowSource::kTextLimit));
    const Cell &bytes = block.cell(0, 5);
    QCOMPARE(bytes.length, std::int64_t{12345});
    QVERIFY(bytes.value.asBytes().size() <= static_cast<std::size_t>(RowSource::kByteLimit));
    const auto whole = rows.wholeValue(*m_connection, block.identity(0), *column("numbers", "long"));
    QCOMPARE(whole->asText().size(), std::size_t{1000});
    QVERIFY(!block.cell(1, 4).isCut());
    QCOMPARE(block.cell(1, 5).value.asBytes(), std::string_view("\x00\xff", 2));
    QVERIFY(!rows.wholeValue(*m_connection, {orm::Value(1)}, *column("numbers", "long")));
}

void RecordsSource::filtersSelectWhatTheySay_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("op");
    QTest::addColumn<QStringList>("values");
    QTest::addColumn<QString>("where");
    const auto row = [](const char *name, FilterOperator op, const QStringList &values, const char *where) {
        QTest::newRow(where) << QString::fromLatin1(name) << static_cast<int>(op) << values
                             << QString::fromLatin1(where);
    };
    const QString two = QStringLiteral("2");
    row("a", FilterOperator::Equal, {two}, "a = 2");
    row("a", FilterOperator::NotEqual, {two}, "a IS NOT 2");
    row("a", FilterOperator::Less, {two}, "a < 2");
    row("a", FilterOperator::GreaterEqual, {two}, "a >= 2");
    row("a", FilterOperator::IsNull, {}, "a IS NULL");
    row("a", FilterOperator::IsNotNull, {}, "a IS NOT NULL");
    row("a", FilterOperator::In, {two, QStringLiteral("4")}, "a IN (2, 4)");
    row("a", FilterOperator::NotIn, {two}, "a IS NULL OR a NOT IN (2)");
    row("b", FilterOperator::Contains, {QStringLiteral("'")}, "b LIKE '%''%'");
    row("b", FilterOperator::StartsWith, {QStringLiteral("z")}, "b LIKE 'z%'");
    row("id", FilterOperator::Contains, {QStringLiteral("33")}, "id LIKE '%33%'");
}

void RecordsSource::filtersSelectWhatTheySay()
{
    QFETCH(QString, name);
    QFETCH(int, op);
    QFETCH(QStringList, values);
    QFETCH(QString, where);
    ColumnFilter filter{column("numbers", name.toUtf8().constData()), static_cast<FilterOperator>(op), {}};
    for (const QString &value : values) {
        if (name == QStringLiteral("a"))
            filter.values.emplace_back(value.toInt());
        else
            filter.values.emplace_back(value.toStdString());
    }
    const RowSource rows = source("numbers", {{column("numbers", "b"), false, true}}, {filter});
    const std::int64_t expected =
        m_connection->execute("SELECT count(*) FROM numbers WHERE " + where.toStdString()).scalar().asInt();
    QVERIFY(expected > 0);
    QCOMPARE(rows.count(*m_connection), expected);
    QCOMPARE(static_cast<std::int64_t>(allForward(rows, 20).size()), expected);
}

void RecordsSource::countsAndWalksAgree()
{
    const RowSource rows = source("numbers", {{column("numbers", "a"), true, false}});
    const RowBlock whole = rows.fetch(*m_connection, {}, Bound::Inclusive, Direction::Forward, 1000);
    std::int64_t walked = 0;
    const auto key = rows.walk(*m_connection, {}, 100, walked);
    QVERIFY(key && *key == whole.key(99));
    const auto next = rows.walk(*m_connection, key, 250, walked);
    QVERIFY(next && *next == whole.key(349));
    QVERIFY(!rows.walk(*m_connection, next, 1000, walked));
    QCOMPARE(walked, std::int64_t{350});
}

void RecordsSource::labelsNameTheParents()
{
    const auto link = parentLink(*column("track", "genre_id"), m_metadata);
    QVERIFY(link);
    QCOMPARE(link->key, column("genre", "genre_id"));
    QCOMPARE(link->label, column("genre", "name")); // rather than the code before it
    QVERIFY(!parentLink(*column("track", "title"), m_metadata));
}

void RecordsSource::aParentIsFoundByPartOfItsLabelOrKey()
{
    const auto link = parentLink(*column("track", "genre_id"), m_metadata);
    const auto names = [&](const char *typed, std::int64_t limit) {
        QStringList found;
        for (const ParentChoice &choice : findParents(*m_connection, *link, {}, typed, limit))
            found += choice.label;
        return found.join(u',');
    };
    QCOMPARE(names("sa", 50), QStringLiteral("Samba,Bossa nova"));
    QCOMPARE(names("11", 50), QStringLiteral("Bossa nova"));
    QCOMPARE(names("", 2), QStringLiteral("Rock,Jazz"));
    QCOMPARE(names("xyz", 50), QString());
}

QTEST_GUILESS_MAIN(RecordsSource)
#include "tst_records_source.moc"
