#include "ui/base/icons.h"

#include "ui/base/theme.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <algorithm>

// Resources of a static library are linked only where somebody asks for them. Must stand outside namespaces.
static void initializeIconResources() { Q_INIT_RESOURCE(icons); }

namespace ui {
namespace {

QByteArray readSvg(const QString &name)
{
    static const bool initialized = [] {
        initializeIconResources();
        return true;
    }();
    Q_UNUSED(initialized);
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll();
}

/// Paints one SVG in the colour that the theme has now, so icons follow a switch of the theme by themselves.
class ThemedIconEngine final : public QIconEngine {
public:
    explicit ThemedIconEngine(const QString &name) : m_name(name) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }
    // Qt gives the size in device pixels already and sets the ratio of what comes back.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal) override
    {
        const QColor colour = colourFor(mode);
        const QString key =
            QStringLiteral("icon/%1/%2/%3x%4").arg(m_name, colour.name()).arg(size.width()).arg(size.height());
        QPixmap result;
        if (QPixmapCache::find(key, &result))
            return result;
        result = render(size, colour);
        QPixmapCache::insert(key, result);
        return result;
    }
    QIconEngine *clone() const override { return new ThemedIconEngine(m_name); }
    QString iconName() override { return m_name; }
    bool isNull() override { return false; }
    QString key() const override { return QStringLiteral("cormorant"); }

private:
    static QColor colourFor(QIcon::Mode mode)
    {
        const Theme &current = theme();
        if (mode != QIcon::Disabled)
            return current.text;
        QColor half = current.muted;
        const QColor &ground = current.window;
        half.setRgb((half.red() + ground.red()) / 2, (half.green() + ground.green()) / 2,
                    (half.blue() + ground.blue()) / 2);
        return half;
    }
    QPixmap render(const QSize &size, const QColor &colour) const
    {
        QByteArray svg = readSvg(m_name);
        svg.replace("currentColor", colour.name().toLatin1()); // QtSvg paints currentColor black
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QSvgRenderer renderer(svg);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter);
        return pixmap;
    }

    QString m_name;
};

} // namespace

QIcon icon(const QString &name)
{
    Q_ASSERT_X(!readSvg(name).isEmpty(), "ui::icon", qPrintable(name));
    return QIcon(new ThemedIconEngine(name));
}

} // namespace ui
