#pragma once

class QSettings;

namespace ui {
class JobRunner;
class MessageBar;
class Prompt;
} // namespace ui

namespace app {

class ConnectionManager;
class Documents;
class SqlLog;
class Workspace;

/// What the parts of the window share. All outlive whoever holds this.
struct Parts {
    QSettings &settings;
    ui::Prompt &prompt;
    ui::JobRunner &jobs;
    ui::MessageBar &message;
    SqlLog &log;
    ConnectionManager &connections;
    Documents &documents;
    Workspace &workspace;
};

} // namespace app
