#include "ui/base/message_bar.h"

#include "ui/base/icons.h"
#include "ui/base/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

namespace ui {
namespace {

constexpr int kShownMilliseconds = 6000;

QString iconName(MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Kind::Success:
        return QStringLiteral("circle-check");
    case MessageBar::Kind::Warning:
        return QStringLiteral("triangle-alert");
    case MessageBar::Kind::Error:
        return QStringLiteral("circle-alert");
    case MessageBar::Kind::Information:
        break;
    }
    return QStringLiteral("info");
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QWidget(parent),
      m_icon(new QLabel(this)),
      m_text(new QLabel(this)),
      m_action(new QPushButton(this)),
      m_close(new QToolButton(this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFocusPolicy(Qt::ClickFocus);
    m_close->setIcon(icon(QStringLiteral("x")));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(tr("Close this message"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 4, 4);
    layout->setSpacing(8);
    layout->addWidget(m_icon, 0, Qt::AlignVCenter);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(m_action, &QPushButton::clicked, this, [this] {
        const std::function<void()> action = m_onAction;
        dismiss();
        if (action)
            action();
    });
    hide();
}

void MessageBar::show(Kind kind, const QString &text, const QString &actionText, std::function<void()> action)
{
    m_kind = kind;
    m_text->setText(text);
    m_text->setAccessibleName(text);
    setAccessibleName(text);
    m_action->setText(actionText);
    m_action->setAccessibleName(actionText);
    m_action->setVisible(!actionText.isEmpty());
    m_onAction = std::move(action);
    updateIcon();
    update();
    QWidget::show();
    const int generation = ++m_generation;
    if (kind == Kind::Information || kind == Kind::Success)
        QTimer::singleShot(kShownMilliseconds, this, [this, generation] {
            if (generation == m_generation)
                dismiss();
        });
}

void MessageBar::dismiss()
{
    ++m_generation;
    m_onAction = {};
    hide();
}

QString MessageBar::text() const { return isHidden() ? QString() : m_text->text(); }

void MessageBar::paintEvent(QPaintEvent *)
{
    const Theme &t = theme();
    QColor fill = t.raised, bar = t.accent;
    if (m_kind == Kind::Success) {
        fill = t.addedFill;
        bar = t.success;
    } else if (m_kind == Kind::Warning) {
        fill = t.changedFill;
        bar = t.warning;
    } else if (m_kind == Kind::Error) {
        fill = t.deletedFill;
        bar = t.error;
    }
    QPainter painter(this);
    painter.fillRect(rect(), fill);
    painter.fillRect(QRect(0, 0, 3, height()), bar);
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.border);
}

void MessageBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateIcon();
}

void MessageBar::updateIcon()
{
    m_icon->setPixmap(icon(iconName(m_kind)).pixmap(QSize(16, 16), devicePixelRatioF(), QIcon::Normal));
}

} // namespace ui
