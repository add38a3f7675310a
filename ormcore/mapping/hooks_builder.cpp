#include "ormcore/base/error.h"
#include "ormcore/mapping/mapper_builder.h"

namespace orm {

MapperHooks &MapperBuilder::hooks(Mapper &mapper)
{
    if (!mapper.m_hooks)
        mapper.m_hooks = std::make_unique<MapperHooks>();
    return *mapper.m_hooks;
}

/// Validators find their columns and relationships, which learn that they have some.
void MapperBuilder::findValidated(Mapper &mapper)
{
    if (!mapper.m_hooks)
        return;
    MapperHooks &hooks = *mapper.m_hooks;
    for (const ValidatorSpec &spec : hooks.validators) {
        if (spec.column) {
            const auto column = spec.offset ? mapper.columnAt(*spec.offset) : mapper.find(spec.name);
            if (!column)
                throw Argument("the validator of " + mapper.name() + "." + spec.name + ": no such column is mapped");
            mapper.m_columns[*column].validated = true;
            hooks.columns.push_back({*column, spec.name, spec.column});
            continue;
        }
        const Relationship *found =
            spec.offset ? mapper.relationshipAt(*spec.offset) : mapper.findRelationship(spec.name);
        if (!found)
            throw Argument("the validator of " + mapper.name() + "." + spec.name + ": no such relationship is mapped");
        m_impl.mappers[found->reference->owner->index()]->m_references[found->reference->index].validated = true;
        hooks.relations.push_back({found->index, spec.name, spec.relation});
    }
}

} // namespace orm
