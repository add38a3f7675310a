#pragma once

#ifndef Q_MOC_RUN // moc cannot read the standard library's <compare>
#include "ormcore/base/value.h"
#include "ormcore/schema/type.h"
#endif

#include <QString>

#include <optional>

namespace ui {

/// A value as a cell shows it: one line, bounded length, locale-free. Never feeds an editor.
[[nodiscard]] QString displayText(const orm::Value &value, int maximumLength = 300);
/// A value as an editor offers it: exact and whole. NULL gives "".
[[nodiscard]] QString editText(const orm::Value &value);
/// False where a text holds bytes that are no UTF-8: an editor would change what the user did not touch, so it must not
/// offer one.
[[nodiscard]] bool isExactText(const orm::Value &value);
/// What the user typed, by the column's type; a message in `error` and nullopt where it is no such value.
/// Empty text is NULL for every type but text, where it is the empty text.
[[nodiscard]] std::optional<orm::Value> parseValue(const QString &text, const orm::Type &type, QString *error);
[[nodiscard]] QString fromUtf8(std::string_view text); ///< invalid bytes shown as U+FFFD: display only
[[nodiscard]] std::string toUtf8(const QString &text);

} // namespace ui
