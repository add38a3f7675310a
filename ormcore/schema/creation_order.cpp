// The order of creation: a depth-first post-order over foreign keys. Only a key that closes a cycle points forward.

#include "ormcore/schema/metadata.h"

#include <unordered_map>

namespace orm {

namespace {

enum class Mark : std::uint8_t { New, Open, Done };

struct Visit {
    std::size_t table = 0;
    std::size_t nextTarget = 0;
};

using Targets = std::vector<std::vector<std::size_t>>;

Targets targetsOf(const MetaData &metadata)
{
    std::unordered_map<const Table *, std::size_t> positions;
    for (std::size_t i = 0; i < metadata.tables().size(); ++i)
        positions.emplace(metadata.tables()[i].get(), i);
    Targets targets(metadata.tables().size());
    for (std::size_t i = 0; i < targets.size(); ++i) {
        for (const ForeignKey &key : metadata.tables()[i]->foreignKeys) {
            const Table *target = metadata.find(key.target.name, key.target.schema);
            if (target != nullptr && positions.at(target) != i)
                targets[i].push_back(positions.at(target));
        }
    }
    return targets;
}

void visit(std::size_t root, const Targets &targets, std::vector<Mark> &marks, std::vector<std::size_t> &order)
{
    if (marks[root] != Mark::New)
        return;
    std::vector<Visit> open{{root, 0}}; // not recursive: a chain of thousands of tables must not end the stack
    marks[root] = Mark::Open;
    while (!open.empty()) {
        Visit &last = open.back();
        if (last.nextTarget == targets[last.table].size()) {
            marks[last.table] = Mark::Done;
            order.push_back(last.table);
            open.pop_back();
            continue;
        }
        const std::size_t target = targets[last.table][last.nextTarget++];
        if (marks[target] == Mark::New) {
            marks[target] = Mark::Open;
            open.push_back({target, 0});
        }
    }
}

} // namespace

CreationOrder creationOrder(const MetaData &metadata)
{
    const Targets targets = targetsOf(metadata);
    std::vector<Mark> marks(targets.size(), Mark::New);
    std::vector<std::size_t> order;
    order.reserve(targets.size());
    for (std::size_t i = 0; i < targets.size(); ++i)
        visit(i, targets, marks, order);

    CreationOrder result;
    std::unordered_map<const Table *, std::size_t> places;
    for (const std::size_t position : order) {
        places.emplace(metadata.tables()[position].get(), result.tables.size());
        result.tables.push_back(metadata.tables()[position].get());
    }
    for (std::size_t i = 0; i < result.tables.size(); ++i) {
        for (const ForeignKey &key : result.tables[i]->foreignKeys) {
            const Table *target = metadata.find(key.target.name, key.target.schema);
            if (target != nullptr && places.at(target) > i)
                result.deferred.emplace_back(result.tables[i], &key);
        }
    }
    return result;
}

} // namespace orm
