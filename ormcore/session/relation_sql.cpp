#include "ormcore/session/relation_sql.h"

namespace orm {

Expression follows(const Reference &reference)
{
    Expression on;
    for (std::size_t i = 0; i < reference.columns.size(); ++i)
        on = on && Expression(*reference.owner->columns()[reference.columns[i]].column) ==
                       Expression(*reference.target->columns()[reference.targetColumns[i]].column);
    return on;
}

} // namespace orm
