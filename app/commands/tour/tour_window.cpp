#include "app/commands/target.h"
#include "app/commands/tour/steps.h"
#include "app/shell/connection_manager.h"
#include "app/shell/main_window.h"
#include "app/shell/navigator.h"
#include "app/shell/panels.h"
#include "ui/async/job.h"
#include "ui/base/prompt.h"
#include "ui/base/theme.h"
#include "ui/base/value_text.h"
#include "ui/records/changes/record_connection.h"

#include <QApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QPixmap>
#include <QSettings>
#include <QTemporaryDir>

#include <ostream>

namespace app {
namespace {

constexpr int kPatienceMilliseconds = 60000;
constexpr int kCalmMilliseconds = 400; // so long nothing may be under way before a picture is taken

/// Nobody is there to ask: everything is declined.
class NoPrompt final : public ui::Prompt {
public:
    int choose(QWidget *, const QString &, const QString &, const QStringList &) override { return -1; }
    QString openFile(QWidget *, const QString &, const QString &) override { return {}; }
    QString saveFile(QWidget *, const QString &, const QString &, const QString &) override { return {}; }
    QString folder(QWidget *, const QString &) override { return {}; }
};

/// Waits until no job has run for a moment. Throws Operational when that does not come.
void settle(MainWindow &window)
{
    const QDeadlineTimer patience(kPatienceMilliseconds);
    QDeadlineTimer calm(kCalmMilliseconds);
    while (!calm.hasExpired()) {
        QApplication::processEvents(QEventLoop::AllEvents, 20);
        if (!window.jobs().running().empty())
            calm.setRemainingTime(kCalmMilliseconds);
        if (patience.hasExpired())
            throw orm::Operational("the window did not come to rest", orm::Operational::Reason::Other);
    }
}

class Photographer {
public:
    Photographer(MainWindow &window, const TourStage &stage) : m_window(window), m_stage(stage) {}
    void take(const char *name) const
    {
        settle(m_window);
        const bool dark = ui::theme().appearance == ui::Appearance::Dark;
        const std::filesystem::path file =
            m_stage.folder / (std::string("window-") + name + (dark ? "-dark" : "-light") + ".png");
        if (!m_window.grab().save(ui::fromUtf8(file.string())))
            throw orm::Operational(file.string() + " cannot be written", orm::Operational::Reason::CannotOpen);
        m_stage.console.out << "Photographed " << file.string() << '\n';
    }

private:
    MainWindow &m_window;
    const TourStage &m_stage;
};

/// A change, a deletion and a new row in the grid of customers, as a user would stage them.
void stageChanges(const OpenDatabase &database)
{
    using ui::records::ChangeSet;
    using ui::records::RowAddress;
    const orm::Table &customers = (*database.metadata)["customer"];
    orm::Connection connection = database.engine->connect();
    const std::vector<std::vector<orm::Value>> rows =
        connection.execute(orm::select(customers).orderBy({customers.column("id")}).limit(4)).all();
    const std::size_t name = customers.column("name").index, phone = customers.column("phone").index;
    const auto address = [&](std::size_t row) { return RowAddress{&customers, {rows.at(row).front()}, 0}; };
    ChangeSet &changes = database.records->changes();
    changes.edit({{address(1), phone, rows.at(1).at(phone), {orm::Value("(11) 98888-0000"), 0}}});
    std::map<std::size_t, orm::Value> seen;
    for (std::size_t i = 0; i < rows.at(2).size(); ++i)
        seen[i] = rows.at(2).at(i);
    changes.remove({{address(2), seen}});
    changes.insert(customers, {{name, {orm::Value("João da Conceição"), 0}}});
}

} // namespace

void tourWindow(const TourStage &stage)
{
    stage.log.heading("the window");
    const QTemporaryDir settingsFolder;
    QSettings settings(settingsFolder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    NoPrompt prompt;
    ui::applyTheme(*qApp, ui::Appearance::Light);
    MainWindow window(settings, prompt);
    window.resize(1440, 900);
    window.restore();
    window.show();
    const Photographer photographer(window, stage);
    photographer.take("start");
    window.navigator().openTarget(ui::fromUtf8(stage.database.string()));
    photographer.take("diagram");
    const QList<OpenDatabase *> open = window.connections().all();
    if (open.isEmpty())
        throw orm::Operational("the window did not open the sample", orm::Operational::Reason::Other);
    const OpenDatabase &database = *open.front();
    window.navigator().showInDiagram(database.id, QString(), QStringLiteral("order"));
    photographer.take("selection");
    window.navigator().openRows(database.id, QString(), QStringLiteral("customer"));
    settle(window);
    stageChanges(database);
    window.panels().bringUp(QStringLiteral("changes"));
    photographer.take("grid");
    ui::applyTheme(*qApp, ui::Appearance::Dark);
    photographer.take("grid");
    window.navigator().showInDiagram(database.id, QString(), QStringLiteral("order"));
    window.panels().bringUp(QStringLiteral("preview"));
    photographer.take("diagram");
    database.records->changes().clear();
}

} // namespace app
