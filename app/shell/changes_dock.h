#pragma once

#include "app/shell/parts.h"

#include <QWidget>

namespace ui::records {
class ChangesPanel;
} // namespace ui::records

namespace app {

struct OpenDatabase;

/// The staged changes of the database whose tab is in front.
class ChangesDock : public QWidget {
    Q_OBJECT

public:
    explicit ChangesDock(const Parts &parts, QWidget *parent = nullptr);
    void setDatabase(OpenDatabase *database); ///< nullptr: the empty state

private:
    Parts m_parts;
    ui::records::ChangesPanel *m_panel;
};

} // namespace app
