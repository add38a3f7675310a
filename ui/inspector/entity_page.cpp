#include "ui/inspector/entity_page.h"

#include "ui/base/icons.h"
#include "ui/base/value_text.h"
#include "ui/inspector/attribute_model.h"
#include "ui/inspector/element_list.h"
#include "ui/inspector/fields.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QShortcut>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui::inspector {

using namespace orm::model;

EntityPage::EntityPage(Document &document, QWidget *parent)
    : Page(document, parent), m_attributes(new AttributeModel(document, this))
{
    makeFields();
    makeAttributes();
    makeLists();
}

void EntityPage::setEntity(EntityId entity)
{
    m_entity = entity;
    m_attributes->setEntity(entity);
    say({});
    refresh();
}

/// Replaces the entity by a changed copy.
QString EntityPage::replace(const std::function<void(Entity &)> &change, const QString &text)
{
    return tryEdit(
        document(),
        [&] {
            Entity entity = *model().entity(m_entity);
            change(entity);
            return orm::model::setEntity(model(), std::move(entity));
        },
        text);
}

void EntityPage::change(const std::function<void(Entity &)> &how, const QString &text)
{
    const QString problem = replace(how, text);
    say(problem);
    if (!problem.isEmpty())
        refresh();
}

void EntityPage::makeFields()
{
    m_name = addText(tr("Name"), [this](const QString &text) {
        return tryEdit(
            document(), [&] { return renameEntity(model(), m_entity, toUtf8(text.trimmed())); }, tr("Rename entity"));
    });
    m_className = addText(tr("Class"), [this](const QString &text) {
        return replace([&](Entity &entity) { entity.className = toUtf8(text.trimmed()); }, tr("Change class name"));
    });
    m_className->setPlaceholder(tr("made from the name"));
    m_comment = addText(tr("Comment"), [this](const QString &text) {
        return replace([&](Entity &entity) { entity.comment = toUtf8(text); }, tr("Change comment"));
    });
}

