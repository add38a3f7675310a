#include "ui/records/source/cell_text.h"

#include "ui/base/value_text.h"
#include "ui/records/source/row_source.h"

#include <QLocale>

namespace ui::records {

QString cellText(const orm::Value &value, std::int64_t length)
{
    if (value.isNull())
        return QStringLiteral("NULL");
    if (value.kind() == orm::ValueKind::Bytes) {
        const auto bytes = length >= 0 ? length : static_cast<std::int64_t>(value.asBytes().size());
        return QStringLiteral("[BLOB %1]")
            .arg(QLocale::c()
                     .formattedDataSize(bytes, 0, QLocale::DataSizeTraditionalFormat)
                     .replace(QStringLiteral("bytes"), QStringLiteral("B")));
    }
    const QString text = displayText(value, static_cast<int>(RowSource::kTextLimit));
    return length == Cell::kWhole || text.endsWith(u'…') ? text : text + u'…';
}

QString plainToolTip(const QString &text)
{
    if (text.isEmpty())
        return {};
    return QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")));
}

bool isRightAligned(const orm::Column &column)
{
    switch (column.type.kind) {
    case orm::TypeKind::SmallInteger:
    case orm::TypeKind::Integer:
    case orm::TypeKind::BigInteger:
    case orm::TypeKind::Float:
    case orm::TypeKind::Double:
    case orm::TypeKind::Numeric:
        return true;
    default:
        return false;
    }
}

} // namespace ui::records
