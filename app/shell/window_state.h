#pragma once

class QSettings;

namespace app {

class MainWindow;

/// Where the window, its docks and its tabs stand, from one start to the next.
class WindowState {
public:
    WindowState(QSettings &settings, MainWindow &window) : m_settings(settings), m_window(window) {}
    void save();
    void restore(); ///< databases come back as places that offer to connect

private:
    QSettings &m_settings;
    MainWindow &m_window;
};

} // namespace app
