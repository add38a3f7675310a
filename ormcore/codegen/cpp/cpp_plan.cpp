#include "ormcore/codegen/cpp/cpp_plan.h"

#include "ormcore/base/text.h"
#include "ormcore/codegen/cpp/cpp_names.h"
#include "ormcore/model/names.h"

#include <algorithm>
#include <map>

namespace orm::codegen {

namespace {

using model::Attribute;
using model::AttributeId;
using model::Entity;
using model::EntityId;
using model::ForeignKey;
using model::Model;

std::vector<std::string> columnNames(const Entity &entity, const std::vector<AttributeId> &ids)
{
    std::vector<std::string> names;
    for (const AttributeId id : ids)
        if (const Attribute *attribute = entity.find(id))
            names.push_back(attribute->name);
    return names;
}

std::string_view actionName(ReferentialAction action)
{
    switch (action) {
    case ReferentialAction::NoAction:
        return "orm::ReferentialAction::NoAction";
    case ReferentialAction::Restrict:
        return "orm::ReferentialAction::Restrict";
    case ReferentialAction::Cascade:
        return "orm::ReferentialAction::Cascade";
    case ReferentialAction::SetNull:
        return "orm::ReferentialAction::SetNull";
    case ReferentialAction::SetDefault:
        return "orm::ReferentialAction::SetDefault";
    }
    return {};
}

std::vector<std::string> actionsOf(const ForeignKey &key)
{
    std::vector<std::string> actions;
    if (key.onDelete != ReferentialAction::NoAction || key.onUpdate != ReferentialAction::NoAction)
        actions.emplace_back(actionName(key.onDelete));
    if (key.onUpdate != ReferentialAction::NoAction)
        actions.emplace_back(actionName(key.onUpdate));
    return actions;
}

std::string_view loadingName(Loading loading)
{
    switch (loading) {
    case Loading::Select:
        return {};
    case Loading::SelectIn:
        return "orm::Loading::SelectIn";
    case Loading::Joined:
        return "orm::Loading::Joined";
    case Loading::Subquery:
        return "orm::Loading::Subquery";
    case Loading::NoLoad:
        return "orm::Loading::NoLoad";
    case Loading::Raise:
        return "orm::Loading::Raise";
    }
    return {};
}

/// Key attributes stand in the order of the key: the mapping reads it from there.
std::vector<const Attribute *> orderedAttributes(const Entity &entity)
{
    std::vector<const Attribute *> ordered;
    std::vector<AttributeId> inOrder;
    for (const Attribute &attribute : entity.attributes)
        if (entity.isPrimaryKey(attribute.id))
            inOrder.push_back(attribute.id);
    const bool keysFirst = inOrder != entity.primaryKey.attributes;
    if (keysFirst)
        for (const AttributeId id : entity.primaryKey.attributes)
            ordered.push_back(entity.find(id));
    for (const Attribute &attribute : entity.attributes)
        if (!keysFirst || !entity.isPrimaryKey(attribute.id))
            ordered.push_back(&attribute);
    return ordered;
}

/// Builds the plans of all classes; a member of each step only as long as the step runs.
class Planner {
public:
    Planner(const Model &model, const Options &options) : m_model(model)
    {
        for (const model::EntityPointer &entity : model.sortedEntities()) {
            const bool wanted = options.only.empty() ||
                                std::find(options.only.begin(), options.only.end(), entity->id) != options.only.end();
            if (wanted && entity->kind == TableKind::Table)
                addClass(*entity);
        }
    }

    std::vector<ClassPlan> plans()
    {
        for (ClassPlan &plan : m_plans)
            addMembers(plan);
        for (std::size_t i = 0; i < m_plans.size(); ++i)
            for (const ForeignKey &key : m_plans[i].entity->foreignKeys)
                addForeignKey(m_plans[i], key);
        return std::move(m_plans);
    }

private:
    void addClass(const Entity &entity)
    {
        ClassPlan plan;
        plan.entity = &entity;
        const std::string wish = entity.className.empty() ? upperCamel(entity.name) : identifier(entity.className);
        const std::string qualified = entity.schema.empty() ? wish : upperCamel(entity.schema + "_" + entity.name);
        plan.name = m_classes.take({wish, qualified});
        m_index.emplace(entity.id, m_plans.size());
        m_plans.push_back(std::move(plan));
    }

    [[nodiscard]] ClassPlan *planOf(EntityId id)
    {
        const auto found = m_index.find(id);
        return found == m_index.end() ? nullptr : &m_plans[found->second];
    }

