#pragma once

#include "ormcore/base/value.h"
#include "ormcore/schema/type.h"

#include <QString>

#include <optional>

namespace ui {

/// A value as a cell shows it: one line, bounded length, locale-free. Never feeds an editor.
[[nodiscard]] QString displayText(const orm::Value &value, int maximumLength = 300);
/// A value as an editor offers it: exact and whole. NULL gives "".
[[nodiscard]] QString editText(const orm::Value &value);
/// What the user typed, by the column's type; a message in `error` and nullopt where it is no such value.
[[nodiscard]] std::optional<orm::Value> parseValue(const QString &text, const orm::Type &type, QString *error);
[[nodiscard]] QString fromUtf8(std::string_view text); ///< invalid bytes shown as U+FFFD: display only
[[nodiscard]] std::string toUtf8(const QString &text);

} // namespace ui
