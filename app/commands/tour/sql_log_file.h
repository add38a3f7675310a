#pragma once

#include "ormcore/engine/engine.h"

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>

namespace app {

/// Every statement that is sent, one after the other, as a script that a person can read. Thread: any.
class SqlLogFile {
public:
    explicit SqlLogFile(const std::filesystem::path &path);
    /// For EngineOptions::log; keeps the file open as long as it lives.
    [[nodiscard]] std::function<void(const orm::StatementLog &)> sink() const;
    void heading(const std::string &text) const;
    [[nodiscard]] int statements() const;

private:
    struct Shared {
        std::mutex mutex;
        std::ofstream file;
        int statements = 0;
    };
    std::shared_ptr<Shared> m_shared;
};

} // namespace app
