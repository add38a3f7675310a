#include "app/commands/commands.h"
#include "app/shell/dialogs.h"
#include "app/shell/main_window.h"
#include "app/shell/navigator.h"

#include "ui/base/theme.h"
#include "ui/base/value_text.h"

#include <QApplication>
#include <QSettings>

#include <ostream>

namespace app {
namespace {

// Qt keeps references to both for as long as the application lives.
int argumentCount = 1;
char programName[] = "cormorant";
char *arguments[] = {programName, nullptr};

bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
           !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

} // namespace

Status openApplication(const OpenOptions &options, const Console &console)
{
    if (!hasDisplay()) {
        console.err << "cormorant: there is no display to open a window on; the commands work without one "
                       "(cormorant --help), and `cormorant tour -o FOLDER` makes pictures of the window\n";
        return Status::Failed;
    }
    QApplication application(argumentCount, arguments);
    QCoreApplication::setOrganizationName(QStringLiteral("Cormorant"));
    QCoreApplication::setApplicationName(QStringLiteral("Cormorant"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CORMORANT_VERSION));
    QSettings settings;
    const bool dark = settings.value(QStringLiteral("appearance")).toString() == QLatin1String("dark");
    ui::applyTheme(application, dark ? ui::Appearance::Dark : ui::Appearance::Light);
    DialogPrompt prompt;
    MainWindow window(settings, prompt);
    window.restore();
    window.show();
    if (options.sample)
        window.navigator().openSample();
    if (!options.target.empty())
        window.navigator().openTarget(ui::fromUtf8(options.target));
    const int code = QApplication::exec();
    return code == 0 ? Status::Fine : Status::Failed;
}

} // namespace app
