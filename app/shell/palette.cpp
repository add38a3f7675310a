#include "app/shell/palette.h"

#include "ui/base/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace app {
namespace {

constexpr int kIndexRole = Qt::UserRole;
constexpr int kDetailRole = Qt::UserRole + 1;

/// Text at the left, detail muted at the right.
class EntryDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const QString detail = index.data(kDetailRole).toString();
        const int room = option.rect.width() - option.fontMetrics.horizontalAdvance(index.data().toString()) - 60;
        if (detail.isEmpty() || room < 40)
            return;
        painter->save();
        painter->setPen(ui::theme().muted);
        painter->drawText(option.rect.adjusted(0, 0, -10, 0), Qt::AlignRight | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(detail, Qt::ElideMiddle, room));
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {0, 28}; }
};

} // namespace

int matchScore(const QString &text, const QString &words)
{
    int score = 0;
    for (const QString &word : words.split(u' ', Qt::SkipEmptyParts)) {
        const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
        if (at < 0)
            return -1;
        const bool startsWord = at == 0 || !text.at(at - 1).isLetterOrNumber();
        score += static_cast<int>(std::min<qsizetype>(at, 50)) + (startsWord ? 0 : 100);
    }
    return score + static_cast<int>(std::min<qsizetype>(text.size(), 100)) / 4;
}

Palette::Palette(QWidget *window)
    : QFrame(window, Qt::Popup), m_search(new QLineEdit(this)), m_list(new QListWidget(this))
{
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Palette"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumHeight(32);
    m_search->installEventFilter(this);
    m_list->setAccessibleName(tr("What was found"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setIconSize(QSize(16, 16));
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(4);
    layout->addWidget(m_search);
    layout->addWidget(m_list);
    connect(m_search, &QLineEdit::textChanged, this, &Palette::filter);
    connect(m_list, &QListWidget::itemClicked, this, &Palette::run);
}

void Palette::popUp(std::vector<PaletteEntry> entries, const QString &placeholder)
{
    m_entries = std::move(entries);
    m_search->setPlaceholderText(placeholder);
    m_search->clear();
    filter(QString());
    const QWidget *window = parentWidget();
    const int width = std::min(640, window->width() - 40), height = std::min(420, window->height() - 80);
    resize(width, height);
    move(window->mapToGlobal(QPoint((window->width() - width) / 2, 48)));
    show();
    m_search->setFocus();
}

void Palette::filter(const QString &text)
{
    std::vector<std::pair<int, int>> ranked;
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        if (const int score = matchScore(m_entries[i].text, text); score >= 0)
            ranked.emplace_back(text.isEmpty() ? 0 : score, static_cast<int>(i));
    std::stable_sort(ranked.begin(), ranked.end());
    m_list->clear();
    for (std::size_t i = 0; i < ranked.size() && i < kMostShown; ++i) {
        const PaletteEntry &entry = m_entries[static_cast<std::size_t>(ranked[i].second)];
        auto *item = new QListWidgetItem(entry.icon, entry.text, m_list);
        item->setData(kIndexRole, ranked[i].second);
        item->setData(kDetailRole, entry.detail);
        if (!entry.enabled)
            item->setFlags(Qt::NoItemFlags);
    }
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->flags() & Qt::ItemIsEnabled) {
            m_list->setCurrentRow(row);
            break;
        }
}

bool Palette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const QListWidgetItem *item = m_list->currentItem())
            run(item);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: {
        const int page = key->key() == Qt::Key_PageUp || key->key() == Qt::Key_PageDown ? 10 : 1;
        const int direction = key->key() == Qt::Key_Up || key->key() == Qt::Key_PageUp ? -page : page;
        m_list->setCurrentRow(std::clamp(m_list->currentRow() + direction, 0, std::max(0, m_list->count() - 1)));
        return true;
    }
    default:
        return false;
    }
}

void Palette::run(const QListWidgetItem *item)
{
    if (!(item->flags() & Qt::ItemIsEnabled))
        return;
    const std::function<void()> chosen = m_entries[static_cast<std::size_t>(item->data(kIndexRole).toInt())].run;
    hide();
    if (chosen)
        chosen();
}

} // namespace app
