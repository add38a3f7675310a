#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

class QApplication;

namespace ui {

enum class Appearance { Light, Dark };

/// Every colour that the application paints with, by role; none stands anywhere else. State is never told by colour
/// alone.
struct Theme {
    Appearance appearance = Appearance::Light;
    QColor window, base, alternate, raised, text, muted, border, accent, accentText, selection;
    QColor added, changed, deleted, conflict; ///< staged rows: symbol + • – ! beside
    QColor addedFill, changedFill, deletedFill, conflictFill;
    QColor canvas, grid, entity, entityHeader, entityHeaderText, entityBorder, keyIcon, edge, edgeSelected;
    QColor error, warning, success;
    [[nodiscard]] QPalette palette() const;
};

/// The theme in force. Widgets read it when they paint and repaint on QEvent::PaletteChange.
[[nodiscard]] const Theme &theme();
/// The colours of an appearance that need not be in force: for drawing on paper and files. Thread: any.
[[nodiscard]] Theme themeFor(Appearance appearance);
/// Applies Fusion, palette and fonts to the application; may be called again at any time.
void applyTheme(QApplication &application, Appearance appearance);
[[nodiscard]] QFont interfaceFont(); ///< 13 px
[[nodiscard]] QFont valueFont();     ///< monospaced, tabular figures

} // namespace ui
