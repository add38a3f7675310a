#include "app/shell/changes_dock.h"

#include "app/shell/connection_manager.h"
#include "ui/records/changes/change_set.h"
#include "ui/records/view/changes_panel.h"

#include <QVBoxLayout>

namespace app {

ChangesDock::ChangesDock(const Parts &parts, QWidget *parent)
    : QWidget(parent), m_parts(parts), m_panel(new ui::records::ChangesPanel(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panel);
}

void ChangesDock::setDatabase(OpenDatabase *database)
{
    if (database == nullptr)
        m_panel->clearContext();
    else
        m_panel->setContext({database->engine, database->registry, database->changes.get(), &m_parts.jobs});
}

} // namespace app
