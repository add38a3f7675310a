#include "ui/inspector/attribute_model.h"

#include "ui/base/theme.h"
#include "ui/base/value_text.h"

#include <algorithm>

namespace ui::inspector {

using namespace orm::model;

AttributeModel::AttributeModel(Document &document, QObject *parent) : QAbstractTableModel(parent), m_document(document)
{
}

void AttributeModel::setEntity(EntityId entity)
{
    if (entity == m_id)
        return;
    beginResetModel();
    m_id = entity;
    m_entity = m_document.model().entity(entity);
    endResetModel();
}

void AttributeModel::refresh()
{
    const EntityPointer now = m_document.model().entity(m_id);
    const auto ids = [](const EntityPointer &entity) {
        std::vector<AttributeId> result;
        for (const Attribute &attribute : entity ? entity->attributes : std::vector<Attribute>{})
            result.push_back(attribute.id);
        return result;
    };
    if (ids(now) != ids(m_entity)) {
        beginResetModel();
        m_entity = now;
        endResetModel();
    } else if (m_entity != now) {
        m_entity = now;
        if (rowCount() > 0)
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

AttributeId AttributeModel::attributeAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_entity->attributes[static_cast<std::size_t>(row)].id : AttributeId{};
}

int AttributeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_entity ? 0 : static_cast<int>(m_entity->attributes.size());
}

int AttributeModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant AttributeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !m_entity)
        return {};
    const Attribute &attribute = m_entity->attributes[static_cast<std::size_t>(index.row())];
    const bool key = m_entity->isPrimaryKey(attribute.id);
    if (role == Qt::CheckStateRole) {
        if (index.column() == Key)
            return key ? Qt::Checked : Qt::Unchecked;
        if (index.column() == Required)
            return key || !attribute.nullable ? Qt::Checked : Qt::Unchecked;
        return {};
    }
    if (role == Qt::AccessibleTextRole && (index.column() == Key || index.column() == Required)) {
        const bool on = index.column() == Key ? key : key || !attribute.nullable;
        return headerData(index.column(), Qt::Horizontal, Qt::ToolTipRole).toString() + QStringLiteral(": ") +
               (on ? tr("yes") : tr("no"));
    }
    if (role != Qt::DisplayRole && role != Qt::EditRole)
        return {};
    switch (index.column()) {
    case Name:
        return fromUtf8(attribute.name);
    case TypeText:
        return fromUtf8(attribute.type.toString());
    case Default:
        return fromUtf8(attribute.serverDefault.sql);
    default:
        return {};
    }
}

QVariant AttributeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::DisplayRole)
        return QStringList{tr("PK"), tr("Name"), tr("Type"), tr("Req."), tr("Default")}.at(section);
    if (role == Qt::ToolTipRole)
        return QStringList{tr("Primary key"), tr("Name"), tr("Type, such as varchar(50) or numeric(10,2)"),
                           tr("Required (NOT NULL)"), tr("Default, as SQL")}
            .at(section);
    return {};
}

Qt::ItemFlags AttributeModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags result = Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    if (index.column() == Key)
        return result | Qt::ItemIsUserCheckable;
    if (index.column() == Required) { // a key's attribute is required whatever one ticks
        const bool key = m_entity && m_entity->isPrimaryKey(attributeAt(index.row()));
        return key ? result & ~Qt::ItemFlags(Qt::ItemIsEnabled) : result | Qt::ItemIsUserCheckable;
    }
    return result | Qt::ItemIsEditable;
}

bool AttributeModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || !m_entity)
        return false;
    const Attribute attribute = m_entity->attributes[static_cast<std::size_t>(index.row())];
    QString text;
    if (role == Qt::CheckStateRole)
        text = check(attribute, index.column(), value.toInt() == Qt::Checked);
    else if (role == Qt::EditRole && value.toString() != data(index, Qt::EditRole).toString())
        text = change(attribute, index.column(), value.toString().trimmed());
    else
        return false;
    emit problem(text);
    return text.isEmpty();
}

QString AttributeModel::change(const Attribute &attribute, int column, const QString &text)
{
    const Model &model = m_document.model();
    if (column == Name)
        return tryEdit(
            m_document, [&] { return renameAttribute(model, m_id, attribute.id, toUtf8(text)); },
            tr("Rename attribute"));
    Attribute changed = attribute;
    if (column == TypeText) {
        const std::optional<orm::Type> type = orm::Type::parse(toUtf8(text));
        if (!type)
            return tr("\"%1\" is no type. Try varchar(50), numeric(10,2), bigint, date, timestamp.").arg(text);
        changed.type = *type;
    } else if (column == Default) {
        changed.serverDefault.sql = toUtf8(text);
    }
    return tryEdit(
        m_document, [&] { return setAttribute(model, m_id, changed); },
        column == TypeText ? tr("Change type") : tr("Change default"));
}

QString AttributeModel::check(const Attribute &attribute, int column, bool on)
{
    const Model &model = m_document.model();
    if (column == Required) {
        Attribute changed = attribute;
        changed.nullable = !on;
        return tryEdit(
            m_document, [&] { return setAttribute(model, m_id, changed); }, on ? tr("Set NOT NULL") : tr("Allow NULL"));
    }
    std::vector<AttributeId> key = m_entity->primaryKey.attributes;
    std::erase(key, attribute.id);
    if (on)
        key.push_back(attribute.id);
    return tryEdit(
        m_document, [&] { return setPrimaryKey(model, m_id, key); }, tr("Change primary key"));
}

} // namespace ui::inspector
