#include "ui/canvas/render.h"

#include "ormcore/base/error.h"
#include "ormcore/model/storage.h"
#include "ui/base/value_text.h"
#include "ui/canvas/paint.h"

#include <QBuffer>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

using namespace canvas;

constexpr double paperMargin = 30;

struct Sheet {
    Plan plan;
    std::vector<routing::Polyline> lines;
    QRectF bounds;
    Theme theme;
};

Sheet makeSheet(const orm::model::Model &model, orm::model::DiagramId diagram, Appearance appearance)
{
    Sheet sheet;
    sheet.theme = themeFor(appearance);
    sheet.plan = makePlan(model, diagram);
    sheet.plan.places = layout::place(layoutGraph(sheet.plan));
    sheet.lines = routing::route(routingBoxes(sheet.plan), routingLinks(sheet.plan), routingOptions());
    for (const routing::Box &box : routingBoxes(sheet.plan))
        sheet.bounds = sheet.bounds.united(QRectF(box.x, box.y, box.width, box.height));
    for (const routing::Polyline &line : sheet.lines)
        sheet.bounds = sheet.bounds.united(edgePath(line).boundingRect());
    if (sheet.bounds.isEmpty())
        sheet.bounds = QRectF(0, 0, 200, 100);
    sheet.bounds.adjust(-paperMargin, -paperMargin, paperMargin, paperMargin);
    return sheet;
}

void paintSheet(QPainter &painter, const Sheet &sheet)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF(QPointF(), sheet.bounds.size()), sheet.theme.canvas);
    painter.translate(-sheet.bounds.topLeft());
    for (std::size_t i = 0; i < sheet.lines.size(); ++i)
        paintEdge(painter, sheet.lines[i], sheet.plan.links[i], EdgeLook::Plain, sheet.theme, 1);
    for (std::size_t i = 0; i < sheet.plan.nodes.size(); ++i) {
        painter.save();
        painter.translate(sheet.plan.places[i].x, sheet.plan.places[i].y);
        paintNode(painter, sheet.plan.nodes[i], {}, sheet.theme);
        painter.restore();
    }
}

QByteArray asSvg(const Sheet &sheet, const QString &title)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setTitle(title);
    generator.setResolution(96);
    generator.setSize(sheet.bounds.size().toSize());
    generator.setViewBox(QRectF(QPointF(), sheet.bounds.size()));
    QPainter painter(&generator);
    paintSheet(painter, sheet);
    painter.end();
    return buffer.data();
}

QByteArray asPng(const Sheet &sheet, double scale)
{
    // Pictures over 200 megapixels are made smaller rather than not at all.
    const double area = sheet.bounds.width() * sheet.bounds.height();
    scale = std::min(scale, std::sqrt(2e8 / area));
    QImage image((sheet.bounds.size() * scale).toSize(), QImage::Format_RGB32);
    if (image.isNull())
        throw orm::Operational("there is not enough memory for a picture of this size; try .svg",
                               orm::Operational::Reason::Full);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.scale(scale, scale);
    paintSheet(painter, sheet);
    painter.end();
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return buffer.data();
}

QByteArray asPdf(const Sheet &sheet, const QString &title)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(title);
    writer.setResolution(96);
    const QSizeF points = sheet.bounds.size() * 72 / 96;
    writer.setPageSize(QPageSize(points, QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    QPainter painter(&writer);
    paintSheet(painter, sheet);
    painter.end();
    return buffer.data();
}

} // namespace

void renderDiagram(const orm::model::Model &model, orm::model::DiagramId diagram, const std::filesystem::path &path,
                   const RenderOptions &options)
{
    const auto info = model.diagrams().find(diagram);
    if (info == model.diagrams().end())
        throw orm::Argument("the model has no such diagram");
    const QString suffix = fromUtf8(path.extension().string()).toLower();
    const QString title = fromUtf8(model.info().name + ": " + info->second.name);
    if (suffix != QStringLiteral(".svg") && suffix != QStringLiteral(".png") && suffix != QStringLiteral(".pdf"))
        throw orm::Argument("cannot draw to \"" + path.string() + "\": the name must end in .svg, .png or .pdf");
    const Sheet sheet = makeSheet(model, diagram, options.appearance);
    const QByteArray content = suffix == QStringLiteral(".svg")   ? asSvg(sheet, title)
                               : suffix == QStringLiteral(".png") ? asPng(sheet, options.scale)
                                                                  : asPdf(sheet, title);
    orm::model::saveFile(path, std::string_view(content.constData(), static_cast<std::size_t>(content.size())));
}

} // namespace ui
