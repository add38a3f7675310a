#include "ui/records/view/record_view.h"

#include "ui/base/message_bar.h"
#include "ui/base/theme.h"
#include "ui/base/value_text.h"
#include "ui/records/grid/grid_header.h"
#include "ui/records/view/filter_bar.h"
#include "ui/records/view/selection_summary.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolBar>
#include <QVBoxLayout>

#include <algorithm>

namespace ui::records {

RecordView::RecordView(RecordConnection &connection, const orm::Table &table, QWidget *parent)
    : QWidget(parent),
      m_connection(connection),
      m_table(table),
      m_window(connection.engine()),
      m_labelReader(connection.engine()),
      m_labels(m_labelReader),
      m_model(m_window, connection.changes(), m_labels),
      m_grid(new RecordGrid(m_model, this)),
      m_toolBar(new QToolBar(this)),
      m_filterBar(new FilterBar(this)),
      m_message(new MessageBar(this)),
      m_conflicts(new ConflictBar(connection.changes(), table, this)),
      m_count(new QLabel(this)),
      m_summary(new QLabel(this)),
      m_notice(new QLabel(this)),
      m_goTo(new QLineEdit(this))
{
    build();
    makeActions();
    std::vector<const orm::Column *> columns;
    std::vector<ParentLink> links;
    for (const auto &column : table.columns()) {
        columns.push_back(column.get());
        if (auto link = parentLink(*column, connection.metadata()))
            links.push_back(*link);
    }
    m_labels.setLinks(std::move(links));
    const RowKeyShape shape = rowKeyShape(table, connection.engine()->dialect().capabilities());
    m_model.setColumns(std::move(columns), shape.paged());
    updateHeader();
    m_grid->fitColumns();
    if (table.kind() == orm::TableKind::View)
        m_notice->setText(tr("View: read-only, the first rows"));
    else if (!shape.paged())
        m_notice->setText(tr("No key: read-only, the first rows"));

    connect(&m_window, &RowWindow::wasReset, this, [this] {
        if (!m_fitted && m_window.run().size() > 0) {
            m_fitted = true;
            m_grid->fitColumns();
            if (m_grid->hasFocus() && !m_grid->current().isValid()) // the first arrow moves, not the second
                m_grid->setCurrent({m_model.newRowCount(), 0});
        }
        updateStatus();
    });
    connect(&m_window, &RowWindow::totalChanged, this, &RecordView::updateStatus);
    connect(&m_window, &RowWindow::loadingChanged, this, &RecordView::updateStatus);
    connect(&m_window, &RowWindow::failed, this, [this](const Failure &failure) {
        if (!failure.cancelled)
            m_message->show(MessageBar::Kind::Error, failure.message, tr("Try again"), [this] { refresh(); });
    });
    ChangeSet &changes = connection.changes();
    connect(&changes, &ChangeSet::changed, this, &RecordView::updateActions);
    connect(&changes, &ChangeSet::lockedChanged, this, &RecordView::updateActions);
    connect(&changes, &ChangeSet::committed, this, &RecordView::refresh);
    connect(&connection, &RecordConnection::aboutToCommit, this, [this](bool &ready) {
        if (ready && !m_grid->commitOpenEditor())
            ready = false;
    });
    requery();
    updateActions();
}

RecordView::~RecordView()
{
    m_grid->setModel(nullptr); // the model dies before the grid, which is a child widget
}

void RecordView::build()
{
    constexpr int kSide = 8;
    constexpr int kGap = 4;
    constexpr int kGoToWidth = 96;
    constexpr int kIcon = 16;
    m_toolBar->setIconSize({kIcon, kIcon});
    m_toolBar->setMovable(false);
    for (QLabel *label : {m_count, m_summary, m_notice})
        label->setTextFormat(Qt::PlainText);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_summary->setAccessibleName(tr("Summary of the selection"));
    m_goTo->setAccessibleName(tr("Go to row"));
    m_goTo->setToolTip(tr("The number of a row to go to (Return)"));
    m_grid->setAccessibleName(tr("Records of %1").arg(fromUtf8(m_table.name().toString())));
    m_goTo->setPlaceholderText(tr("Go to row"));
    m_goTo->setFixedWidth(kGoToWidth);
    auto *status = new QHBoxLayout;
    status->setContentsMargins(kSide, kGap / 2, kSide, kGap / 2);
    status->setSpacing(2 * kSide);
    status->addWidget(m_count);
    status->addWidget(m_notice);
    status->addStretch();
    status->addWidget(m_summary);
    status->addWidget(m_goTo);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_toolBar);
    layout->addWidget(m_filterBar);
    layout->addWidget(m_message);
    layout->addWidget(m_conflicts);
    layout->addWidget(m_grid, 1);
    layout->addLayout(status);
    setFocusProxy(m_grid);

