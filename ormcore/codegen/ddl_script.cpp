#include "ormcore/codegen/generator.h"

#include <algorithm>

namespace orm::codegen {

namespace {

using model::EntityId;

/// The model with the wanted entities and their triggers only. Foreign keys to others stay, by their names.
model::Model part(const model::Model &model, const std::vector<EntityId> &only)
{
    model::Edit edit;
    model::ModelInfo info = model.info();
    edit.changes.push_back(model::InfoChange{std::move(info)});
    const auto wanted = [&](EntityId id) { return std::find(only.begin(), only.end(), id) != only.end(); };
    for (const auto &[id, entity] : model.entities()) {
        if (!wanted(id))
            continue;
        model::Entity copy = *entity;
        for (model::ForeignKey &key : copy.foreignKeys) {
            const model::EntityPointer target = wanted(key.target) ? nullptr : model.entity(key.target);
            if (!target)
                continue;
            key.targetName = {target->schema, target->name};
            key.targetColumnNames.clear();
            for (const model::AttributeId attribute : key.targetAttributes)
                key.targetColumnNames.push_back(target->find(attribute)->name);
            key.target = {};
        }
        edit.changes.push_back(model::EntityChange{id, std::make_shared<const model::Entity>(std::move(copy))});
    }
    for (const auto &[id, trigger] : model.triggers())
        if (wanted(trigger.entity))
            edit.changes.push_back(model::TriggerChange{id, trigger});
    model::Model result;
    result.swap(edit);
    return result;
}

} // namespace

std::string ddlScript(const model::Model &model, const Dialect &dialect, const Options &options)
{
    if (options.only.empty())
        return createScript(toMetaData(model), dialect);
    return createScript(toMetaData(part(model, options.only)), dialect);
}

} // namespace orm::codegen
