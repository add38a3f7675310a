#include "app/commands/sample.h"
#include "app/shell/main_window.h"
#include "app/shell/navigator.h"
#include "app/shell/panels.h"
#include "ui/base/prompt.h"
#include "ui/base/theme.h"
#include "ui/base/value_text.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QApplication>
#include <QDockWidget>
#include <QMenuBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace {

class NoPrompt final : public ui::Prompt {
public:
    int choose(QWidget *, const QString &, const QString &, const QStringList &) override { return -1; }
    QString openFile(QWidget *, const QString &, const QString &) override { return {}; }
    QString saveFile(QWidget *, const QString &, const QString &, const QString &) override { return {}; }
    QString folder(QWidget *, const QString &) override { return {}; }
};

QString describe(const QWidget &widget)
{
    QStringList chain;
    for (const QWidget *at = &widget; at; at = at->parentWidget())
        chain << QString::fromLatin1(at->metaObject()->className()) + u'#' + at->objectName();
    return chain.join(QStringLiteral(" < "));
}

QStringList namelessWidgets(QWidget &window)
{
    QStringList nameless;
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus ||
            widget->objectName().startsWith(QLatin1String("qt_")))
            continue;
        const auto *area = qobject_cast<QAbstractScrollArea *>(widget->parentWidget());
        if (area && area->viewport() == widget)
            continue; // its area speaks for it
        QAccessibleInterface *face = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
        if (!face || face->text(QAccessible::Name).isEmpty())
            nameless << describe(*widget);
    }
    return nameless;
}

QStringList incompleteActions(QWidget &window)
{
    QStringList incomplete;
    const auto check = [&incomplete](const QAction *action) {
        if (action->isSeparator() || action->menu() || !action->isVisible())
            return;
        if (action->text().isEmpty() || action->icon().isNull() || action->toolTip().isEmpty())
            incomplete << QStringLiteral("%1 “%2” icon %3, tip “%4”")
                              .arg(action->objectName(), action->text(), action->icon().isNull() ? u"no" : u"yes")
                              .arg(action->toolTip());
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        if (!keys.isEmpty() && !action->toolTip().contains(keys))
            incomplete << QStringLiteral("%1: the tip “%2” does not tell its keys %3")
                              .arg(action->objectName(), action->toolTip(), keys);
    };
    for (const QMenu *menu : window.findChildren<QMenu *>())
        for (const QAction *action : menu->actions())
            check(action);
    for (const QAction *action : window.actions())
        check(action);
    return incomplete;
}

/// Keys that two enabled actions of the window both want: then neither gets them.
QStringList contestedKeys(QWidget &window)
{
    QMap<QString, QStringList> owners;
    for (const QAction *action : window.findChildren<QAction *>())
        if (action->isEnabled() && action->isVisible() && action->shortcutContext() == Qt::WindowShortcut)
            for (const QKeySequence &keys : action->shortcuts())
                owners[keys.toString()] << action->text();
    QStringList contested;
    for (auto it = owners.cbegin(); it != owners.cend(); ++it)
        if (it.value().size() > 1)
            contested << it.key() + QStringLiteral(": ") + it.value().join(QStringLiteral(", "));
    return contested;
}

} // namespace

class WindowLint : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void everythingHasANameAnIconAndATip_data();
    void everythingHasANameAnIconAndATip();
    void f6GoesRoundAllPanes();
    void theLookSwitchesLiveAndIsRemembered();
    void tabsComeBackAndDatabasesWaitToBeConnected();

private:
    void openSample();
    void makeWindow();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    NoPrompt m_prompt;
    std::unique_ptr<app::MainWindow> m_window;
};

void WindowLint::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    ui::applyTheme(*qApp, ui::Appearance::Light);
    makeWindow();
}

void WindowLint::makeWindow()
{
    m_window = std::make_unique<app::MainWindow>(*m_settings, m_prompt);
    m_window->resize(1400, 900);
    m_window->restore();
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void WindowLint::cleanup()
{
    m_window.reset();
    m_settings.reset();
    m_folder.reset();
}

void WindowLint::openSample()
{
    const QString file = m_folder->filePath(QStringLiteral("shop.db"));
    app::makeSampleDatabase(ui::toUtf8(file));
    m_window->navigator().openTarget(file);
    QTRY_COMPARE_WITH_TIMEOUT(m_window->connections().all().size(), 1, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->jobs().running().empty(), 20000);
}

void WindowLint::everythingHasANameAnIconAndATip_data()
{
    QTest::addColumn<QString>("place");
    for (const char *place : {"start", "diagram", "rows"})
        QTest::newRow(place) << QString::fromLatin1(place);
}

void WindowLint::everythingHasANameAnIconAndATip()
{
    QFETCH(QString, place);
    if (place != QLatin1String("start"))
        openSample();
    if (place == QLatin1String("rows")) {
        m_window->navigator().openRows(m_window->connections().all().front()->id, {}, QStringLiteral("customer"));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->jobs().running().empty(), 20000);
    }
    for (const QDockWidget *dock : m_window->panels().docks()) {
        m_window->panels().bringUp(dock->objectName());
        QCoreApplication::processEvents();
        const QStringList nameless = namelessWidgets(*m_window);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
    }
    const QStringList incomplete = incompleteActions(*m_window);
    QVERIFY2(incomplete.isEmpty(), qPrintable(incomplete.join(u'\n')));
    const QStringList contested = contestedKeys(*m_window);
    QVERIFY2(contested.isEmpty(), qPrintable(contested.join(u'\n')));
}

void WindowLint::f6GoesRoundAllPanes()
{
    openSample();
    QList<QWidget *> visited;
    for (int i = 0; i < 8; ++i) {
        m_window->commands().action(QStringLiteral("view.nextPane"))->trigger();
        QVERIFY(QApplication::focusWidget());
        visited << QApplication::focusWidget();
    }
    QCOMPARE(QSet<QWidget *>(visited.begin(), visited.end()).size(), 4); // explorer, work, inspector, below
    QCOMPARE(visited.mid(0, 4), visited.mid(4, 4));
}

void WindowLint::theLookSwitchesLiveAndIsRemembered()
{
    m_window->commands().action(QStringLiteral("view.dark"))->trigger();
    QCOMPARE(ui::theme().appearance, ui::Appearance::Dark);
    QTRY_COMPARE(m_window->palette().color(QPalette::Window), ui::theme().window);
    QCOMPARE(m_settings->value(QStringLiteral("appearance")).toString(), QStringLiteral("dark"));
    m_window->commands().action(QStringLiteral("view.light"))->trigger();
    QCOMPARE(ui::theme().appearance, ui::Appearance::Light);
}

void WindowLint::tabsComeBackAndDatabasesWaitToBeConnected()
{
    openSample();
    m_window->navigator().openRows(m_window->connections().all().front()->id, {}, QStringLiteral("customer"));
    QTRY_VERIFY_WITH_TIMEOUT(m_window->jobs().running().empty(), 20000);
    QStringList before;
    for (const app::Tab &tab : m_window->workspace().tabs())
        before << tab.title;
    QVERIFY(m_window->close());
    makeWindow();
    QStringList after;
    for (const app::Tab &tab : m_window->workspace().tabs()) {
        after << tab.title;
        QVERIFY(tab.kind == app::TabKind::Closed || tab.kind == app::TabKind::Start);
    }
    QCOMPARE(after, before);
    QVERIFY(m_window->connections().all().isEmpty());
    QVERIFY(m_window->log().text().isEmpty());
}

QTEST_MAIN(WindowLint)
#include "tst_window_lint.moc"
