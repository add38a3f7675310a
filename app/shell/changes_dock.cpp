#include "app/shell/changes_dock.h"

#include "app/shell/connection_manager.h"
#include "ui/records/changes/changes_panel.h"
#include "ui/records/changes/record_connection.h"

#include <QVBoxLayout>

namespace app {

ChangesDock::ChangesDock(QWidget *parent) : QWidget(parent), m_panel(new ui::records::ChangesPanel(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panel);
    connect(m_panel, &ui::records::ChangesPanel::rowActivated, this, &ChangesDock::rowActivated);
}

void ChangesDock::setDatabase(OpenDatabase *database)
{
    m_panel->setConnection(database == nullptr ? nullptr : database->records.get());
}

} // namespace app
