#include "ormcore/base/error.h"
#include "ormcore/sql/statement.h"
#include "ormcore/sql/text_parameters.h"

#include <QTest>

#include <set>

using namespace orm;

namespace {

struct Shop {
    MetaData metadata;
    Table &album = metadata.addTable({{}, "album"});
    Table &artist = metadata.addTable({{}, "artist"});
    Column &id = album.addColumn("id", Integer());
    Column &title = album.addColumn("title", String(160));
    Column &price = album.addColumn("price", Numeric(10, 2));
    Column &artistId = album.addColumn("artist_id", Integer());
    Column &artistKey = artist.addColumn("id", Integer());
    Column &name = artist.addColumn("name", Text());
};

Operator operatorOf(const Expression &expression) { return expression.node().op; }

// Statements of different structure, made anew with values that depend on the variant.
std::vector<Statement> statements(const Shop &shop, int variant)
{
    const Value number(variant);
    const Value word("word " + std::to_string(variant));
    std::vector<Value> list(static_cast<std::size_t>(variant + 1), number);
    const Select all = select(shop.album);
    return {
        all,
        Select(shop.album, "a"),
        Select(all).where(shop.id == number),
        Select(all).where(Expression(shop.id) != number),
        Select(all).where(shop.id == Value()),
        Select(all).where(shop.artistId == number),
        Select(all).where(column(shop.id, "a") == number),
        Select(all).where(shop.title == word),
        Select(all).where(Expression(shop.id).in(list)),
        Select(all).where(Expression(shop.id).notIn(list)),
        Select(all).where(Expression(shop.title).contains(word.asText())),
        Select(all).where(Expression(shop.title).like(word.asText())),
        Select(all).where(shop.id == number && shop.title == word),
        Select(all).where(shop.id == number || shop.title == word),
        Select(all).where(exists(select(shop.artist).where(shop.artistKey == shop.artistId))),
        Select(all).where(text("id > :n", {{"n", number}})),
        Select(all).where(text("id > :n", {{"n", word}})),
        Select(all).where(text("id < :n", {{"n", number}})),
        Select(all).orderBy({shop.id}),
        Select(all).orderBy({Expression(shop.id).descending()}),
        Select(all).limit(variant),
        Select(all).offset(variant),
        Select(all).limit(variant).offset(variant),
        Select(all).distinct(),
        Select(all).join(shop.artist, shop.artistKey == shop.artistId),
        Select(all).join(shop.artist, shop.artistKey == shop.artistId, JoinKind::Left),
        Select(all).groupBy({shop.id}).having(count() > number),
        select({count()}).from(shop.album),
        select({count().label("n")}).from(shop.album),
        select({Expression(shop.id).cast(Text())}),
        select({Expression(shop.id).cast(String(5))}),
        Select(all).combine(CompoundKind::Union, all),
        Select(all).combine(CompoundKind::UnionAll, all),
        Select(all).with("t", all),
        Insert{.table = &shop.album, .columns = {&shop.id}, .values = {number}},
        Insert{.table = &shop.album, .columns = {&shop.id}, .values = {Value()}},
        Insert{.table = &shop.album, .columns = {&shop.id}, .values = {number}, .returning = {&shop.id}},
        Insert{.table = &shop.album},
        Insert{.table = &shop.artist},
        Update{.table = &shop.album, .assignments = {{&shop.title, word}}, .condition = shop.id == number},
        Update{.table = &shop.album, .assignments = {{&shop.price, word}}, .condition = shop.id == number},
        Delete{.table = &shop.album, .condition = shop.id == number},
        Delete{.table = &shop.album},
        TextStatement{text("SELECT 1")},
    };
}

} // namespace

class TestSql : public QObject {
    Q_OBJECT

private slots:
    void comparingWithNullAsksForIt()
    {
        const Shop shop;
        QVERIFY(operatorOf(shop.id == Value()) == Operator::IsNull);
        QVERIFY(operatorOf(Expression(shop.id) != Value()) == Operator::IsNotNull);
        QVERIFY(operatorOf(Value() == shop.id) == Operator::IsNull);
        QVERIFY(operatorOf(shop.id == literalNull()) == Operator::IsNull);
        QVERIFY(operatorOf(Expression(shop.id).isDistinctFrom(Value())) == Operator::IsNotNull);
        QVERIFY(operatorOf(Expression(shop.id).isNotDistinctFrom(Value())) == Operator::IsNull);
        QVERIFY(operatorOf(Expression(shop.id) < Value()) == Operator::Less);
    }

