#include "ui/records/editors/parent_picker.h"

#include "ui/base/theme.h"
#include "ui/base/value_text.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui::records {

namespace {

constexpr std::int64_t kLimit = 50;

/// What tells a new row from others: its first touched text, else any touched value.
QString nameOf(const RowChange &change)
{
    const orm::Column *label = labelColumn(*change.address.table);
    if (label != nullptr && change.cells.contains(label->index))
        return displayText(change.cells.at(label->index).mine.value);
    for (const auto &[column, cell] : change.cells) {
        if (!cell.mine.value.isNull())
            return displayText(cell.mine.value);
    }
    return {};
}

} // namespace

ParentPicker::ParentPicker(RecordModel &model, const ParentLink &link, const orm::Column &column, QWidget *parent)
    : QFrame(parent),
      m_model(model),
      m_link(link),
      m_column(column),
      m_edit(new QLineEdit(this)),
      m_list(new QListWidget(this)),
      m_reader(model.window().engine())
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_edit);
    layout->addWidget(m_list);
    m_edit->setFrame(false);
    m_edit->setPlaceholderText(tr("Search %1").arg(fromUtf8(link.parent().name().name)));
    m_edit->installEventFilter(this);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFont(interfaceFont());
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textEdited, this, [this] {
        m_typed = true;
        m_chosen = false;
        search();
    });
    connect(m_list, &QListWidget::itemClicked, this, [this] {
        m_chosen = true;
        QKeyEvent enter(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
        QApplication::sendEvent(this, &enter); // as if typed: stages and moves on
    });
}

void ParentPicker::start(const ShownCell &shown, const QString &text)
{
    m_before = {*shown.value, shown.newParent};
    m_edit->setText(shown.newParent != 0 ? QString() : text);
    m_edit->selectAll();
    search();
}

QSize ParentPicker::wantedSize(const QSize &cell) const
{
    constexpr int kWidth = 280;
    constexpr int kHeight = 220;
    return {std::max(cell.width(), kWidth), kHeight};
}

void ParentPicker::search()
{
    m_reader.supersede();
    const std::string typed = m_typed ? toUtf8(m_edit->text().trimmed()) : std::string();
    m_reader.post<std::vector<ParentChoice>>(
        [link = m_link, typed](orm::Connection &connection) { return findParents(connection, link, typed, kLimit); },
        [this](Outcome<std::vector<ParentChoice>> outcome) {
            if (outcome.ok())
                show(std::move(outcome.value()));
        });
}

void ParentPicker::add(const CellValue &value, const QString &text, bool quiet)
{
    auto *item = new QListWidgetItem(text, m_list);
    if (quiet) {
        QFont font = m_list->font();
        font.setItalic(true);
        item->setFont(font);
        item->setForeground(theme().muted);
    }
    m_choices.push_back(value);
}

void ParentPicker::show(std::vector<ParentChoice> choices)
{
    m_list->clear();
    m_choices.clear();
    m_labels.clear();
    const QString typed = m_typed ? m_edit->text().trimmed() : QString();
    if (m_column.nullable && typed.isEmpty()) {
        add({}, QStringLiteral("NULL"), true);
        m_labels.emplace_back();
    }
    for (const RowAddress &row : m_model.changes().newRows(m_link.parent())) {
        const QString name = nameOf(*m_model.changes().find(row));
        if (!typed.isEmpty() && !name.contains(typed, Qt::CaseInsensitive))
            continue;
        add({{}, row.newRow}, tr("+ new row %1  %2").arg(QString::number(row.newRow), name), false);
        m_labels.push_back(name);
    }
    int exact = -1;
    for (const ParentChoice &choice : choices) {
        const QString key = displayText(choice.key);
        if (key == typed || (!m_typed && choice.key == m_before.value))
            exact = m_list->count();
        add({choice.key, 0},
            choice.label.isEmpty() || m_link.label == nullptr ? key : QStringLiteral("%1 · %2").arg(key, choice.label),
            false);
        m_labels.push_back(choice.label);
    }
    const bool offer = m_typed && !typed.isEmpty() && m_list->count() > 0;
    m_list->setCurrentRow(exact >= 0 ? exact : (offer ? 0 : -1));
}

std::optional<CellValue> ParentPicker::value(QString &error) const
{
    if (!m_typed && !m_chosen)
        return m_before;
    const int row = m_list->currentRow();
    if (m_chosen && row >= 0) {
        const auto index = static_cast<std::size_t>(row);
        m_model.labels().remember(m_column, m_choices[index].value, m_labels[index]);
        return m_choices[index];
    }
    const QString typed = m_edit->text().trimmed();
    if (typed.isEmpty()) {
        if (m_column.nullable)
            return CellValue{};
        error = tr("This column must have a value.");
        return std::nullopt;
    }
    if (!m_reader.isBusy() && row >= 0) {
        const auto index = static_cast<std::size_t>(row);
        m_model.labels().remember(m_column, m_choices[index].value, m_labels[index]);
        return m_choices[index];
    }
    const auto key = parseValue(typed, m_column.type, &error);
    if (!key) {
        error = tr("Nothing in %1 matches “%2”.").arg(fromUtf8(m_link.parent().name().name), typed);
        return std::nullopt;
    }
    return CellValue{*key, 0};
}

bool ParentPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_edit)
        return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut) {
        QApplication::sendEvent(this, event); // the delegate watches the picker
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Down:
    case Qt::Key_Up: {
        const int step = key->key() == Qt::Key_Down ? 1 : -1;
        m_list->setCurrentRow(std::clamp(m_list->currentRow() + step, 0, std::max(0, m_list->count() - 1)));
        m_chosen = m_list->count() > 0;
        return true;
    }
    case Qt::Key_Escape:
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        QApplication::sendEvent(this, event);
        return true;
    default:
        return false;
    }
}

} // namespace ui::records
