#include "ormcore/reflect/reflect.h"

namespace orm {

MetaData reflect(Connection &connection, const ReflectOptions &options)
{
    const auto *driver = dynamic_cast<const ReflectingDriver *>(&connection.engine().driver());
    if (driver == nullptr)
        throw Argument("the driver for " + connection.dialect().name() + " cannot read the database's catalogue");
    return driver->reflector().reflect(connection, options);
}

} // namespace orm