    void valuesTakeTheTypeOfTheColumnTheyMeet()
    {
        const Shop shop;
        const auto boundTo = [](const Expression &expression, std::size_t index) {
            return expression.node().args[index].node().column;
        };
        QCOMPARE(boundTo(shop.price >= 5, 1), &shop.price);
        QCOMPARE(boundTo(Expression(5) < shop.price, 0), &shop.price);
        QCOMPARE(boundTo(Expression(shop.price).between(1, 2), 2), &shop.price);
        QCOMPARE(boundTo(Expression(shop.price).in({1, 2}), 1), &shop.price);
        const Expression keys = tuple({shop.price, shop.title}) > tuple({Value(1), Value("a")});
        QCOMPARE(boundTo(keys.node().args[1], 0), &shop.price);
        QCOMPARE(boundTo(keys.node().args[1], 1), &shop.title);
    }

    void anEmptyListHoldsNothing()
    {
        const Shop shop;
        QVERIFY(Expression(shop.id).in({}).node().value == Value(false));
        QVERIFY(Expression(shop.id).notIn({}).node().value == Value(true));
        QVERIFY((!Expression(shop.id).in({})).node().value == Value(true));
    }

    void wildcardsInAskedTextAreEscaped()
    {
        const Shop shop;
        const auto pattern = [](const Expression &expression) {
            return std::string(expression.node().args[1].node().value.asText());
        };
        QVERIFY(pattern(Expression(shop.title).contains("50%_/")) == "%50/%/_//%");
        QVERIFY(pattern(Expression(shop.title).startsWith("a%")) == "a/%%");
        QVERIFY(pattern(Expression(shop.title).endsWith("_")) == "%/_");
        QVERIFY(pattern(Expression(shop.title).like("a%")) == "a%");
    }

    void emptyConditionsVanish()
    {
        const Shop shop;
        const Expression condition = shop.id == 1;
        QVERIFY((Expression() && condition).pointer() == condition.pointer());
        QVERIFY((condition || Expression()).pointer() == condition.pointer());
        QVERIFY((Expression() && Expression()).empty());
        QVERIFY((!Expression()).empty());
        QCOMPARE((condition && condition && (condition && condition)).node().args.size(), std::size_t{4});
        QVERIFY_EXCEPTION_THROWN((void)(Expression() == condition), Argument);
    }

    void notTurnsOperatorsAround()
    {
        const Shop shop;
        QVERIFY(operatorOf(!(shop.id == 1)) == Operator::NotEqual);
        QVERIFY(operatorOf(!Expression(shop.id).isNull()) == Operator::IsNotNull);
        QVERIFY(operatorOf(!Expression(shop.id).in({1})) == Operator::NotIn);
        QVERIFY(operatorOf(!Expression(shop.title).contains("a")) == Operator::NotLike);
        QVERIFY(operatorOf(!exists(select(shop.album))) == Operator::NotExists);
        QVERIFY(operatorOf(!(shop.id == 1 && shop.id == 2)) == Operator::Not);
        QVERIFY(operatorOf(!!(shop.id == 1 && shop.id == 2)) == Operator::And);
        QVERIFY(operatorOf(!(Expression(shop.id) < 1)) == Operator::Not);
    }

    void functionNamesMustBeNames()
    {
        QVERIFY_EXCEPTION_THROWN((void)function("now() --"), Argument);
        QVERIFY_EXCEPTION_THROWN((void)function(""), Argument);
        QVERIFY_EXCEPTION_THROWN((void)function("a."), Argument);
        QVERIFY(!function("pg_catalog.now").empty());
    }

    void theRowIdHasThreeNames()
    {
        MetaData metadata;
        Table &table = metadata.addTable({{}, "t"});
        QVERIFY(rowId(table).node().name == "rowid");
        table.addColumn("RowID", Integer());
        QVERIFY(rowId(table).node().name == "_rowid_");
        table.addColumn("_rowid_", Integer());
        table.addColumn("oid", Integer());
        QVERIFY_EXCEPTION_THROWN((void)rowId(table), Argument);
    }

