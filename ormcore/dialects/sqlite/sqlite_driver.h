#pragma once

#include "ormcore/reflect/reflect.h"

namespace orm {

/// SQLite through its C API, with everything switched off that a hostile file could use: extensions, trusted schemas,
/// double-quoted strings, the FTS3 tokenizer, writes to its own tables, URI file names. Foreign keys are on.
///
/// URL options: none; the file name is literal. Errors of connect(): Operational CannotOpen for a file that is missing
/// (unless ConnectOptions::create) or may not be read, NotADatabase, Busy.
class SqliteDriver final : public ReflectingDriver {
public:
    [[nodiscard]] const Dialect &dialect() const override;
    [[nodiscard]] const Reflector &reflector() const override;
    [[nodiscard]] std::unique_ptr<DriverConnection> connect(const Url &url,
                                                            const ConnectOptions &options) const override;
    [[nodiscard]] bool singleConnection(const Url &url) const override { return url.database.empty(); }
    void checkUrl(const Url &url) const override;
};

} // namespace orm
