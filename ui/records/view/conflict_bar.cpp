#include "ui/records/view/conflict_bar.h"

#include "ui/base/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace ui::records {

ConflictBar::ConflictBar(ChangeSet &changes, const orm::Table &table, QWidget *parent)
    : QWidget(parent),
      m_changes(changes),
      m_table(table),
      m_text(new QLabel(this)),
      m_mine(new QPushButton(tr("Keep mine"), this)),
      m_theirs(new QPushButton(tr("Take theirs"), this)),
      m_go(new QPushButton(tr("Show"), this))
{
    constexpr int kSide = 12;
    constexpr int kGap = 4;
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_mine->setToolTip(tr("The next save writes my values over theirs"));
    m_theirs->setToolTip(tr("Drop my values of this row that differ"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(kSide, kGap, kSide, kGap);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_go);
    layout->addWidget(m_mine);
    layout->addWidget(m_theirs);
    connect(&changes, &ChangeSet::changed, this, &ConflictBar::update);
    connect(m_go, &QPushButton::clicked, this, [this] {
        if (m_shown)
            emit rowRequested(*m_shown);
    });
    connect(m_mine, &QPushButton::clicked, this, [this] {
        if (m_shown)
            m_changes.keepMine(*m_shown);
    });
    connect(m_theirs, &QPushButton::clicked, this, [this] {
        if (m_shown)
            m_changes.takeTheirs(*m_shown);
    });
    update();
}

void ConflictBar::setCurrentRow(const std::optional<RowAddress> &row)
{
    if (row == m_current)
        return;
    m_current = row;
    update();
}

void ConflictBar::update()
{
    m_shown.reset();
    if (m_current && m_changes.problem(*m_current) != nullptr)
        m_shown = m_current;
    int others = -1;
    for (const RowAddress &row : m_changes.problemRows()) {
        if (row.table != &m_table)
            continue;
        ++others;
        if (!m_shown)
            m_shown = row;
    }
    setVisible(m_shown.has_value());
    if (!m_shown)
        return;
    const RowProblem *problem = m_changes.problem(*m_shown);
    QString text = QStringLiteral("!  ") + tr("Nothing was saved. %1").arg(problem->message);
    if (others > 0)
        text += tr("  (%n more)", nullptr, others);
    m_text->setText(text);
    m_mine->setVisible(problem->isConflict());
    m_theirs->setVisible(problem->isConflict());
    m_go->setVisible(m_shown != m_current);
}

void ConflictBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().conflictFill);
    painter.fillRect(0, 0, 3, height(), theme().conflict);
}

} // namespace ui::records
