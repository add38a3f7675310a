#include "ormcore/model/draft.h"
#include "ormcore/model/metadata_parts.h"
#include "ormcore/model/names.h"

#include <algorithm>
#include <set>

namespace orm::model {

namespace {

/// Equal but for how the database spells it: then the model's own, portable type stays.
bool sameButNative(const Type &model, Type database)
{
    database.native.clear();
    database.nativeDialect.clear();
    return model.native.empty() && model == database;
}

bool isRowNumber(IdentityKind kind) { return kind == IdentityKind::RowId || kind == IdentityKind::AutoIncrement; }

/// What a database cannot tell about an attribute stays as the model has it.
void keepAttribute(Attribute &fresh, const Attribute &old)
{
    fresh.id = old.id;
    fresh.member = old.member;
    fresh.unknown = old.unknown;
    if (fresh.comment.empty())
        fresh.comment = old.comment;
    if (old.identity == IdentityKind::ByDefault && isRowNumber(fresh.identity) && old.type.isInteger()) {
        fresh.identity = old.identity; // how this database counts
        fresh.type = old.type;
        fresh.nullable = old.nullable;
    } else if (sameButNative(old.type, fresh.type)) {
        fresh.type = old.type;
    }
}

/// Gives each fresh part the id, the unknown keys and, where it has none, the name of the first old part that is the
/// same by one of the measures, the strictest first. No old part is used twice.
template <class Part, class... Measure>
void keepParts(std::vector<Part> &fresh, const std::vector<Part> &old, const Measure &...measures)
{
    std::set<const Part *> used;
    std::set<const Part *> done;
    const auto pass = [&](const auto &same) {
        for (Part &part : fresh) {
            if (done.count(&part) != 0)
                continue;
            const auto found = std::find_if(old.begin(), old.end(), [&](const Part &candidate) {
                return used.count(&candidate) == 0 && same(part, candidate);
            });
            if (found == old.end())
                continue;
            used.insert(&*found);
            done.insert(&part);
            part.id = found->id;
            part.unknown = found->unknown;
            if (part.name.empty())
                part.name = found->name;
            if constexpr (std::is_same_v<Part, ForeignKey>)
                part.relationship = found->relationship;
        }
    };
    (pass(measures), ...);
}

constexpr auto kSameName = [](const auto &a, const auto &b) { return !a.name.empty() && sameName(a.name, b.name); };
constexpr auto kSameAttributes = [](const auto &a, const auto &b) { return a.attributes == b.attributes; };
constexpr auto kSameTarget = [](const ForeignKey &a, const ForeignKey &b) {
    return a.attributes == b.attributes && a.target == b.target && a.targetAttributes == b.targetAttributes;
};
constexpr auto kSameExpression = [](const Check &a, const Check &b) { return a.expression == b.expression; };
constexpr auto kSameIndexParts = [](const Index &a, const Index &b) { return a.parts == b.parts; };

/// The fresh entity's attributes under the ids that the old one has for their names.
void keepAttributes(Entity &fresh, const Entity &old)
{
    std::map<AttributeId, AttributeId> renumbered;
    std::set<AttributeId> used;
    for (Attribute &attribute : fresh.attributes) {
        const Attribute *before = old.find(std::string_view(attribute.name));
        if (before == nullptr || !used.insert(before->id).second)
            continue;
        renumbered.emplace(attribute.id, before->id);
        keepAttribute(attribute, *before);
    }
    const auto renumber = [&](AttributeId &id) {
        if (const auto found = renumbered.find(id); found != renumbered.end())
            id = found->second;
    };
    std::for_each(fresh.primaryKey.attributes.begin(), fresh.primaryKey.attributes.end(), renumber);
    for (Key &key : fresh.uniques)
        std::for_each(key.attributes.begin(), key.attributes.end(), renumber);
    for (Index &index : fresh.indexes)
        for (IndexPart &part : index.parts)
            renumber(part.attribute);
}

void keepEntity(Entity &fresh, const Entity &old)
{
    fresh.id = old.id;
    fresh.className = old.className;
    fresh.unknown = old.unknown;
    if (fresh.comment.empty())
        fresh.comment = old.comment;
    keepAttributes(fresh, old);
    fresh.primaryKey.unknown = old.primaryKey.unknown;
    if (fresh.primaryKey.name.empty() && fresh.primaryKey.attributes == old.primaryKey.attributes)
        fresh.primaryKey.name = old.primaryKey.name;
    keepParts(fresh.uniques, old.uniques, kSameAttributes, kSameName);
    keepParts(fresh.checks, old.checks, kSameExpression, kSameName);
    keepParts(fresh.indexes, old.indexes, kSameName, kSameIndexParts);
}

/// Diagrams that show everything go on doing so.
void showOnDiagrams(Draft &draft, const std::vector<EntityId> &added)
{
    const Model &model = draft.model();
    for (const auto &[diagram, info] : model.diagrams()) {
        std::set<EntityId> shown;
        for (const auto &[id, node] : model.nodes(diagram))
            shown.insert(node.entity);
        const bool all = std::all_of(model.entities().begin(), model.entities().end(),
                                     [&](const auto &entry) { return shown.count(entry.first) != 0; });
        for (const EntityId entity : added)
            if (all)
                draft.put(diagram, {draft.newId<NodeId>(), entity, 0, 0, false});
    }
}

void removeGone(Draft &draft, const std::set<EntityId> &kept)
{
    const Model &model = draft.model();
    for (const auto &[diagram, info] : model.diagrams())
        for (const auto &[id, node] : model.nodes(diagram))
            if (kept.count(node.entity) == 0)
                draft.remove(diagram, id);
    for (const auto &[id, entity] : model.entities())
        if (kept.count(id) == 0)
            draft.remove(id);
}

void mergeTriggers(Draft &draft, const MetaData &metadata, const EntityFinder &find)
{
    std::map<TriggerId, TriggerElement> left = draft.model().triggers();
    for (const Trigger &source : metadata.triggers) {
        TriggerElement trigger;
        trigger.name = source.name.name;
        trigger.definition = source.definition;
        const Entity *entity = find(source.table);
        if (entity != nullptr)
            trigger.entity = entity->id;
        if (entity == nullptr || entity->name != source.table.name || entity->schema != source.table.schema)
            trigger.table = source.table;
        const auto found = std::find_if(left.begin(), left.end(), [&](const auto &old) {
            return old.second.entity == trigger.entity && sameName(old.second.name, trigger.name);
        });
        if (found == left.end()) {
            trigger.id = draft.newId<TriggerId>();
            draft.put(std::move(trigger));
            continue;
        }
        trigger.id = found->first;
        if (trigger != found->second)
            draft.put(std::move(trigger));
        left.erase(found);
    }
    for (const auto &[id, trigger] : left)
        draft.remove(id);
}

} // namespace

Edit mergeMetaData(const Model &model, const MetaData &metadata)
{
    Draft draft(model);
    IdSource &ids = draft.ids();
    std::vector<const Entity *> before;
    for (const auto &[id, entity] : model.entities())
        before.push_back(entity.get());
    const EntityFinder findOld = finderOf(before);

    std::set<EntityId> kept;
    std::vector<EntityId> added;
    std::vector<Entity> fresh;
    std::vector<const Entity *> pointers;
    fresh.reserve(metadata.tables().size()); // pointers stay valid
    for (const auto &table : metadata.tables()) {
        Entity entity = entityOf(*table, ids);
        const Entity *old = findOld(table->name());
        if (old != nullptr && kept.insert(old->id).second)
            keepEntity(entity, *old);
        else
            added.push_back(entity.id);
        fresh.push_back(std::move(entity));
        pointers.push_back(&fresh.back());
    }
    const EntityFinder find = finderOf(pointers);
    removeGone(draft, kept);
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        Entity entity = fresh[i];
        entity.foreignKeys = foreignKeysOf(*metadata.tables()[i], entity, find, ids);
        if (const EntityPointer old = model.entity(entity.id)) {
            keepParts(entity.foreignKeys, old->foreignKeys, kSameTarget, kSameAttributes);
            entity.junction = old->junction && entity.foreignKeys.size() > 1;
            draft.edit(entity.id) = std::move(entity);
        } else {
            entity.junction = joinsTwo(entity);
            draft.put(std::move(entity));
        }
    }
    mergeTriggers(draft, metadata, find);
    showOnDiagrams(draft, added);
    return draft.take();
}

} // namespace orm::model
