#pragma once

#include "ormcore/model/model.h"
#include "ui/base/theme.h"

#include <filesystem>

class QPainter;

namespace ui {

struct RenderOptions {
    Appearance appearance = Appearance::Light;
    double scale = 2; ///< PNG: pixels of the picture per scene pixel
};

/// Draws a diagram to a file whose suffix says the format: .svg (text stays text), .png or .pdf (one page, as large as
/// the drawing). Entities without a place are laid out for it; the model stays as it is. Needs a QGuiApplication, no
/// window.
///
/// Errors: throws orm::Argument for an unknown diagram or suffix, orm::Operational for a file that cannot be written.
void renderDiagram(const orm::model::Model &model, orm::model::DiagramId diagram, const std::filesystem::path &path,
                   const RenderOptions &options = {});
inline void renderDiagram(const orm::model::Model &model, orm::model::DiagramId diagram,
                          const std::filesystem::path &path, Appearance appearance)
{
    renderDiagram(model, diagram, path, RenderOptions{appearance, 2});
}

} // namespace ui
