#pragma once

#include "ormcore/session/loading/object_rows.h"
#include "ormcore/session/loading/subquery_sql.h"

namespace orm {

/// Brings relationships of many objects into memory at once, as a plan says.
///
/// What is in memory already is neither asked for nor overwritten, unless it is to be populated anew.
class RelationLoader {
public:
    explicit RelationLoader(SessionCore &core, bool populate = false) noexcept : m_core(core), m_populate(populate) {}
    /// `joined`: the objects' own statement brought what the plan joins. `source`: null where there is no query, and
    /// subqueries are replaced by lists of keys.
    void load(const std::vector<State *> &states, const LoadPlan &plan, bool joined, const LoadSource *source);
    /// One SELECT for each chunk of objects, and what the step has below.
    void selectIn(const std::vector<State *> &states, const LoadStep &step);

private:
    [[nodiscard]] std::vector<State *> wanted(const std::vector<State *> &states, const Relationship &relation) const;
    void below(const std::vector<State *> &states, const LoadStep &step, bool joined, const LoadSource *source);
    void afterJoin(const std::vector<State *> &states, const LoadStep &step, const LoadSource *source);
    void bySubquery(const std::vector<State *> &states, const LoadStep &step, const LoadSource &source);
    void fetch(const std::vector<State *> &states, const LoadStep &step);
    void fetchLists(const std::vector<State *> &owners, const LoadStep &step);
    void fetchTargets(const std::vector<State *> &owners, const LoadStep &step);
    template <class Take> void run(const Select &select, ObjectRows &rows, Take take, bool everyRow = false);
    void takeLists(const Select &select, ObjectRows &rows, const std::vector<State *> &owners,
                   const Relationship &relationship);
    void takeTargets(const Select &select, ObjectRows &rows, const std::vector<State *> &owners,
                     const Relationship &relationship);

    SessionCore &m_core;
    bool m_populate;
};

} // namespace orm