    [[nodiscard]] Scope &scopeOf(const ClassPlan &plan) { return m_scopes[plan.entity->id]; }

    /// A member called like a class would hide it.
    std::string takeMember(ClassPlan &plan, std::vector<std::string> wishes)
    {
        for (std::string &wish : wishes)
            if (m_classes.has(wish))
                wish += "_";
        return scopeOf(plan).take(wishes);
    }

    void addMembers(ClassPlan &plan)
    {
        const Entity &entity = *plan.entity;
        for (const Attribute *attribute : orderedAttributes(entity)) {
            MemberPlan member;
            member.attribute = attribute;
            member.name = takeMember(
                plan, {attribute->member.empty() ? lowerCamel(attribute->name) : identifier(attribute->member)});
            describe(member, entity);
            plan.members.push_back(std::move(member));
        }
        for (const model::Key &key : entity.uniques)
            if (key.attributes.size() > 1)
                plan.uniques.push_back(columnNames(entity, key.attributes));
    }

    void describe(MemberPlan &member, const Entity &entity) const
    {
        const Attribute &attribute = *member.attribute;
        const bool key = entity.isPrimaryKey(attribute.id);
        const auto &dialects = m_model.info().dialects;
        const bool sqlite = attribute.type.nativeDialect == "sqlite" || (!dialects.empty() && dialects[0] == "sqlite");
        member.type = memberType(attribute, sqlite); // SQLite's integers all have 64 bits
        const bool value = member.type == "orm::Value";
        member.initial = value || member.type.starts_with("std::string") ? "" : "{}";
        const bool defaulted = !attribute.serverDefault.empty();
        const std::string constant = defaulted && !attribute.nullable ? constantInitial(attribute, member.type) : "";
        if (!constant.empty())
            member.initial = constant;
        // Where only the database knows the default, the member must be able to say that nobody set it.
        const bool unset = defaulted && constant.empty() && !attribute.nullable;
        if (!value && !key && (attribute.nullable || unset)) {
            member.type = "std::optional<" + member.type + ">";
            member.initial.clear();
        }
        addOptions(member, entity, key, value || unset);
    }

    static void addOptions(MemberPlan &member, const Entity &entity, bool key, bool sayNotNull)
    {
        const Attribute &attribute = *member.attribute;
        if (std::string type = typeExpression(attribute.type); !type.empty())
            member.options.push_back(std::move(type));
        if (key)
            member.options.emplace_back("orm::primaryKey");
        if (!key && !attribute.nullable && sayNotNull)
            member.options.emplace_back("orm::notNull");
        const auto alone = [&](const model::Key &unique) {
            return unique.attributes == std::vector<AttributeId>{attribute.id};
        };
        if (std::any_of(entity.uniques.begin(), entity.uniques.end(), alone))
            member.options.emplace_back("orm::unique");
        if (!attribute.serverDefault.empty())
            member.options.push_back("orm::serverDefault(" + stringLiteral(attribute.serverDefault.sql) + ")");
        if (!attribute.generated.empty())
            member.options.push_back("orm::computed(" + stringLiteral(attribute.generated.sql) + ")");
    }

    void addForeignKey(ClassPlan &child, const ForeignKey &key)
    {
        const model::EntityPointer target = m_model.entity(key.target);
        ReferencePlan reference;
        reference.columns = columnNames(*child.entity, key.attributes);
        reference.table = target ? target->name : key.targetName.name;
        reference.actions = actionsOf(key);
        if (target)
            reference.targets = columnNames(*target, key.targetAttributes.empty() ? target->primaryKey.attributes
                                                                                  : key.targetAttributes);
        else
            reference.targets = key.targetColumnNames;
        if (reference.columns.empty())
            return;
        if (!asOption(child, reference))
            child.references.push_back(std::move(reference));
        if (ClassPlan *parent = planOf(key.target))
            addRelations(child, *parent, key);
    }

    /// A simple reference stands beside its column.
    static bool asOption(ClassPlan &child, const ReferencePlan &reference)
    {
        const bool simple = reference.columns.size() == 1 && reference.targets.size() == 1 &&
                            reference.table.find('.') == std::string::npos &&
                            reference.targets[0].find('.') == std::string::npos;
        if (!simple)
            return false;
        for (MemberPlan &member : child.members) {
            if (member.attribute->name != reference.columns[0])
                continue;
            std::string option = "orm::references(" + stringLiteral(reference.table + "." + reference.targets[0]);
            for (const std::string &action : reference.actions)
                option += ", " + action;
            member.options.push_back(option + ")");
            return true;
        }
        return false;
    }

