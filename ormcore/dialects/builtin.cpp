#include "ormcore/dialects/builtin.h"

#include "ormcore/dialects/mysql/mysql_dialect.h"
#include "ormcore/dialects/postgresql/postgresql_dialect.h"
#include "ormcore/dialects/sqlite/sqlite_driver.h"

namespace orm {

namespace {

const SqliteDriver &sqliteDriver()
{
    static const SqliteDriver driver;
    return driver;
}

} // namespace

const DriverList &builtinDrivers()
{
    // The list: a new driver is one line here.
    static const DriverList drivers = [] {
        DriverList list;
        list.add("sqlite", sqliteDriver());
        return list;
    }();
    return drivers;
}

std::vector<const Dialect *> builtinDialects()
{
    // The list: a new dialect is one line here.
    static const PostgresqlDialect postgresql;
    static const MysqlDialect mysql(MysqlDialect::Flavour::Mysql);
    static const MysqlDialect mariadb(MysqlDialect::Flavour::Mariadb);
    return {&sqliteDriver().dialect(), &postgresql, &mysql, &mariadb};
}

const Dialect &builtinDialect(std::string_view name)
{
    std::string known;
    for (const Dialect *dialect : builtinDialects()) {
        if (dialect->name() == name)
            return *dialect;
        known += (known.empty() ? "" : ", ") + dialect->name();
    }
    throw Argument("There is no dialect \"" + std::string(name) + "\". Known: " + known + ".");
}

std::unique_ptr<Engine> createEngine(std::string_view url, EngineOptions options)
{
    return std::make_unique<Engine>(builtinDrivers(), Url::parse(url), std::move(options));
}

} // namespace orm
