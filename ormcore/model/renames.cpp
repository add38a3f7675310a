#include "ormcore/model/renames.h"

#include "ormcore/model/sql_words.h"

namespace orm::model {

namespace {

using Renaming = std::pair<std::string, std::string>; // from, to

std::vector<Renaming> renamedAttributes(const Entity &before, const Entity &after)
{
    std::vector<Renaming> changes;
    for (const Attribute &attribute : after.attributes)
        if (const Attribute *old = before.find(attribute.id); old != nullptr && old->name != attribute.name)
            changes.emplace_back(old->name, attribute.name);
    return changes;
}

void renameColumn(Entity &entity, const std::string &from, const std::string &to)
{
    const auto rename = [&](SqlText &text) { text.sql = withColumnRenamed(text.sql, from, to); };
    for (Attribute &attribute : entity.attributes)
        rename(attribute.generated);
    for (Check &check : entity.checks)
        rename(check.expression);
    for (Index &index : entity.indexes) {
        rename(index.where);
        rename(index.definition);
        for (IndexPart &part : index.parts)
            rename(part.expression);
    }
}

void renameTable(Draft &draft, const std::string &from, const std::string &to)
{
    for (const EntityId id : draft.entities()) {
        const Entity &entity = draft.entity(id);
        if (entity.kind != TableKind::View)
            continue;
        const std::string sql = withTableRenamed(entity.definition.sql, from, to);
        if (sql != entity.definition.sql)
            draft.edit(id).definition.sql = sql;
    }
}

} // namespace

void followRenames(Draft &draft, const Entity &before, EntityId id)
{
    const Entity after = draft.entity(id);
    const std::vector<Renaming> columns = renamedAttributes(before, after);
    const bool table = before.name != after.name;
    if (!table && columns.empty())
        return;
    for (const auto &[from, to] : columns)
        renameColumn(draft.edit(id), from, to);
    if (table) {
        renameTable(draft, before.name, after.name);
        for (Index &index : draft.edit(id).indexes)
            index.definition.sql = withTableRenamed(index.definition.sql, before.name, after.name);
    }
    for (const auto &[triggerId, trigger] : draft.model().triggers()) {
        TriggerElement changed = trigger;
        if (table)
            changed.definition.sql = withTableRenamed(changed.definition.sql, before.name, after.name);
        if (trigger.entity == id)
            for (const auto &[from, to] : columns)
                changed.definition.sql = withRowColumnRenamed(changed.definition.sql, from, to);
        if (changed != trigger)
            draft.put(std::move(changed));
    }
}

} // namespace orm::model
