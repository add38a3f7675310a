#include "ui/inspector/inspector.h"

#include "ui/base/empty_state.h"
#include "ui/document/document.h"
#include "ui/inspector/attribute_page.h"
#include "ui/inspector/entity_page.h"
#include "ui/inspector/foreign_key_page.h"

#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {

using namespace inspector;

namespace {

/// Puts a page into a scroll area of the stack.
void addPage(QStackedWidget &stack, Page *page)
{
    auto *area = new QScrollArea(&stack);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(page);
    stack.addWidget(area);
}

} // namespace

Inspector::Inspector(QWidget *parent)
    : QWidget(parent),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(QStringLiteral("table-properties"), {}, {}, m_stack))
{
    setObjectName(QStringLiteral("inspector"));
    setAccessibleName(tr("Inspector"));
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    showSelection();
}

void Inspector::setDocument(Document *document)
{
    if (document == m_document)
        return;
    if (m_document != nullptr && m_watched)
        m_document->disconnect(this);
    m_document = document;
    m_watched = document;
    while (m_stack->count() > 1) {
        QWidget *area = m_stack->widget(1);
        m_stack->removeWidget(area);
        delete area;
    }
    m_shown = nullptr;
    if (document != nullptr) {
        m_entityPage = new EntityPage(*document, nullptr);
        m_attributePage = new AttributePage(*document, nullptr);
        m_keyPage = new ForeignKeyPage(*document, nullptr);
        addPage(*m_stack, m_entityPage);
        addPage(*m_stack, m_attributePage);
        addPage(*m_stack, m_keyPage);
        connect(document, &Document::selectionChanged, this, &Inspector::showSelection);
        connect(document, &Document::changed, this, &Inspector::refresh);
        connect(document, &QObject::destroyed, this, [this, document] {
            if (m_document == document)
                setDocument(nullptr);
        });
    }
    showSelection();
}

void Inspector::showSelection()
{
    m_shown = nullptr;
    if (m_document == nullptr) {
        showEmpty(tr("Open a model to see the properties of its entities here."));
        return;
    }
    const std::vector<ElementRef> &selection = m_document->selection();
    if (selection.empty()) {
        showEmpty(tr("Select an entity, an attribute or a relationship to see and change its properties."));
        return;
    }
    if (selection.size() > 1) {
        showEmpty(tr("%n elements are selected. Select one to see its properties.", nullptr,
                     static_cast<int>(selection.size())));
        return;
    }
    if (const auto *entity = std::get_if<orm::model::EntityId>(&selection.front())) {
        m_entityPage->setEntity(*entity);
        m_shown = m_entityPage;
        m_stack->setCurrentIndex(1);
    } else if (const auto *attribute = std::get_if<AttributeRef>(&selection.front())) {
        m_attributePage->setAttribute(*attribute);
        m_shown = m_attributePage;
        m_stack->setCurrentIndex(2);
    } else {
        m_keyPage->setKey(std::get<ForeignKeyRef>(selection.front()));
        m_shown = m_keyPage;
        m_stack->setCurrentIndex(3);
    }
}

void Inspector::refresh()
{
    if (m_shown != nullptr)
        m_shown->refresh();
}

void Inspector::showEmpty(const QString &sentence)
{
    m_empty->setSentence(sentence);
    m_stack->setCurrentIndex(0);
}

} // namespace ui
