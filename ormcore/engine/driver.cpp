#include "ormcore/engine/driver.h"

namespace orm {

const Driver &DriverList::find(std::string_view name) const
{
    std::string known;
    for (const auto &[own, driver] : m_drivers) {
        if (own == name)
            return *driver;
        known += (known.empty() ? "" : ", ") + own;
    }
    throw Argument("There is no driver for the dialect \"" + std::string(name) +
                   "\" here. Known: " + (known.empty() ? "none" : known) + ".");
}

} // namespace orm
