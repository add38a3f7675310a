#pragma once

#ifndef Q_MOC_RUN // moc cannot read the standard library's <compare>
#include "ui/document/try_edit.h"
#endif

#include <QAbstractTableModel>

namespace ui::inspector {

/// The attributes of one entity as a table that can be edited; every cell is one undo step. Follow the document with
/// refresh(). Thread: the UI's.
class AttributeModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Key, Name, TypeText, Required, Default, ColumnCount };

    explicit AttributeModel(Document &document, QObject *parent = nullptr);
    void setEntity(orm::model::EntityId entity);
    void refresh();
    [[nodiscard]] orm::model::AttributeId attributeAt(int row) const; ///< none: no such row

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    void problem(const QString &text); ///< why a cell could not be changed; empty: it could

private:
    QString change(const orm::model::Attribute &attribute, int column, const QString &text);
    QString check(const orm::model::Attribute &attribute, int column, bool on);

    Document &m_document;
    orm::model::EntityId m_id;
    orm::model::EntityPointer m_entity;
};

} // namespace ui::inspector
