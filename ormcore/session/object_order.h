#pragma once

#include "ormcore/mapping/state.h"
#include "ormcore/session/loading/relation_keys.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace orm {

/// Orders objects whose tables refer to themselves or to each other in a cycle: what an object refers to stands on a
/// lower level than itself. Objects that refer to each other in a circle are cut apart at foreign keys that can be
/// NULL for a while. Pure memory; linear in objects and references.
class ObjectOrder {
public:
    /// Saves go by the foreign keys that the objects have, deletions by those that the database has.
    enum class Of { Saves, Deletions };
    struct Placed {
        State *state = nullptr;
        std::uint32_t level = 0; ///< saves go upwards, deletions downwards
        ColumnSet late;          ///< foreign keys that need an UPDATE of their own: after saves, before deletions
    };

    ObjectOrder(Of of, const std::vector<State *> &states);
    /// By level, and within a level as they were given. Errors: Argument names a circle of saves that cannot be cut.
    [[nodiscard]] std::vector<Placed> run();

private:
    enum class Tie : std::uint8_t {
        Firm,
        Nullable, ///< the key may be NULL for a while
        Loose     ///< the database does not mind the order
    };
    struct Edge {
        std::uint32_t from = 0;
        std::uint32_t to = 0;
        const Reference *reference = nullptr;
        Tie tie = Tie::Firm;
        bool cut = false;
    };
    struct Counts { // edges of an object into the circle that is being cut
        std::uint32_t all = 0;
        std::uint32_t firm = 0;
    };

    void indexNewKeys();
    void findEdges();
    void addEdge(std::uint32_t from, const Reference &reference, State &parent);
    void connect();
    [[nodiscard]] State *parentOf(State &state, const Reference &reference);
    [[nodiscard]] State *savedParent(State &state, const Reference &reference);
    [[nodiscard]] Tie tieOf(const Reference &reference, const State &parent) const;
    void cut(Edge &edge);
    [[nodiscard]] std::vector<std::uint32_t> place();
    void cutCircles(const std::vector<std::uint32_t> &left);
    void cutCircle(const std::vector<std::uint32_t> &circle, std::uint32_t number);
    void cutWhatWaits(std::uint32_t at, std::uint32_t number);
    [[noreturn]] void refuse(std::uint32_t start, std::uint32_t number) const;
    [[nodiscard]] bool inCircle(const Edge &edge, std::uint32_t number) const
    {
        return !edge.cut && m_circle[edge.from] == number && m_circle[edge.to] == number;
    }

    Of m_of;
    std::vector<Placed> m_placed;
    std::unordered_map<const State *, std::uint32_t> m_places;
    std::vector<Edge> m_edges;              // those that lead from one object are neighbours
    std::vector<std::uint32_t> m_firstFrom; // by object, and the end
    std::vector<std::uint32_t> m_leading;   // edges, sorted by the object that they lead to
    std::vector<std::uint32_t> m_firstTo;   // in m_leading, by object, and the end
    std::vector<std::uint32_t> m_circle;    // by object: the circle that it is in, 0: none
    std::vector<Counts> m_counts;
    std::unordered_map<const Mapper *, ByRelationKey<State *>> m_newKeys;
};

} // namespace orm
