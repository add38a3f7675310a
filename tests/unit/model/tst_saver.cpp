#include "tests/unit/model/failing_calls.h"
#include "tests/unit/model/model_samples.h"

#include "ormcore/base/error.h"
#include "ormcore/model/model_folder.h"
#include "ormcore/model/saver.h"
#include "ormcore/model/storage.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <map>
#include <sys/stat.h>

using namespace orm::model;
using orm::Operational;
using orm::ParseError;

namespace {

/// Every file below a folder with its content; the backups only if asked for.
std::map<QString, QByteArray> tree(const QString &folder, bool backups = false)
{
    std::map<QString, QByteArray> files;
    QDirIterator walk(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        QFile file(walk.next());
        const QString name = QDir(folder).relativeFilePath(file.fileName());
        if ((backups || !name.startsWith(QLatin1String(".backup/"))) && file.open(QIODevice::ReadOnly))
            files[name] = file.readAll();
    }
    return files;
}

std::filesystem::path pathOf(const QString &text) { return text.toStdString(); }

/// The shop with an entity renamed, one removed and one added: files that change, go and come.
Model changedShop(Model model)
{
    samples::apply(model, renameEntity(model, model.entity("customer")->id, "client"));
    const EntityId junction = model.entity("order_product")->id;
    samples::apply(model, removeEntities(model, std::span(&junction, 1)));
    samples::addEntity(model, "invoice");
    return model;
}

} // namespace

class SaverTest : public QObject {
    Q_OBJECT

private slots:
    void savedModelLoadsEqual();
    void savingTwiceChangesNothing();
    void onlyChangedFilesAreTouched();
    void handFormattedFilesStayAsTheyAre();
    void filesOfRemovedEntitiesGo();
    void modelFileKeepsTheNameThatItHas();
    void twoModelsInOneFolderAreRefused();
    void fiveGenerationsAreKept();
    void backupOpensAsAModel();
    void everyFailedCallLeavesTheOldFiles_data();
    void everyFailedCallLeavesTheOldFiles();
    void shortWritesAndInterruptsAreCarriedOn();
    void dataThatDidNotArriveIsNoticed();
    void fileSystemsWithoutLinksWork();
    void fullDiskSaysHowMuchIsNeeded();
    void writeProtectedFilesAreNotReplaced();
    void missingAndForeignPathsAreClearErrors();
    void singleFilesAreSavedTheSameWay();
    void linksAreFollowed();
};

void SaverTest::savedModelLoadsEqual()
{
    QTemporaryDir folder;
    const Model model = samples::shop();
    const auto path = pathOf(folder.filePath(QStringLiteral("new/shop")));
    save(model, path);
    QVERIFY(load(path) == model);
    QVERIFY(load(path / "shop.cormorant") == model);
    save(model, pathOf(folder.filePath(QStringLiteral("named/my.cormorant"))));
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("named/my.cormorant"))));
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("named/model/main/order.ent"))));
}

void SaverTest::savingTwiceChangesNothing()
{
    QTemporaryDir folder;
    save(samples::shop(), pathOf(folder.path()));
    const auto before = tree(folder.path(), true);
    save(load(pathOf(folder.path())), pathOf(folder.path()));
    QVERIFY(tree(folder.path(), true) == before);
}

void SaverTest::onlyChangedFilesAreTouched()
{
    QTemporaryDir folder;
    Model model = samples::shop();
    save(model, pathOf(folder.path()));
    struct stat product {};
    struct stat after {};
    const std::string untouched = (pathOf(folder.path()) / "model/main/product.ent").string();
    QCOMPARE(::stat(untouched.c_str(), &product), 0);
    samples::addAttribute(model, model.entity("order")->id, "note");
    save(model, pathOf(folder.path()));
    QCOMPARE(::stat(untouched.c_str(), &after), 0);
    QCOMPARE(after.st_ino, product.st_ino);
    QVERIFY(load(pathOf(folder.path())) == model);
}

void SaverTest::handFormattedFilesStayAsTheyAre()
{
    QTemporaryDir folder;
    save(samples::shop(), pathOf(folder.path()));
    Model model = load(pathOf(folder.path()));
    QFile file(folder.filePath(QStringLiteral("model/main/product.ent")));
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray aligned = file.readAll().replace("attr ", "attr   ");
    file.resize(0);
    file.write(aligned);
    file.close();
    samples::addAttribute(model, model.entity("order")->id, "note");
    save(model, pathOf(folder.path()));
    QCOMPARE(tree(folder.path())[QStringLiteral("model/main/product.ent")], aligned);
}

