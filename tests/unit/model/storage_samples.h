#pragma once

#include "ormcore/model/model.h"

#include <memory>
#include <string>
#include <vector>

/// Models under fixed ids, for tests of the text format.
namespace storage_samples {

using namespace orm::model;

template <class Part> Part made(std::uint64_t id, const std::string &name)
{
    Part part;
    part.id = decltype(part.id){id};
    part.name = name;
    return part;
}

inline std::uint64_t id(const char *text) { return parseId(text).value_or(0); }

inline Model modelOf(const std::vector<Entity> &entities)
{
    Model model;
    Edit edit;
    ModelInfo info;
    info.name = "shop";
    info.dialects = {"sqlite", "postgresql"};
    edit.changes.push_back(InfoChange{info});
    for (const Entity &entity : entities)
        edit.changes.push_back(EntityChange{entity.id, std::make_shared<const Entity>(entity)});
    model.swap(edit);
    return model;
}

/// The example of the design.
inline Model orders()
{
    auto customer = made<Entity>(id("e1x9"), "customer");
    customer.schema = "shop";
    auto key = made<Attribute>(id("a0b4"), "id");
    key.type = orm::BigInteger();
    key.nullable = false;
    key.identity = orm::IdentityKind::ByDefault;
    customer.attributes = {key};
    customer.primaryKey.attributes = {key.id};
    auto order = made<Entity>(id("e7k2"), "order");
    order.schema = "shop";
    key.id = AttributeId{id("a1f3")};
    auto reference = made<Attribute>(id("a9c0"), "customer_id");
    reference.type = orm::BigInteger();
    reference.nullable = false;
    auto placed = made<Attribute>(id("ab12"), "placed_at");
    placed.type = orm::DateTime(true);
    order.attributes = {key, reference, placed};
    order.primaryKey.attributes = {key.id};
    auto foreign = made<ForeignKey>(id("f2d8"), "");
    foreign.attributes = {reference.id};
    foreign.target = customer.id;
    foreign.targetAttributes = {AttributeId{id("a0b4")}};
    foreign.onDelete = orm::ReferentialAction::Restrict;
    order.foreignKeys = {foreign};
    auto index = made<Index>(id("i5m1"), "");
    IndexPart part;
    part.attribute = placed.id;
    part.descending = true;
    index.parts = {part};
    index.where = {"status = 'open'"};
    order.indexes = {index};
    return modelOf({customer, order});
}

/// Everything that an element can say, with texts that no format likes.
inline Model awkward()
{
    const std::string nasty = "a\"b\\c\n\r\td\x01\x7f # ' | \xff\xc3 é \u2028\u202e []=(),->";
    auto entity = made<Entity>(id("e001"), nasty);
    entity.id = EntityId{id("e100")};
    entity.kind = orm::TableKind::Virtual;
    entity.schema = "AUX";
    entity.className = nasty;
    entity.comment = nasty;
    entity.junction = entity.withoutRowId = entity.strict = true;
    entity.definition = {"CREATE VIRTUAL TABLE t\n  USING fts5(a) \n\n" + nasty + "\n"};
    entity.unknown = {{"colour", "\"red, or # blue\""}};
    auto a = made<Attribute>(id("a100"), nasty);
    a.type = orm::Enum("mood", {"sad", "it's \"ok\"", nasty});
    a.type.native = "ENUM('x')";
    a.type.nativeDialect = "mysql";
    a.type.collation = "NO CASE";
    a.nullable = true;
    a.serverDefault = {nasty};
    a.generated = {"x || " + nasty};
    a.generatedStored = true;
    a.comment = nasty;
    a.member = "mood";
    a.unknown = {{"hint", "(a, b desc)"}};
    auto b = made<Attribute>(id("b100"), "B");
    b.type.nativeDialect = "sqlite"; // no type at all
    b.identity = orm::IdentityKind::AutoIncrement;
    auto c = made<Attribute>(id("c100"), "c d");
    c.type = orm::Integer();
    c.type.length = 11; // as MySQL has it
    c.nullable = false;
    auto d = made<Attribute>(id("d100"), "");
    d.type.kind = orm::TypeKind::Array;
    d.type.element = {orm::Numeric(10, 2)};
    entity.attributes = {a, b, c, d};
    entity.primaryKey = {{}, "pk name", {c.id, a.id}, {{"clustered", "yes"}}};
    auto unique = made<Key>(id("u100"), nasty);
    unique.attributes = {a.id, b.id};
    entity.uniques = {unique, made<Key>(id("u101"), "")};
    auto check = made<Check>(id("k100"), "positive");
    check.expression = {nasty};
    entity.checks = {check};
    auto key = made<ForeignKey>(id("f100"), "dangling");
    key.attributes = {a.id, b.id};
    key.targetName = {"s", nasty};
    key.targetColumnNames = {"x y", "z"};
    key.deferrable = orm::Deferrable::InitiallyDeferred;
    key.onUpdate = orm::ReferentialAction::SetNull;
    key.relationship = {"parent", "children", Loading::SelectIn, true};
    auto self = made<ForeignKey>(id("f101"), "");
    self.attributes = {c.id, a.id};
    self.target = entity.id;
    entity.foreignKeys = {key, self};
    auto index = made<Index>(id("x100"), "i");
    IndexPart expression;
    expression.expression = {"lower(\"c d\")"};
    expression.collation = "NOCASE";
    index.parts = {expression, IndexPart{b.id, {}, true, "BINARY"}};
    index.unique = true;
    index.method = "gin";
    index.definition = {"CREATE INDEX i\nON t (x)"};
    entity.indexes = {index};
    Model model = modelOf({entity});
    Edit edit;
    const TriggerId trigger{id("t100")};
    edit.changes.push_back(
        TriggerChange{trigger, TriggerElement{trigger, entity.id, nasty, {"", "T"}, {"BEGIN\n\nEND"}, {}}});
    const TriggerId loose{id("t101")};
    edit.changes.push_back(TriggerChange{loose, TriggerElement{loose, {}, "t", {"s", "gone"}, {""}, {}}});
    const DiagramId diagram{id("d101")};
    edit.changes.push_back(DiagramChange{diagram, DiagramInfo{diagram, nasty, Detail::Keys, {{"zoom", "3"}}}});
    const NodeId node{id("n100")};
    edit.changes.push_back(NodeChange{diagram, node, Node{node, entity.id, -40, 2000000, false, {{"hue", "4"}}}});
    model.swap(edit);
    return model;
}

} // namespace storage_samples
