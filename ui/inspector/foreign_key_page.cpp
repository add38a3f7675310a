#include "ui/inspector/foreign_key_page.h"

#include "ui/base/value_text.h"
#include "ui/inspector/fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace ui::inspector {

using namespace orm::model;

namespace {

std::vector<AttributeId> targetsOf(const ForeignKey &key, const EntityPointer &target)
{
    if (!key.targetAttributes.empty() || !target)
        return key.targetAttributes;
    return target->primaryKey.attributes;
}

QComboBox *attributeChoice(const Entity &entity, AttributeId current, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(6);
    for (const Attribute &attribute : entity.attributes) {
        box->addItem(fromUtf8(attribute.name), QVariant::fromValue<quint64>(attribute.id.value));
        if (attribute.id == current)
            box->setCurrentIndex(box->count() - 1);
    }
    return box;
}

} // namespace

ForeignKeyPage::ForeignKeyPage(Document &document, QWidget *parent) : Page(document, parent)
{
    makeConstraint();
    makeRelationship();
}

void ForeignKeyPage::makeConstraint()
{
    m_name = addText(tr("Name"), [this](const QString &text) {
        return replaceText([&](ForeignKey &key) { key.name = toUtf8(text.trimmed()); }, tr("Rename foreign key"));
    });
    m_name->setPlaceholder(tr("made by the database"));
    m_target = makeChoice(
        tr("Refers to"), {},
        [this](int index) {
            const EntityId id{m_target->itemData(index).toULongLong()};
            replace(
                [&](ForeignKey &key) {
                    key.target = id;
                    key.targetAttributes.clear();
                },
                tr("Change what a foreign key refers to"));
        },
        this);
    addRow(tr("Refers to"), m_target);
    m_pairs = new QWidget(this);
    addRow(tr("Columns"), m_pairs);
    const QStringList actions{tr("no action"), tr("restrict"), tr("cascade"), tr("set null"), tr("set default")};
    m_onDelete = makeChoice(
        tr("On delete"), actions,
        [this](int index) {
            replace([&](ForeignKey &key) { key.onDelete = static_cast<orm::ReferentialAction>(index); },
                    tr("Change on delete"));
        },
        this);
    addRow(tr("On delete"), m_onDelete);
    m_onUpdate = makeChoice(
        tr("On update"), actions,
        [this](int index) {
            replace([&](ForeignKey &key) { key.onUpdate = static_cast<orm::ReferentialAction>(index); },
                    tr("Change on update"));
        },
        this);
    addRow(tr("On update"), m_onUpdate);
}

void ForeignKeyPage::makeRelationship()
{
    m_parentMember = addText(tr("Parent member"), [this](const QString &text) {
        return replaceText([&](ForeignKey &key) { key.relationship.parentMember = toUtf8(text.trimmed()); },
                           tr("Rename parent member"));
    });
    m_childMember = addText(tr("Child member"), [this](const QString &text) {
        return replaceText([&](ForeignKey &key) { key.relationship.childMember = toUtf8(text.trimmed()); },
                           tr("Rename child member"));
    });
    for (TextField *field : {m_parentMember, m_childMember})
        field->setPlaceholder(tr("made from the names"));
    m_loading = makeChoice(
        tr("Loading"),
        {tr("when asked (select)"), tr("with all parents (selectin)"), tr("joined"), tr("subquery"), tr("never"),
         tr("refuse (raise)")},
        [this](int index) {
            replace([&](ForeignKey &key) { key.relationship.loading = static_cast<Loading>(index); },
                    tr("Change loading"));
        },
        this);
    addRow(tr("Loading"), m_loading);
    m_deleteOrphan = makeCheck(
        tr("Children die with their parent"),
        [this](bool on) {
            replace([&](ForeignKey &key) { key.relationship.deleteOrphan = on; }, tr("Change cascade"));
        },
        this);
    addRow({}, m_deleteOrphan);
}

void ForeignKeyPage::setKey(const ForeignKeyRef &key)
{
    m_ref = key;
    say({});
    refresh();
}

