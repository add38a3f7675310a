#pragma once

#include "ormcore/model/model.h"

#include <unordered_set>

namespace orm::model {

/// Makes ids that a model does not have, many at a time: each is also different from those it gave before.
///
/// Random, so that two branches do not meet: at least four characters of base 36, more as the model grows.
class IdSource {
public:
    explicit IdSource(const Model &model);
    template <class IdType> [[nodiscard]] IdType next() { return IdType{fresh()}; }

private:
    [[nodiscard]] std::uint64_t fresh();
    std::unordered_set<std::uint64_t> m_used;
};

/// Calls visit(value) for every id of an entity and its parts, in their order.
template <class Visitor> void visitIds(const Entity &entity, Visitor visit)
{
    visit(entity.id.value);
    for (const Attribute &attribute : entity.attributes)
        visit(attribute.id.value);
    for (const Key &key : entity.uniques)
        visit(key.id.value);
    for (const Check &check : entity.checks)
        visit(check.id.value);
    for (const ForeignKey &key : entity.foreignKeys)
        visit(key.id.value);
    for (const Index &index : entity.indexes)
        visit(index.id.value);
}

} // namespace orm::model
