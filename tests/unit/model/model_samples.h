#pragma once

#include "ormcore/model/edits.h"

#include <string>

/// Small models for the tests of this folder.
namespace samples {

inline orm::model::Model empty(const std::string &name = "shop")
{
    orm::model::Model model;
    orm::model::ModelInfo info;
    info.name = name;
    info.dialects = {"sqlite"};
    orm::model::Edit edit = orm::model::setInfo(model, info);
    model.swap(edit);
    edit = orm::model::addDiagram(model, "main");
    model.swap(edit);
    return model;
}

inline void apply(orm::model::Model &model, orm::model::Edit edit) { model.swap(edit); }

inline orm::model::DiagramId diagram(const orm::model::Model &model) { return model.diagrams().begin()->first; }

inline orm::model::EntityId addEntity(orm::model::Model &model, const std::string &name)
{
    apply(model, orm::model::addEntity(model, diagram(model), 10, 20, name));
    return model.entity(name)->id;
}

inline orm::model::AttributeId addAttribute(orm::model::Model &model, orm::model::EntityId entity,
                                            const std::string &name, orm::Type type = orm::Text())
{
    orm::model::Attribute attribute;
    attribute.name = name;
    attribute.type = std::move(type);
    apply(model, orm::model::addAttribute(model, entity, attribute));
    return model.entity(entity)->find(std::string_view(name))->id;
}

/// customer 1:N order N:N product, with an index and a check on order.
inline orm::model::Model shop()
{
    orm::model::Model model = empty();
    const auto customer = addEntity(model, "customer");
    addAttribute(model, customer, "name", orm::String(50));
    const auto order = addEntity(model, "order");
    const auto status = addAttribute(model, order, "status");
    apply(model, orm::model::addOneToMany(model, customer, order));
    const auto product = addEntity(model, "product");
    apply(model, orm::model::addManyToMany(model, diagram(model), order, product));
    orm::model::Entity changed = *model.entity(order);
    changed.checks.push_back({{}, "", {"status <> ''"}, {}});
    orm::model::Index index;
    index.name = "order_status";
    orm::model::IndexPart part;
    part.attribute = status;
    part.descending = true;
    index.parts = {part};
    index.where = {"status = 'open'"};
    changed.indexes.push_back(index);
    apply(model, orm::model::setEntity(model, changed));
    return model;
}

} // namespace samples
