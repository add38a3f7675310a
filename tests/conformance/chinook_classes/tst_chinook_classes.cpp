#ifndef Q_MOC_RUN
#include "awkward.h"
#include "chinook.h"

#include "ormcore/dialects/builtin.h"
#include "ormcore/engine/url.h"
#include "ormcore/reflect/reflect.h"
#include "ormcore/session/session.h"
#endif

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <string>
#include <vector>

/// Uses the classes that were generated from Chinook on a copy of it.
class ChinookClasses : public QObject {
    Q_OBJECT

private slots:
    void init();
    void artistsComeWithTheirAlbumsInTwoSelects();
    void changesAndNewObjectsAreFoundWithTheSqlite3Tool();
    void compositeKeysAndBothSidesWork();
    void createAllMakesTheSameTables();
    void awkwardNamesKeysAndDefaultsWork();

private:
    [[nodiscard]] std::unique_ptr<orm::Engine> engine(const QString &path);
    [[nodiscard]] QString answer(const QString &sql) const;
    [[nodiscard]] qsizetype selects() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::vector<std::string> m_statements;
};

void ChinookClasses::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("chinook.db"));
    QVERIFY(QFile::copy(QStringLiteral(CHINOOK_DATABASE), m_path));
    QVERIFY(QFile::setPermissions(m_path, QFile::ReadOwner | QFile::WriteOwner));
    m_statements.clear();
}

std::unique_ptr<orm::Engine> ChinookClasses::engine(const QString &path)
{
    orm::EngineOptions options;
    options.log = [this](const orm::StatementLog &log) { m_statements.push_back(log.sql); };
    options.connect.create = true;
    return orm::createEngine(orm::Url::sqliteFile(path.toStdString()).toString(), std::move(options));
}

QString ChinookClasses::answer(const QString &sql) const
{
    QProcess tool;
    tool.start(QStringLiteral("sqlite3"), {m_path, sql});
    return tool.waitForFinished() ? QString::fromUtf8(tool.readAllStandardOutput()).trimmed() : QString();
}

qsizetype ChinookClasses::selects() const
{
    return std::count_if(m_statements.begin(), m_statements.end(),
                         [](const std::string &sql) { return sql.starts_with("SELECT"); });
}

void ChinookClasses::artistsComeWithTheirAlbumsInTwoSelects()
{
    orm::Registry registry;
    chinook::mapChinook(registry);
    const auto database = engine(m_path);
    orm::Session session(*database, registry);
    const auto artists = session.all(orm::select<chinook::Artist>().options(orm::selectin<&chinook::Artist::albums>));
    QCOMPARE(artists.size(), std::size_t{275});
    std::size_t albums = 0;
    for (const auto &artist : artists)
        for (const auto &album : artist->albums)
            albums += album->artistId == artist->artistId ? 1 : 0;
    QCOMPARE(albums, std::size_t{347});
    QCOMPARE(selects(), 2);
}

void ChinookClasses::changesAndNewObjectsAreFoundWithTheSqlite3Tool()
{
    if (QStandardPaths::findExecutable(QStringLiteral("sqlite3")).isEmpty())
        QSKIP("the sqlite3 tool is not installed");
    orm::Registry registry;
    chinook::mapChinook(registry);
    const auto database = engine(m_path);
    orm::Session session(*database, registry);
    session.get<chinook::Artist>(std::int64_t{1}).set<&chinook::Artist::name>("AC/DC, João");
    chinook::Playlist made;
    made.name = "Três faixas";
    const auto playlist = session.add(std::move(made));
    for (const std::int64_t track : {1, 2, 3}) {
        chinook::PlaylistTrack entry;
        entry.trackId = track;
        playlist.add<&chinook::Playlist::playlistTracks>(std::move(entry));
    }
    session.commit();
    QCOMPARE(answer(QStringLiteral("SELECT Name FROM Artist WHERE ArtistId = 1")), QStringLiteral("AC/DC, João"));
    QCOMPARE(answer(QStringLiteral("SELECT group_concat(t.TrackId) FROM Playlist p JOIN PlaylistTrack t USING "
                                   "(PlaylistId) WHERE p.Name = 'Três faixas'")),
             QStringLiteral("1,2,3"));
    QCOMPARE(answer(QStringLiteral("SELECT count(*) FROM Playlist")), QStringLiteral("19"));
    QCOMPARE(answer(QStringLiteral("PRAGMA foreign_key_check")), QString());
}

