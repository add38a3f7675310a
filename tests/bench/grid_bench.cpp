// Measures the record grid on a large table: grid_bench DATABASE [TABLE]
//
// Prints one JSON line: milliseconds from the act to the finished paint of the first rows, the End key, the middle by
// the scroll bar, a page down, and random jumps (worst); and the memory that the view took.

#include "ui/base/theme.h"
#include "ui/records/view/record_view.h"

#include "ormcore/dialects/builtin.h"
#include "ormcore/reflect/reflect.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <random>

using namespace ui::records;

namespace {

/// Resident memory of this process, in MB.
double residentMegabytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    constexpr double kPageKilobytes = 4;
    return file.readAll().split(' ').value(1).toDouble() * kPageKilobytes / 1024;
}

bool allInSight(RecordView &view)
{
    const RecordModel &records = view.grid().records();
    const std::int64_t last = std::min(view.grid().top() + view.grid().rowsPerPage(), records.placeCount()) - 1;
    return records.placeCount() > 0 && records.isLoaded(view.grid().top()) && records.isLoaded(last);
}

/// Milliseconds from the act until the rows in sight are painted.
double measure(RecordView &view, const std::function<void()> &act)
{
    QElapsedTimer timer;
    timer.start();
    act();
    do {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
    } while (!allInSight(view));
    view.grid().viewport()->repaint();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

void wait(int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < milliseconds)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2) {
        std::fputs("usage: grid_bench DATABASE [TABLE]\n", stderr);
        return 2;
    }
    QApplication application(argc, argv);
    ui::applyTheme(application, ui::Appearance::Light);
    std::shared_ptr<orm::Engine> engine = orm::createEngine(orm::Url::sqliteFile(argv[1]).toString());
    orm::Connection connection = engine->connect();
    auto registry = std::make_shared<const orm::Registry>(orm::Registry::reflected(orm::reflect(connection)));
    connection.rollback();
    ui::JobRunner runner;
    RecordConnection records(engine, registry, runner);
    const orm::Table &table = registry->metadata()[argc > 2 ? argv[2] : "big"];

    QWidget window; // as in the application, fonts and style are in use before a table is opened
    QToolButton button(&window);
    button.setText(QStringLiteral("Open"));
    window.show();
    wait(200);

    const double before = residentMegabytes();
    std::unique_ptr<RecordView> view;
    QElapsedTimer timer;
    timer.start();
    view = std::make_unique<RecordView>(records, table);
    view->resize(1200, 800);
    view->show();
    measure(*view, [] {});
    const double open = static_cast<double>(timer.nsecsElapsed()) / 1e6;

    RecordGrid &grid = view->grid();
    const auto press = [&grid](int key, Qt::KeyboardModifiers modifiers) {
        QKeyEvent event(QEvent::KeyPress, key, modifiers);
        QCoreApplication::sendEvent(&grid, &event);
    };
    std::int64_t topBefore = -1;
    const double end = measure(*view, [&] {
        press(Qt::Key_End, Qt::ControlModifier);
        while (grid.top() == 0)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
    });
    const auto toFraction = [&](double fraction) {
        return measure(*view, [&] {
            QScrollBar *bar = grid.verticalScrollBar();
            topBefore = grid.top();
            bar->setValue(static_cast<int>(bar->maximum() * fraction));
        });
    };
    const double middle = toFraction(0.5);
    const double page = measure(*view, [&] { press(Qt::Key_PageDown, Qt::NoModifier); });
    std::mt19937 random(1);
    double worst = 0;
    for (int i = 0; i < 200; ++i)
        worst = std::max(worst, toFraction(static_cast<double>(random() % 10'000) / 10'000));
    for (int i = 0; i < 3000; ++i) // scrolls on and on: memory must stay flat
        measure(*view, [&] { press(Qt::Key_PageDown, Qt::NoModifier); });
    const double memory = residentMegabytes() - before;
    timer.restart();
    constexpr int kPatience = 120'000;
    while (view->window().total().certainty != Certainty::Exact && timer.elapsed() < kPatience)
        wait(10);
    std::printf(
        "{\"open_ms\": %.1f, \"end_ms\": %.1f, \"middle_ms\": %.1f, \"page_ms\": %.1f, \"worst_jump_ms\": %.1f, "
        "\"view_mb\": %.1f, \"rows\": \"%s\"}\n",
        open, end, middle, page, worst, memory, view->countText().toUtf8().constData());
    return 0;
}
