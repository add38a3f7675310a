#include "ormcore/model/text_writer.h"

#include "ormcore/model/text_builder.h"
#include "ormcore/model/text_enums.h"
#include "ormcore/model/text_escape.h"

#include <algorithm>

namespace orm::model {

namespace {

std::string commentName(const std::string &name) { return escaped(name); }

std::vector<std::string> namesOf(const Entity &entity, const std::vector<AttributeId> &attributes)
{
    std::vector<std::string> names;
    for (const AttributeId id : attributes)
        if (const Attribute *attribute = entity.find(id))
            names.push_back(nameText(attribute->name));
    return names;
}

std::vector<std::string> quotedNames(const std::vector<std::string> &names)
{
    std::vector<std::string> result;
    for (const std::string &name : names)
        result.push_back(nameText(name));
    return result;
}

/// A key that says no more than which attributes, in their order: flags on the attributes' own lines do.
bool isFlagged(const Entity &entity)
{
    const Key &key = entity.primaryKey;
    std::vector<AttributeId> inOrder;
    for (const Attribute &attribute : entity.attributes)
        if (entity.isPrimaryKey(attribute.id))
            inOrder.push_back(attribute.id);
    return key.name.empty() && key.unknown.empty() && key.attributes == inOrder;
}

constexpr const char *kTypeLetters = "abcdefghijklmnopqrstuvwxyz0123456789_(),[]";

void writeType(TextBuilder &out, const Type &type)
{
    Type portable = type;
    portable.native.clear();
    portable.nativeDialect.clear();
    portable.collation.clear();
    const auto parsed = Type::parse(portable.toString());
    const std::string text = portable.toString();
    const bool plain = isPlainWord(text.substr(0, 1)) && text.find_first_not_of(kTypeLetters) == std::string::npos;
    out.word(plain ? text : quotedText(text));
    if (!parsed || *parsed == portable)
        return;
    // what this kind's spelling leaves out
    out.number("length", portable.length != parsed->length ? portable.length : std::nullopt);
    out.number("precision", portable.precision != parsed->precision ? portable.precision : std::nullopt);
    out.number("scale", portable.scale != parsed->scale ? portable.scale : std::nullopt);
    out.flag("timezone", portable.timezone && !parsed->timezone);
    if (portable.labels != parsed->labels)
        out.list(quotedNames(portable.labels), "labels");
}

void writeAttribute(TextBuilder &out, const Entity &entity, const Attribute &attribute, bool flagged)
{
    const bool inKey = entity.isPrimaryKey(attribute.id);
    const Type &type = attribute.type;
    out.line("attr", idText(attribute.id.value)).word(idText(attribute.id.value)).name(attribute.name);
    writeType(out, type);
    out.flag("pk", inKey && flagged).flag("identity", attribute.identity == IdentityKind::ByDefault);
    if (attribute.identity != IdentityKind::None && attribute.identity != IdentityKind::ByDefault)
        out.pair("identity", spelling(attribute.identity));
    out.flag("notnull", !attribute.nullable && !inKey).flag("null", attribute.nullable && inKey);
    out.pair("default", attribute.serverDefault.sql).pair("generated", attribute.generated.sql);
    out.flag("stored", attribute.generatedStored).pair("member", attribute.member).pair("collation", type.collation);
    if (!type.native.empty() || !type.nativeDialect.empty())
        out.pair("native", type.nativeDialect + ":" + type.native);
    out.pair("comment", attribute.comment).keys(attribute.unknown);
}

/// "e1x9.a0b4", "e1x9.a0b4,a0b5", "e1x9" for its primary key, "none" where it is not in the model.
std::string targetText(const ForeignKey &key)
{
    if (!key.target)
        return "none";
    std::string text = idText(key.target.value);
    for (std::size_t i = 0; i < key.targetAttributes.size(); ++i)
        text += (i == 0 ? "." : ",") + idText(key.targetAttributes[i].value);
    return text;
}

/// What the ids of the target stand for, for a reader.
std::string targetComment(const Model &model, const ForeignKey &key)
{
    const EntityPointer target = model.entity(key.target);
    if (!target)
        return {};
    std::string text = commentName(target->name);
    for (std::size_t i = 0; i < key.targetAttributes.size(); ++i)
        if (const Attribute *attribute = target->find(key.targetAttributes[i]))
            text += (i == 0 ? "." : ", ") + commentName(attribute->name);
    return text;
}

void writeForeignKey(TextBuilder &out, const Model &model, const Entity &entity, const ForeignKey &key)
{
    const std::string id = idText(key.id.value);
    const std::vector<std::string> names = namesOf(entity, key.attributes);
    out.line("fk", id).word(id);
    if (names.size() == 1)
        out.word(names.front());
    else
        out.list(names);
    out.word("->").word(targetText(key)).pair("name", key.name);
    if (key.onDelete != ReferentialAction::NoAction)
        out.pair("on_delete", spelling(key.onDelete));
    if (key.onUpdate != ReferentialAction::NoAction)
        out.pair("on_update", spelling(key.onUpdate));
    if (key.deferrable != Deferrable::No)
        out.pair("deferrable", spelling(key.deferrable));
    out.pair("target_schema", key.targetName.schema).pair("target", key.targetName.name);
    if (!key.targetColumnNames.empty())
        out.list(quotedNames(key.targetColumnNames), "target_columns");
    const RelationshipView &view = key.relationship;
    out.pair("parent_member", view.parentMember).pair("child_member", view.childMember);
    if (view.loading != Loading::Select)
        out.pair("loading", spelling(view.loading));
    out.flag("delete_orphan", view.deleteOrphan).keys(key.unknown);
    if (const std::string text = targetComment(model, key); !text.empty())
        out.comment(text);
}

void writeIndex(TextBuilder &out, const Entity &entity, const Index &index)
{
    std::vector<std::string> parts;
    for (const IndexPart &part : index.parts) {
        const Attribute *attribute = entity.find(part.attribute);
        std::string text = attribute != nullptr ? nameText(attribute->name) : "expr=" + quotedText(part.expression.sql);
        if (attribute != nullptr && !part.expression.empty())
            text += " expr=" + quotedText(part.expression.sql);
        if (part.descending)
            text += " desc";
        if (!part.collation.empty())
            text += " collate=" + nameText(part.collation);
        parts.push_back(std::move(text));
    }
    const std::string id = idText(index.id.value);
    out.line("index", id).word(id).list(parts).flag("unique", index.unique).pair("name", index.name);
    out.pair("where", index.where.sql).pair("method", index.method).keys(index.unknown);
    if (!index.definition.empty())
        out.block(index.definition.sql);
}

void writeTrigger(TextBuilder &out, const TriggerElement &trigger)
{
    const std::string id = idText(trigger.id.value);
    out.line("trigger", id).word(id).name(trigger.name);
    out.pair("table_schema", trigger.table.schema).pair("table", trigger.table.name).keys(trigger.unknown);
    out.block(trigger.definition.sql);
}

void writeTriggers(TextBuilder &out, const Model &model, EntityId entity)
{
    std::vector<const TriggerElement *> triggers;
    for (const auto &[id, trigger] : model.triggers())
        if (trigger.entity == entity)
            triggers.push_back(&trigger);
    std::stable_sort(triggers.begin(), triggers.end(), [](const auto *a, const auto *b) { return a->name < b->name; });
    for (const TriggerElement *trigger : triggers)
        writeTrigger(out, *trigger);
}

void writeEntityHeader(TextBuilder &out, const Entity &entity)
{
    out.header("id", idText(entity.id.value)).header("name", entity.name);
    if (!entity.schema.empty())
        out.header("schema", entity.schema);
    if (entity.kind != TableKind::Table)
        out.header("kind", spelling(entity.kind));
    if (!entity.className.empty())
        out.header("class", entity.className);
    if (!entity.comment.empty())
        out.header("comment", entity.comment);
    out.headerFlag("junction", entity.junction).headerFlag("withoutrowid", entity.withoutRowId);
    out.headerFlag("strict", entity.strict).endHeader();
}

} // namespace

std::string entityText(const Model &model, const Entity &entity)
{
    TextBuilder out("entity", entity.unknown);
    writeEntityHeader(out, entity);
    const bool flagged = isFlagged(entity);
    for (const Attribute &attribute : entity.attributes)
        writeAttribute(out, entity, attribute, flagged);
    if (!flagged)
        out.line("pk", "pk")
            .list(namesOf(entity, entity.primaryKey.attributes))
            .pair("name", entity.primaryKey.name)
            .keys(entity.primaryKey.unknown);
    for (const Key &key : entity.uniques) {
        const std::string id = idText(key.id.value);
        out.line("unique", id).word(id).list(namesOf(entity, key.attributes)).pair("name", key.name).keys(key.unknown);
    }
    for (const Check &check : entity.checks) {
        const std::string id = idText(check.id.value);
        out.line("check", id).word(id).word(quotedText(check.expression.sql));
        out.pair("name", check.name).keys(check.unknown);
    }
    for (const ForeignKey &key : entity.foreignKeys)
        writeForeignKey(out, model, entity, key);
    for (const Index &index : entity.indexes)
        writeIndex(out, entity, index);
    writeTriggers(out, model, entity.id);
    if (!entity.definition.empty())
        out.line("definition", "definition").block(entity.definition.sql);
    return out.end();
}

std::string diagramText(const Model &model, const DiagramInfo &diagram)
{
    TextBuilder out("diagram", diagram.unknown);
    out.header("id", idText(diagram.id.value)).header("name", diagram.name);
    if (diagram.detail != Detail::All)
        out.header("detail", spelling(diagram.detail));
    out.endHeader();
    for (const auto &[id, node] : model.nodes(diagram.id)) {
        out.line("node", idText(id.value)).word(idText(id.value)).word(idText(node.entity.value));
        out.word(std::to_string(node.x)).word(std::to_string(node.y)).flag("unplaced", !node.placed);
        out.keys(node.unknown);
        if (const EntityPointer entity = model.entity(node.entity))
            out.comment(commentName(entity->name));
    }
    return out.end();
}

std::string modelText(const Model &model)
{
    TextBuilder out("model", model.info().unknown);
    out.header("name", model.info().name).header("format", "1").endHeader();
    for (const std::string &dialect : model.info().dialects)
        out.line("dialect", "dialect " + dialect).name(dialect);
    writeTriggers(out, model, EntityId{});
    return out.end();
}

} // namespace orm::model
