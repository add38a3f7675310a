#include "ui/records/view/selection_summary.h"

#include "ui/base/value_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace ui::records {

namespace {

constexpr std::int64_t kMaximumCells = 20'000; // more would hold up the UI's thread

QString tr(const char *text) { return QCoreApplication::translate("ui::records::SelectionSummary", text); }

QString number(const orm::Decimal &value) { return fromUtf8(value.toString()); }

/// Only the average may need digits that no cell has.
QString average(const orm::Decimal &sum, std::int64_t count)
{
    constexpr int kDigits = 4;
    const orm::Decimal scaled = sum.rescaled(sum.scale() + kDigits);
    if (const auto units = scaled.unscaled()) {
        const std::int64_t half = count / 2;
        const std::int64_t rounded = (*units + (*units < 0 ? -half : half)) / count;
        QString text = number(orm::Decimal(rounded, scaled.scale()));
        while (text.contains(u'.') && (text.endsWith(u'0') || text.endsWith(u'.'))) {
            const bool point = text.endsWith(u'.');
            text.chop(1);
            if (point)
                break;
        }
        return text;
    }
    return QLocale::c().toString(sum.toDouble() / static_cast<double>(count), 'g', 15);
}

} // namespace

std::optional<orm::Decimal> toDecimal(const orm::Value &value)
{
    switch (value.kind()) {
    case orm::ValueKind::Int:
        return orm::Decimal(value.asInt(), 0);
    case orm::ValueKind::Decimal:
        return value.asDecimal();
    case orm::ValueKind::Double:
        return orm::Decimal::parse(value.toString());
    default:
        return std::nullopt;
    }
}

SelectionSummary summarize(const RecordGrid &grid)
{
    SelectionSummary summary;
    summary.cells = grid.selection().cellCount();
    summary.complete = summary.cells <= kMaximumCells;
    const RecordModel &records = grid.records();
    for (const CellRange &range : grid.selection().ranges())
        summary.complete = summary.complete && records.isLoaded(range.top) && records.isLoaded(range.bottom);
    if (!summary.complete)
        return summary;
    for (const std::int64_t place : grid.selection().places(kMaximumCells)) {
        for (int visual = 0; visual < records.columnCount(); ++visual) {
            if (!grid.selection().contains(place, visual))
                continue;
            const ShownCell shown = records.cell(place, grid.logicalColumn(visual));
            const auto value = shown.value != nullptr ? toDecimal(*shown.value) : std::nullopt;
            if (!value)
                continue;
            summary.least = summary.numbers == 0 ? *value : std::min(summary.least, *value);
            summary.greatest = summary.numbers == 0 ? *value : std::max(summary.greatest, *value);
            summary.sum = summary.sum + *value;
            ++summary.numbers;
        }
    }
    return summary;
}

QString SelectionSummary::text() const
{
    if (cells < 2)
        return {};
    const QString count = tr("%1 cells").arg(QLocale().toString(cells));
    if (!complete)
        return tr("%1 (too many to sum here)").arg(count);
    if (numbers == 0)
        return count;
    return tr("%1   sum %2   min %3   max %4   avg %5")
        .arg(count, number(sum), number(least), number(greatest), average(sum, numbers));
}

} // namespace ui::records
