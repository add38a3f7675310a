#include "tests/unit/model/model_samples.h"
#include "tests/unit/model/storage_samples.h"

#include "ormcore/base/error.h"
#include "ormcore/model/file_names.h"
#include "ormcore/model/storage.h"
#include "ormcore/model/text_escape.h"

#include <QTest>

#include <random>
#include <set>

using namespace orm::model;
using orm::ParseError;
using storage_samples::awkward;
using storage_samples::id;
using storage_samples::made;
using storage_samples::modelOf;
using storage_samples::orders;

namespace {

std::string textOf(const Model &model, const std::string &path)
{
    for (const TextFile &file : write(model))
        if (file.path == path)
            return file.text;
    return {};
}

std::vector<TextFile> withText(std::vector<TextFile> files, const std::string &path, const std::string &text)
{
    for (TextFile &file : files)
        if (file.path == path)
            file.text = text;
    return files;
}

bool endsComment(const std::string &text, std::size_t at)
{
    const std::size_t start = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    return text[at] == '\n' && text.substr(start, at - start).find("  # ") != std::string::npos;
}

} // namespace

class Storage : public QObject {
    Q_OBJECT

private slots:
    void entityIsWrittenAsDesigned();
    void anyContentReadsBackEqual();
    void randomBytesReadBackEqual();
    void writtenTextIsStable();
    void alignedTextWithCommentsReadsTheSame();
    void unknownKeysAndLinesStayInPlace();
    void everyTruncationIsAnError();
    void flippedBytesNeverLoseAnElement();
    void errorsNameFileAndLine_data();
    void errorsNameFileAndLine();
    void danglingReferencesAreErrors();
    void fileNamesSuitEveryFileSystem();
    void namesThatDifferInCaseGetFilesOfTheirOwn();
};

void Storage::entityIsWrittenAsDesigned()
{
    QCOMPARE(textOf(orders(), "model/shop/order.ent"),
             std::string("[entity id=\"e7k2\" name=\"order\" schema=\"shop\"]\n"
                         "attr a1f3 id bigint pk identity\n"
                         "attr a9c0 customer_id bigint notnull\n"
                         "attr ab12 placed_at timestamptz\n"
                         "fk f2d8 customer_id -> e1x9.a0b4 on_delete=restrict  # customer.id\n"
                         "index i5m1 (placed_at desc) where=\"status = 'open'\"\n"
                         "[end]\n"));
    QCOMPARE(textOf(orders(), "shop.cormorant"),
             std::string("[model name=\"shop\" format=\"1\"]\ndialect sqlite\ndialect postgresql\n[end]\n"));
}

void Storage::anyContentReadsBackEqual()
{
    for (const Model &model : {samples::empty(), samples::shop(), orders(), awkward(), Model()}) {
        const std::vector<TextFile> files = write(model);
        const Model back = read(files);
        QVERIFY(back == model);
        QVERIFY(write(back) == files);
        for (const TextFile &file : files)
            QVERIFY(!firstBadByte(file.text));
    }
}

void Storage::randomBytesReadBackEqual()
{
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        std::string text;
        const char *alphabet = "ab \"\\\n\r\t#|[](),=-> 'é\xf0\x9f\x90\xa6\xc3\x28\xed\xa0\x80";
        for (auto i = random() % 12; i > 0; --i)
            text.push_back(round % 2 == 0 ? static_cast<char>(random()) : alphabet[random() % strlen(alphabet)]);
        auto entity = made<Entity>(id("e100"), text);
        auto attribute = made<Attribute>(id("a100"), text);
        attribute.serverDefault = {text};
        entity.attributes = {attribute};
        auto unique = made<Key>(id("u100"), text);
        unique.attributes = {attribute.id};
        entity.uniques = {unique};
        entity.definition = {text};
        entity.schema = text;
        const Model model = modelOf({entity});
        QVERIFY2(read(write(model)) == model, text.c_str());
    }
}

void Storage::writtenTextIsStable()
{
    const std::vector<TextFile> files = write(samples::shop());
    QVERIFY(write(read(files)) == files);
    QVERIFY(std::is_sorted(files.begin(), files.end(), [](auto &a, auto &b) { return a.path < b.path; }));
    for (const TextFile &file : files)
        QVERIFY(file.text.ends_with("\n[end]\n"));
}

