#pragma once

#include <QIcon>
#include <QString>

namespace ui {

/// An icon of the one family, drawn in the theme's text colour (and muted when disabled); follows a switch of the
/// theme by itself. Names are the files of resources/icons without ".svg", which are Lucide's. An unknown name asserts.
[[nodiscard]] QIcon icon(const QString &name);

} // namespace ui
