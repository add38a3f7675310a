#include "app/commands/headless.h"

#include <QApplication>

#include <cstdio>

namespace app {
namespace {

// Qt keeps references to both for as long as the application lives.
int argumentCount = 1;
char programName[] = "cormorant";
char *arguments[] = {programName, nullptr};

/// Without a session of a desktop there is no runtime folder, and nothing here needs one.
void withoutRuntimeFolder(QtMsgType, const QMessageLogContext &, const QString &message)
{
    if (!message.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR")))
        std::fprintf(stderr, "%s\n", qPrintable(message));
}

} // namespace

HeadlessGui::HeadlessGui(Kind kind)
{
    if (QCoreApplication::instance())
        return;
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qInstallMessageHandler(withoutRuntimeFolder);
    if (kind == Kind::Widgets)
        m_application = std::make_unique<QApplication>(argumentCount, arguments);
    else
        m_application = std::make_unique<QGuiApplication>(argumentCount, arguments);
}

HeadlessGui::~HeadlessGui() = default;

} // namespace app