void Storage::alignedTextWithCommentsReadsTheSame()
{
    const std::string text = "[entity id=\"e7k2\" name=\"order\" schema=\"shop\"]\r\n"
                             "index i5m1 (placed_at desc) where=\"status = 'open'\"\r\n"
                             "attr  a1f3 id          bigint      pk identity\r\n"
                             "attr  a9c0 customer_id bigint      notnull # who\r\n"
                             "attr  ab12 placed_at   timestamptz\r\n"
                             "fk    f2d8 customer_id -> e1x9.a0b4 on_delete=restrict\r\n"
                             "[end]\r\n";
    QVERIFY(read(withText(write(orders()), "model/shop/order.ent", text)) == orders());
}

void Storage::unknownKeysAndLinesStayInPlace()
{
    const std::string text = "[entity id=\"e7k2\" name=\"order\" schema=\"shop\" owner=\"ana\"]\n"
                             "# kept by the sales team\n"
                             "attr a1f3 id bigint pk identity\n"
                             "attr a9c0 customer_id bigint notnull hint=\"x # y\" list=(a, b desc)\n"
                             "policy p1 using=\"true\" select\n"
                             "| first\n"
                             "|\n"
                             "attr ab12 placed_at timestamptz\n"
                             "\n"
                             "fk f2d8 customer_id -> e1x9.a0b4 on_delete=restrict since=12  # customer.id\n"
                             "index i5m1 (placed_at desc) where=\"status = 'open'\"\n"
                             "partition by=month\n"
                             "[end]\n";
    const Model model = read(withText(write(orders()), "model/shop/order.ent", text));
    QCOMPARE(textOf(model, "model/shop/order.ent"), text);
    Model changed = model; // an edit elsewhere leaves them
    const EntityId order = changed.entity("order", "shop")->id;
    const AttributeId placed = changed.entity(order)->find("placed_at")->id;
    samples::apply(changed, renameAttribute(changed, order, placed, "ordered_at"));
    const std::string after = textOf(changed, "model/shop/order.ent");
    QVERIFY(after.find("policy p1 using=\"true\" select\n| first\n|\nattr ab12 ordered_at") != std::string::npos);
    samples::apply(changed, removeAttribute(changed, order, placed)); // what they stood after is gone
    QVERIFY(textOf(changed, "model/shop/order.ent").find("partition by=month") != std::string::npos);
}

void Storage::everyTruncationIsAnError()
{
    for (const Model &model : {orders(), awkward()})
        for (const TextFile &file : write(model))
            for (std::size_t size = 0; size < file.text.size(); ++size) {
                try {
                    (void)read(withText(write(model), file.path, file.text.substr(0, size)));
                    QFAIL(qPrintable(QStringLiteral("%1 read at %2").arg(QString::fromStdString(file.path)).arg(size)));
                } catch (const ParseError &error) {
                    QCOMPARE(error.file(), file.path);
                    QVERIFY(error.line() >= 1);
                }
            }
}

void Storage::flippedBytesNeverLoseAnElement()
{
    const auto parts = [](const Model &model) {
        std::size_t count = model.triggers().size() + model.diagrams().size();
        for (const auto &[diagram, info] : model.diagrams())
            count += model.nodes(diagram).size();
        for (const auto &[key, entity] : model.entities())
            count += 1 + entity->attributes.size() + entity->primaryKey.attributes.size() + entity->uniques.size() +
                     entity->checks.size() + entity->foreignKeys.size() + entity->indexes.size();
        return count;
    };
    std::size_t refused = 0;
    std::size_t taken = 0;
    for (const Model &model : {orders(), awkward()}) {
        const bool plain = model.triggers().empty(); // with unknown keys, a lost key looks like another unknown one
        const std::vector<TextFile> files = write(model);
        for (const TextFile &file : files)
            for (std::size_t at = 0; at < file.text.size(); ++at)
                for (int bit = 0; bit < 8; bit += plain ? 1 : 5) {
                    if (endsComment(file.text, at))
                        continue; // what follows is then read as a comment: nothing can tell
                    std::string text = file.text;
                    text[at] = static_cast<char>(text[at] ^ (1 << bit));
                    try {
                        const Model damaged = read(withText(files, file.path, text));
                        QVERIFY2(!plain || parts(damaged) == parts(model), text.c_str());
                        ++taken; // inside a name, a comment, a number
                    } catch (const ParseError &error) {
                        QVERIFY(error.line() >= 1);
                        ++refused;
                    }
                }
    }
    qInfo("%zu flips refused, %zu read as another name or value", refused, taken);
    QVERIFY(refused > taken);
}

