#include "ui/records/editors/parent_picker.h"

#include "ui/base/theme.h"
#include "ui/base/value_text.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace ui::records {

namespace {

constexpr std::int64_t kLimit = 50;
constexpr int kLines = 8; // of the list in sight
constexpr int kFrame = 1;

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

/// In its place at once: GCC 12 at -O2 takes a temporary line for uninitialized.
ParentLine &addLine(std::vector<ParentLine> &lines, CellValue value, QString key)
{
    ParentLine &line = lines.emplace_back();
    line.value = std::move(value);
    line.key = std::move(key);
    return line;
}

} // namespace

ParentPicker::ParentPicker(RecordModel &model, const ParentLink &link, ParentKey now, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_link(link),
      m_now(std::move(now)),
      m_layout(new QVBoxLayout(this)),
      m_edit(new QLineEdit(this)),
      m_list(new ParentList(this)),
      m_reader(model.window().engine())
{
    constexpr int kMargin = 4; // with the field's own 2: the grid's padding
    m_layout->setContentsMargins(kFrame, kFrame, kFrame, kFrame);
    m_layout->setSpacing(0);
    m_layout->addWidget(m_edit);
    m_layout->addWidget(m_list, 1);
    const QString name = fromUtf8(link.parent().name().name);
    m_edit->setFrame(false);
    m_edit->setTextMargins(kMargin, 0, kMargin, 0);
    m_edit->setPlaceholderText(tr("Search %1").arg(name));
    m_edit->setAccessibleName(m_edit->placeholderText());
    m_edit->installEventFilter(this);
    m_list->hide();
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textEdited, this, [this] {
        m_typed = true;
        m_chosen = false;
        search();
    });
    connect(m_list, &QListWidget::itemClicked, this, [this] {
        m_chosen = true;
        finish(Qt::Key_Return); // as if typed: stages and moves on
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
    constexpr int kNarrowest = 180;
    constexpr int kWidest = 420;
    m_edit->setFixedHeight(cell.height() - kFrame);
    if (m_list->isHidden())
        return cell;
    const int width = std::clamp(m_list->wantedWidth() + 2 * kFrame, kNarrowest, kWidest);
    return {std::max(cell.width(), width),
            cell.height() + std::min(kLines, m_list->count()) * m_list->lineHeight() + 2 * kFrame};
}

void ParentPicker::setUpwards(bool upwards)
{
    m_layout->setDirection(upwards ? QBoxLayout::BottomToTop : QBoxLayout::TopToBottom);
}

void ParentPicker::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().base);
    painter.setPen(theme().accent);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void ParentPicker::search()
{
    m_reader.supersede();
    const std::string typed = m_typed ? toUtf8(m_edit->text().trimmed()) : std::string();
    m_reader.post<std::vector<ParentChoice>>(
        [link = m_link, now = m_now, typed](orm::Connection &connection) {
            return findParents(connection, link, now, typed, kLimit);
        },
        [this](Outcome<std::vector<ParentChoice>> outcome) {
            if (!outcome.ok())
                return;
            show(outcome.value());
            if (const auto key = std::exchange(m_waiting, std::nullopt))
                finish(*key);
        });
}

QString ParentPicker::keyText(const ParentKey &key) const
{
    // In the order of the key: what comes before this column, then it, then what follows, as the parent declares them.
    std::vector<std::pair<std::size_t, QString>> parts{{m_link.key->index, displayText(key.front())}};
    for (std::size_t i = 0; i < m_link.rest.size(); ++i)
        parts.emplace_back(m_link.rest[i].key->index, displayText(key[i + 1]));
    std::sort(parts.begin(), parts.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    QStringList texts;
    for (const auto &[index, text] : parts)
        texts += text;
    return texts.join(QStringLiteral(", "));
}

std::vector<ParentLine> ParentPicker::newRows(const QString &typed) const
{
    std::vector<ParentLine> lines;
    if (!m_link.rest.empty()) // a row that has no key yet cannot give two columns theirs
        return lines;
    for (const RowAddress &row : m_model.changes().newRows(m_link.parent())) {
        const QString name = nameOf(*m_model.changes().find(row));
        if (typed.isEmpty() || name.contains(typed, Qt::CaseInsensitive))
            addLine(lines, {{}, row.newRow}, tr("+ new row %1").arg(row.newRow)).label = name;
    }
    return lines;
}

void ParentPicker::show(const std::vector<ParentChoice> &choices)
{
    const QString typed = m_typed ? m_edit->text().trimmed() : QString();
    std::vector<ParentLine> lines;
    if (m_link.child->nullable && typed.isEmpty())
        addLine(lines, {}, QStringLiteral("NULL")).quiet = true;
    for (ParentLine &line : newRows(typed))
        lines.push_back(std::move(line));
    int exact = -1;
    for (const ParentChoice &choice : choices) {
        if (displayText(choice.key.front()) == typed || (!m_typed && choice.key == m_now))
            exact = static_cast<int>(lines.size());
        ParentLine &line = addLine(lines, {choice.key.front(), 0}, keyText(choice.key));
        line.label = m_link.label == nullptr ? QString() : choice.label;
        line.rest = {choice.key.begin() + 1, choice.key.end()};
    }
    m_list->setLines(std::move(lines));
    const bool offer = m_typed && !typed.isEmpty() && m_list->count() > 0;
    m_list->setCurrentRow(exact >= 0 ? exact : (offer ? 0 : -1));
    m_list->setVisible(m_list->count() > 0);
    emit listChanged();
}

const ParentLine *ParentPicker::taken() const
{
    const bool decided = m_chosen || (m_typed && !m_edit->text().trimmed().isEmpty() && !m_reader.isBusy());
    return decided ? m_list->current() : nullptr;
}

std::optional<CellValue> ParentPicker::value(QString &error) const
{
    if (!isTouched())
        return m_before;
    if (const ParentLine *line = taken()) {
        ParentKey key{line->value.value};
        key.insert(key.end(), line->rest.begin(), line->rest.end());
        m_model.labels().remember(*m_link.child, key, line->label);
        return line->value;
    }
    const QString typed = m_edit->text().trimmed();
    if (typed.isEmpty()) {
        if (m_link.child->nullable)
            return CellValue{};
        error = tr("This column must have a value.");
        return std::nullopt;
    }
    const auto key = parseValue(typed, m_link.child->type, &error);
    if (!key) {
        error = tr("Nothing in %1 matches “%2”.").arg(fromUtf8(m_link.parent().name().name), typed);
        return std::nullopt;
    }
    return CellValue{*key, 0};
}

std::vector<std::pair<const orm::Column *, CellValue>> ParentPicker::companions() const
{
    std::vector<std::pair<const orm::Column *, CellValue>> others;
    const ParentLine *line = taken();
    for (std::size_t i = 0; line != nullptr && i < line->rest.size(); ++i)
        others.emplace_back(m_link.rest[i].child, CellValue{line->rest[i], 0});
    return others;
}

void ParentPicker::finish(int key)
{
    QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
    QApplication::sendEvent(this, &event); // the delegate watches the picker
}

bool ParentPicker::pressed(const QKeyEvent &key)
{
    const auto move = [this](int lines) {
        m_list->moveBy(lines);
        m_chosen = m_list->count() > 0;
        return true;
    };
    switch (key.key()) {
    case Qt::Key_Down:
        return move(1);
    case Qt::Key_Up:
        return move(-1);
    case Qt::Key_PageDown:
        return move(m_list->linesInSight());
    case Qt::Key_PageUp:
        return move(-m_list->linesInSight());
    case Qt::Key_Escape:
        finish(key.key());
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_typed && !m_chosen && m_reader.isBusy())
            m_waiting = key.key();
        else
            finish(key.key());
        return true;
    default:
        m_waiting.reset();
        return false;
    }
}

bool ParentPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_edit)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut) {
        QApplication::sendEvent(this, event); // the delegate watches the picker
        return false;
    }
    return event->type() == QEvent::KeyPress && pressed(*static_cast<QKeyEvent *>(event));
}

} // namespace ui::records
