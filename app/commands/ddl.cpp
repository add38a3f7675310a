#include "app/commands/commands.h"
#include "app/commands/target.h"

#include "ormcore/codegen/generator.h"
#include "ormcore/dialects/builtin.h"
#include "ormcore/model/storage.h"

#include <ostream>

namespace app {

Status ddl(const DdlOptions &options, const Console &console)
{
    const orm::model::Model model = openModel(resolveTarget(options.target));
    std::string name = options.dialect;
    if (name.empty())
        name = model.info().dialects.empty() ? "sqlite" : model.info().dialects.front();
    const std::string script = orm::codegen::ddlScript(model, orm::builtinDialect(name));
    if (options.output.empty())
        console.out << script;
    else
        orm::model::saveFile(options.output, script);
    return Status::Fine;
}

} // namespace app
