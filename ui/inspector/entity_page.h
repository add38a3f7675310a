#pragma once

#include "ui/inspector/page.h"

class QTableView;
class QToolButton;

namespace ui::inspector {

class AttributeModel;
class ElementList;

/// An entity: names, comment, attributes, unique keys, indexes, foreign keys.
class EntityPage final : public Page {
    Q_OBJECT

public:
    EntityPage(Document &document, QWidget *parent);
    void setEntity(orm::model::EntityId entity);
    void refresh() override;

private:
    void makeFields();
    void makeAttributes();
    void makeLists();
    void refreshLists(const orm::model::Entity &entity);
    QString replace(const std::function<void(orm::model::Entity &)> &change, const QString &text);
    void change(const std::function<void(orm::model::Entity &)> &how, const QString &text); ///< says what goes wrong
    void addNewAttribute();
    void removeCurrentAttribute();
    void moveCurrentAttribute(int by);
    [[nodiscard]] std::vector<orm::model::AttributeId> selectedAttributes() const;
    void addUnique();
    void addIndex();

    orm::model::EntityId m_entity;
    TextField *m_name = nullptr;
    TextField *m_className = nullptr;
    TextField *m_comment = nullptr;
    AttributeModel *m_attributes;
    QTableView *m_table = nullptr;
    ElementList *m_uniques = nullptr;
    ElementList *m_indexes = nullptr;
    ElementList *m_keys = nullptr;
};

} // namespace ui::inspector