void EntityPage::makeAttributes()
{
    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("attributeTable"));
    m_table->setModel(m_attributes);
    m_table->setAccessibleName(tr("Attributes"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(24);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(true);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QHeaderView &header = *m_table->horizontalHeader();
    header.setMinimumSectionSize(28);
    header.setSectionResizeMode(QHeaderView::Interactive);
    header.setSectionResizeMode(AttributeModel::Name, QHeaderView::Stretch);
    header.resizeSection(AttributeModel::Key, 30);
    header.resizeSection(AttributeModel::TypeText, 88);
    header.resizeSection(AttributeModel::Required, 36);
    header.resizeSection(AttributeModel::Default, 54);
    connect(m_attributes, &AttributeModel::problem, this, &EntityPage::say);

    auto *bar = new QHBoxLayout;
    auto *heading = new QLabel(tr("&Attributes"), this);
    heading->setBuddy(m_table);
    bar->addWidget(heading);
    bar->addStretch(1);
    const auto add = [&](const QString &name, const QString &iconName, const QString &tip, std::function<void()> act) {
        auto *button = new QToolButton(this);
        button->setObjectName(name);
        button->setIcon(icon(iconName));
        button->setAutoRaise(true);
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        connect(button, &QToolButton::clicked, this, [act = std::move(act)] { act(); });
        bar->addWidget(button);
    };
    add(QStringLiteral("addAttribute"), QStringLiteral("plus"), tr("Add attribute (Alt+Enter)"),
        [this] { addNewAttribute(); });
    add(QStringLiteral("removeAttribute"), QStringLiteral("minus"), tr("Remove attribute (Delete)"),
        [this] { removeCurrentAttribute(); });
    add(QStringLiteral("moveAttributeUp"), QStringLiteral("arrow-up"), tr("Move up (Alt+Up)"),
        [this] { moveCurrentAttribute(-1); });
    add(QStringLiteral("moveAttributeDown"), QStringLiteral("arrow-down"), tr("Move down (Alt+Down)"),
        [this] { moveCurrentAttribute(1); });
    const auto shortcut = [this](const QKeySequence &keys, std::function<void()> act) {
        auto *made = new QShortcut(keys, m_table);
        made->setContext(Qt::WidgetShortcut);
        connect(made, &QShortcut::activated, this, [act = std::move(act)] { act(); });
    };
    shortcut(Qt::ALT | Qt::Key_Return, [this] { addNewAttribute(); });
    shortcut(Qt::Key_Delete, [this] { removeCurrentAttribute(); });
    shortcut(Qt::ALT | Qt::Key_Up, [this] { moveCurrentAttribute(-1); });
    shortcut(Qt::ALT | Qt::Key_Down, [this] { moveCurrentAttribute(1); });
    auto *box = new QVBoxLayout;
    box->setSpacing(2);
    box->addLayout(bar);
    box->addWidget(m_table);
    below().addLayout(box);
}

void EntityPage::makeLists()
{
    m_uniques = new ElementList(tr("Unique keys"), {tr("Name"), tr("Attributes")}, {0}, this);
    m_uniques->setAdder(tr("Add a unique key over the selected attributes"), [this] { addUnique(); });
    m_uniques->setRemover(tr("Remove unique key"), [this](quint64 id) {
        change([&](Entity &e) { std::erase_if(e.uniques, [&](const orm::model::Key &k) { return k.id.value == id; }); },
               tr("Remove unique key"));
    });
    connect(m_uniques, &ElementList::edited, this, [this](quint64 id, int, const QString &text) {
        change(
            [&](Entity &entity) {
                for (orm::model::Key &key : entity.uniques)
                    if (key.id.value == id)
                        key.name = toUtf8(text.trimmed());
            },
            tr("Rename unique key"));
    });
    m_indexes = new ElementList(tr("Indexes"), {tr("Name"), tr("Over")}, {0}, this);
    m_indexes->setAdder(tr("Add an index over the selected attributes"), [this] { addIndex(); });
    m_indexes->setRemover(tr("Remove index"), [this](quint64 id) {
        change([&](Entity &e) { std::erase_if(e.indexes, [&](const Index &i) { return i.id.value == id; }); },
               tr("Remove index"));
    });
    connect(m_indexes, &ElementList::edited, this, [this](quint64 id, int, const QString &text) {
        change(
            [&](Entity &entity) {
                for (Index &index : entity.indexes)
                    if (index.id.value == id)
                        index.name = toUtf8(text.trimmed());
            },
            tr("Rename index"));
    });
    m_keys = new ElementList(tr("Foreign keys"), {tr("Attributes"), tr("Refers to"), tr("Member"), tr("Children")},
                             {2, 3}, this);
    m_keys->setRemover(tr("Remove foreign key; its columns stay"), [this](quint64 id) {
        attempt([&] { return removeForeignKey(model(), m_entity, ConstraintId{id}, KeyColumns::Keep); },
                tr("Remove foreign key"));
    });
    connect(m_keys, &ElementList::opened, this, [this](quint64 id) {
        document().select({ForeignKeyRef{m_entity, ConstraintId{id}}});
    });
    connect(m_keys, &ElementList::edited, this, [this](quint64 id, int column, const QString &text) {
        attempt(
            [&] {
                ForeignKey key = *model().entity(m_entity)->foreignKey(ConstraintId{id});
                (column == 2 ? key.relationship.parentMember : key.relationship.childMember) = toUtf8(text.trimmed());
                return orm::model::setForeignKey(model(), m_entity, key);
            },
            tr("Rename relationship member"));
    });
    for (ElementList *list : {m_keys, m_uniques, m_indexes})
        below().addWidget(list);
}

void EntityPage::refresh()
{
    const EntityPointer entity = model().entity(m_entity);
    if (!entity)
        return;
    const QString kind = entity->kind == orm::TableKind::View ? tr("View %1")
                         : entity->junction                   ? tr("Junction %1")
                                                              : tr("Entity %1");
    setHeading(kind.arg(fromUtf8(entity->name)));
    m_name->setValue(fromUtf8(entity->name));
    m_className->setValue(fromUtf8(entity->className));
    m_comment->setValue(fromUtf8(entity->comment));
    m_attributes->refresh();
    const int rows = std::clamp(m_attributes->rowCount(), 2, 16);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() + 24 * rows + 6);
    refreshLists(*entity);
}

