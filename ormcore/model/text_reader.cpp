#include "ormcore/model/text_reader.h"

#include "ormcore/base/error.h"
#include "ormcore/model/text_enums.h"

#include <algorithm>

namespace orm::model {

namespace {

constexpr auto kEntityKeywords = {"attr", "pk", "unique", "check", "fk", "index", "trigger", "definition"};

std::uint64_t headerId(Fields &fields)
{
    const auto value = parseId(fields.text("id").value_or(""));
    if (!value)
        fields.fail("the id is missing, or is none");
    return *value;
}

std::string headerName(Fields &fields)
{
    auto name = fields.text("name");
    if (!name)
        fields.fail("the name is missing");
    return std::move(*name);
}

template <class Enum> Enum headerChoice(Fields &fields, const char *key, Enum otherwise)
{
    const auto text = fields.text(key);
    const auto value = text ? spelled<Enum>(*text) : otherwise;
    if (!value)
        fields.fail("\"" + *text + "\" is no " + key);
    return *value;
}

Entity entityFrom(const Line &header)
{
    Fields fields(header);
    Entity entity;
    entity.id = EntityId{headerId(fields)};
    entity.name = headerName(fields);
    entity.schema = fields.text("schema").value_or("");
    entity.kind = headerChoice(fields, "kind", TableKind::Table);
    entity.className = fields.text("class").value_or("");
    entity.comment = fields.text("comment").value_or("");
    entity.junction = fields.flag("junction");
    entity.withoutRowId = fields.flag("withoutrowid");
    entity.strict = fields.flag("strict");
    entity.unknown = fields.rest();
    return entity;
}

/// Members of the primary key are NOT NULL unless their line says null.
void settleNulls(Entity &entity, const std::set<AttributeId> &null)
{
    for (Attribute &attribute : entity.attributes)
        if (entity.isPrimaryKey(attribute.id))
            attribute.nullable = null.count(attribute.id) != 0;
}

void requireNoBlock(const Line &line)
{
    if (line.block)
        line.place.fail("a line of this kind has no block under it");
}

} // namespace

template <class IdType> IdType TextReader::claim(std::uint64_t value, const Place &place)
{
    const auto [other, fresh] = m_ids.emplace(value, place);
    if (!fresh)
        place.fail("the id " + idText(value) + " is in use already, in " + other->second.file + ":" +
                   std::to_string(other->second.line));
    return IdType{value};
}

void TextReader::readModel(const std::string &file, std::string_view text)
{
    const Section section = sectionOf(file, text, "model");
    if (!m_modelFile.empty())
        section.header.place.fail("there is another model file, " + m_modelFile);
    m_modelFile = file;
    Fields header(section.header);
    ModelInfo info;
    info.name = headerName(header);
    if (const auto format = header.text("format"); format != "1")
        header.fail("the format \"" + format.value_or("") + "\" is not known; a newer Cormorant may read it");
    info.unknown = header.rest();
    std::string anchor;
    for (const Line &line : section.lines) {
        Fields fields(line);
        if (line.keyword == "dialect") {
            requireNoBlock(line);
            info.dialects.push_back(fields.name("the dialect"));
            if (!fields.rest().empty())
                fields.fail("a dialect has nothing behind its name");
            anchor = "dialect " + info.dialects.back();
        } else if (line.keyword == "trigger") {
            readTrigger(fields, line, EntityId{});
            anchor = line.words.front().text;
        } else {
            keepLine(info.unknown, anchor, line, {"dialect", "trigger"});
        }
    }
    m_edit.changes.push_back(InfoChange{std::move(info)});
}

void TextReader::readTrigger(Fields &fields, const Line &line, EntityId entity)
{
    TriggerElement trigger;
    trigger.id = claim<TriggerId>(fields.id(), line.place);
    trigger.entity = entity;
    trigger.name = fields.name("the name");
    trigger.table.schema = fields.text("table_schema").value_or("");
    trigger.table.name = fields.text("table").value_or("");
    if (!line.block)
        line.place.fail("the trigger's definition is missing below this line");
    trigger.definition.sql = *line.block;
    trigger.unknown = fields.rest();
    m_edit.changes.push_back(TriggerChange{trigger.id, std::move(trigger)});
}

void TextReader::readEntity(const std::string &file, std::string_view text)
{
    const Section section = sectionOf(file, text, "entity");
    auto entity = std::make_shared<Entity>(entityFrom(section.header));
    claim<EntityId>(entity->id.value, section.header.place);
    std::set<AttributeId> null;
    for (const Line &line : section.lines) { // first, since other lines name them
        if (line.keyword != "attr")
            continue;
        requireNoBlock(line);
        Fields fields(line);
        Attribute attribute = attributeFrom(fields, *entity, null);
        claim<AttributeId>(attribute.id.value, line.place);
        entity->attributes.push_back(std::move(attribute));
    }
    std::string anchor;
    for (const Line &line : section.lines) {
        const bool known =
            std::find(kEntityKeywords.begin(), kEntityKeywords.end(), line.keyword) != kEntityKeywords.end();
        if (!known) {
            keepLine(entity->unknown, anchor, line, kEntityKeywords);
            continue;
        }
        if (line.keyword != "attr")
            readEntityLine(*entity, line);
        anchor = line.keyword == "pk" || line.keyword == "definition" ? line.keyword : line.words.front().text;
    }
    settleNulls(*entity, null);
    m_entities.emplace(entity->id, std::move(entity));
}

void TextReader::readEntityLine(Entity &entity, const Line &line)
{
    Fields fields(line);
    const auto namedAttributes = [&] { return attributesFrom(fields.names(), entity, line.place); };
    if (line.keyword != "index" && line.keyword != "trigger" && line.keyword != "definition")
        requireNoBlock(line);
    if (line.keyword == "pk") {
        if (!entity.primaryKey.attributes.empty())
            fields.fail("the primary key is given twice");
        entity.primaryKey.attributes = namedAttributes();
        entity.primaryKey.name = fields.text("name").value_or("");
        entity.primaryKey.unknown = fields.rest();
    } else if (line.keyword == "unique") {
        Key key;
        key.id = claim<ConstraintId>(fields.id(), line.place);
        key.attributes = namedAttributes();
        key.name = fields.text("name").value_or("");
        key.unknown = fields.rest();
        entity.uniques.push_back(std::move(key));
    } else if (line.keyword == "check") {
        Check check;
        check.id = claim<ConstraintId>(fields.id(), line.place);
        check.expression.sql = fields.name("the expression");
        check.name = fields.text("name").value_or("");
        check.unknown = fields.rest();
        entity.checks.push_back(std::move(check));
    } else if (line.keyword == "fk") {
        entity.foreignKeys.push_back(foreignKeyFrom(fields, entity));
        claim<ConstraintId>(entity.foreignKeys.back().id.value, line.place);
    } else if (line.keyword == "index") {
        entity.indexes.push_back(indexFrom(fields, entity, line));
        claim<ConstraintId>(entity.indexes.back().id.value, line.place);
    } else if (line.keyword == "trigger") {
        readTrigger(fields, line, entity.id);
    } else {
        if (!line.block || !line.words.empty() || !entity.definition.empty())
            fields.fail("a definition stands once, in a block below this line");
        entity.definition.sql = *line.block;
    }
}

void TextReader::readDiagram(const std::string &file, std::string_view text)
{
    const Section section = sectionOf(file, text, "diagram");
    Fields header(section.header);
    DiagramInfo diagram;
    diagram.id = claim<DiagramId>(headerId(header), section.header.place);
    diagram.name = headerName(header);
    diagram.detail = headerChoice(header, "detail", Detail::All);
    diagram.unknown = header.rest();
    std::string anchor;
    for (const Line &line : section.lines) {
        if (line.keyword != "node") {
            keepLine(diagram.unknown, anchor, line, {"node"});
            continue;
        }
        requireNoBlock(line);
        Fields fields(line);
        Node node;
        node.id = claim<NodeId>(fields.id(), line.place);
        node.entity = EntityId{fields.id()};
        node.x = fields.number();
        node.y = fields.number();
        node.placed = !fields.flag("unplaced");
        node.unknown = fields.rest();
        m_nodeTargets.emplace_back(line.place, node.entity);
        m_edit.changes.push_back(NodeChange{diagram.id, node.id, node});
        anchor = line.words.front().text;
    }
    m_edit.changes.push_back(DiagramChange{diagram.id, std::move(diagram)});
}

void TextReader::requireTarget(const Entity &entity, const ForeignKey &key) const
{
    if (!key.target)
        return;
    const Place &place = m_ids.at(key.id.value);
    const auto target = m_entities.find(key.target);
    if (target == m_entities.end())
        place.fail("\"" + entity.name + "\" refers to the entity " + idText(key.target.value) +
                   ", which is in no file of this model");
    for (const AttributeId id : key.targetAttributes)
        if (target->second->find(id) == nullptr)
            place.fail("\"" + target->second->name + "\" has no attribute " + idText(id.value));
}

Model TextReader::finish()
{
    if (m_modelFile.empty())
        throw ParseError("there is no model file (NAME.cormorant)", {}, 0);
    for (const auto &[place, entity] : m_nodeTargets)
        if (m_entities.count(entity) == 0)
            place.fail("the diagram shows the entity " + idText(entity.value) + ", which is in no file of this model");
    for (const auto &[id, entity] : m_entities)
        for (const ForeignKey &key : entity->foreignKeys)
            requireTarget(*entity, key);
    for (const auto &[id, entity] : m_entities)
        m_edit.changes.push_back(EntityChange{id, entity});
    Model model;
    model.swap(m_edit);
    return model;
}

} // namespace orm::model
