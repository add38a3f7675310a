#include "ormcore/base/error.h"
#include "ormcore/dialects/sqlite/sqlite_dialect.h"
#include "tests/unit/dialect/shop.h"
#include "tests/unit/dialect/sqlite_memory.h"

#include <QTest>

using namespace orm;
using samples::Generator;
using samples::Shop;

namespace {

// The SQL with each placeholder replaced by the literal of the value that bindValues() has for it.
std::string filledIn(const Dialect &dialect, const Statement &statement)
{
    std::string sql;
    std::vector<Value> flat;
    std::vector<const Type *> types;
    const auto compiled = dialect.compile(statement);
    compiled->expand(bindValues(statement), sql, flat, types);
    std::string filled;
    std::size_t next = 0;
    for (const char c : sql) { // no literal of these tests has a question mark
        if (c == '?')
            filled += dialect.literal(flat.at(next++));
        else
            filled += c;
    }
    return next == flat.size() ? filled : "not all values used: " + filled;
}

} // namespace

class TestStatements : public QObject {
    Q_OBJECT

    const SqliteDialect m_sqlite;
    const Shop m_shop;
    SqliteMemory m_database;

    QByteArray preview(const Statement &statement) const
    {
        return QByteArray::fromStdString(m_sqlite.preview(statement));
    }
    QByteArray sql(const Statement &statement) const
    {
        return QByteArray::fromStdString(m_sqlite.compile(statement)->sql);
    }

private slots:
    void initTestCase()
    {
        QVERIFY(m_database.run(createScript(m_shop.metadata, m_sqlite)).empty());
        QVERIFY(m_database
                    .run("INSERT INTO artist VALUES (1, 'Elis'), (2, 'Tom'), (3, 'Nobody');"
                         "INSERT INTO album VALUES (1, 'Falso Brilhante', 10.5, 1), (2, 'Wave', 20, 2),"
                         "(3, '100% Pure', NULL, 2), (4, NULL, 5, NULL)")
                    .empty());
    }

    void valuesAreNeverInTheSql()
    {
        const Statement statement = select(m_shop.album).where(m_shop.title == "x' OR 1=1 --").limit(7);
        QCOMPARE(sql(statement), "SELECT \"id\", \"title\", \"price\", \"artist_id\" FROM \"album\" "
                                 "WHERE \"title\" = ? LIMIT ?");
        QVERIFY(bindValues(statement) == (std::vector<Value>{"x' OR 1=1 --", std::int64_t{7}}));
        QCOMPARE(preview(statement), "SELECT \"id\", \"title\", \"price\", \"artist_id\" FROM \"album\" "
                                     "WHERE \"title\" = 'x'' OR 1=1 --' LIMIT 7");
    }

    void namesAreAlwaysQuoted()
    {
        QCOMPARE(sql(select({Expression(m_shop.name)})), "SELECT \"na\"\"me\" FROM \"artist\"");
        QVERIFY_EXCEPTION_THROWN((void)m_sqlite.quote(std::string_view("a\0b", 3)), Argument);
    }

    void joinsAliasesAndSubqueriesQualifyColumns()
    {
        Select joined = select({m_shop.title, m_shop.name});
        joined.join(m_shop.artist, m_shop.artistKey == m_shop.artistId, JoinKind::Left);
        QCOMPARE(sql(joined), "SELECT \"album\".\"title\", \"artist\".\"na\"\"me\" FROM \"album\" LEFT JOIN \"artist\" "
                              "ON \"artist\".\"id\" = \"album\".\"artist_id\"");
        Select self(m_shop.artist, "a");
        self.join(m_shop.artist, column(m_shop.artistKey, "b") > column(m_shop.artistKey, "a"), JoinKind::Inner, "b");
        self.columns({column(m_shop.artistKey, "b")});
        QCOMPARE(sql(self), "SELECT \"b\".\"id\" FROM \"artist\" AS \"a\" JOIN \"artist\" AS \"b\" "
                            "ON \"b\".\"id\" > \"a\".\"id\"");
        const Select lonely =
            select({Expression(m_shop.artistKey)})
                .where(!exists(select({literalTrue()}).from(m_shop.album).where(m_shop.artistId == m_shop.artistKey)));
        QCOMPARE(m_database.query(m_sqlite.preview(lonely)), std::string("3\n"));
    }

