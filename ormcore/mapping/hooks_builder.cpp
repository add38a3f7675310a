#include "ormcore/base/error.h"
#include "ormcore/mapping/mapper_builder.h"

namespace orm {

MapperHooks &MapperBuilder::hooks(Mapper &mapper)
{
    if (!mapper.m_hooks)
        mapper.m_hooks = std::make_unique<MapperHooks>();
    return *mapper.m_hooks;
}

/// What the base is asked and told, the class is asked and told first.
void MapperBuilder::inheritHooks(Mapper &mapper)
{
    const Mapper *base = mapper.m_hierarchy.base;
    if (!base || !base->m_hooks)
        return;
    const auto prepend = [](auto &own, const auto &inherited) {
        own.insert(own.begin(), inherited.begin(), inherited.end());
    };
    MapperHooks &own = hooks(mapper);
    for (std::size_t event = 0; event < own.handlers.size(); ++event)
        prepend(own.handlers[event], base->m_hooks->handlers[event]);
    std::vector<ValidatorSpec> validators = base->m_hooks->validators;
    if (!mapper.sharedBase()) // a concrete class has columns like its base's, but relationships of its own
        std::erase_if(validators, [](const ValidatorSpec &spec) { return !spec.column; });
    prepend(own.validators, validators);
}

void MapperBuilder::findDefaults(Mapper &mapper)
{
    for (auto &[name, defaults] : m_impl.defaults[mapper.index()])
        mapper.m_columns[mapper.position(name)].defaults = std::make_shared<const ColumnDefaults>(std::move(defaults));
    for (std::size_t i = 0; i < mapper.m_columns.size(); ++i)
        if (const auto &defaults = mapper.m_columns[i].defaults; defaults && defaults->update)
            mapper.m_updateDefaults.push_back(static_cast<std::uint16_t>(i));
}

/// Validators find their columns and relationships, which learn that they have some.
void MapperBuilder::findValidated(Mapper &mapper)
{
    inheritHooks(mapper);
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
        const Mapper &owner = *found->reference->owner;
        writable(owner).m_references[found->reference->index].validated = true;
        for (const Mapper *subclass : owner.hierarchy().subclasses)
            writable(*subclass).m_references[found->reference->index].validated = true;
        hooks.relations.push_back({found->index, spec.name, spec.relation});
    }
}

} // namespace orm
