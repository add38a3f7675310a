#pragma once

#include "tests/conformance/oracle/world.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace oracle {

using Json = nlohmann::ordered_json;

/// What a program observed.
struct Outcome {
    Json result = nullptr;
    std::string error{}; ///< class of the error, as the reference calls it
};

/// A case of the oracle, in C++.
struct Twin {
    const char *name;
    const Model *model;
    Outcome (*run)(World &world);
    /// Where the reference is wrong, or spells SQL otherwise: the right outcome.
    std::optional<Outcome> instead{};
};

// The twins by topic.
[[nodiscard]] std::vector<Twin> objectTwins();
[[nodiscard]] std::vector<Twin> queryTwins();
[[nodiscard]] std::vector<Twin> transactionTwins();
[[nodiscard]] std::vector<Twin> relationshipTwins();
[[nodiscard]] std::vector<Twin> loadingTwins();
[[nodiscard]] std::vector<Twin> ruleTwins();
[[nodiscard]] std::vector<Twin> inheritanceTwins();

[[nodiscard]] Json toJson(const orm::Value &value);
[[nodiscard]] Json valuesOf(const std::vector<orm::Record> &records, const char *column);

/// The name that the reference has for the error that the program ends with; empty: it ends without one.
template <class Program> std::string errorOf(Program program)
{
    try {
        program();
    } catch (const orm::NoResult &) {
        return "NoResultFound";
    } catch (const orm::MultipleResults &) {
        return "MultipleResultsFound";
    } catch (const orm::StaleRow &) {
        return "StaleDataError";
    } catch (const orm::Integrity &) {
        return "IntegrityError";
    } catch (const orm::Validation &) {
        return "ValueError";
    }
    return {};
}

/// Runs a twin and compares it with what the reference printed for the case: empty where they agree, else what differs.
/// Counts of statements (`selects`, `updates`) in a result may be smaller than the reference's, as may be the number of
/// statements of each kind.
[[nodiscard]] std::string difference(const Twin &twin, Shape shape, const Json &reference);

} // namespace oracle