    void aColumnOutsideOfFromIsAnError()
    {
        QVERIFY_EXCEPTION_THROWN((void)m_sqlite.compile(select(m_shop.album).where(m_shop.name == "x")), Compile);
        QVERIFY_EXCEPTION_THROWN(
            (void)m_sqlite.compile(Delete{.table = &m_shop.album, .condition = m_shop.name == "x"}), Compile);
        QVERIFY_EXCEPTION_THROWN((void)m_sqlite.compile(select(m_shop.album).where(column(m_shop.id, "a") == 1)),
                                 Compile);
    }

    void parenthesesKeepTheMeaning()
    {
        const Expression a(m_shop.id);
        const auto written = [&](const Expression &condition) {
            return m_sqlite.preview(Delete{.table = &m_shop.album, .condition = condition}).substr(26);
        };
        QVERIFY(written((a == 1 || a == 2) && a == 3) == "(\"id\" = 1 OR \"id\" = 2) AND \"id\" = 3");
        QVERIFY(written((a + 1) * 2 == 6) == "(\"id\" + 1) * 2 = 6");
        QVERIFY(written(a - (Expression(1) - 2) == 6) == "\"id\" - (1 - 2) = 6");
        QVERIFY(written(a - 1 - 2 == 6) == "\"id\" - 1 - 2 = 6");
        QVERIFY(written((a == 1) == (a == 2)) == "(\"id\" = 1) = (\"id\" = 2)");
        QVERIFY(written((a == 1).isNull()) == "(\"id\" = 1) IS NULL");
        QVERIFY(written(a.concat(a + 1) == "x") == "\"id\" || (\"id\" + 1) = 'x'");
        QVERIFY(written(!(a == 1 && a == 2)) == "NOT (\"id\" = 1 AND \"id\" = 2)");
        QVERIFY(written(a == 1 && text("x OR y")) == "\"id\" = 1 AND (x OR y)");
    }

    void slotsComeInTheOrderOfTheirValues()
    {
        for (unsigned seed = 0; seed < 1500; ++seed) {
            Generator generator(m_shop, seed);
            const Statement statement = generator.query(static_cast<int>(seed % 4));
            const std::string preview = m_sqlite.preview(statement);
            QVERIFY2(filledIn(m_sqlite, statement) == preview,
                     (filledIn(m_sqlite, statement) + "\n" + preview).c_str());
            std::string sql;
            std::vector<Value> flat;
            std::vector<const Type *> types;
            m_sqlite.compile(statement)->expand(bindValues(statement), sql, flat, types);
            const int parameters = m_database.parameters(sql);
            QVERIFY2(parameters == static_cast<int>(flat.size()), (m_database.lastError() + " in " + sql).c_str());
        }
    }

    void listsOfAnyLengthShareOneStatement()
    {
        const auto query = [this](std::vector<Value> values) {
            return Statement(select(m_shop.album).where(Expression(m_shop.id).in(std::move(values))));
        };
        const auto compiled = m_sqlite.compile(query({1, 2, 3}));
        QVERIFY(compiled->hasExpanding);
        QCOMPARE(compiled->binds.size(), std::size_t{1});
        std::string expanded;
        std::vector<Value> flat;
        std::vector<const Type *> types;
        compiled->expand(bindValues(query({1, 2, 3, 4, 5})), expanded, flat, types);
        QCOMPARE(flat.size(), std::size_t{8});
        QVERIFY(flat.back() == Value(5));
        QVERIFY(types.back()->kind == TypeKind::Integer);
        QVERIFY(expanded.ends_with(" IN (?, ?, ?, ?, ?, ?, ?, ?)"));
        compiled->expand(bindValues(query({1})), expanded, flat, types);
        QVERIFY(expanded.ends_with(" IN (?)"));
        compiled->expand(std::vector<Value>{Value::array({})}, expanded, flat, types);
        QVERIFY(m_database.query(expanded).empty());
        QVERIFY_EXCEPTION_THROWN(compiled->expand({}, expanded, flat, types), Argument);
    }

    void listsAreNotPaddedBeyondTheLimit()
    {
        std::vector<Value> values(20000, Value(1));
        const Statement statement = select(m_shop.album).where(Expression(m_shop.id).in(values));
        std::string expanded;
        std::vector<Value> flat;
        std::vector<const Type *> types;
        m_sqlite.compile(statement)->expand(bindValues(statement), expanded, flat, types);
        QCOMPARE(flat.size(), std::size_t{20000});
        QCOMPARE(m_database.parameters(expanded), 20000);
    }

