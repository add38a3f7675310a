#pragma once

#include "ormcore/codegen/generator.h"

namespace orm::codegen {

/// C++ classes for ormcore's typed mapping: one header with the structs, and sources of at most a hundred mappings.
class CppGenerator final : public Generator {
public:
    [[nodiscard]] std::string name() const override { return "cpp"; }
    [[nodiscard]] std::string title() const override { return "C++ classes for ormcore"; }
    [[nodiscard]] std::vector<model::TextFile> generate(const model::Model &model,
                                                        const Options &options) const override;
};

} // namespace orm::codegen
