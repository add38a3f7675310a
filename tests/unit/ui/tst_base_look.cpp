#include "ui/base/icons.h"
#include "ui/base/theme.h"

#include <QApplication>
#include <QDir>
#include <QFontMetricsF>
#include <QImage>
#include <QTest>

#include <cmath>

namespace {

double channel(int value)
{
    const double c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &colour)
{
    return 0.2126 * channel(colour.red()) + 0.7152 * channel(colour.green()) + 0.0722 * channel(colour.blue());
}

/// WCAG 2.1 contrast ratio, 1 to 21.
double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a), second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QColor strongestColour(const QImage &image)
{
    QColor strongest(0, 0, 0, 0);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (const QColor colour = image.pixelColor(x, y); colour.alpha() > strongest.alpha())
                strongest = colour;
    return strongest;
}

} // namespace

class Look : public QObject {
    Q_OBJECT

private slots:
    void textIsReadable_data();
    void textIsReadable();
    void everyIconOfTheFamilyPaints_data();
    void everyIconOfTheFamilyPaints();
    void iconsFollowTheTheme();
    void disabledIconsAreWeaker();
    void iconsAreSharpAtTwiceTheSize();
    void fontsAreThirteenPixels();
    void cleanup() { ui::applyTheme(*qApp, ui::Appearance::Light); }
};

void Look::textIsReadable_data()
{
    QTest::addColumn<QColor>("ink");
    QTest::addColumn<QColor>("ground");
    QTest::addColumn<double>("least");
    for (const auto appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
        ui::applyTheme(*qApp, appearance);
        const ui::Theme &t = ui::theme();
        const QByteArray prefix = appearance == ui::Appearance::Light ? "light " : "dark ";
        const auto row = [&](const char *name, const QColor &ink, const QColor &ground, double least) {
            QTest::newRow(prefix + name) << ink << ground << least;
        };
        for (const QColor &ground : {t.window, t.base, t.alternate, t.raised}) {
            const QByteArray on = " on " + ground.name().toLatin1();
            row("text" + on, t.text, ground, 7.0);
            row("muted" + on, t.muted, ground, 4.5);
            row("accent" + on, t.accent, ground, 4.5);
            row("error" + on, t.error, ground, 4.5);
            row("warning" + on, t.warning, ground, 4.5);
            row("success" + on, t.success, ground, 4.5);
        }
        row("text on selection", t.text, t.selection, 7.0);
        row("muted on selection", t.muted, t.selection, 4.5);
        row("accent text", t.accentText, t.accent, 4.5);
        row("added", t.added, t.addedFill, 4.5);
        row("changed", t.changed, t.changedFill, 4.5);
        row("deleted", t.deleted, t.deletedFill, 4.5);
        row("conflict", t.conflict, t.conflictFill, 4.5);
        for (const QColor &fill : {t.addedFill, t.changedFill, t.deletedFill, t.conflictFill})
            row("text on fill " + fill.name().toLatin1(), t.text, fill, 7.0);
        row("entity text", t.text, t.entity, 7.0);
        row("entity header", t.entityHeaderText, t.entityHeader, 7.0);
        row("edges", t.edge, t.canvas, 3.0);
        row("selected edges", t.edgeSelected, t.canvas, 3.0);
        row("keys", t.keyIcon, t.entity, 4.5);
    }
}

void Look::textIsReadable()
{
    QFETCH(QColor, ink);
    QFETCH(QColor, ground);
    QFETCH(double, least);
    QVERIFY2(contrast(ink, ground) >= least, qPrintable(QString::number(contrast(ink, ground))));
}

void Look::everyIconOfTheFamilyPaints_data()
{
    QTest::addColumn<QString>("name");
    const QDir folder(qEnvironmentVariable("CORMORANT_SOURCE_DIR") + QStringLiteral("/resources/icons"));
    const QStringList files = folder.entryList({QStringLiteral("*.svg")});
    QVERIFY(files.size() > 100);
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << file.chopped(4);
}

void Look::everyIconOfTheFamilyPaints()
{
    QFETCH(QString, name);
    const QColor colour = strongestColour(ui::icon(name).pixmap(16, 16).toImage());
    QVERIFY(colour.alpha() > 100);
}

void Look::iconsFollowTheTheme()
{
    const QIcon icon = ui::icon(QStringLiteral("square"));
    const QColor light = strongestColour(icon.pixmap(48, 48).toImage());
    QCOMPARE(light.name(), ui::theme().text.name());
    ui::applyTheme(*qApp, ui::Appearance::Dark);
    const QColor dark = strongestColour(icon.pixmap(48, 48).toImage());
    QCOMPARE(dark.name(), ui::theme().text.name());
}

void Look::disabledIconsAreWeaker()
{
    const QIcon icon = ui::icon(QStringLiteral("square"));
    const QColor normal = strongestColour(icon.pixmap(QSize(48, 48), QIcon::Normal).toImage());
    const QColor disabled = strongestColour(icon.pixmap(QSize(48, 48), QIcon::Disabled).toImage());
    QVERIFY(contrast(disabled, ui::theme().window) < contrast(normal, ui::theme().window) / 2);
}

void Look::iconsAreSharpAtTwiceTheSize()
{
    const QPixmap pixmap = ui::icon(QStringLiteral("table")).pixmap(QSize(16, 16), 2.0);
    QCOMPARE(pixmap.size(), QSize(32, 32));
    QCOMPARE(pixmap.devicePixelRatio(), 2.0);
}

void Look::fontsAreThirteenPixels()
{
    QCOMPARE(QApplication::font().pixelSize(), 13);
    QCOMPARE(ui::valueFont().pixelSize(), 13);
    const QFontMetricsF metrics(ui::valueFont());
    QCOMPARE(metrics.horizontalAdvance(QStringLiteral("i1.")), metrics.horizontalAdvance(QStringLiteral("W88")));
}

QTEST_MAIN(Look)
#include "tst_base_look.moc"
