#include "ormcore/base/error.h"
#include "ormcore/codegen/cpp/cpp_generator.h"
#include "ormcore/codegen/generator.h"

namespace orm::codegen {

const std::vector<const Generator *> &catalog()
{
    static const CppGenerator cpp;
    static const std::vector<const Generator *> all{&cpp};
    return all;
}

const Generator &generator(std::string_view name)
{
    std::string known;
    for (const Generator *each : catalog()) {
        if (each->name() == name)
            return *each;
        known += (known.empty() ? "" : ", ") + each->name();
    }
    throw Argument("There is no generator \"" + std::string(name) + "\". There are: " + known + ".");
}

} // namespace orm::codegen
