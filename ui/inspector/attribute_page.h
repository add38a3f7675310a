#pragma once

#include "ui/inspector/page.h"

class QCheckBox;
class QComboBox;

namespace ui::inspector {

/// One attribute: column, class member, type, what the database does with it.
class AttributePage final : public Page {
    Q_OBJECT

public:
    AttributePage(Document &document, QWidget *parent);
    void setAttribute(const AttributeRef &attribute);
    void refresh() override;

private:
    QString replace(const std::function<void(orm::model::Attribute &)> &change, const QString &text);

    AttributeRef m_ref;
    TextField *m_name;
    TextField *m_member;
    TextField *m_type;
    QCheckBox *m_required = nullptr;
    QCheckBox *m_key = nullptr;
    QComboBox *m_identity = nullptr;
    TextField *m_default;
    TextField *m_generated;
    TextField *m_comment;
};

} // namespace ui::inspector
