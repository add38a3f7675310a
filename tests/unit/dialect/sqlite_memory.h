#pragma once

#include "ormcore/dialect/dialect.h"

#include <memory>
#include <sqlite3.h>
#include <string>

/// SQLite itself as the judge of what a dialect wrote, without a driver of ours between.
class SqliteMemory {
public:
    SqliteMemory()
    {
        sqlite3 *database = nullptr;
        sqlite3_open(":memory:", &database);
        m_database.reset(database);
        sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
        sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    }
    /// Empty where it worked, else SQLite's message.
    [[nodiscard]] std::string run(const std::string &sql) const
    {
        char *message = nullptr;
        sqlite3_exec(m_database.get(), sql.c_str(), nullptr, nullptr, &message);
        const std::string error = message == nullptr ? "" : std::string(message) + " in " + sql;
        sqlite3_free(message);
        return error;
    }
    /// The rows of a query, columns with | between, a line each.
    [[nodiscard]] std::string query(const std::string &sql) const
    {
        std::string rows;
        const auto add = [](void *out, int count, char **values, char **) {
            auto &text = *static_cast<std::string *>(out);
            for (int i = 0; i < count; ++i)
                text.append(i > 0 ? "|" : "").append(values[i] == nullptr ? "NULL" : values[i]);
            text += "\n";
            return 0;
        };
        char *message = nullptr;
        sqlite3_exec(m_database.get(), sql.c_str(), add, &rows, &message);
        if (message != nullptr)
            rows = std::string(message) + " in " + sql;
        sqlite3_free(message);
        return rows;
    }
    /// The number of parameters, or -1 where SQLite does not understand the statement.
    [[nodiscard]] int parameters(const std::string &sql) const
    {
        sqlite3_stmt *statement = nullptr;
        if (sqlite3_prepare_v2(m_database.get(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
            return -1;
        const int count = sqlite3_bind_parameter_count(statement);
        sqlite3_finalize(statement);
        return count;
    }
    [[nodiscard]] std::string lastError() const { return sqlite3_errmsg(m_database.get()); }

private:
    struct Close {
        void operator()(sqlite3 *database) const { sqlite3_close(database); }
    };
    std::unique_ptr<sqlite3, Close> m_database;
};
