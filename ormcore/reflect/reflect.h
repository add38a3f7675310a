#pragma once

#include "ormcore/engine/engine.h"
#include "ormcore/schema/metadata.h"

#include <functional>
#include <map>
#include <string>

namespace orm {

struct ReflectOptions {
    std::string schema{};                                ///< empty: the default one
    std::function<bool(int done, int total)> progress{}; ///< false cancels: throws Operational{Interrupted}
};

/// The whole schema of a database, read in bulk: a number of catalogue queries that does not grow with the tables.
[[nodiscard]] MetaData reflect(Connection &connection, const ReflectOptions &options = {});

/// What is in a database, in numbers; keys and meanings are documented in resources/docs/formats/inspect.md.
/// A plain ordered list of (key, count); names, column types and rows stand apart.
struct Inspection {
    std::string dialect{};
    std::string server{};
    std::vector<std::string> schemas{};
    std::vector<std::pair<std::string, std::int64_t>> counts{};
    std::vector<std::pair<std::string, std::int64_t>> columnTypes{}; ///< most common first
    std::vector<std::pair<std::string, std::int64_t>> names{};       ///< awkward names
    std::vector<std::pair<std::string, std::int64_t>> rowsPerTable{};
    std::vector<std::pair<std::string, std::int64_t>> columnsPerTable{};
};
[[nodiscard]] Inspection inspect(const MetaData &metadata);          ///< no row counts
[[nodiscard]] Inspection inspect(Connection &connection, bool rows); ///< reflect, count

/// A driver that can read its database's catalogue.
class Reflector {
public:
    virtual ~Reflector() = default;
    [[nodiscard]] virtual MetaData reflect(Connection &connection, const ReflectOptions &options) const = 0;
};
/// Drivers that reflect also implement this; reflect() finds it through the engine's driver.
class ReflectingDriver : public Driver {
public:
    [[nodiscard]] virtual const Reflector &reflector() const = 0;
};

} // namespace orm
