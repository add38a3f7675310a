#pragma once

#include <QPointer>
#include <QWidget>

class QStackedWidget;

namespace ui {

class Document;
class EmptyState;
namespace inspector {
class AttributePage;
class EntityPage;
class ForeignKeyPage;
class Page;
} // namespace inspector

/// The properties of what is selected in a document; one page for each kind of element. All changes are undo steps.
///
/// Thread: the UI's. The document may change or go at any time.
class Inspector : public QWidget {
    Q_OBJECT

public:
    explicit Inspector(QWidget *parent = nullptr);
    void setDocument(Document *document); ///< null: none is open

private:
    void showSelection();
    void refresh();
    void showEmpty(const QString &sentence);

    QPointer<QObject> m_watched;
    Document *m_document = nullptr;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    inspector::EntityPage *m_entityPage = nullptr;
    inspector::AttributePage *m_attributePage = nullptr;
    inspector::ForeignKeyPage *m_keyPage = nullptr;
    inspector::Page *m_shown = nullptr;
};

} // namespace ui