void ChinookClasses::compositeKeysAndBothSidesWork()
{
    orm::Registry registry;
    chinook::mapChinook(registry);
    const auto database = engine(m_path);
    orm::Session session(*database, registry);
    const auto entry = session.get<chinook::PlaylistTrack>(std::int64_t{1}, std::int64_t{3402});
    QVERIFY(entry);
    QCOMPARE(entry->track->trackId, std::int64_t{3402});
    QVERIFY(entry->playlist->playlistTracks.size() > 3000);
    const auto employee = session.get<chinook::Employee>(std::int64_t{2});
    QVERIFY(employee->reportsTo.has_value());
    QCOMPARE(employee->employees.size(), std::size_t{3});
    const auto line = session.get<chinook::InvoiceLine>(std::int64_t{1});
    QVERIFY(line->unitPrice == orm::Decimal(99, 2));
    QVERIFY(line->invoice->total == orm::Decimal(198, 2));
}

void ChinookClasses::createAllMakesTheSameTables()
{
    orm::Registry registry;
    chinook::mapChinook(registry);
    const auto made = engine(m_folder->filePath(QStringLiteral("made.db")));
    orm::createAll(*made, registry.metadata());
    const auto original = engine(m_path);
    orm::Connection first = original->connect();
    orm::Connection second = made->connect();
    const orm::Inspection before = orm::inspect(first, false);
    const orm::Inspection after = orm::inspect(second, false);
    for (std::size_t i = 0; i < before.counts.size(); ++i)
        if (before.counts[i].first == "tables" || before.counts[i].first == "columns" ||
            before.counts[i].first == "foreign_keys" || before.counts[i].first == "indexes") {
            QCOMPARE(after.counts[i].first, before.counts[i].first);
            QCOMPARE(after.counts[i].second, before.counts[i].second);
        }
}

void ChinookClasses::awkwardNamesKeysAndDefaultsWork()
{
    orm::Registry registry;
    awkward::mapAwkward(registry);
    const auto made = engine(m_folder->filePath(QStringLiteral("awkward.db")));
    orm::createAll(*made, registry.metadata());
    orm::Session session(*made, registry);
    awkward::Class top;
    top.aB = orm::Bytes{std::byte{0}, std::byte{255}};
    top.x = orm::Value("any");
    const auto parent = session.add(std::move(top));
    awkward::K key;
    key.b = "b";
    key.a = 7;
    const auto composite = session.add(std::move(key));
    awkward::R row;
    row.q = 7;
    const auto child = session.add(std::move(row));
    child.set<&awkward::R::class_>(parent);
    child.set<&awkward::R::k>(composite);
    session.commit();
    QCOMPARE(child->p.value_or(""), std::string("b"));
    QVERIFY(child->g == orm::Value(8)); // computed
    QVERIFY(child->t.has_value());      // CURRENT_TIMESTAMP, which only the database knows
    QVERIFY(child->n == orm::Decimal(5, 0));
    QVERIFY(child->ok);
    QCOMPARE(parent->int_, std::string("x"));
    QCOMPARE(parent->aB->size(), std::size_t{2});
    QVERIFY(parent->r.get() == child);
    QCOMPARE(composite->rs.size(), std::size_t{1});
}

QTEST_APPLESS_MAIN(ChinookClasses)
#include "tst_chinook_classes.moc"
