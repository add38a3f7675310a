#pragma once

#include "ui/inspector/page.h"

class QCheckBox;
class QComboBox;
class QGridLayout;

namespace ui::inspector {

/// A foreign key and the relationship that the classes see in it.
class ForeignKeyPage final : public Page {
    Q_OBJECT

public:
    ForeignKeyPage(Document &document, QWidget *parent);
    void setKey(const ForeignKeyRef &key);
    void refresh() override;

private:
    void makeConstraint();
    void makeRelationship();
    void refreshTarget(const orm::model::ForeignKey &key);
    void refreshPairs(const orm::model::Entity &child, const orm::model::ForeignKey &key);
    bool replace(const std::function<void(orm::model::ForeignKey &)> &change, const QString &text);
    QString replaceText(const std::function<void(orm::model::ForeignKey &)> &change, const QString &text);

    ForeignKeyRef m_ref;
    TextField *m_name = nullptr;
    QComboBox *m_target = nullptr;
    QWidget *m_pairs = nullptr; ///< one row of two choices per pair of attributes
    QComboBox *m_onDelete = nullptr;
    QComboBox *m_onUpdate = nullptr;
    TextField *m_parentMember = nullptr;
    TextField *m_childMember = nullptr;
    QComboBox *m_loading = nullptr;
    QCheckBox *m_deleteOrphan = nullptr;
};

} // namespace ui::inspector