    connect(m_goTo, &QLineEdit::returnPressed, this, [this] {
        bool isNumber = false;
        const qlonglong row = QString(m_goTo->text()).remove(u',').remove(u'.').remove(u' ').toLongLong(&isNumber);
        if (!isNumber || row < 1)
            return;
        m_grid->setCurrent({m_model.newRowCount() + row - 1, std::max(0, m_grid->current().column)});
        m_grid->setFocus();
    });
    connect(m_grid, &RecordGrid::selectionMoved, this, [this] {
        m_conflicts->setCurrentRow(m_model.address(m_grid->current().place));
        updateStatus();
    });
    connect(m_grid, &RecordGrid::editingChanged, this, &RecordView::updateActions);
    connect(m_grid, &RecordGrid::message, this, &RecordView::tell);
    connect(m_grid, &RecordGrid::parentRequested, this, &RecordView::goToParent);
    connect(m_grid, &RecordGrid::columnMenuRequested, this, &RecordView::columnMenu);
    connect(&m_grid->header(), &GridHeader::sortRequested, this, &RecordView::requestSort);
    m_grid->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_grid, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &point) { cellMenu(m_grid->mapToGlobal(point)); });
    connect(m_filterBar, &FilterBar::clearRequested, this, [this] { setFilters({}); });
    connect(m_filterBar, &FilterBar::removeRequested, this, [this](int index) {
        std::vector<ColumnFilter> filters = m_filters;
        filters.erase(filters.begin() + index);
        setFilters(std::move(filters));
    });
    connect(m_conflicts, &ConflictBar::rowRequested, this, &RecordView::goTo);
}

void RecordView::tell(const QString &text) { m_message->show(MessageBar::Kind::Information, text); }

void RecordView::requery()
{
    RowQuery query;
    query.table = &m_table;
    query.columns = m_model.columns();
    query.sort = m_sort;
    query.filters = m_filters;
    m_labels.clear();
    m_window.setSource(std::make_shared<const RowSource>(std::move(query), m_connection.engine()->dialect()));
    updateHeader();
}

void RecordView::updateHeader()
{
    std::vector<bool> links;
    for (const orm::Column *column : m_model.columns())
        links.push_back(m_labels.link(*column) != nullptr);
    m_grid->header().setState(m_model.columns(), m_sort, m_filters, std::move(links));
    m_filterBar->setFilters(m_filters);
}

void RecordView::setSort(std::vector<SortKey> sort)
{
    if (!m_grid->commitOpenEditor())
        return;
    m_sort = std::move(sort);
    requery();
}

void RecordView::setFilters(std::vector<ColumnFilter> filters)
{
    if (!m_grid->commitOpenEditor())
        return;
    m_filters = std::move(filters);
    requery();
}

void RecordView::showRow(const RowIdentity &identity)
{
    const auto columns = m_table.identityColumns();
    std::vector<ColumnFilter> filters;
    for (std::size_t i = 0; i < columns.size() && i < identity.size(); ++i)
        filters.push_back({columns[i], FilterOperator::Equal, {identity[i]}});
    setFilters(std::move(filters));
}

void RecordView::goTo(const RowAddress &row)
{
    if (row.table != &m_table)
        return;
    if (const auto place = m_model.placeOf(row))
        m_grid->setCurrent({*place, std::max(0, m_grid->current().column)});
    else if (row.newRow == 0)
        showRow(row.identity);
    m_grid->setFocus();
}

void RecordView::refresh()
{
    if (!m_grid->commitOpenEditor())
        return;
    m_labels.clear();
    m_window.refresh(m_grid->top());
}

QString RecordView::countText() const
{
    const TotalRows total = m_window.total();
    const QString number = QLocale(QLocale::English).toString(static_cast<qlonglong>(total.rows));
    switch (total.certainty) {
    case Certainty::Exact:
        return total.rows == 1 ? tr("1 row") : tr("%1 rows").arg(number);
    case Certainty::Estimate:
        return tr("≈ %1 rows").arg(number);
    case Certainty::AtLeast:
        return tr("at least %1 rows").arg(number);
    }
    return {};
}

bool RecordView::showsProblem() const { return m_conflicts->isVisibleTo(this); }

QString RecordView::summaryText() const { return summarize(*m_grid).text(); }

void RecordView::updateStatus()
{
    QString count = countText();
    if (m_window.isLoading())
        count += tr("  ·  reading…");
    m_count->setText(count);
    m_summary->setText(summaryText());
    emit statusChanged();
}

} // namespace ui::records
