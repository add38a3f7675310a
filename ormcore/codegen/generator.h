#pragma once

#include "ormcore/dialect/dialect.h"
#include "ormcore/model/storage.h"

#include <memory>
#include <string>
#include <vector>

namespace orm::codegen {

struct Options {
    std::vector<model::EntityId> only; ///< empty: the whole model
    std::string namespaceName;         ///< C++; empty: made from the model's name
};

/// Makes files from a model, in memory. Pure; any thread. Errors: Argument, Compile.
class Generator {
public:
    virtual ~Generator() = default;
    [[nodiscard]] virtual std::string name() const = 0;  ///< "cpp"
    [[nodiscard]] virtual std::string title() const = 0; ///< "C++ classes for ormcore"
    [[nodiscard]] virtual std::vector<model::TextFile> generate(const model::Model &model,
                                                                const Options &options) const = 0;
};
/// All generators: an explicit list in catalog.cpp.
[[nodiscard]] const std::vector<const Generator *> &catalog();
[[nodiscard]] const Generator &generator(std::string_view name); ///< Argument: names the known ones

/// The CREATE script of a model (or of some of its entities) in a dialect.
[[nodiscard]] std::string ddlScript(const model::Model &model, const Dialect &dialect, const Options &options = {});

} // namespace orm::codegen
