#include "app/command_line.h"
#include "app/commands/sample.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QTemporaryDir>
#include <QTest>

#include <sstream>
#include <vector>

namespace {

struct Ran {
    int status = -1;
    QString out;
    QString err;
};

Ran run(const QStringList &arguments)
{
    std::vector<std::string> texts{"cormorant"};
    for (const QString &argument : arguments)
        texts.push_back(argument.toStdString());
    std::vector<const char *> pointers;
    for (const std::string &text : texts)
        pointers.push_back(text.c_str());
    std::ostringstream out, err;
    const int status = app::runCommandLine(static_cast<int>(pointers.size()), pointers.data(), app::Console{out, err});
    return {status, QString::fromStdString(out.str()), QString::fromStdString(err.str())};
}

QMap<QString, QByteArray> contents(const QString &folder)
{
    QMap<QString, QByteArray> files;
    for (const QString &sub : {QString(), QStringLiteral("/model"), QStringLiteral("/model/main"),
                               QStringLiteral("/model/default"), QStringLiteral("/diagrams")})
        for (const QString &name : QDir(folder + sub).entryList(QDir::Files)) {
            QFile file(folder + sub + u'/' + name);
            if (file.open(QIODevice::ReadOnly))
                files[sub + u'/' + name] = file.readAll();
        }
    return files;
}

} // namespace

class CommandLine : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void versionAndHelpAreFine();
    void mistakesOfUsageHaveStatusTwo_data();
    void mistakesOfUsageHaveStatusTwo();
    void whatCannotBeOpenedHasStatusThreeAndIsNamed_data();
    void whatCannotBeOpenedHasStatusThreeAndIsNamed();
    void aPasswordIsNeverPrinted();
    void inspectPrintsCountsAsJson();
    void queryPrintsEachFormat_data();
    void queryPrintsEachFormat();
    void queryBindsParameters();
    void queryChangesNothingUnlessToldTo();
    void reverseTwiceChangesNoByte();
    void renderWritesAPicture_data();
    void renderWritesAPicture();

private:
    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    QTemporaryDir m_folder;
    QString m_shop;
};

void CommandLine::initTestCase()
{
    m_shop = path("shop.db");
    app::makeSampleDatabase(m_shop.toStdString());
    QFile text(path("text.db"));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write(QByteArray(4096, 'x'));
}

void CommandLine::versionAndHelpAreFine()
{
    const Ran version = run({QStringLiteral("--version")});
    QCOMPARE(version.status, 0);
    QVERIFY(version.out.contains(QStringLiteral(CORMORANT_VERSION)));
    for (const char *command : {"inspect", "query", "reverse", "render"}) {
        const Ran help = run({QString::fromLatin1(command), QStringLiteral("--help")});
        QCOMPARE(help.status, 0);
        QVERIFY(help.out.contains(QString::fromLatin1(command)));
    }
}

void CommandLine::mistakesOfUsageHaveStatusTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown option") << QStringList{QStringLiteral("inspect"), m_shop, QStringLiteral("--nope")};
    QTest::newRow("missing argument") << QStringList{QStringLiteral("inspect")};
    QTest::newRow("unknown format") << QStringList{QStringLiteral("query"), m_shop, QStringLiteral("select 1"),
                                                   QStringLiteral("--format"), QStringLiteral("xml")};
    QTest::newRow("unknown scheme") << QStringList{QStringLiteral("inspect"), QStringLiteral("nosuch://host/db")};
    QTest::newRow("unknown diagram") << QStringList{QStringLiteral("render"),    m_shop,
                                                    QStringLiteral("--diagram"), QStringLiteral("nope"),
                                                    QStringLiteral("-o"),        path("x.svg")};
    QTest::newRow("missing parameter") << QStringList{QStringLiteral("query"), m_shop, QStringLiteral("select :a")};
}

void CommandLine::mistakesOfUsageHaveStatusTwo()
{
    QFETCH(QStringList, arguments);
    const Ran ran = run(arguments);
    QVERIFY2(ran.status == 2, qPrintable(ran.err));
    QVERIFY(!ran.err.isEmpty());
    QVERIFY(ran.out.isEmpty());
}

void CommandLine::whatCannotBeOpenedHasStatusThreeAndIsNamed_data()
{
    QTest::addColumn<QString>("target");
    QTest::newRow("missing file") << path("missing.db");
    QTest::newRow("no database") << path("text.db");
    QTest::newRow("missing model") << path("missing.cormorant");
    QTest::newRow("missing script") << path("missing.sql");
}

void CommandLine::whatCannotBeOpenedHasStatusThreeAndIsNamed()
{
    QFETCH(QString, target);
    const Ran ran = run({QStringLiteral("inspect"), target});
    QVERIFY2(ran.status == 3, qPrintable(ran.err));
    QVERIFY2(ran.err.contains(QFileInfo(target).fileName()), qPrintable(ran.err));
    QVERIFY(!QFile::exists(path("missing.db")));
}

