#pragma once

#include "ormcore/dialect/dialect.h"

#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace orm {

/// Compiled statements by structure, the least recently used forgotten first. Thread: any.
class StatementCache {
public:
    explicit StatementCache(std::size_t capacity) : m_capacity(capacity) {}
    /// The compiled form from the cache, or compiled now by the dialect (outside the lock).
    [[nodiscard]] std::shared_ptr<const Compiled> compile(const Statement &statement, const Dialect &dialect,
                                                          bool &hit);

private:
    struct Entry {
        std::size_t hash = 0;
        Statement statement;
        std::shared_ptr<const Compiled> compiled;
    };
    [[nodiscard]] std::shared_ptr<const Compiled> find(std::size_t hash, const Statement &statement);
    void keep(std::size_t hash, const Statement &statement, const std::shared_ptr<const Compiled> &compiled);

    const std::size_t m_capacity;
    std::mutex m_mutex;
    std::list<Entry> m_entries; // the last one was used last
    std::unordered_multimap<std::size_t, std::list<Entry>::iterator> m_byHash;
};

} // namespace orm
