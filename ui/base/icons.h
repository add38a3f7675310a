#pragma once

#include <QIcon>
#include <QString>

namespace ui {

/// An icon of the one family, drawn in the theme's text colour (and muted when disabled). Names are the files of
/// resources/icons without ".svg". An unknown name asserts.
[[nodiscard]] QIcon icon(const QString &name);

} // namespace ui
