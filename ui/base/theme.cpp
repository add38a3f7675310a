#include "ui/base/theme.h"

#include <QApplication>
#include <QPainter>
#include <QProxyStyle>
#include <QStyleOption>
#include <QToolTip>

namespace ui {
namespace {

Theme lightTheme()
{
    Theme t;
    t.appearance = Appearance::Light;
    t.window = QColor(0xf3, 0xf5, 0xf7);
    t.base = QColor(0xff, 0xff, 0xff);
    t.alternate = QColor(0xf8, 0xf9, 0xfb);
    t.raised = QColor(0xff, 0xff, 0xff);
    t.text = QColor(0x1b, 0x23, 0x2d);
    t.muted = QColor(0x59, 0x65, 0x73);
    t.border = QColor(0xd3, 0xd9, 0xe0);
    t.accent = QColor(0x0b, 0x6e, 0x80);
    t.accentText = QColor(0xff, 0xff, 0xff);
    t.selection = QColor(0xc9, 0xe6, 0xeb);
    t.added = QColor(0x16, 0x74, 0x31);
    t.changed = QColor(0x86, 0x56, 0x00);
    t.deleted = QColor(0xb0, 0x21, 0x17);
    t.conflict = QColor(0x8a, 0x2b, 0xa3);
    t.addedFill = QColor(0xe2, 0xf5, 0xe6);
    t.changedFill = QColor(0xfd, 0xf2, 0xd6);
    t.deletedFill = QColor(0xfd, 0xe9, 0xe6);
    t.conflictFill = QColor(0xf6, 0xe7, 0xfa);
    t.canvas = QColor(0xf9, 0xfa, 0xfb);
    t.grid = QColor(0xe7, 0xea, 0xee);
    t.entity = QColor(0xff, 0xff, 0xff);
    t.entityHeader = QColor(0xe1, 0xee, 0xf1);
    t.entityHeaderText = QColor(0x12, 0x33, 0x3b);
    t.entityBorder = QColor(0x8e, 0x9c, 0xaa);
    t.keyIcon = QColor(0x8a, 0x5d, 0x00);
    t.edge = QColor(0x66, 0x73, 0x82);
    t.edgeSelected = t.accent;
    t.error = t.deleted;
    t.warning = t.changed;
    t.success = t.added;
    return t;
}

Theme darkTheme()
{
    Theme t;
    t.appearance = Appearance::Dark;
    t.window = QColor(0x20, 0x24, 0x29);
    t.base = QColor(0x19, 0x1c, 0x21);
    t.alternate = QColor(0x1d, 0x21, 0x26);
    t.raised = QColor(0x29, 0x2e, 0x35);
    t.text = QColor(0xe4, 0xe7, 0xeb);
    t.muted = QColor(0x9d, 0xa8, 0xb5);
    t.border = QColor(0x38, 0x3f, 0x48);
    t.accent = QColor(0x4f, 0xb8, 0xc9);
    t.accentText = QColor(0x05, 0x24, 0x2a);
    t.selection = QColor(0x1d, 0x41, 0x4b);
    t.added = QColor(0x63, 0xcd, 0x80);
    t.changed = QColor(0xe2, 0xb3, 0x51);
    t.deleted = QColor(0xf4, 0x8f, 0x86);
    t.conflict = QColor(0xd6, 0x97, 0xea);
    t.addedFill = QColor(0x19, 0x36, 0x21);
    t.changedFill = QColor(0x39, 0x2f, 0x16);
    t.deletedFill = QColor(0x42, 0x22, 0x20);
    t.conflictFill = QColor(0x38, 0x22, 0x41);
    t.canvas = QColor(0x17, 0x1a, 0x1e);
    t.grid = QColor(0x24, 0x29, 0x2f);
    t.entity = QColor(0x23, 0x28, 0x2e);
    t.entityHeader = QColor(0x2b, 0x3d, 0x43);
    t.entityHeaderText = QColor(0xd8, 0xef, 0xf3);
    t.entityBorder = QColor(0x56, 0x62, 0x6e);
    t.keyIcon = QColor(0xe2, 0xb3, 0x51);
    t.edge = QColor(0x8c, 0x98, 0xa6);
    t.edgeSelected = t.accent;
    t.error = t.deleted;
    t.warning = t.changed;
    t.success = t.added;
    return t;
}

Theme &current()
{
    static Theme inForce = lightTheme();
    return inForce;
}

QColor between(const QColor &a, const QColor &b)
{
    return QColor((a.red() + b.red()) / 2, (a.green() + b.green()) / 2, (a.blue() + b.blue()) / 2);
}

QFont makeFont(const QStringList &families, QFont::StyleHint hint)
{
    QFont font;
    font.setFamilies(families);
    font.setStyleHint(hint);
    font.setPixelSize(13);
    return font;
}

/// Fusion takes its outlines from a darkened window colour: on a dark ground an empty field or box would not be seen.
class OutlinedFusion final : public QProxyStyle {
public:
    OutlinedFusion() : QProxyStyle(QStringLiteral("Fusion")) {}
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override
    {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        const bool outlined = element == PE_FrameLineEdit || element == PE_IndicatorCheckBox;
        if (!outlined || current().appearance != Appearance::Dark || (option->state & State_HasFocus))
            return;
        painter->save();
        painter->setBrush(Qt::NoBrush);
        painter->setPen(between(current().border, current().muted));
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
    }
};

} // namespace

QPalette Theme::palette() const
{
    const bool dark = appearance == Appearance::Dark;
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, alternate);
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::PlaceholderText, muted);
    palette.setColor(QPalette::Button, dark ? raised : window);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, error);
    palette.setColor(QPalette::ToolTipBase, raised);
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::Highlight, selection);
    palette.setColor(QPalette::HighlightedText, text);
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::LinkVisited, accent);
    palette.setColor(QPalette::Light, dark ? raised : base);
    palette.setColor(QPalette::Midlight, border);
    palette.setColor(QPalette::Mid, border);
    palette.setColor(QPalette::Dark, dark ? QColor(0x10, 0x12, 0x15) : QColor(0xa9, 0xb2, 0xbd));
    palette.setColor(QPalette::Shadow, dark ? QColor(0x0b, 0x0c, 0x0e) : QColor(0x8b, 0x95, 0xa1));
    const QColor disabled = between(muted, window);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                                           QPalette::HighlightedText, QPalette::PlaceholderText})
        palette.setColor(QPalette::Disabled, role, disabled);
    palette.setColor(QPalette::Disabled, QPalette::Base, window);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, border);
    return palette;
}

const Theme &theme() { return current(); }

Theme themeFor(Appearance appearance) { return appearance == Appearance::Dark ? darkTheme() : lightTheme(); }

void applyTheme(QApplication &application, Appearance appearance)
{
    current() = themeFor(appearance);
    if (!dynamic_cast<OutlinedFusion *>(application.style()))
        QApplication::setStyle(new OutlinedFusion);
    const QFont font = interfaceFont();
    if (QApplication::font() != font)
        QApplication::setFont(font);
    const QPalette palette = current().palette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

QFont interfaceFont()
{
    return makeFont({QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("Segoe UI"),
                     QStringLiteral("DejaVu Sans"), QStringLiteral("sans-serif")},
                    QFont::SansSerif);
}

QFont valueFont()
{
    QFont font =
        makeFont({QStringLiteral("JetBrains Mono"), QStringLiteral("Noto Sans Mono"),
                  QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Liberation Mono"), QStringLiteral("monospace")},
                 QFont::Monospace);
    font.setFixedPitch(true);
    return font;
}

} // namespace ui
