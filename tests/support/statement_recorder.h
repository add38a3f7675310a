#pragma once

#include "ormcore/engine/engine.h"

#include <QTest>

#include <string>
#include <string_view>
#include <vector>

/// What a session sent, reduced to what tests compare: kind, table and number of parameter sets.
///
/// Kinds: SELECT, INSERT, UPDATE, DELETE, BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, ROLLBACK TO, else the first word
/// of the statement. The table is the first of FROM, the inner one where that is a subquery. Neighbouring INSERTs,
/// UPDATEs or DELETEs of the same text are one statement with several parameter sets, as the drivers' "execute many".
/// A statement is listed when it ends: that of an open stream comes after what was sent meanwhile. Failed ones are
/// listed too.
///
/// Expectations are written "INSERT addresses x3": kind, table (where it has one), parameter sets (where they are not
/// one). What checks return is empty where the expectation holds, else both lists side by side, for VERIFY_SENT.
/// Thread: the session's. Lifetime: outlives the engine that it listens to.
class StatementRecorder {
public:
    struct Statement {
        std::string kind;
        std::string table; ///< without schema and quotes; empty: none
        int parameterSets = 1;
        std::string sql;
        [[nodiscard]] std::string shape() const; ///< as an expectation is written
    };

    /// Hears what an engine with these options will send.
    void listenTo(orm::EngineOptions &options);
    void record(std::string_view sql);
    void clear();

    [[nodiscard]] const std::vector<Statement> &statements() const noexcept { return m_statements; }
    [[nodiscard]] const std::vector<std::string> &texts() const noexcept { return m_texts; } ///< every execution
    [[nodiscard]] int count(std::string_view kind, std::string_view table = {}) const; ///< executions; no table: of any

    // Checks of what reads and writes rows: BEGIN, SAVEPOINT and the like are left out.
    [[nodiscard]] std::string exactly(const std::vector<std::string> &expected) const;
    [[nodiscard]] std::string inAnyOrder(const std::vector<std::string> &expected) const;
    /// Only what is named is counted: "SELECT x2" is of any table, "UPDATE users x0" of one.
    [[nodiscard]] std::string counted(const std::vector<std::string> &expected) const;
    /// Every one of `first` ("INSERT users", "DELETE") was sent before every one of `then`, and both were sent.
    [[nodiscard]] std::string before(const std::string &first, const std::string &then) const;
    [[nodiscard]] std::string nothing() const { return exactly({}); }

    /// With the statements of transactions.
    [[nodiscard]] std::string exactlyWithTransactions(const std::vector<std::string> &expected) const;

private:
    [[nodiscard]] std::vector<std::string> shapes(bool withTransactions) const;

    std::vector<Statement> m_statements;
    std::vector<std::string> m_texts;
};

#define VERIFY_SENT(check)                                                                                             \
    do {                                                                                                               \
        const std::string difference = (check);                                                                        \
        QVERIFY2(difference.empty(), difference.c_str());                                                              \
    } while (false)