    void listsOfTuplesFindCompositeKeys()
    {
        const auto pair = [](int a, int b) { return Value::array(std::vector<Value>{a, b}); };
        const Expression keys = tuple({m_shop.id, m_shop.artistId});
        const Statement found = select({Expression(m_shop.id)}).where(keys.in({pair(1, 1), pair(2, 2), pair(3, 9)}));
        QCOMPARE(m_database.query(m_sqlite.preview(found)), std::string("1\n2\n"));
        QCOMPARE(filledIn(m_sqlite, found).find("(VALUES (1, 1), (2, 2), (3, 9), (3, 9))") != std::string::npos, true);
        const Statement after = select({Expression(m_shop.id)}).where(keys > tuple({Value(2), Value(0)}));
        QCOMPARE(m_database.query(m_sqlite.preview(after)), std::string("2\n3\n4\n"));
    }

    void insertUpdateDelete()
    {
        QCOMPARE(sql(Insert{.table = &m_shop.album}), "INSERT INTO \"album\" DEFAULT VALUES");
        const Insert insert{.table = &m_shop.album,
                            .columns = {&m_shop.id, &m_shop.price},
                            .values = {Value(9), Value("1.50")},
                            .returning = {&m_shop.id}};
        const auto compiled = m_sqlite.compile(insert);
        QCOMPARE(QByteArray::fromStdString(compiled->sql),
                 "INSERT INTO \"album\" (\"id\", \"price\") VALUES (?, ?) RETURNING \"id\"");
        QVERIFY(compiled->binds[1].type == Numeric(10, 2));
        QCOMPARE(compiled->results.front().column, &m_shop.id);
        QVERIFY(compiled->returnsRows);
        QCOMPARE(
            preview(Update{.table = &m_shop.album,
                           .assignments = {{&m_shop.price, Expression(m_shop.price) + 1}, {&m_shop.title, Value()}},
                           .condition = m_shop.id == 4}),
            "UPDATE \"album\" SET \"price\" = \"price\" + 1, \"title\" = NULL WHERE \"id\" = 4");
        QCOMPARE(preview(Delete{.table = &m_shop.album}), "DELETE FROM \"album\"");
        QVERIFY_EXCEPTION_THROWN((void)m_sqlite.compile(Update{.table = &m_shop.album}), Argument);
        QVERIFY_EXCEPTION_THROWN((void)m_sqlite.compile(Insert{.table = &m_shop.album, .columns = {&m_shop.id}}),
                                 Argument);
    }

    void nullsSortWhereTheyAreAsked()
    {
        const auto ids = [this](const Expression &order) {
            return m_database.query(m_sqlite.preview(select({Expression(m_shop.id)}).orderBy({order, m_shop.id})));
        };
        const Expression price(m_shop.price);
        QCOMPARE(ids(price.nullsLast()), std::string("4\n1\n2\n3\n"));
        QCOMPARE(ids(price.descending().nullsFirst()), std::string("3\n2\n1\n4\n"));
        QCOMPARE(ids(price.nullsLast().descending()), std::string("2\n1\n4\n3\n"));
    }

    void nullsAreEqualWhereNotDistinct()
    {
        const auto ids = [this](const Expression &condition) {
            return m_database.query(m_sqlite.preview(select({Expression(m_shop.id)}).where(condition)));
        };
        const Expression artist(m_shop.artistId);
        QCOMPARE(ids(artist.isNotDistinctFrom(Value())), std::string("4\n"));
        QCOMPARE(ids(artist.isDistinctFrom(2)), std::string("1\n4\n"));
        QCOMPARE(ids(Expression(m_shop.title).contains("%")), std::string("3\n"));
        QCOMPARE(ids(Expression(m_shop.title).ilike("WAVE")), std::string("2\n"));
        QCOMPARE(ids(artist.in({})), std::string());
        QCOMPARE(ids(artist.notIn({})), std::string("1\n2\n3\n4\n"));
    }

    void labelsOrderAndResultsAreNamed()
    {
        const Expression doubled = (Expression(m_shop.price) * 2).label("doubled");
        Select query = select({Expression(m_shop.id), doubled, count().label("n")});
        query.groupBy({m_shop.id}).having(count() > 0).orderBy({doubled.descending()});
        QVERIFY(sql(query).endsWith("ORDER BY \"doubled\" DESC"));
        QCOMPARE(filledIn(m_sqlite, query), m_sqlite.preview(query));
        const auto compiled = m_sqlite.compile(query);
        QCOMPARE(QByteArray::fromStdString(compiled->results[1].name), "doubled");
        QVERIFY(compiled->results[2].type == BigInteger());
        QCOMPARE(compiled->results[0].column, &m_shop.id);
    }

