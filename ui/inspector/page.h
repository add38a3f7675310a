#pragma once

#ifndef Q_MOC_RUN // moc cannot read the standard library's <compare>
#include "ui/document/try_edit.h"
#endif

#include <QWidget>

class QFormLayout;
class QLabel;
class QVBoxLayout;

namespace ui::inspector {

class TextField;

/// What an inspector shows for one kind of element: a heading, a form, and more below. Reads the document at refresh()
/// and changes it through edits only. Thread: the UI's.
class Page : public QWidget {
    Q_OBJECT

public:
    Page(Document &document, QWidget *parent);
    /// Shows the element as the document has it now; does nothing where it is gone.
    virtual void refresh() = 0;

protected:
    [[nodiscard]] Document &document() const noexcept { return m_document; }
    [[nodiscard]] const orm::model::Model &model() const noexcept { return m_document.model(); }
    void setHeading(const QString &text);
    [[nodiscard]] QFormLayout &form() const noexcept { return *m_form; }
    [[nodiscard]] QVBoxLayout &below() const noexcept { return *m_below; }
    TextField *addText(const QString &label, std::function<QString(const QString &)> commit);
    void addRow(const QString &label, QWidget *field);
    /// Applies an edit; what goes wrong stands at the page's foot.
    bool attempt(const std::function<orm::model::Edit()> &make, const QString &text);
    void say(const QString &problem);

private:
    Document &m_document;
    QLabel *m_heading;
    QLabel *m_problem;
    QFormLayout *m_form;
    QVBoxLayout *m_below;
};

} // namespace ui::inspector