void EntityPage::refreshLists(const Entity &entity)
{
    const auto names = [](const Entity &of, const std::vector<AttributeId> &ids) {
        QStringList result;
        for (const AttributeId id : ids) {
            const Attribute *attribute = of.find(id);
            result << (attribute != nullptr ? fromUtf8(attribute->name) : QStringLiteral("?"));
        }
        return result.join(QStringLiteral(", "));
    };
    QList<ElementList::Row> uniques;
    for (const orm::model::Key &key : entity.uniques)
        uniques.push_back({key.id.value, {fromUtf8(key.name), names(entity, key.attributes)}});
    m_uniques->setRows(uniques);
    QList<ElementList::Row> indexes;
    for (const Index &index : entity.indexes) {
        QStringList parts;
        for (const IndexPart &part : index.parts) {
            const Attribute *attribute = part.attribute ? entity.find(part.attribute) : nullptr;
            parts << (attribute != nullptr ? fromUtf8(attribute->name) : fromUtf8(part.expression.sql)) +
                         (part.descending ? tr(" (descending)") : QString());
        }
        indexes.push_back(
            {index.id.value,
             {fromUtf8(index.name), parts.join(QStringLiteral(", ")) + (index.unique ? tr("; unique") : QString())}});
    }
    m_indexes->setRows(indexes);
    QList<ElementList::Row> keys;
    for (const ForeignKey &key : entity.foreignKeys) {
        const EntityPointer target = model().entity(key.target);
        keys.push_back({key.id.value,
                        {names(entity, key.attributes), target ? fromUtf8(target->name) : fromUtf8(key.targetName.name),
                         fromUtf8(key.relationship.parentMember), fromUtf8(key.relationship.childMember)}});
    }
    m_keys->setRows(keys);
}

std::vector<AttributeId> EntityPage::selectedAttributes() const
{
    std::vector<AttributeId> result;
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex &row : rows)
        result.push_back(m_attributes->attributeAt(row.row()));
    return result;
}

void EntityPage::addNewAttribute()
{
    const EntityPointer entity = model().entity(m_entity);
    if (!entity)
        return;
    Attribute attribute;
    attribute.type = orm::String(100);
    attribute.name = "attribute";
    for (int number = 2; entity->find(std::string_view(attribute.name)) != nullptr; ++number)
        attribute.name = "attribute_" + std::to_string(number);
    if (!attempt([&] { return addAttribute(model(), m_entity, attribute); }, tr("Add attribute")))
        return;
    const QModelIndex name = m_attributes->index(m_attributes->rowCount() - 1, AttributeModel::Name);
    m_table->setFocus();
    m_table->setCurrentIndex(name);
    m_table->edit(name);
}

void EntityPage::removeCurrentAttribute()
{
    const std::vector<AttributeId> ids = selectedAttributes();
    std::vector<std::function<Edit()>> makes;
    for (const AttributeId id : ids)
        makes.emplace_back([this, id] { return removeAttribute(model(), m_entity, id); });
    if (makes.empty())
        return;
    const QString text =
        ids.size() == 1 ? tr("Remove 1 attribute") : tr("Remove %n attributes", nullptr, static_cast<int>(ids.size()));
    say(tryEdits(document(), makes, text));
}

void EntityPage::moveCurrentAttribute(int by)
{
    const int row = m_table->currentIndex().row();
    const AttributeId id = m_attributes->attributeAt(row);
    const int to = row + by;
    if (!id || to < 0 || to >= m_attributes->rowCount())
        return;
    const int column = m_table->currentIndex().column();
    if (attempt([&] { return moveAttribute(model(), m_entity, id, static_cast<std::size_t>(to)); },
                tr("Move attribute")))
        m_table->setCurrentIndex(m_attributes->index(to, column));
}

void EntityPage::addUnique()
{
    const std::vector<AttributeId> ids = selectedAttributes();
    if (ids.empty()) {
        say(tr("Select the attributes of the key in the table above first."));
        return;
    }
    change(
        [&](Entity &entity) {
            entity.uniques.push_back({model().newId<ConstraintId>(), {}, ids, {}});
        },
        tr("Add unique key"));
}

void EntityPage::addIndex()
{
    const std::vector<AttributeId> ids = selectedAttributes();
    if (ids.empty()) {
        say(tr("Select the attributes of the index in the table above first."));
        return;
    }
    change(
        [&](Entity &entity) {
            Index index;
            index.id = model().newId<ConstraintId>();
            index.name = entity.name;
            for (const AttributeId id : ids) {
                IndexPart part;
                part.attribute = id;
                index.parts.push_back(part);
                index.name += "_" + entity.find(id)->name;
            }
            index.name += "_idx";
            entity.indexes.push_back(std::move(index));
        },
        tr("Add index"));
}

} // namespace ui::inspector