    void sourcesFollowFromColumns()
    {
        const Shop shop;
        const Select two = select({shop.title, shop.name});
        QCOMPARE(two.sources.size(), std::size_t{2});
        Select joined = select({shop.title, shop.name});
        joined.join(shop.artist, shop.artistKey == shop.artistId);
        QCOMPARE(joined.sources.size(), std::size_t{1});
        QCOMPARE(select({count()}).from(shop.album).sources.size(), std::size_t{1});
        QVERIFY_EXCEPTION_THROWN(joined.join(shop.artist, {}), Argument);
        QVERIFY_EXCEPTION_THROWN(joined.limit(-1), Argument);
    }

    void parametersInTextAreToldFromTheRest_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QByteArray>("names");
        const auto row = [](const char *name, const char *sql, const char *names) {
            QTest::newRow(name) << QByteArray(sql) << QByteArray(names);
        };
        row("two", "a = :one AND b = :two_2", "one,two_2");
        row("repeated", "a = :n OR b = :n", "n,n");
        row("cast", "a::text = :t", "t");
        row("escaped colon", "a = \\:no", "");
        row("string", "a = ':no' AND b = 'it''s :no'", "");
        row("quoted name", "\":no\" = :yes AND `:no` = 1", "yes");
        row("line comment", "a -- :no\n = :yes", "yes");
        row("block comment", "a /* :no */ = :yes", "yes");
        row("dollar quotes", "$$ :no $$ || $tag$ :no $tag$ || :yes", "yes");
        row("time of day", "a = 12:30", "");
        row("no name", "a = :1 : b", "");
        row("unclosed string", "a = ':no", "");
        row("at the end", ":a", "a");
        row("accented", ":preço", "preço");
    }
    void parametersInTextAreToldFromTheRest()
    {
        QFETCH(QByteArray, sql);
        QFETCH(QByteArray, names);
        QByteArray found;
        std::string whole;
        for (const TextPiece &piece : splitTextParameters(sql.toStdString())) {
            whole += (piece.parameter ? ":" : "") + piece.text;
            if (piece.parameter)
                found += (found.isEmpty() ? "" : ",") + QByteArray::fromStdString(piece.text);
        }
        QCOMPARE(found, names);
        if (!sql.contains("\\:"))
            QCOMPARE(QByteArray::fromStdString(whole), sql);
    }

    void missingAndSurplusNamesAreErrors()
    {
        QVERIFY_EXCEPTION_THROWN((void)text("a = :n"), Argument);
        QVERIFY_EXCEPTION_THROWN((void)text("a = 1", {{"n", 1}}), Argument);
        QVERIFY_EXCEPTION_THROWN((void)text("a = :n", {{"n", 1}, {"n", 2}}), Argument);
        QVERIFY(bindValues(TextStatement{text("a = :n OR b = :m OR c = :n", {{"m", 2}, {"n", 1}})}) ==
                (std::vector<Value>{1, 2, 1}));
    }

    void structureIsTheSameForOtherValues()
    {
        const Shop shop;
        const auto first = statements(shop, 1);
        const auto second = statements(shop, 4);
        for (std::size_t i = 0; i < first.size(); ++i) {
            QVERIFY2(sameStructure(first[i], second[i]), std::to_string(i).c_str());
            QCOMPARE(structuralHash(first[i]), structuralHash(second[i]));
        }
    }

    void structureTellsStatementsApart()
    {
        const Shop shop;
        const auto all = statements(shop, 1);
        std::set<std::size_t> hashes;
        for (std::size_t i = 0; i < all.size(); ++i) {
            hashes.insert(structuralHash(all[i]));
            for (std::size_t k = 0; k < all.size(); ++k)
                QVERIFY2(sameStructure(all[i], all[k]) == (i == k),
                         (std::to_string(i) + " " + std::to_string(k)).c_str());
        }
        QCOMPARE(hashes.size(), all.size());
    }

    void tablesAtAnOldAddressHashAnew()
    {
        std::set<std::size_t> hashes;
        for (int i = 0; i < 50; ++i)
            hashes.insert(structuralHash(select(Shop().album)));
        QCOMPARE(hashes.size(), std::size_t{50});
    }
};

QTEST_APPLESS_MAIN(TestSql)
#include "tst_sql.moc"
