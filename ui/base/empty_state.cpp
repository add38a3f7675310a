#include "ui/base/empty_state.h"

#include "ui/base/icons.h"
#include "ui/base/theme.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

EmptyState::EmptyState(const QString &iconName, const QString &sentence, const QString &actionText, QWidget *parent)
    : QWidget(parent), m_iconName(iconName), m_icon(new QLabel(this)), m_sentence(new QLabel(this))
{
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setForegroundRole(QPalette::PlaceholderText);
    m_icon->setAlignment(Qt::AlignCenter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addWidget(m_icon);
    layout->addWidget(m_sentence);
    if (!actionText.isEmpty()) {
        m_button = new QPushButton(actionText, this);
        m_button->setAccessibleName(actionText);
        connect(m_button, &QPushButton::clicked, this, &EmptyState::activated);
        layout->addWidget(m_button, 0, Qt::AlignHCenter);
    }
    layout->addStretch(3);
    setSentence(sentence);
    updateIcon();
}

void EmptyState::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
    setAccessibleName(sentence);
}

void EmptyState::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateIcon();
}

void EmptyState::updateIcon()
{
    m_icon->setPixmap(icon(m_iconName).pixmap(QSize(24, 24), devicePixelRatioF(), QIcon::Disabled));
}

} // namespace ui
