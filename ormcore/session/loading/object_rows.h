#pragma once

#include "ormcore/engine/driver.h"
#include "ormcore/session/loading/collection_fill.h"
#include "ormcore/session/loading/load_plan.h"
#include "ormcore/session/loading/relation_sql.h"

#include <unordered_set>

namespace orm {

class SessionCore;

/// Rows of objects of one mapper, with what their plan joins beside them.
///
/// statement() writes the joins, read() takes the rows of what it wrote, finish() marks the collections as loaded.
class ObjectRows {
public:
    struct Options {
        bool populate = false;           ///< overwrite what is loaded and not changed
        bool repeats = false;            ///< the statement may have several rows of one object
        const RowLayout *rows = nullptr; ///< what the statement has of subclasses; null: as they are mapped
    };
    ObjectRows(SessionCore &core, const Mapper &mapper, const LoadPlan &plan, Options options);
    /// `base` selects from the mapper's table (under `alias`), with the mapper's columns.
    [[nodiscard]] Select statement(Select base, const std::string &alias = {});
    /// The row's object; null where an earlier row had it.
    [[nodiscard]] State *read(DriverStatement &row);
    [[nodiscard]] State &readAny(DriverStatement &row); ///< whether or not an earlier row had it
    void finish();

private:
    /// A joined relationship: where its columns are, and what the row before had in them.
    struct Part {
        const LoadStep *step = nullptr;
        std::string alias;
        int first = 0;
        bool repeats = false;
        std::vector<Part> below;
        State *object = nullptr;
        State *owner = nullptr;
    };
    struct Edge {
        const RelationSlot *collection;
        const State *item;
        bool operator==(const Edge &) const = default;
    };
    struct EdgeHash {
        std::size_t operator()(const Edge &edge) const noexcept
        {
            return std::hash<const RelationSlot *>()(edge.collection) * 31 + std::hash<const State *>()(edge.item);
        }
    };

    [[nodiscard]] std::vector<Part> parts(const LoadPlan &plan) const;
    void markRepeats(std::vector<Part> &level, const LoadPlan &plan, std::size_t onPath, bool shared) const;
    void join(Select &select, std::vector<Part> &parts, const ColumnOf &owner);
    [[nodiscard]] State &object(DriverStatement &row, const Mapper &mapper, int first, State *before,
                                const RowLayout *rows = nullptr);
    [[nodiscard]] State *joinedObject(const Part &part, DriverStatement &row);
    void read(Part &part, State &owner, DriverStatement &row);
    void link(const Part &part, State &owner, State *found);

    SessionCore &m_core;
    const Mapper &m_mapper;
    Options m_options;
    std::vector<Part> m_parts;
    CollectionFill m_fill;
    State *m_object = nullptr; ///< of the row before
    std::unordered_set<const State *> m_seen;
    std::unordered_set<Edge, EdgeHash> m_linked;
};

} // namespace orm