void SaverTest::filesOfRemovedEntitiesGo()
{
    QTemporaryDir folder;
    const Model model = samples::shop();
    save(model, pathOf(folder.path()));
    const Model changed = changedShop(model);
    save(changed, pathOf(folder.path()));
    const auto files = tree(folder.path());
    QVERIFY(files.contains(QStringLiteral("model/main/client.ent")));
    QVERIFY(!files.contains(QStringLiteral("model/main/customer.ent")));
    QVERIFY(!files.contains(QStringLiteral("model/main/order_product.ent")));
    QCOMPARE(files.size(), write(changed).size());
    QVERIFY(load(pathOf(folder.path())) == changed);
}

void SaverTest::modelFileKeepsTheNameThatItHas()
{
    QTemporaryDir folder;
    Model model = samples::shop();
    save(model, pathOf(folder.filePath(QStringLiteral("other.cormorant"))));
    samples::apply(model, setInfo(model, {"renamed", {}, {}}));
    save(model, pathOf(folder.path()));
    const auto files = tree(folder.path());
    QVERIFY(files.contains(QStringLiteral("other.cormorant")));
    QVERIFY(!files.contains(QStringLiteral("renamed.cormorant")));
}

void SaverTest::twoModelsInOneFolderAreRefused()
{
    QTemporaryDir folder;
    save(samples::shop(), pathOf(folder.path()));
    QVERIFY_THROWS_EXCEPTION(Operational,
                             save(samples::shop(), pathOf(folder.filePath(QStringLiteral("b.cormorant")))));
    QVERIFY(QFile::copy(folder.filePath(QStringLiteral("shop.cormorant")),
                        folder.filePath(QStringLiteral("copy.cormorant"))));
    QVERIFY_THROWS_EXCEPTION(Operational, (void)load(pathOf(folder.path())));
}

void SaverTest::fiveGenerationsAreKept()
{
    QTemporaryDir folder;
    FailingCalls calls; // none fails
    Model model = samples::shop();
    Saver(calls).save(model, pathOf(folder.path()));
    QVERIFY(!QDir(folder.filePath(QStringLiteral(".backup"))).exists());
    for (int i = 0; i < 8; ++i) {
        samples::addEntity(model, "extra" + std::to_string(i));
        Saver(calls).save(model, pathOf(folder.path()));
    }
    const QDir backups(folder.filePath(QStringLiteral(".backup")));
    QCOMPARE(backups.entryList({QStringLiteral("*.backup")}, QDir::Files, QDir::Name),
             (QStringList{QStringLiteral("4.backup"), QStringLiteral("5.backup"), QStringLiteral("6.backup"),
                          QStringLiteral("7.backup"), QStringLiteral("8.backup")}));
    QFile ignore(backups.filePath(QStringLiteral(".gitignore")));
    QVERIFY(ignore.open(QIODevice::ReadOnly));
    QCOMPARE(ignore.readAll(), QByteArray("*\n"));
}

