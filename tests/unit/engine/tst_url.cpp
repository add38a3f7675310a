#include "ormcore/base/error.h"
#include "ormcore/dialects/builtin.h"

#include <QTest>

#include <string>

using namespace orm;

class UrlTest : public QObject {
    Q_OBJECT

private slots:
    void writtenUrlsAreReadBack_data();
    void writtenUrlsAreReadBack();
    void partsAreDecoded();
    void sqliteNamesItsFileAndNoServer();
    void badUrlsAreRefusedWithoutTellingThePassword_data();
    void badUrlsAreRefusedWithoutTellingThePassword();
    void unknownOptionsAndDriversAreRefusedByName();
    void fileNamesSurviveTheWayThroughText_data();
    void fileNamesSurviveTheWayThroughText();
};

void UrlTest::writtenUrlsAreReadBack_data()
{
    QTest::addColumn<std::string>("url");
    for (const char *url :
         {"sqlite://", "sqlite:///relative.db", "sqlite:////var/lib/absolute.db", "postgresql://server/shop",
          "postgresql+libpq://ana@server:5433/shop?sslmode=require", "mysql://[::1]:3306/shop", "mariadb://server",
          "firebird://ana@server/C:/data/shop.fdb", "sqlite:///with space/Ação.db"})
        QTest::newRow(url) << std::string(url);
}

void UrlTest::writtenUrlsAreReadBack()
{
    QFETCH(std::string, url);
    const Url parsed = Url::parse(url);
    QCOMPARE(parsed.toString(), url);
    QVERIFY(Url::parse(parsed.toString()) == parsed);
}

void UrlTest::partsAreDecoded()
{
    const Url url =
        Url::parse("PostgreSQL+libpq://jo%C3%A3o:p%40ss%2Fw%3Ard@[fe80::1]:5432/my%20shop?options=-c+x%3D1&a=");
    QCOMPARE(url.dialect, std::string("postgresql"));
    QCOMPARE(url.driver, std::string("libpq"));
    QCOMPARE(url.user, std::string("joão"));
    QCOMPARE(url.password, std::string("p@ss/w:rd"));
    QCOMPARE(url.host, std::string("fe80::1"));
    QCOMPARE(url.port.value(), 5432);
    QCOMPARE(url.database, std::string("my shop"));
    QCOMPARE(url.query.at("options"), std::string("-c x=1"));
    QCOMPARE(url.query.at("a"), std::string());
    QVERIFY(url.toString().find("p@ss") == std::string::npos);
    QVERIFY(url.toString().find("p%40ss") == std::string::npos);
    QVERIFY(url.toString().find(":***@") != std::string::npos);
}

void UrlTest::sqliteNamesItsFileAndNoServer()
{
    QCOMPARE(Url::parse("sqlite:///a/b.db").database, std::string("a/b.db"));
    QCOMPARE(Url::parse("sqlite:////a/b.db").database, std::string("/a/b.db"));
    QCOMPARE(Url::parse("sqlite://").database, std::string());
    QCOMPARE(Url::parse("sqlite:///:memory:").database, std::string());
    QCOMPARE(Url::parse("sqlite:///C:/x.db").database, std::string("C:/x.db"));
}

void UrlTest::badUrlsAreRefusedWithoutTellingThePassword_data()
{
    QTest::addColumn<std::string>("url");
    for (const char *url :
         {"", "shop.db", "://x", "post gres://x", "postgresql+://x", "postgresql://u:geheim@h:port/d",
          "postgresql://u:geheim/x@h/d", "postgresql://u:geheim@h:0/d", "postgresql://u:geheim@h:70000/d",
          "postgresql://u:geheim%zz@h/d", "postgresql://u:geheim@[::1/d", "postgresql://u:geheim@[::1]x/d",
          "postgresql://u:geheim@h/d?sslmode", "postgresql://u:geheim@h/d?a=1&a=2", "sqlite://shop.db",
          "sqlite:///50%.db"})
        QTest::newRow(url) << std::string(url);
}

void UrlTest::badUrlsAreRefusedWithoutTellingThePassword()
{
    QFETCH(std::string, url);
    try {
        (void)Url::parse(url);
        QFAIL("was taken");
    } catch (const Argument &error) {
        QVERIFY(std::string(error.what()).find("geheim") == std::string::npos);
        QVERIFY(std::string(error.what()).size() > 20);
    }
}

void UrlTest::unknownOptionsAndDriversAreRefusedByName()
{
    const auto message = [](const char *url) -> std::string {
        try {
            (void)createEngine(url);
        } catch (const Argument &error) {
            return error.what();
        }
        return {};
    };
    QVERIFY(message("sqlite:///x.db?mode=ro").find("mode") != std::string::npos);
    QVERIFY(message("sqlite+odbc:///x.db").find("odbc") != std::string::npos);
    QVERIFY(message("nosuch://host/x").find("nosuch") != std::string::npos);
    QVERIFY(message("nosuch://host/x").find("sqlite") != std::string::npos); // the known ones
}

void UrlTest::fileNamesSurviveTheWayThroughText_data()
{
    QTest::addColumn<std::string>("path");
    for (const char *path : {"shop.db", "/tmp/a b.db", "100%.db", "what?.db", "a#b@c:d.db", "Ação/日本.db",
                             "file:x?mode=ro", "C:\\data\\x.db", "a&b=c+d.db", "line\nbreak.db"})
        QTest::newRow(path) << std::string(path);
}

void UrlTest::fileNamesSurviveTheWayThroughText()
{
    QFETCH(std::string, path);
    const Url url = Url::sqliteFile(path);
    QCOMPARE(url.database, path);
    QVERIFY(Url::parse(url.toString()) == url);
}

QTEST_APPLESS_MAIN(UrlTest)
#include "tst_url.moc"