void CommandLine::aPasswordIsNeverPrinted()
{
    const Ran ran = run({QStringLiteral("inspect"), QStringLiteral("nosuch://ana:geheim77@host/db")});
    QVERIFY(ran.status != 0);
    QVERIFY(!ran.err.contains(QStringLiteral("geheim77")) && !ran.out.contains(QStringLiteral("geheim77")));
}

void CommandLine::inspectPrintsCountsAsJson()
{
    const Ran ran = run({QStringLiteral("inspect"), m_shop, QStringLiteral("--json")});
    QVERIFY2(ran.status == 0, qPrintable(ran.err));
    const QJsonObject object = QJsonDocument::fromJson(ran.out.toUtf8()).object();
    QCOMPARE(object.value(QStringLiteral("dialect")).toString(), QStringLiteral("sqlite"));
    QCOMPARE(object.value(QStringLiteral("counts")).toObject().value(QStringLiteral("tables")).toInt(), 13);
}

void CommandLine::queryPrintsEachFormat_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("expected");
    QTest::newRow("csv") << QStringLiteral("csv") << QStringLiteral("n,t,e,z\r\n1,\"a,\"\"b\",\"\",\r\n");
    QTest::newRow("json") << QStringLiteral("json")
                          << QStringLiteral("{\"columns\": [\"n\",\"t\",\"e\",\"z\"],\n\"rows\": [\n"
                                            "  [1,\"a,\\\"b\",\"\",null]\n]}\n");
    QTest::newRow("table") << QStringLiteral("table")
                           << QStringLiteral("n | t    | e | z\n--+------+---+-----\n1 | a,\"b |   | NULL\n(1 row)\n");
}

void CommandLine::queryPrintsEachFormat()
{
    QFETCH(QString, format);
    QFETCH(QString, expected);
    const Ran ran =
        run({QStringLiteral("query"), m_shop, QStringLiteral("select 1 as n, 'a,\"b' as t, '' as e, null as z"),
             QStringLiteral("--format"), format});
    QVERIFY2(ran.status == 0, qPrintable(ran.err));
    QCOMPARE(ran.out, expected);
}

void CommandLine::queryBindsParameters()
{
    const Ran ran =
        run({QStringLiteral("query"), m_shop,
             QStringLiteral("select typeof(:a) as a, typeof(:b) as b, typeof(:c) as c, :t as t"), QStringLiteral("-p"),
             QStringLiteral("a=42"), QStringLiteral("-p"), QStringLiteral("b=0042"), QStringLiteral("-p"),
             QStringLiteral("c"), QStringLiteral("--param"), QStringLiteral("t='; drop table \"order\"; --"),
             QStringLiteral("--format"), QStringLiteral("csv")});
    QVERIFY2(ran.status == 0, qPrintable(ran.err));
    QCOMPARE(ran.out, QStringLiteral("a,b,c,t\r\ninteger,text,null,\"'; drop table \"\"order\"\"; --\"\r\n"));
}

void CommandLine::queryChangesNothingUnlessToldTo()
{
    const QString change = QStringLiteral("update customer set phone = 'x' where id = 1");
    const QStringList read{QStringLiteral("query"), m_shop, QStringLiteral("select phone from customer where id = 1"),
                           QStringLiteral("--format"), QStringLiteral("csv")};
    const QString before = run(read).out;
    const Ran refused = run({QStringLiteral("query"), m_shop, change});
    QCOMPARE(refused.status, 3);
    QVERIFY2(refused.err.contains(QStringLiteral("--write")), qPrintable(refused.err));
    QCOMPARE(run(read).out, before);
    const Ran written = run({QStringLiteral("query"), m_shop, change, QStringLiteral("--write")});
    QVERIFY2(written.status == 0, qPrintable(written.err));
    QCOMPARE(run(read).out, QStringLiteral("phone\r\nx\r\n"));
}

void CommandLine::reverseTwiceChangesNoByte()
{
    const QString model = path("model");
    const QStringList arguments{QStringLiteral("reverse"), m_shop, QStringLiteral("-o"), model};
    Ran ran = run(arguments);
    QVERIFY2(ran.status == 0, qPrintable(ran.err));
    const auto before = contents(model);
    QVERIFY(before.size() > 1);
    ran = run(arguments);
    QVERIFY2(ran.status == 0, qPrintable(ran.err));
    QCOMPARE(contents(model), before);
}

void CommandLine::renderWritesAPicture_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("begins");
    QTest::newRow("svg") << path("picture.svg") << QByteArray("<?xml");
    QTest::newRow("png") << path("picture.png") << QByteArray("\x89PNG");
    QTest::newRow("pdf") << path("picture.pdf") << QByteArray("%PDF");
}

void CommandLine::renderWritesAPicture()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, begins);
    const Ran ran = run({QStringLiteral("render"), m_shop, QStringLiteral("-o"), file});
    QVERIFY2(ran.status == 0, qPrintable(ran.err));
    QFile picture(file);
    QVERIFY(picture.open(QIODevice::ReadOnly));
    QCOMPARE(picture.read(begins.size()), begins);
}

QTEST_MAIN(CommandLine)
#include "tst_command_line.moc"