void SaverTest::backupOpensAsAModel()
{
    QTemporaryDir folder;
    const Model model = samples::shop();
    save(model, pathOf(folder.path()));
    save(changedShop(model), pathOf(folder.path()));
    const auto backup = pathOf(folder.filePath(QStringLiteral(".backup/1.backup")));
    QVERIFY(load(backup) == model);
    QFile file(QString::fromStdString(backup.string()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const std::string text = file.readAll().toStdString();
    for (std::size_t size = 0; size < text.size(); ++size)
        QVERIFY_THROWS_EXCEPTION(ParseError, (void)unpacked("1.backup", text.substr(0, size)));
}

void SaverTest::everyFailedCallLeavesTheOldFiles_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<bool>("noLinks");
    QTest::newRow("input or output error") << EIO << false;
    QTest::newRow("full disk") << ENOSPC << false;
    QTest::newRow("read-only file system") << EROFS << false;
    QTest::newRow("full disk without links") << ENOSPC << true;
}

void SaverTest::everyFailedCallLeavesTheOldFiles()
{
    QFETCH(int, error);
    QFETCH(bool, noLinks);
    const Model model = samples::shop();
    const Model changed = changedShop(model);
    int failures = 0;
    for (int at = 1;; ++at) {
        QTemporaryDir folder;
        FailingCalls calls;
        Saver(calls).save(model, pathOf(folder.path()));
        const auto before = tree(folder.path());
        calls.calls = 0;
        calls.failAt = at;
        calls.error = error;
        calls.noLinks = noLinks;
        try {
            Saver(calls).save(changed, pathOf(folder.path()));
        } catch (const Operational &failed) {
            ++failures;
            QVERIFY2(tree(folder.path()) == before, failed.what());
            QVERIFY2(QByteArray(failed.what()).contains(folder.path().toUtf8()), failed.what());
            if (error == ENOSPC)
                QVERIFY(failed.reason() == Operational::Reason::Full);
            if (error == EROFS)
                QVERIFY(failed.reason() == Operational::Reason::ReadOnly);
            continue;
        }
        QVERIFY(load(pathOf(folder.path())) == changed);
        if (calls.calls < at)
            break; // no call was left to fail
    }
    qInfo("%d calls failed one by one", failures);
    QVERIFY(failures > 30);
}

void SaverTest::shortWritesAndInterruptsAreCarriedOn()
{
    QTemporaryDir folder;
    FailingCalls calls;
    calls.shortWrites = true;
    calls.interrupts = 5;
    Saver(calls).save(samples::shop(), pathOf(folder.path()));
    QCOMPARE(tree(folder.path()).size(), write(samples::shop()).size());
    (void)load(pathOf(folder.path()));
}

void SaverTest::dataThatDidNotArriveIsNoticed()
{
    QTemporaryDir folder;
    save(samples::shop(), pathOf(folder.path()));
    const auto before = tree(folder.path());
    FailingCalls calls;
    calls.lies = true;
    QVERIFY_THROWS_EXCEPTION(Operational, Saver(calls).save(samples::shop(), pathOf(folder.path())));
    QVERIFY(tree(folder.path()) == before);
}

void SaverTest::fileSystemsWithoutLinksWork()
{
    QTemporaryDir folder;
    const Model model = samples::shop();
    save(model, pathOf(folder.path()));
    FailingCalls calls;
    calls.noLinks = true;
    Saver(calls).save(changedShop(model), pathOf(folder.path()));
    QCOMPARE(tree(folder.path()).size(), write(load(pathOf(folder.path()))).size());
}

void SaverTest::fullDiskSaysHowMuchIsNeeded()
{
    if (!QFile::exists(QStringLiteral("/dev/full")))
        QSKIP("this system has no /dev/full");
    QTemporaryDir folder;
    FailingCalls calls;
    calls.failAt = 2; // the first write
    calls.error = ENOSPC;
    try {
        Saver(calls).saveFile(pathOf(folder.filePath(QStringLiteral("a.sql"))), std::string(12345, 'x'));
        QFAIL("it was saved");
    } catch (const Operational &error) {
        QVERIFY2(QByteArray(error.what()).contains("12345 bytes are needed"), error.what());
        QVERIFY2(QByteArray(error.what()).contains("a.sql"), error.what());
    }
    QVERIFY(tree(folder.path()).empty());
}

void SaverTest::writeProtectedFilesAreNotReplaced()
{
    QTemporaryDir folder;
    Model model = samples::shop();
    save(model, pathOf(folder.path()));
    const QString path = folder.filePath(QStringLiteral("model/main/order.ent"));
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
    samples::addAttribute(model, model.entity("order")->id, "note");
    const auto before = tree(folder.path());
    try {
        save(model, pathOf(folder.path()));
        QFAIL("it was saved");
    } catch (const Operational &error) {
        QVERIFY(error.reason() == Operational::Reason::ReadOnly);
        QVERIFY2(QByteArray(error.what()).contains("order.ent"), error.what());
    }
    QVERIFY(tree(folder.path()) == before);
}

void SaverTest::missingAndForeignPathsAreClearErrors()
{
    QTemporaryDir folder;
    QFile other(folder.filePath(QStringLiteral("x.db")));
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.close();
    for (const char *name : {"none", "none.cormorant", "", "x.db", ".backup/1.backup"}) {
        try {
            (void)load(pathOf(folder.filePath(QString::fromLatin1(name))));
            QFAIL(name);
        } catch (const Operational &error) {
            QVERIFY2(error.reason() == Operational::Reason::CannotOpen, error.what());
            QVERIFY2(QByteArray(error.what()).contains(folder.path().toUtf8()), error.what());
        }
    }
    QVERIFY_THROWS_EXCEPTION(Operational, saveFile(pathOf(folder.filePath(QStringLiteral("no/where.sql"))), "x"));
    QVERIFY_THROWS_EXCEPTION(Operational, saveFile(pathOf(folder.path()), "x"));
}

void SaverTest::singleFilesAreSavedTheSameWay()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.sql"));
    saveFile(pathOf(path), "one");
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
    saveFile(pathOf(path), std::string_view("two\0three", 9));
    QCOMPARE(tree(folder.path()).size(), std::size_t{1});
    QCOMPARE(tree(folder.path())[QStringLiteral("a.sql")], QByteArray("two\0three", 9));
    struct stat status {};
    QCOMPARE(::stat(path.toLocal8Bit().constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0600U);
}

void SaverTest::linksAreFollowed()
{
    QTemporaryDir folder;
    const QString target = folder.filePath(QStringLiteral("real.sql"));
    const QString link = folder.filePath(QStringLiteral("link.sql"));
    saveFile(pathOf(target), "one");
    QVERIFY(QFile::link(target, link));
    saveFile(pathOf(link), "two");
    QVERIFY(QFileInfo(link).isSymLink());
    QCOMPARE(tree(folder.path())[QStringLiteral("real.sql")], QByteArray("two"));
}

QTEST_APPLESS_MAIN(SaverTest)
#include "tst_saver.moc"
