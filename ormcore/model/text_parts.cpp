#include "ormcore/model/text_reader.h"

#include "ormcore/model/text_builder.h"
#include "ormcore/model/text_enums.h"

#include <algorithm>

namespace orm::model {

namespace {

template <class Enum> Enum choice(Fields &fields, const char *key, Enum otherwise)
{
    const auto text = fields.text(key);
    if (!text)
        return otherwise;
    const auto value = spelled<Enum>(*text);
    if (!value)
        fields.fail("\"" + *text + "\" is no " + key);
    return *value;
}

Type typeFrom(Fields &fields, const std::string &text)
{
    auto type = Type::parse(text);
    if (!type || (type->kind == TypeKind::Unknown && !type->native.empty()))
        fields.fail("\"" + text + "\" is no type");
    for (const auto &[key, target] :
         {std::pair{"length", &Type::length}, {"precision", &Type::precision}, {"scale", &Type::scale}})
        if (const auto value = fields.number(key))
            (*type).*target = value;
    if (fields.flag("timezone"))
        type->timezone = true;
    if (auto labels = fields.nameList("labels"))
        type->labels = std::move(*labels);
    type->collation = fields.text("collation").value_or("");
    if (const auto native = fields.text("native")) {
        const std::size_t colon = native->find(':');
        if (colon == std::string::npos)
            fields.fail("native must be \"dialect:spelling\"");
        type->nativeDialect = native->substr(0, colon);
        type->native = native->substr(colon + 1);
    }
    return std::move(*type);
}

/// "e1x9.a0b4,a0b5": the entity and its attributes. "none": not in the model.
void readTarget(Fields &fields, ForeignKey &key)
{
    const std::string text = fields.name("the target");
    if (text == "none")
        return;
    const std::size_t dot = text.find('.');
    const auto target = parseId(std::string_view(text).substr(0, dot));
    if (!target)
        fields.fail("\"" + text + "\" is no target; it must be like e1x9.a0b4");
    key.target = EntityId{*target};
    for (std::size_t at = dot; at != std::string::npos;) {
        const std::size_t next = text.find(',', at + 1);
        const auto id =
            parseId(std::string_view(text).substr(at + 1, next == std::string::npos ? next : next - at - 1));
        if (!id)
            fields.fail("\"" + text + "\" is no target; it must be like e1x9.a0b4");
        key.targetAttributes.push_back(AttributeId{*id});
        at = next;
    }
    if (!key.targetAttributes.empty() && key.targetAttributes.size() != key.attributes.size())
        fields.fail("the foreign key has not as many attributes as its target");
}

IndexPart partFrom(const std::vector<Word> &words, const Entity &entity, const Place &place)
{
    IndexPart part;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Word &word = words[i];
        if (i == 0 && word.kind != Word::Kind::Pair)
            part.attribute = attributesFrom({word.text}, entity, place).front();
        else if (word.kind == Word::Kind::Bare && word.text == "desc" && !part.descending)
            part.descending = true;
        else if (word.kind == Word::Kind::Pair && word.key == "expr")
            part.expression.sql = word.text;
        else if (word.kind == Word::Kind::Pair && word.key == "collate")
            part.collation = word.text;
        else
            place.fail("\"" + word.text + "\" is not understood in a part of an index");
    }
    return part;
}

} // namespace

std::vector<AttributeId> attributesFrom(const std::vector<std::string> &names, const Entity &entity, const Place &place)
{
    std::vector<AttributeId> ids;
    for (const std::string &name : names) {
        const auto found = std::find_if(entity.attributes.begin(), entity.attributes.end(),
                                        [&](const Attribute &attribute) { return attribute.name == name; });
        if (found == entity.attributes.end())
            place.fail("\"" + entity.name + "\" has no attribute \"" + name + "\"");
        ids.push_back(found->id);
    }
    return ids;
}

Attribute attributeFrom(Fields &fields, Entity &entity, std::set<AttributeId> &null)
{
    Attribute attribute;
    attribute.id = AttributeId{fields.id()};
    attribute.name = fields.name("the name");
    if (std::any_of(entity.attributes.begin(), entity.attributes.end(),
                    [&](const Attribute &other) { return other.name == attribute.name; }))
        fields.fail("\"" + entity.name + "\" already has an attribute \"" + attribute.name + "\"");
    attribute.type = typeFrom(fields, fields.name("the type"));
    if (fields.flag("pk"))
        entity.primaryKey.attributes.push_back(attribute.id);
    attribute.identity = choice(fields, "identity", IdentityKind::None);
    if (fields.flag("identity"))
        attribute.identity = IdentityKind::ByDefault;
    attribute.nullable = !fields.flag("notnull");
    if (fields.flag("null"))
        null.insert(attribute.id);
    attribute.serverDefault.sql = fields.text("default").value_or("");
    attribute.generated.sql = fields.text("generated").value_or("");
    attribute.generatedStored = fields.flag("stored");
    attribute.member = fields.text("member").value_or("");
    attribute.comment = fields.text("comment").value_or("");
    attribute.unknown = fields.rest();
    return attribute;
}

ForeignKey foreignKeyFrom(Fields &fields, const Entity &entity)
{
    ForeignKey key;
    key.id = ConstraintId{fields.id()};
    key.attributes = attributesFrom(fields.names(), entity, fields.place());
    fields.arrow();
    readTarget(fields, key);
    key.name = fields.text("name").value_or("");
    key.onDelete = choice(fields, "on_delete", ReferentialAction::NoAction);
    key.onUpdate = choice(fields, "on_update", ReferentialAction::NoAction);
    key.deferrable = choice(fields, "deferrable", Deferrable::No);
    key.targetName.schema = fields.text("target_schema").value_or("");
    key.targetName.name = fields.text("target").value_or("");
    key.targetColumnNames = fields.nameList("target_columns").value_or(std::vector<std::string>());
    key.relationship.parentMember = fields.text("parent_member").value_or("");
    key.relationship.childMember = fields.text("child_member").value_or("");
    key.relationship.loading = choice(fields, "loading", Loading::Select);
    key.relationship.deleteOrphan = fields.flag("delete_orphan");
    key.unknown = fields.rest();
    return key;
}

Index indexFrom(Fields &fields, const Entity &entity, const Line &line)
{
    Index index;
    index.id = ConstraintId{fields.id()};
    for (const std::vector<Word> &words : fields.list())
        index.parts.push_back(partFrom(words, entity, fields.place()));
    index.unique = fields.flag("unique");
    index.name = fields.text("name").value_or("");
    index.where.sql = fields.text("where").value_or("");
    index.method = fields.text("method").value_or("");
    index.definition.sql = line.block.value_or("");
    index.unknown = fields.rest();
    return index;
}

void keepLine(UnknownKeys &unknown, const std::string &anchor, const Line &line,
              std::initializer_list<const char *> keywords)
{
    for (const char *known : keywords)
        if (isMisspelt(line.keyword, known))
            line.place.fail("\"" + line.keyword + "\" is not known; is it \"" + known + "\"?");
    unknown.emplace_back(kLineMark + anchor, line.raw);
}

} // namespace orm::model
