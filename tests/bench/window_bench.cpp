// Measures for how long the application's window is deaf: window_bench SMALL BIG SCHEMA
//
// SMALL: a database with tables Customer and Track (Chinook; it is changed), BIG: of make_big.py, SCHEMA: of
// make_schema.py. One JSON line a step: number of events, the 99th percentile and the longest in milliseconds, how many
// were over 16, and which was the longest. Run it under a real display (Xvfb will do) of an optimised build.

#include "tests/bench/stall_probe.h"
#include "tests/gui/real_window.h"
#include "ui/base/theme.h"
#include "ui/canvas/view.h"

#include "ormcore/model/edits.h"

#include <QScrollBar>
#include <QWheelEvent>

#include <random>

namespace {

void wait(int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < milliseconds)
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 5);
}

class Session {
public:
    explicit Session(StallProbe &probe) : m_probe(probe), m_window(m_settings, m_prompt)
    {
        m_window.resize(1400, 900);
        m_window.restore();
        m_window.show();
        idle();
        m_probe.report("start");
    }

    void open(const QString &file, const char *step)
    {
        m_window.navigator().openTarget(file);
        m_id = app::ConnectionManager::idOf(app::resolveTarget(ui::toUtf8(file)));
        while (m_window.connections().find(m_id) == nullptr)
            wait(5);
        idle();
        m_probe.report(step);
    }

    ui::records::RecordView &rows(const char *table)
    {
        m_window.navigator().openRows(m_id, {}, QString::fromLatin1(table));
        idle();
        return *qobject_cast<ui::records::RecordView *>(m_window.workspace().current()->widget);
    }

    void small()
    {
        auto &customers = rows("Customer");
        rows("Track");
        m_probe.report("open tables");
        for (int i = 0; i < 12; ++i) {
            m_window.workspace().step(1);
            wait(60);
        }
        m_probe.report("switch tabs");
        m_window.navigator().openRows(m_id, {}, QStringLiteral("Customer"));
        edit(customers, 1);
    }

    void big()
    {
        auto &view = rows("big");
        m_probe.report("open 1 million rows");
        for (int i = 0; i < 150; ++i) {
            const QPointF at(100, 100);
            QWheelEvent wheel(at, view.grid().viewport()->mapToGlobal(at), {}, {0, -360}, Qt::NoButton, {},
                              Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(view.grid().viewport(), &wheel);
            wait(10);
        }
        m_probe.report("scroll");
        std::mt19937 random(1);
        for (int i = 0; i < 40; ++i) {
            view.grid().verticalScrollBar()->setValue(
                static_cast<int>(random() % static_cast<unsigned>(view.grid().verticalScrollBar()->maximum())));
            wait(60);
        }
        view.grid().goToEnd();
        idle();
        m_probe.report("jump");
        const orm::Table &table = view.table();
        view.setFilters({{&table.column("city"), ui::records::FilterOperator::Equal, {orm::Value("Manaus")}}});
        idle();
        view.setFilters({{&table.column("name"), ui::records::FilterOperator::Contains, {orm::Value("99")}}});
        idle();
        view.setFilters({});
        idle();
        m_probe.report("filter");
        view.setSort({{&table.column("placed_at"), true, false}});
        idle();
        view.setSort({{&table.column("amount"), false, true}});
        idle();
        view.setSort({});
        idle();
        m_probe.report("sort");
        edit(view, 1);
    }

    void diagram()
    {
        ui::Document &document = *m_window.connections().find(m_id)->document;
        auto &view = *qobject_cast<ui::CanvasView *>(m_window.workspace().current()->widget);
        const auto entity = document.model().entities().begin()->second;
        QElapsedTimer timer;
        const auto renamed = [&](const char *name) {
            timer.start();
            document.apply(orm::model::renameAttribute(document.model(), entity->id, entity->attributes[1].id, name),
                           QStringLiteral("Rename"));
            std::printf("{\"step\": \"the call that edits\", \"ms\": %.2f}\n",
                        static_cast<double>(timer.nsecsElapsed()) / 1e6);
            idle();
        };
        renamed("first");
        renamed("second");
        document.undoStack().undo();
        idle();
        m_probe.report("edit 1000 tables");
        view.setZoom(1);
        for (int i = 0; i < 60; ++i) {
            view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->minimum() + 40 * i);
            wait(10);
        }
        m_probe.report("pan");
        for (int i = 0; i < 20; ++i) {
            view.setZoom(1.0 / (1 + i));
            wait(30);
        }
        m_probe.report("zoom");
    }

private:
    void edit(ui::records::RecordView &view, int column)
    {
        (void)QTest::qWaitForWindowActive(&m_window);
        view.grid().setFocus();
        view.grid().setCurrent({0, column});
        QTest::keyClicks(&view.grid(), QStringLiteral("x"));
        if (QApplication::focusWidget() != nullptr)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        idle();
        m_probe.report("edit");
        m_window.connections().find(m_id)->records->commit();
        idle();
        m_probe.report("commit");
    }

    /// No job, no more reading, and a while without a thing to do.
    void idle()
    {
        for (int quiet = 0; quiet < 4;) {
            wait(50);
            const app::Tab *tab = m_window.workspace().current();
            auto *view = tab != nullptr ? qobject_cast<ui::records::RecordView *>(tab->widget) : nullptr;
            const bool busy = !m_window.jobs().running().empty() || (view != nullptr && view->window().isLoading());
            quiet = busy ? 0 : quiet + 1;
        }
    }

    StallProbe &m_probe;
    QTemporaryDir m_folder;
    QSettings m_settings{m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    ScriptedPrompt m_prompt;
    app::MainWindow m_window;
    QString m_id;
};

} // namespace

int main(int argc, char **argv)
{
    if (argc != 4) {
        std::fputs("usage: window_bench SMALL BIG SCHEMA\n", stderr);
        return 2;
    }
    QElapsedTimer timer;
    timer.start();
    StallProbe probe(argc, argv);
    ui::applyTheme(probe, ui::Appearance::Light);
    Session session(probe);
    std::printf("{\"step\": \"start to idle\", \"ms\": %lld}\n", static_cast<long long>(timer.elapsed()));
    session.open(QString::fromLocal8Bit(argv[1]), "open Chinook");
    session.small();
    session.open(QString::fromLocal8Bit(argv[2]), "open the big database");
    session.big();
    session.open(QString::fromLocal8Bit(argv[3]), "open 1000 tables");
    session.diagram();
    return 0;
}
