#pragma once

#include "ormcore/engine/engine.h"

#include <memory>
#include <string_view>

namespace orm {

/// The drivers of this library, made anew by each call's first use and never changed: an explicit list in builtin.cpp.
[[nodiscard]] const DriverList &builtinDrivers();
/// Every dialect that DDL can be compiled for, with or without a driver.
[[nodiscard]] std::vector<const Dialect *> builtinDialects();
[[nodiscard]] const Dialect &builtinDialect(std::string_view name); ///< Argument: names the known ones
[[nodiscard]] std::unique_ptr<Engine> createEngine(std::string_view url, EngineOptions options = {});

} // namespace orm