    void commonTablesAndCompoundsWork()
    {
        MetaData scratch;
        Table &numbers = scratch.addTable({{}, "numbers"});
        Column &n = numbers.addColumn("n", Integer());
        Select base = select({Expression(1).label("n")});
        base.combine(CompoundKind::UnionAll, select({Expression(n) + 1}).where(Expression(n) < 4));
        Select query = select(numbers);
        query.with("numbers", base, true).orderBy({Expression(n).descending()}).limit(3);
        QCOMPARE(filledIn(m_sqlite, query), m_sqlite.preview(query));
        QCOMPARE(m_database.query(m_sqlite.preview(query)), std::string("4\n3\n2\n"));
        Select both = select({Expression(m_shop.id)});
        both.combine(CompoundKind::Except, select({Expression(m_shop.artistKey)})).orderBy({m_shop.id});
        QCOMPARE(m_database.query(m_sqlite.preview(both)), std::string("4\n"));
    }

    void aSubqueryStandsInFrom()
    {
        Select cheap = select({Expression(m_shop.id), (Expression(m_shop.price) + 1).label("more")});
        cheap.where(Expression(m_shop.price) < 15).limit(5);
        Select outer;
        outer.columns({sourceColumn("c", "more")});
        outer.fromSelect(cheap, "c").where(sourceColumn("c", "more") > 6).orderBy({sourceColumn("c", "more")});
        QCOMPARE(filledIn(m_sqlite, outer), m_sqlite.preview(outer));
        QCOMPARE(m_database.query(m_sqlite.preview(outer)), std::string("11.5\n"));
    }

    void freeTextBindsItsNames()
    {
        const Statement statement =
            TextStatement{text("SELECT id FROM album WHERE id IN :ids AND price > :low ORDER BY id",
                               {{"low", 6}, {"ids", Value::array(std::vector<Value>{1, 2, 4})}})};
        QCOMPARE(m_database.query(filledIn(m_sqlite, statement)), std::string("1\n2\n"));
        QVERIFY(m_sqlite.compile(statement)->returnsRows);
        QVERIFY(!m_sqlite.compile(TextStatement{text("DELETE FROM album")})->returnsRows);
        QVERIFY_EXCEPTION_THROWN((void)m_sqlite.compile(TextStatement{text("SELECT ?")}), Compile);
        QVERIFY(m_sqlite.compile(TextStatement{text("SELECT '?'")})->returnsRows);
    }

    void rowsWithoutAKeyHaveARowId()
    {
        const Statement statement = select({rowId(m_shop.artist)}).from(m_shop.artist).where(rowId(m_shop.artist) > 1);
        QCOMPARE(m_database.query(m_sqlite.preview(statement)), std::string("2\n3\n"));
    }

    void literalsReadBackExactly_data()
    {
        QTest::addColumn<QByteArray>("expected");
        QTest::addColumn<int>("index");
        int index = 0;
        for (const char *expected :
             {"null NULL", "integer -5", "integer 9223372036854775807", "real 0.1", "real 5.0", "real 1.0e+20",
              "real Inf", "text it's", "blob 00FF", "integer 1", "text 2026-11-22"})
            QTest::addRow("%s", expected) << QByteArray(expected) << index++;
    }
    void literalsReadBackExactly()
    {
        QFETCH(QByteArray, expected);
        QFETCH(int, index);
        const std::array<Value, 11> values{Value(),
                                           -5,
                                           std::numeric_limits<std::int64_t>::max(),
                                           0.1,
                                           5.0,
                                           1e20,
                                           std::numeric_limits<double>::infinity(),
                                           "it's",
                                           Value::bytes(std::string_view("\0\xff", 2)),
                                           true,
                                           *Date::parse("2026-11-22")};
        const std::string literal = m_sqlite.literal(values.at(static_cast<std::size_t>(index)));
        const std::string shown =
            m_database.query("SELECT typeof(v) || ' ' || CASE typeof(v) WHEN 'blob' THEN hex(v) WHEN "
                             "'null' THEN 'NULL' ELSE v END FROM (SELECT " +
                             literal + " AS v)");
        QCOMPARE(QByteArray::fromStdString(shown), expected + "\n");
    }

    void aZeroByteInTextSurvives()
    {
        const std::string literal = m_sqlite.literal(Value(std::string("a\0b", 3)));
        QCOMPARE(m_database.query("SELECT hex(" + literal + "), typeof(" + literal + ")"),
                 std::string("610062|text\n"));
    }
};

QTEST_APPLESS_MAIN(TestStatements)
#include "tst_statements.moc"
