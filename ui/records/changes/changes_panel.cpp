#include "ui/records/changes/changes_panel.h"

#include "ui/base/icons.h"
#include "ui/base/theme.h"
#include "ui/base/value_text.h"
#include "ui/records/source/cell_text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ui::records {

namespace {

constexpr int kPreviewDelay = 150; // milliseconds after the last change

QString rowName(const RowAddress &row)
{
    if (row.newRow != 0)
        return ChangesPanel::tr("new row %1").arg(row.newRow);
    QStringList parts;
    for (const orm::Value &value : row.identity)
        parts += displayText(value, 40);
    return parts.join(QStringLiteral(", "));
}

QString shown(const CellValue &cell)
{
    return cell.parent != 0 ? ChangesPanel::tr("new row %1").arg(cell.parent) : cellText(cell.value);
}

QString cellsText(const RowChange &change)
{
    QStringList parts;
    for (const auto &[position, cell] : change.cells) {
        const QString name = fromUtf8(change.address.table->columns()[position]->name);
        if (change.kind == ChangeKind::Update)
            parts += QStringLiteral("%1: %2 → %3").arg(name, cellText(cell.base), shown(cell.mine));
        else
            parts += QStringLiteral("%1: %2").arg(name, shown(cell.mine));
    }
    return parts.join(QStringLiteral(",  "));
}

std::pair<QString, QColor> symbolOf(const RowChange &change, const RowProblem *problem)
{
    const Theme &colours = theme();
    if (problem != nullptr)
        return {QStringLiteral("!"), colours.conflict};
    switch (change.kind) {
    case ChangeKind::Insert:
        return {QStringLiteral("+"), colours.added};
    case ChangeKind::Update:
        return {QStringLiteral("•"), colours.changed};
    case ChangeKind::Delete:
        return {QStringLiteral("–"), colours.deleted};
    }
    return {};
}

} // namespace

ChangesPanel::ChangesPanel(QWidget *parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_commit(new QPushButton(tr("Commit"), this)),
      m_rollback(new QPushButton(tr("Roll back"), this)),
      m_list(new QTreeWidget(this)),
      m_preview(new QPlainTextEdit(this)),
      m_timer(new QTimer(this))
{
    setAccessibleName(tr("Staged changes"));
    m_list->setAccessibleName(tr("Staged rows"));
    m_preview->setAccessibleName(tr("The SQL that a commit will send"));
    constexpr int kGap = 8;
    m_title->setTextFormat(Qt::PlainText);
    m_commit->setIcon(icon(QStringLiteral("check")));
    m_rollback->setIcon(icon(QStringLiteral("undo-2")));
    m_commit->setToolTip(tr("Write all changes in one transaction (Ctrl+S)"));
    m_rollback->setToolTip(tr("Drop all changes; undo brings them back"));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(kGap, kGap / 2, kGap, kGap / 2);
    bar->addWidget(m_title);
    bar->addStretch();
    bar->addWidget(m_rollback);
    bar->addWidget(m_commit);
    m_list->setColumnCount(4);
    m_list->setHeaderLabels({QString(), tr("Table"), tr("Row"), tr("Values")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_preview->setReadOnly(true);
    m_preview->setFont(valueFont());
    m_preview->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_preview->setFrameShape(QFrame::NoFrame);
    m_preview->setPlaceholderText(tr("The SQL of staged changes stands here before it is sent."));
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_list);
    splitter->addWidget(m_preview);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(splitter, 1);
    m_timer->setSingleShot(true);
    m_timer->setInterval(kPreviewDelay);
    connect(m_timer, &QTimer::timeout, this, &ChangesPanel::refreshPreview);
    connect(m_commit, &QPushButton::clicked, this, [this] {
        if (m_connection)
            m_connection->commit();
    });
    connect(m_rollback, &QPushButton::clicked, this, [this] {
        if (m_connection)
            m_connection->rollback();
    });
    connect(m_list, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem *item) {
        emit rowActivated(m_rows[static_cast<std::size_t>(m_list->indexOfTopLevelItem(item))]);
    });
    refill();
}

void ChangesPanel::setConnection(RecordConnection *connection)
{
    if (m_connection) {
        m_connection->disconnect(this);
        m_connection->changes().disconnect(this);
    }
    m_connection = connection;
    if (connection != nullptr) {
        connect(&connection->changes(), &ChangeSet::changed, this, &ChangesPanel::refill);
        connect(&connection->changes(), &ChangeSet::lockedChanged, this, &ChangesPanel::updateButtons);
    }
    refill();
}

QString ChangesPanel::previewText() const { return m_preview->toPlainText(); }

void ChangesPanel::addRow(const RowChange &change)
{
    const RowProblem *problem = m_connection->changes().problem(change.address);
    const auto [symbol, colour] = symbolOf(change, problem);
    auto *item = new QTreeWidgetItem(m_list);
    item->setText(0, symbol);
    item->setForeground(0, colour);
    item->setTextAlignment(0, Qt::AlignCenter);
    item->setText(1, fromUtf8(change.address.table->name().name));
    item->setText(2, rowName(change.address));
    item->setText(3, cellsText(change));
    item->setFont(3, valueFont());
    if (problem != nullptr) {
        for (int column = 0; column < m_list->columnCount(); ++column)
            item->setToolTip(column, plainToolTip(problem->message));
    }
    m_rows.push_back(change.address);
}

void ChangesPanel::refill()
{
    constexpr int kSymbolWidth = 28;
    m_list->clear();
    m_rows.clear();
    if (m_connection) {
        for (const RowChange &change : m_connection->changes().rows())
            addRow(change);
    }
    m_list->setColumnWidth(0, kSymbolWidth);
    m_list->resizeColumnToContents(1);
    m_list->resizeColumnToContents(2);
    updateButtons();
    m_timer->start();
}

QString ChangesPanel::titleText() const
{
    const auto count = static_cast<int>(m_rows.size());
    if (count == 0)
        return tr("No changes to save");
    const QString text = count == 1 ? tr("1 change to save") : tr("%n changes to save", nullptr, count);
    const auto refused = static_cast<int>(m_connection->changes().problemRows().size());
    return refused == 0 ? text : tr("%1, %2 marked with “!”").arg(text).arg(refused);
}

void ChangesPanel::updateButtons()
{
    const int count = static_cast<int>(m_rows.size());
    const bool locked = m_connection && m_connection->changes().isLocked();
    m_title->setText(locked ? tr("Saving…") : titleText());
    m_commit->setEnabled(count > 0 && !locked);
    m_rollback->setEnabled(count > 0 && !locked);
}

void ChangesPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refill();
}

void ChangesPanel::refreshPreview()
{
    const int generation = ++m_generation;
    if (!m_connection || m_rows.empty()) {
        m_preview->clear();
        return;
    }
    if (m_connection->changes().isLocked())
        return;
    m_connection->preview(this, [this, generation](Outcome<std::vector<std::string>> outcome) {
        if (generation != m_generation)
            return;
        QString text;
        if (outcome.ok()) {
            for (const std::string &sql : outcome.value())
                text += fromUtf8(sql) + QStringLiteral(";\n");
        } else {
            text = outcome.failure().message;
        }
        m_preview->setPlainText(text);
    });
}

} // namespace ui::records
