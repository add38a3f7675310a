#include "ui/inspector/attribute_page.h"

#include "ui/base/value_text.h"
#include "ui/inspector/fields.h"

#include <QCheckBox>
#include <QComboBox>

namespace ui::inspector {

using namespace orm::model;

AttributePage::AttributePage(Document &document, QWidget *parent) : Page(document, parent)
{
    m_name = addText(tr("Name"), [this](const QString &text) {
        return tryEdit(
            this->document(),
            [&] { return renameAttribute(model(), m_ref.entity, m_ref.attribute, toUtf8(text.trimmed())); },
            tr("Rename attribute"));
    });
    m_member = addText(tr("Member"), [this](const QString &text) {
        return replace([&](Attribute &a) { a.member = toUtf8(text.trimmed()); }, tr("Change member name"));
    });
    m_member->setPlaceholder(tr("made from the name"));
    m_type = addText(tr("Type"), [this](const QString &text) {
        const std::optional<orm::Type> type = orm::Type::parse(toUtf8(text.trimmed()));
        if (!type)
            return tr("\"%1\" is no type. Try varchar(50), numeric(10,2), bigint, date, timestamp.").arg(text);
        return replace([&](Attribute &a) { a.type = *type; }, tr("Change type"));
    });
    m_required = makeCheck(
        tr("Required (NOT NULL)"),
        [this](bool on) {
            say(replace([&](Attribute &a) { a.nullable = !on; }, on ? tr("Set NOT NULL") : tr("Allow NULL")));
        },
        this);
    addRow({}, m_required);
    m_key = makeCheck(
        tr("Part of the primary key"),
        [this](bool on) {
            attempt(
                [&] {
                    std::vector<AttributeId> key = model().entity(m_ref.entity)->primaryKey.attributes;
                    std::erase(key, m_ref.attribute);
                    if (on)
                        key.push_back(m_ref.attribute);
                    return setPrimaryKey(model(), m_ref.entity, key);
                },
                tr("Change primary key"));
        },
        this);
    addRow({}, m_key);
    m_identity = makeChoice(
        tr("Value made by the database"), {tr("no"), tr("by default"), tr("always"), tr("row id"), tr("autoincrement")},
        [this](int index) {
            say(replace([&](Attribute &a) { a.identity = static_cast<orm::IdentityKind>(index); },
                        tr("Change identity")));
        },
        this);
    addRow(tr("Identity"), m_identity);
    m_default = addText(tr("Default"), [this](const QString &text) {
        return replace([&](Attribute &a) { a.serverDefault.sql = toUtf8(text.trimmed()); }, tr("Change default"));
    });
    m_default->setPlaceholder(tr("none; SQL such as 0 or CURRENT_TIMESTAMP"));
    m_generated = addText(tr("Generated"), [this](const QString &text) {
        return replace([&](Attribute &a) { a.generated.sql = toUtf8(text.trimmed()); },
                       tr("Change generation expression"));
    });
    m_generated->setPlaceholder(tr("not; or an SQL expression"));
    m_comment = addText(tr("Comment"), [this](const QString &text) {
        return replace([&](Attribute &a) { a.comment = toUtf8(text); }, tr("Change comment"));
    });
}

void AttributePage::setAttribute(const AttributeRef &attribute)
{
    m_ref = attribute;
    say({});
    refresh();
}

QString AttributePage::replace(const std::function<void(Attribute &)> &change, const QString &text)
{
    return tryEdit(
        document(),
        [&] {
            Attribute attribute = *model().entity(m_ref.entity)->find(m_ref.attribute);
            change(attribute);
            return orm::model::setAttribute(model(), m_ref.entity, attribute);
        },
        text);
}

void AttributePage::refresh()
{
    const EntityPointer entity = model().entity(m_ref.entity);
    const Attribute *attribute = entity ? entity->find(m_ref.attribute) : nullptr;
    if (attribute == nullptr)
        return;
    const bool key = entity->isPrimaryKey(attribute->id);
    setHeading(tr("Attribute %1 of %2").arg(fromUtf8(attribute->name), fromUtf8(entity->name)));
    m_name->setValue(fromUtf8(attribute->name));
    m_member->setValue(fromUtf8(attribute->member));
    m_type->setValue(fromUtf8(attribute->type.toString()));
    m_required->setChecked(key || !attribute->nullable);
    m_required->setEnabled(!key);
    m_key->setChecked(key);
    m_identity->setCurrentIndex(static_cast<int>(attribute->identity));
    m_default->setValue(fromUtf8(attribute->serverDefault.sql));
    m_generated->setValue(fromUtf8(attribute->generated.sql));
    m_comment->setValue(fromUtf8(attribute->comment));
}

} // namespace ui::inspector
