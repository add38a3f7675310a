#include "ui/canvas/attribute_text.h"

#include "ui/base/value_text.h"

#include <QCoreApplication>

namespace ui::canvas {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("Canvas", text); }

/// Takes a word from the end of the text, whatever its case; true: it stood there.
bool takeEnd(QString &text, const QString &word)
{
    if (!text.endsWith(word, Qt::CaseInsensitive))
        return false;
    const qsizetype at = text.size() - word.size();
    if (at > 0 && !text.at(at - 1).isSpace())
        return false;
    text = text.left(at).trimmed();
    return true;
}

orm::Type guessedType(const QString &name)
{
    const bool key = name.compare(QStringLiteral("id"), Qt::CaseInsensitive) == 0 ||
                     name.endsWith(QStringLiteral("_id"), Qt::CaseInsensitive) || name.endsWith(QStringLiteral("Id"));
    return key ? orm::BigInteger() : orm::String(100);
}

} // namespace

AttributeText newAttribute() { return {}; }

QString attributeText(const orm::model::Entity &entity, const orm::model::Attribute &attribute)
{
    QString text = fromUtf8(attribute.name);
    const QString type = fromUtf8(attribute.type.toString());
    if (!type.isEmpty())
        text += QLatin1Char(' ') + type;
    if (entity.isPrimaryKey(attribute.id))
        text += QStringLiteral(" pk");
    else if (!attribute.nullable)
        text += QStringLiteral(" not null");
    return text;
}

std::optional<AttributeText> readAttribute(const QString &text, const AttributeText &base, QString *error)
{
    AttributeText result = base;
    QString rest = text.simplified();
    bool nullable = true;
    bool primaryKey = false;
    for (bool more = true; more;) {
        more = true;
        if (takeEnd(rest, QStringLiteral("not null")) || takeEnd(rest, QStringLiteral("notnull")))
            nullable = false;
        else if (takeEnd(rest, QStringLiteral("pk")) || takeEnd(rest, QStringLiteral("primary key")))
            primaryKey = true;
        else
            more = rest.contains(QLatin1Char(' ')) && takeEnd(rest, QStringLiteral("null"));
    }
    const qsizetype space = rest.indexOf(QLatin1Char(' '));
    const QString name = space < 0 ? rest : rest.left(space);
    const QString type = space < 0 ? QString() : rest.mid(space + 1);
    if (name.isEmpty()) {
        *error = tr("An attribute needs a name.");
        return std::nullopt;
    }
    if (type.isEmpty()) {
        if (!base.attribute.id)
            result.attribute.type = guessedType(name);
    } else if (type != fromUtf8(base.attribute.type.toString())) {
        const std::optional<orm::Type> parsed = orm::Type::parse(toUtf8(type));
        if (!parsed) {
            *error = tr("\"%1\" is no type. Try varchar(50), numeric(10,2), bigint, date, timestamp.").arg(type);
            return std::nullopt;
        }
        result.attribute.type = *parsed;
    }
    result.attribute.name = toUtf8(name);
    result.primaryKey = primaryKey;
    result.attribute.nullable = nullable && !primaryKey;
    return result;
}

} // namespace ui::canvas