    /// "ArtistId" and "artist_id" name the artist; another column's name does not say whom it refers to.
    static std::string roleOf(const Entity &child, const Entity &parent, const ForeignKey &key)
    {
        const std::vector<std::string> columns = columnNames(child, key.attributes);
        const std::vector<std::string> words = wordsOf(columns.back());
        if (columns.size() == 1 && words.size() > 1 && lowerAscii(words.back()) == "id") {
            std::string name;
            for (std::size_t i = 0; i + 1 < words.size(); ++i)
                name += (i == 0 ? "" : "_") + words[i];
            return lowerCamel(name);
        }
        if (columns.size() == 1 && parent.id == child.id)
            return lowerCamel(columns[0]);
        return lowerCamel(model::singular(parent.name));
    }

    static std::size_t keysBetween(const Entity &child, const Entity &parent)
    {
        return static_cast<std::size_t>(std::count_if(child.foreignKeys.begin(), child.foreignKeys.end(),
                                                      [&](const ForeignKey &key) { return key.target == parent.id; }));
    }

    static std::string columnsOption(const Entity &child, const ForeignKey &key)
    {
        std::string text = "orm::foreignKey(";
        const std::vector<std::string> columns = columnNames(child, key.attributes);
        for (std::size_t i = 0; i < columns.size(); ++i)
            text += (i == 0 ? "" : ", ") + stringLiteral(columns[i]);
        return text + ")";
    }

    void addRelations(ClassPlan &child, ClassPlan &parent, const ForeignKey &key)
    {
        const Entity &childEntity = *child.entity;
        const bool several = keysBetween(childEntity, *parent.entity) > 1;
        const bool mutual = child.entity != parent.entity && keysBetween(*parent.entity, childEntity) > 0;
        const bool single = childEntity.isUnique(key.attributes);
        const auto &view = key.relationship;

        RelationPlan up;
        up.target = parent.name;
        const std::string role =
            view.parentMember.empty() ? roleOf(childEntity, *parent.entity, key) : identifier(view.parentMember);
        up.name = takeMember(child, {role, role + parent.name});
        RelationPlan down;
        down.target = child.name;
        down.many = !single;
        const std::string base = model::singular(childEntity.name);
        const std::string children = lowerCamel(single ? base : plural(base));
        const std::string by = children + "By" + upperCamel(up.name);
        down.name = !view.childMember.empty() ? takeMember(parent, {identifier(view.childMember)})
                    : several                 ? takeMember(parent, {by})
                                              : takeMember(parent, {children, by});
        if (several)
            for (RelationPlan *side : {&up, &down})
                side->options.push_back(columnsOption(childEntity, key));
        const bool bothSides = !(single && (mutual || child.entity == parent.entity)); // which key would be a guess
        if (bothSides) {
            up.back = down.name;
            down.back = up.name;
        }
        addLoading(up, down, key, childEntity);
        child.relations.push_back(std::move(up));
        if (bothSides)
            parent.relations.push_back(std::move(down));
    }

    static void addLoading(RelationPlan &up, RelationPlan &down, const ForeignKey &key, const Entity &child)
    {
        const bool mandatory = std::any_of(key.attributes.begin(), key.attributes.end(), [&](AttributeId id) {
            const Attribute *attribute = child.find(id);
            return attribute != nullptr && (!attribute->nullable || child.isPrimaryKey(id));
        });
        if (key.relationship.deleteOrphan)
            down.options.emplace_back("orm::cascadeAllDeleteOrphan");
        else if (key.onDelete != ReferentialAction::NoAction || mandatory)
            down.options.emplace_back("orm::passiveDeletesAll"); // the database acts, or refuses
        if (const std::string_view loading = loadingName(key.relationship.loading); !loading.empty())
            for (RelationPlan *side : {&up, &down})
                side->options.push_back("orm::lazy(" + std::string(loading) + ")");
    }

    const Model &m_model;
    Scope m_classes;
    std::vector<ClassPlan> m_plans;
    std::map<EntityId, std::size_t> m_index;
    std::map<EntityId, Scope> m_scopes;
};

} // namespace

std::vector<ClassPlan> planClasses(const Model &model, const Options &options)
{
    return Planner(model, options).plans();
}

} // namespace orm::codegen
