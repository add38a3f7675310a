#include "ui/canvas/editing.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui::canvas {

namespace {

using namespace orm::model;

QString tr(const char *text, int count = -1) { return QCoreApplication::translate("Canvas", text, nullptr, count); }

std::vector<AttributeId> keyWith(const Entity &entity, AttributeId attribute, bool inKey)
{
    std::vector<AttributeId> key = entity.primaryKey.attributes;
    std::erase(key, attribute);
    if (inKey)
        key.push_back(attribute);
    return key;
}

} // namespace

QString removeElements(Document &document, std::vector<ElementRef> elements, KeyColumns columns)
{
    std::vector<EntityId> entities;
    for (const ElementRef &element : elements) {
        if (const auto *entity = std::get_if<EntityId>(&element))
            entities.push_back(*entity);
    }
    std::vector<std::function<Edit()>> makes;
    const Model &model = document.model();
    for (const ElementRef &element : elements) {
        if (const auto *attribute = std::get_if<AttributeRef>(&element)) {
            makes.emplace_back([&model, ref = *attribute] {
                const EntityPointer entity = model.entity(ref.entity);
                return entity && entity->find(ref.attribute) ? removeAttribute(model, ref.entity, ref.attribute)
                                                             : Edit{};
            });
        } else if (const auto *key = std::get_if<ForeignKeyRef>(&element)) {
            makes.emplace_back([&model, columns, ref = *key] {
                const EntityPointer entity = model.entity(ref.entity);
                return entity && entity->foreignKey(ref.key) ? removeForeignKey(model, ref.entity, ref.key, columns)
                                                             : Edit{};
            });
        }
    }
    if (!entities.empty())
        makes.emplace_back([&model, entities] { return orm::model::removeEntities(model, entities); });
    if (makes.empty())
        return {};
    const QString text = elements.size() > 1    ? tr("Delete %n elements", static_cast<int>(elements.size()))
                         : entities.size() == 1 ? tr("Delete entity")
                                                : tr("Delete 1 element");
    return makes.size() == 1 ? tryEdit(document, makes.front(), text) : tryEdits(document, makes, text);
}

QString addAttributeFrom(Document &document, EntityId entity, const QString &text, std::optional<std::size_t> position,
                         AttributeId *added)
{
    QString error;
    std::optional<AttributeText> read = readAttribute(text, newAttribute(), &error);
    if (!read)
        return error;
    const Model &model = document.model();
    read->attribute.id = model.newId<AttributeId>();
    *added = read->attribute.id;
    const auto add = [&] { return addAttribute(model, entity, read->attribute, position); };
    if (!read->primaryKey)
        return tryEdit(document, add, tr("Add attribute"));
    const auto makeKey = [&] {
        return setPrimaryKey(model, entity, keyWith(*model.entity(entity), read->attribute.id, true));
    };
    return tryEdits(document, {add, makeKey}, tr("Add attribute"));
}

QString changeAttribute(Document &document, const AttributeRef &ref, const QString &text)
{
    const Model &model = document.model();
    const EntityPointer entity = model.entity(ref.entity);
    const Attribute *attribute = entity ? entity->find(ref.attribute) : nullptr;
    if (attribute == nullptr)
        return {};
    const bool wasKey = entity->isPrimaryKey(ref.attribute);
    QString error;
    const std::optional<AttributeText> read = readAttribute(text, {*attribute, wasKey}, &error);
    if (!read)
        return error;
    Attribute changed = read->attribute;
    if (wasKey && read->primaryKey)
        changed.nullable = attribute->nullable; // the key says it
    std::vector<std::function<Edit()>> makes;
    if (changed.name != attribute->name)
        makes.emplace_back([&] { return renameAttribute(model, ref.entity, ref.attribute, changed.name); });
    if (changed.type != attribute->type || changed.nullable != attribute->nullable)
        makes.emplace_back([&] { return setAttribute(model, ref.entity, changed); });
    if (wasKey != read->primaryKey)
        makes.emplace_back([&] {
            return setPrimaryKey(model, ref.entity,
                                 keyWith(*model.entity(ref.entity), ref.attribute, read->primaryKey));
        });
    if (makes.empty())
        return {};
    const QString step =
        changed.name != attribute->name && makes.size() == 1 ? tr("Rename attribute") : tr("Change attribute");
    return makes.size() == 1 ? tryEdit(document, makes.front(), step) : tryEdits(document, makes, step);
}

} // namespace ui::canvas
