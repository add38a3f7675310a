#include "ormcore/base/error.h"
#include "ormcore/dialects/builtin.h"
#include "tests/unit/dialect/shop.h"

#include <QTest>

using namespace orm;
using samples::Shop;

/// What the dialects spell differently, a case each.
class TestSpellings : public QObject {
    Q_OBJECT

    const Shop m_shop;

    std::map<QByteArray, Statement> statements() const
    {
        const Expression id(m_shop.id);
        const Expression title(m_shop.title);
        const auto where = [&](const Expression &condition) { return select({id}).where(condition); };
        const auto order = [&](const Expression &by) { return select({id}).from(m_shop.album).orderBy({by}); };
        return {
            {"list", where(id.in({1, 2}))},
            {"no list", where(!id.in({1, 2}))},
            {"case", where(title.ilike("a%"))},
            {"join text", where(title.concat("x") == "ax")},
            {"distinct", where(id.isDistinctFrom(1))},
            {"nulls last", order(id.nullsLast())},
            {"nulls first, descending", order(id.descending().nullsFirst())},
            {"offset", select({id}).from(m_shop.album).offset(5)},
            {"page", select({id}).from(m_shop.album).limit(10).offset(5)},
            {"cast", select({id.cast(Text())}).from(m_shop.album)},
            {"nothing", Insert{.table = &m_shop.album}},
            {"returning",
             Update{.table = &m_shop.album, .assignments = {{&m_shop.title, "x"}}, .returning = {&m_shop.id}}},
            {"full", select({id}).join(m_shop.artist, m_shop.artistKey == m_shop.artistId, JoinKind::Full)},
            {"never", where(id.in({}))},
            {"text list", TextStatement{text("SELECT 1 WHERE 1 IN :l", {{"l", Value::array(std::vector<Value>{1})}})}},
        };
    }

private slots:
    void eachDialectSpeaksItsOwn_data()
    {
        QTest::addColumn<QByteArray>("dialect");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("tail"); // of the SQL
        const auto row = [](const char *dialect, const char *name, const char *tail) {
            QTest::addRow("%s: %s", dialect, name) << QByteArray(dialect) << QByteArray(name) << QByteArray(tail);
        };
        row("postgresql", "list", R"(WHERE "id" = ANY($1))");
        row("postgresql", "no list", R"(WHERE "id" <> ALL($1))");
        row("postgresql", "case", R"(WHERE "title" ILIKE $1)");
        row("postgresql", "join text", R"(WHERE "title" || $1 = $2)");
        row("postgresql", "distinct", R"(WHERE "id" IS DISTINCT FROM $1)");
        row("postgresql", "nulls last", R"(ORDER BY "id" NULLS LAST)");
        row("postgresql", "page", R"(FROM "album" LIMIT $1 OFFSET $2)");
        row("postgresql", "nothing", R"(INSERT INTO "album" DEFAULT VALUES)");
        row("postgresql", "returning", R"(SET "title" = $1 RETURNING "id")");
        row("postgresql", "never", "WHERE FALSE");
        row("postgresql", "text list", "WHERE 1 IN (SELECT unnest($1))");
        row("sqlite", "case", R"(WHERE lower("title") LIKE lower(?))");
        row("sqlite", "distinct", R"(WHERE "id" IS NOT ?)");
        row("sqlite", "offset", R"(FROM "album" LIMIT -1 OFFSET ?)");
        row("sqlite", "never", "WHERE 1 = 0");
        row("sqlite", "cast", R"(SELECT CAST("id" AS TEXT) FROM "album")");
        row("mysql", "list", "WHERE `id` IN ");
        row("mysql", "case", "WHERE lower(`title`) LIKE lower(?)");
        row("mysql", "join text", "WHERE concat(`title`, ?) = ?");
        row("mysql", "distinct", "WHERE NOT (`id` <=> ?)");
        row("mysql", "nulls last", "ORDER BY CASE WHEN `id` IS NULL THEN 1 ELSE 0 END, `id`");
        row("mysql", "nulls first, descending", "ORDER BY CASE WHEN `id` IS NULL THEN 0 ELSE 1 END, `id` DESC");
        row("mysql", "offset", "LIMIT 18446744073709551615 OFFSET ?");
        row("mysql", "cast", "SELECT CAST(`id` AS CHAR) FROM `album`");
        row("mysql", "nothing", "INSERT INTO `album` () VALUES ()");
    }
    void eachDialectSpeaksItsOwn()
    {
        QFETCH(QByteArray, dialect);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, tail);
        const auto compiled = builtinDialect(dialect.toStdString()).compile(statements().at(name));
        QVERIFY2(compiled->sql.ends_with(tail.toStdString()), compiled->sql.c_str());
    }

    void slotsAndValuesAgreeInEveryDialect()
    {
        for (const Dialect *dialect : builtinDialects()) {
            for (const auto &[name, statement] : statements()) {
                try {
                    QCOMPARE(dialect->compile(statement)->binds.size(), bindValues(statement).size());
                } catch (const Compile &) {
                    continue; // refused as a whole: see below
                }
            }
        }
    }

    void whatADialectCannotSayIsRefused()
    {
        for (const char *dialect : {"mysql", "mariadb"}) {
            QVERIFY_EXCEPTION_THROWN((void)builtinDialect(dialect).compile(statements().at("full")), Compile);
            QVERIFY_EXCEPTION_THROWN((void)builtinDialect(dialect).compile(statements().at("returning")), Compile);
        }
        const Statement valued = select({Expression(m_shop.id)}).orderBy({(Expression(m_shop.id) + 1).nullsLast()});
        QVERIFY_EXCEPTION_THROWN((void)builtinDialect("mysql").compile(valued), Compile);
    }

    void namesThatDoNotFitAreRefused()
    {
        const std::string name(64, 'a');
        QVERIFY_EXCEPTION_THROWN((void)builtinDialect("postgresql").quote(name), Argument);
        QVERIFY(builtinDialect("mysql").quote(name) == "`" + name + "`");
        QVERIFY_EXCEPTION_THROWN((void)builtinDialect("mysql").quote(name + "a"), Argument);
        QVERIFY(builtinDialect("sqlite").quote(name + name) == "\"" + name + name + "\"");
    }

    void literalsCannotEndThemselves()
    {
        const Value evil("a'b\\' OR 1=1");
        QVERIFY(builtinDialect("postgresql").literal(evil) == "'a''b\\'' OR 1=1'");
        QVERIFY(builtinDialect("mysql").literal(evil) == "'a''b\\\\'' OR 1=1'");
        QVERIFY(builtinDialect("postgresql").literal(Value::bytes(std::string_view("\xff", 1))) == "'\\xff'::bytea");
    }
};

QTEST_APPLESS_MAIN(TestSpellings)
#include "tst_spellings.moc"
