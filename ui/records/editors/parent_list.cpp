#include "ui/records/editors/parent_list.h"

#include "ui/base/theme.h"

#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>

namespace ui::records {

namespace {

constexpr int kPadding = 6; // as in the grid
constexpr int kVertical = 6;

QString between() { return QStringLiteral(" · "); }

QFont quietFont()
{
    QFont font = interfaceFont();
    font.setItalic(true);
    font.setPixelSize(font.pixelSize() - 1);
    return font;
}

class LinePainter final : public QStyledItemDelegate {
public:
    LinePainter(const std::vector<ParentLine> &lines, QObject *parent) : QStyledItemDelegate(parent), m_lines(lines) {}

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &colours = theme();
        const ParentLine &line = m_lines[static_cast<std::size_t>(index.row())];
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, colours.selection);
        else if (option.state.testFlag(QStyle::State_MouseOver))
            painter->fillRect(option.rect, colours.alternate);
        QRect rest = option.rect.adjusted(kPadding, 0, -kPadding, 0);
        const auto write = [&](const QFont &font, const QColor &colour, const QString &text) {
            painter->setFont(font);
            painter->setPen(colour);
            painter->drawText(rest, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                              painter->fontMetrics().elidedText(text, Qt::ElideRight, rest.width()));
            rest.setLeft(rest.left() + painter->fontMetrics().horizontalAdvance(text));
        };
        if (line.quiet) {
            write(quietFont(), colours.muted, line.key);
            return;
        }
        write(valueFont(), line.value.parent != 0 ? colours.added : colours.text,
              line.label.isEmpty() ? line.key : line.key + between());
        if (rest.width() > 0)
            write(interfaceFont(), colours.muted, line.label);
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {0, QFontMetrics(valueFont()).height() + kVertical};
    }

private:
    const std::vector<ParentLine> &m_lines;
};

} // namespace

ParentList::ParentList(QWidget *parent) : QListWidget(parent)
{
    setItemDelegate(new LinePainter(m_lines, this));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Rows to choose from"));
}

void ParentList::setLines(std::vector<ParentLine> lines)
{
    clear();
    m_lines = std::move(lines);
    for (const ParentLine &line : m_lines)
        addItem(line.label.isEmpty() ? line.key : line.key + between() + line.label);
}

const ParentLine *ParentList::current() const
{
    const int row = currentRow();
    return row < 0 ? nullptr : &m_lines[static_cast<std::size_t>(row)];
}

void ParentList::moveBy(int lines)
{
    if (count() > 0)
        setCurrentRow(std::clamp(currentRow() + lines, 0, count() - 1));
}

int ParentList::lineHeight() const { return QFontMetrics(valueFont()).height() + kVertical; }

int ParentList::linesInSight() const { return std::max(1, viewport()->height() / lineHeight()); }

int ParentList::wantedWidth() const
{
    const QFontMetrics values(valueFont());
    const QFontMetrics texts(interfaceFont());
    int width = 0;
    for (const ParentLine &line : m_lines)
        width = std::max(width, values.horizontalAdvance(line.key + between()) + texts.horizontalAdvance(line.label));
    return width + 2 * kPadding + verticalScrollBar()->sizeHint().width();
}

} // namespace ui::records
