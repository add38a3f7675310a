#pragma once

#include "ormcore/engine/engine.h"
#include "ormcore/model/model.h"

#include <filesystem>
#include <memory>
#include <string>

namespace app {

enum class TargetKind { Model, Database, Script };

/// What a user named on the command line or in the window: a model's folder, a database or an SQL script.
struct Target {
    TargetKind kind = TargetKind::Database;
    std::filesystem::path path; ///< model or script; the file of a SQLite database; else empty
    orm::Url url;               ///< database; of a script the private database that it is run in

    /// For people: the path or the URL without its password.
    [[nodiscard]] std::string text() const;
    /// What the target is called in tabs and models: the file's or the database's name.
    [[nodiscard]] std::string name() const;
};

/// A folder or .cormorant file is a model, .sql a script, a URL a database, any other path a SQLite file.
/// Throws orm::Argument for a URL that cannot be read.
[[nodiscard]] Target resolveTarget(const std::string &text);

/// The engine of a database or a script (which is run in a private database in memory). Throws as Engine.
[[nodiscard]] std::unique_ptr<orm::Engine> openEngine(const Target &target, orm::EngineOptions options = {});
[[nodiscard]] orm::EngineOptions readOnly();

/// The model of any target: loaded, or made from what the database has. Throws ParseError, Operational and the like.
[[nodiscard]] orm::model::Model openModel(const Target &target);

/// The whole of a file. Throws Operational that names it.
[[nodiscard]] std::string readFile(const std::filesystem::path &path);

} // namespace app
