#pragma once

#include "ormcore/dialects/builtin.h"

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <sqlite3.h>

#include <memory>

/// The SQLite databases that nobody here made: copied, or made from their scripts, into a scratch folder.
struct SqliteSet {
    const char *name;
    QStringList scripts; ///< or one finished database
    const char *truth;   ///< ground truth beside them
    const char *strip = "";
};

inline QList<SqliteSet> sqliteSets()
{
    using namespace Qt::StringLiterals;
    return {
        {"chinook", {u"chinook/Chinook_Sqlite.sqlite"_qs}, "chinook/ground-truth.sqlite.json"},
        {"sakila", {u"sakila/other/sqlite-sakila-schema.sql"_qs}, "sakila/ground-truth.sqlite-schema-only.json"},
        {"omop",
         {u"omop-cdm/OMOPCDM_sqlite_5.4_ddl.sql"_qs, u"omop-cdm/OMOPCDM_sqlite_5.4_indices.sql"_qs},
         "omop-cdm/ground-truth.sqlite.json",
         "@cdmDatabaseSchema."},
        {"temporal", {u"temporal/sqlite-temporal.sql"_qs}, "temporal/ground-truth.sqlite-temporal.json"},
        {"temporal visibility", {u"temporal/sqlite-visibility.sql"_qs}, "temporal/ground-truth.sqlite-visibility.json"},
        {"spring batch", {u"spring-batch/schema-sqlite.sql"_qs}, "spring-batch/ground-truth.sqlite.json"},
        {"ensembl", {u"ensembl/sqlite-core-table.sql"_qs}, "ensembl/ground-truth.sqlite.json"},
    };
}

/// The folder of the data; empty where it is absent.
inline QString dataFolder()
{
    const QString shared = qEnvironmentVariable("CORMORANT_SHARED_DIR");
    const QString folder = shared + QStringLiteral("/data/");
    return !shared.isEmpty() && QFile::exists(folder + QStringLiteral("README.md")) ? folder : QString();
}

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline std::unique_ptr<orm::Engine> openFile(const QString &path)
{
    orm::EngineOptions options;
    options.connect.create = true;
    return orm::createEngine(orm::Url::sqliteFile(path.toStdString()).toString(), std::move(options));
}

/// A scratch database of the set, made with SQLite's own defaults: the scripts rely on them (strings in double quotes).
inline QString makeDatabase(const SqliteSet &set, const QTemporaryDir &folder)
{
    const QString path = folder.filePath(QString::fromLatin1(set.name) + QStringLiteral(".db"));
    QFile::remove(path);
    if (set.scripts.first().endsWith(QStringLiteral(".sqlite"))) {
        QFile::copy(dataFolder() + set.scripts.first(), path);
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
        return path;
    }
    sqlite3 *database = nullptr;
    bool good = sqlite3_open(path.toUtf8().constData(), &database) == SQLITE_OK &&
                sqlite3_exec(database, "PRAGMA synchronous = OFF", nullptr, nullptr, nullptr) == SQLITE_OK;
    for (const QString &script : set.scripts) {
        QByteArray sql = contentOf(dataFolder() + script);
        if (set.strip[0] != '\0')
            sql.replace(set.strip, "");
        good = good && sqlite3_exec(database, sql.constData(), nullptr, nullptr, nullptr) == SQLITE_OK;
    }
    sqlite3_close(database);
    return good ? path : QString();
}
