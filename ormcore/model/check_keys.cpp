#include "ormcore/model/check_rules.h"

#include "ormcore/model/names.h"
#include "ormcore/model/text_escape.h"

#include <algorithm>

namespace orm::model {

namespace {

std::vector<AttributeId> columnsOf(const Index &index)
{
    std::vector<AttributeId> columns;
    for (const IndexPart &part : index.parts)
        columns.push_back(part.attribute); // none for an expression: equals no attribute
    return columns;
}

bool isPrefix(const std::vector<AttributeId> &prefix, const std::vector<AttributeId> &list)
{
    return prefix.size() <= list.size() && std::equal(prefix.begin(), prefix.end(), list.begin());
}

/// Whether values of one type can refer to values of the other without a conversion.
bool sameKind(const Type &a, const Type &b)
{
    if (a.kind == TypeKind::Unknown || b.kind == TypeKind::Unknown)
        return a.native.empty() || b.native.empty() || sameName(a.native, b.native);
    if (a.isInteger() && b.isInteger())
        return a.kind == b.kind || (a.nativeDialect == "sqlite" && b.nativeDialect == "sqlite");
    if (a.isText() && b.isText())
        return true;
    return a.kind == b.kind;
}

std::string keyName(const Entity &child, const ForeignKey &key)
{
    std::string columns;
    for (const AttributeId id : key.attributes)
        if (const Attribute *attribute = child.find(id))
            columns += (columns.empty() ? "" : ", ") + escaped(attribute->name);
    return "The foreign key (" + columns + ") of " + shown(child);
}

void checkTarget(Findings &findings, const Entity &child, const ForeignKey &key, const Entity &target)
{
    const auto &targets = key.targetAttributes.empty() ? target.primaryKey.attributes : key.targetAttributes;
    const std::string name = keyName(child, key);
    if (targets.size() != key.attributes.size() || !target.isUnique(targets)) {
        findings.add(Severity::Error, "fk-target-not-unique", child,
                     name + " refers to attributes of " + shown(target) +
                         " that are neither its primary key nor a unique key. Make them one, or refer to another.",
                     {}, key.id);
        if (targets.size() != key.attributes.size())
            return;
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const Attribute *from = child.find(key.attributes[i]);
        const Attribute *to = target.find(targets[i]);
        if (from != nullptr && to != nullptr && !sameKind(from->type, to->type))
            findings.add(Severity::Warning, "fk-type-mismatch", child,
                         shown(child, *from) + " is " + from->type.toString() + " but refers to " + shown(target, *to) +
                             ", which is " + to->type.toString() + ". Give both the same type.",
                         from->id, key.id);
    }
}

void checkActions(Findings &findings, const Entity &child, const ForeignKey &key)
{
    if (key.onDelete != ReferentialAction::SetNull && key.onUpdate != ReferentialAction::SetNull)
        return;
    for (const AttributeId id : key.attributes)
        if (const Attribute *attribute = child.find(id); attribute != nullptr && !attribute->nullable)
            findings.add(Severity::Error, "set-null-on-not-null", child,
                         keyName(child, key) + " would set " + shown(child, *attribute) +
                             " to NULL, which it cannot be. Let it be NULL, or choose another action.",
                         id, key.id);
}

bool isPlain(const Index &index)
{
    return !index.unique && index.where.empty() && index.method.empty() && index.definition.empty() &&
           !index.parts.empty() && std::all_of(index.parts.begin(), index.parts.end(), [](const IndexPart &part) {
               return part.attribute && part.expression.empty() && !part.descending && part.collation.empty();
           });
}

} // namespace

bool leadsAnIndex(const Entity &entity, const std::vector<AttributeId> &attributes, const Index *except)
{
    const auto leads = [&](const std::vector<AttributeId> &list) { return isPrefix(attributes, list); };
    if (leads(entity.primaryKey.attributes) || std::any_of(entity.uniques.begin(), entity.uniques.end(),
                                                           [&](const Key &key) { return leads(key.attributes); }))
        return true;
    return std::any_of(entity.indexes.begin(), entity.indexes.end(), [&](const Index &index) {
        if (&index == except || !index.where.empty() || !leads(columnsOf(index)))
            return false;
        // of two equal indexes the later one is too many
        return except == nullptr || index.parts.size() > attributes.size() || index.unique || &index < except;
    });
}

void checkForeignKeys(Findings &findings)
{
    for (const EntityPointer &child : findings.model.sortedEntities())
        for (const ForeignKey &key : child->foreignKeys) {
            if (const EntityPointer target = findings.model.entity(key.target))
                checkTarget(findings, *child, key, *target);
            else
                findings.add(Severity::Error, "fk-target-missing", *child,
                             keyName(*child, key) + " refers to \"" + escaped(key.targetName.toString()) +
                                 "\", which is not in the model. Add it, or remove the foreign key.",
                             {}, key.id);
            checkActions(findings, *child, key);
            if (!key.attributes.empty() && !leadsAnIndex(*child, key.attributes))
                findings.add(Severity::Note, "fk-no-index", *child,
                             keyName(*child, key) +
                                 " has no index: deleting a parent and joining search the whole table. Add one.",
                             {}, key.id);
        }
}

void checkIndexes(Findings &findings)
{
    for (const EntityPointer &entity : findings.model.sortedEntities())
        for (const Index &index : entity->indexes)
            if (isPlain(index) && leadsAnIndex(*entity, columnsOf(index), &index))
                findings.add(Severity::Warning, "redundant-index", *entity,
                             "The index \"" + escaped(index.name) + "\" of " + shown(*entity) +
                                 " is the beginning of another index or key: it costs writes and serves no query. "
                                 "Remove it.",
                             {}, index.id);
}

} // namespace orm::model