void Storage::errorsNameFileAndLine_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char *line, const char *message) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(message);
    };
    row("attr a1f4 id bigint", "already has an attribute");
    row("attr a1f3 x bigint", "in use already");
    row("attr A1F3 x bigint", "no id");
    row("attr a1f4 x bigimt", "no type");
    row("attr a1f4 x", "the type is missing");
    row("attr a1f4 x bigint nutnull", "not understood");
    row("attr a1f4 x bigint membre=1 membre=2", "stands twice");
    row("attr a1f4 x bigint commemt=x", "is it \"comment\"?");
    row("attr a1f4 x bigint native=x", "native must be");
    row("attr2 a1f4 x bigint", "begins with a keyword");
    row("attt a1f4 x bigint", "is it \"attr\"?");
    row("unique u100 (nothing)", "has no attribute");
    row("unique u100 (id", "not closed");
    row("unique u100 (id,)", "missing");
    row("fk f100 id > e1x9", "cannot read");
    row("fk f100 id -> e1x9.a0b4,a0b4", "not as many");
    row("fk f100 id -> e1x9 on_delete=explode", "is no on_delete");
    row("fk f100 id -> zzzz", "in no file");
    row("fk f100 id -> e1x9.zzzz", "has no attribute");
    row("check k100", "is missing");
    row("check k100 \"open", "quotation mark");
    row("check k100 \"\\q\"", "no such escape");
    row("trigger t100 x", "definition is missing");
    row("definition", "in a block");
    row("<<<<<<< HEAD", "Git conflict");
    row("\xff", "not text");
    row("|x", "block line");
    row("pk (id)", "given twice");
}

void Storage::errorsNameFileAndLine()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, message);
    std::string text = textOf(orders(), "model/shop/order.ent");
    text.insert(text.find("fk f2d8"), line.toStdString() + "\n");
    try {
        (void)read(withText(write(orders()), "model/shop/order.ent", text));
        QFAIL("it was read");
    } catch (const ParseError &error) {
        QVERIFY2(QByteArray(error.what()).contains(message), error.what());
        QCOMPARE(error.file(), std::string("model/shop/order.ent"));
        QCOMPARE(error.line(), std::size_t{5});
    }
}

void Storage::danglingReferencesAreErrors()
{
    std::vector<TextFile> files = write(samples::shop());
    std::erase_if(files, [](const TextFile &file) { return file.path == "model/main/customer.ent"; });
    QVERIFY_THROWS_EXCEPTION(ParseError, (void)read(files));
    files = write(samples::shop());
    files.push_back(files.front()); // a second file of the same entity or diagram
    QVERIFY_THROWS_EXCEPTION(ParseError, (void)read(files));
    QVERIFY_THROWS_EXCEPTION(ParseError, (void)read({}));
}

void Storage::fileNamesSuitEveryFileSystem()
{
    QCOMPARE(fileName("order_item-2"), std::string("order_item-2"));
    QCOMPARE(fileName("a/b\\c:d"), std::string("a%2Fb%5Cc%3Ad"));
    QCOMPARE(fileName(".hidden."), std::string("%2Ehidden%2E"));
    QCOMPARE(fileName("v1.2"), std::string("v1.2"));
    QCOMPARE(fileName("AUX"), std::string("%41UX"));
    QCOMPARE(fileName("com1.x"), std::string("%63om1.x"));
    QCOMPARE(fileName(""), std::string("%"));
    QCOMPARE(fileName("a%b~c"), std::string("a%25b%7Ec"));
    QCOMPARE(fileName("ação"), std::string("a%C3%A7%C3%A3o"));
    QCOMPARE(fileName(".."), std::string("%2E%2E"));
}

void Storage::namesThatDifferInCaseGetFilesOfTheirOwn()
{
    auto a = made<Entity>(id("e100"), "Order");
    auto b = made<Entity>(id("e101"), "order");
    auto c = made<Entity>(id("e102"), std::string(500, 'x'));
    auto d = made<Entity>(id("e103"), std::string(500, 'x') + "y");
    std::set<std::string> folded;
    const std::vector<TextFile> files = write(modelOf({a, b, c, d}));
    for (const TextFile &file : files) {
        folded.insert(QString::fromStdString(file.path).toLower().toStdString());
        QVERIFY(file.path.size() < 200);
    }
    QCOMPARE(folded.size(), files.size());
    QVERIFY(read(files) == modelOf({a, b, c, d}));
}

QTEST_APPLESS_MAIN(Storage)
#include "tst_storage.moc"