QString ForeignKeyPage::replaceText(const std::function<void(ForeignKey &)> &change, const QString &text)
{
    return tryEdit(
        document(),
        [&] {
            ForeignKey key = *model().entity(m_ref.entity)->foreignKey(m_ref.key);
            change(key);
            return orm::model::setForeignKey(model(), m_ref.entity, key);
        },
        text);
}

bool ForeignKeyPage::replace(const std::function<void(ForeignKey &)> &change, const QString &text)
{
    const QString problem = replaceText(change, text);
    say(problem);
    if (!problem.isEmpty())
        refresh();
    return problem.isEmpty();
}

void ForeignKeyPage::refresh()
{
    const EntityPointer child = model().entity(m_ref.entity);
    const ForeignKey *key = child ? child->foreignKey(m_ref.key) : nullptr;
    if (key == nullptr)
        return;
    const EntityPointer target = model().entity(key->target);
    setHeading(tr("Relationship %1 → %2")
                   .arg(fromUtf8(child->name), target ? fromUtf8(target->name) : fromUtf8(key->targetName.toString())));
    m_name->setValue(fromUtf8(key->name));
    refreshTarget(*key);
    refreshPairs(*child, *key);
    m_onDelete->setCurrentIndex(static_cast<int>(key->onDelete));
    m_onUpdate->setCurrentIndex(static_cast<int>(key->onUpdate));
    m_parentMember->setValue(fromUtf8(key->relationship.parentMember));
    m_childMember->setValue(fromUtf8(key->relationship.childMember));
    m_loading->setCurrentIndex(static_cast<int>(key->relationship.loading));
    m_deleteOrphan->setChecked(key->relationship.deleteOrphan);
}

void ForeignKeyPage::refreshTarget(const ForeignKey &key)
{
    m_target->clear();
    if (!key.target)
        m_target->addItem(tr("%1 (not in the model)").arg(fromUtf8(key.targetName.toString())),
                          QVariant::fromValue<quint64>(0));
    for (const EntityPointer &entity : model().sortedEntities()) {
        if (entity->kind != orm::TableKind::Table)
            continue;
        m_target->addItem(fromUtf8(entity->name), QVariant::fromValue<quint64>(entity->id.value));
        if (entity->id == key.target)
            m_target->setCurrentIndex(m_target->count() - 1);
    }
}

void ForeignKeyPage::refreshPairs(const Entity &child, const ForeignKey &key)
{
    delete m_pairs->layout();
    for (QWidget *old : m_pairs->findChildren<QWidget *>(Qt::FindDirectChildrenOnly)) {
        old->hide(); // one of them may be in the midst of telling us its choice
        old->deleteLater();
    }
    auto *grid = new QGridLayout(m_pairs);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(2);
    const EntityPointer target = model().entity(key.target);
    const std::vector<AttributeId> targets = targetsOf(key, target);
    for (std::size_t i = 0; i < key.attributes.size(); ++i) {
        const int row = static_cast<int>(i);
        QComboBox *own = attributeChoice(child, key.attributes[i], m_pairs);
        own->setAccessibleName(tr("Column %1").arg(row + 1));
        grid->addWidget(own, row, 0);
        connect(own, &QComboBox::activated, this, [this, own, i](int index) {
            const AttributeId id{own->itemData(index).toULongLong()};
            replace([&](ForeignKey &changed) { changed.attributes[i] = id; }, tr("Change foreign key column"));
        });
        if (!target || i >= targets.size())
            continue;
        grid->addWidget(new QLabel(QStringLiteral("→"), m_pairs), row, 1);
        QComboBox *other = attributeChoice(*target, targets[i], m_pairs);
        other->setAccessibleName(tr("Target column %1").arg(row + 1));
        grid->addWidget(other, row, 2);
        connect(other, &QComboBox::activated, this, [this, other, i, targets](int index) {
            const AttributeId id{other->itemData(index).toULongLong()};
            replace(
                [&](ForeignKey &changed) {
                    changed.targetAttributes = targets;
                    changed.targetAttributes[i] = id;
                },
                tr("Change target column"));
        });
    }
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(2, 1);
}

} // namespace ui::inspector
