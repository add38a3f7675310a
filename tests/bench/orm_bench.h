#pragma once

#include "ormcore/dialects/builtin.h"
#include "ormcore/reflect/reflect.h"
#include "ormcore/session/session.h"

#include <map>
#include <string>

constexpr long kOrders = 10;
constexpr long kLines = 3;

inline std::string text(const char *prefix, long number) { return prefix + std::to_string(number); }
inline long pick(long i, long n) { return (i * 7919) % n + 1; }

/// What all cases need: a database, a mapping, and how often to do it.
struct Bench {
    orm::Engine &engine;
    const orm::Registry &registry;
    long rows;
    [[nodiscard]] const orm::Table &table(const char *name) const { return registry.metadata()[name]; }
};

using Case = long long (*)(const Bench &);
using Cases = std::map<std::string, Case>;

const Cases &classCases();  ///< with mapped classes
const Cases &recordCases(); ///< with records of reflected tables
const Cases &coreCases();   ///< without objects
orm::Registry classes();
orm::Registry records(orm::Engine &engine);
