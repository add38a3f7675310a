#include "app/shell/start_page.h"

#include "ui/base/icons.h"
#include "ui/base/theme.h"

#include <QAction>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace app {
namespace {

constexpr int kColumnWidth = 620;
constexpr int kTargetRole = Qt::UserRole;

QLabel *heading(const QString &text, int pixels, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont font = ui::interfaceFont();
    font.setPixelSize(pixels);
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

QLabel *muted(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setWordWrap(true);
    return label;
}

QString recentIcon(const QString &target)
{
    if (target.contains(QLatin1String("://")))
        return QStringLiteral("plug");
    const QFileInfo file(target);
    if (file.suffix() == QLatin1String("cormorant") || file.isDir())
        return QStringLiteral("network");
    return file.suffix() == QLatin1String("sql") ? QStringLiteral("file-code") : QStringLiteral("database");
}

} // namespace

StartPage::StartPage(QWidget *parent) : QWidget(parent)
{
    auto *column = new QWidget(this);
    column->setMaximumWidth(kColumnWidth);
    column->setMinimumWidth(360);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(24, 32, 24, 24);
    layout->setSpacing(8);
    layout->addWidget(heading(QStringLiteral("Cormorant"), 26, column));
    layout->addWidget(muted(tr("Draw, generate and live in a database."), column));
    layout->addSpacing(16);
    layout->addWidget(makeActions());
    layout->addSpacing(16);
    layout->addWidget(heading(tr("Connect to a database"), 15, column));
    layout->addWidget(makeConnect());
    layout->addSpacing(16);
    layout->addWidget(heading(tr("Recent"), 15, column));
    layout->addWidget(makeRecent(), 1);

    auto *outer = new QGridLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setColumnStretch(0, 1);
    outer->setColumnStretch(1, 8);
    outer->setColumnStretch(2, 1);
    outer->addWidget(column, 0, 1);
    setFocusProxy(column->findChild<QPushButton *>());
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
}

QWidget *StartPage::makeActions()
{
    auto *box = new QWidget(this);
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(8);
    const auto add = [&](int column, const QString &iconName, const QString &text, const QString &tip, auto signal) {
        auto *button = new QPushButton(ui::icon(iconName), text, box);
        button->setIconSize(QSize(20, 20));
        button->setMinimumHeight(44);
        button->setToolTip(tip);
        button->setAccessibleName(text);
        button->setAccessibleDescription(tip);
        connect(button, &QPushButton::clicked, this, signal);
        grid->addWidget(button, 0, column);
    };
    add(0, QStringLiteral("folder-open"), tr("Open…"), tr("Open a model, a SQLite database or an SQL script (Ctrl+O)"),
        &StartPage::openRequested);
    add(1, QStringLiteral("file-plus"), tr("New Model"), tr("Draw a database from nothing (Ctrl+N)"),
        &StartPage::newModelRequested);
    add(2, QStringLiteral("store"), tr("Sample Shop"), tr("A small shop with made-up Brazilian records"),
        &StartPage::sampleRequested);
    return box;
}

QWidget *StartPage::makeConnect()
{
    auto *box = new QWidget(this);
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(8);
    m_url = new QLineEdit(box);
    m_url->setPlaceholderText(QStringLiteral("sqlite:///folder/shop.db"));
    m_url->setFont(ui::valueFont());
    m_url->setAccessibleName(tr("Database URL"));
    m_url->setToolTip(tr("A database's address, as dialect://user:password@host:port/database"));
    m_url->setMinimumHeight(32);
    auto *button = new QPushButton(ui::icon(QStringLiteral("plug")), tr("Connect"), box);
    button->setMinimumHeight(32);
    button->setAccessibleName(tr("Connect"));
    button->setToolTip(tr("Connect to the database at this address (Return)"));
    button->setEnabled(false);
    const auto connectNow = [this] {
        if (const QString url = m_url->text().trimmed(); !url.isEmpty())
            emit targetRequested(url);
    };
    connect(m_url, &QLineEdit::returnPressed, this, connectNow);
    connect(button, &QPushButton::clicked, this, connectNow);
    connect(m_url, &QLineEdit::textChanged, button,
            [button](const QString &text) { button->setEnabled(!text.trimmed().isEmpty()); });
    grid->addWidget(m_url, 0, 0);
    grid->addWidget(button, 0, 1);
    return box;
}

QWidget *StartPage::makeRecent()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    m_noRecent = muted(tr("What you open is listed here."), box);
    m_recent = new QListWidget(box);
    m_recent->setFrameShape(QFrame::NoFrame);
    m_recent->setAccessibleName(tr("Recently opened"));
    m_recent->setIconSize(QSize(16, 16));
    m_recent->setUniformItemSizes(true);
    m_recent->setTextElideMode(Qt::ElideMiddle);
    m_recent->setContextMenuPolicy(Qt::ActionsContextMenu);
    auto *forget = new QAction(ui::icon(QStringLiteral("x")), tr("Remove from This List"), m_recent);
    forget->setShortcut(Qt::Key_Delete);
    forget->setShortcutContext(Qt::WidgetShortcut);
    forget->setToolTip(tr("Remove from this list (Del)"));
    m_recent->addAction(forget);
    connect(forget, &QAction::triggered, this, [this] {
        if (const QListWidgetItem *item = m_recent->currentItem())
            emit forgetRequested(item->data(kTargetRole).toString());
    });
    const auto open = [this](const QListWidgetItem *item) { emit targetRequested(item->data(kTargetRole).toString()); };
    connect(m_recent, &QListWidget::itemActivated, this, open);
    connect(m_recent, &QListWidget::itemClicked, this, open);
    layout->addWidget(m_noRecent);
    layout->addWidget(m_recent, 1);
    layout->addStretch(0);
    return box;
}

void StartPage::setRecent(const QStringList &targets)
{
    m_recent->clear();
    for (const QString &target : targets) {
        const bool isUrl = target.contains(QLatin1String("://"));
        const QFileInfo file(target);
        const QString text = isUrl ? target : QStringLiteral("%1   %2").arg(file.fileName(), file.absolutePath());
        auto *item = new QListWidgetItem(ui::icon(recentIcon(target)), text, m_recent);
        item->setData(kTargetRole, target);
        item->setToolTip(target.toHtmlEscaped());
        item->setSizeHint(QSize(0, 28));
    }
    m_recent->setVisible(!targets.isEmpty());
    m_noRecent->setVisible(targets.isEmpty());
}

void StartPage::focusUrl()
{
    m_url->setFocus();
    m_url->selectAll();
}

} // namespace app
