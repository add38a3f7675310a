#include "ormcore/model/ids.h"

#include <algorithm>
#include <limits>
#include <random>

namespace orm::model {

namespace {

constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::uint64_t kBase = 36;

std::mt19937_64 &randomEngine()
{
    thread_local std::mt19937_64 engine = [] {
        std::random_device device;
        std::seed_seq seed{device(), device(), device(), device(), device(), device(), device(), device()};
        return std::mt19937_64(seed);
    }();
    return engine;
}

/// Ids of two branches meet with a chance of about new1 * new2 / space: a space of 65,536 times the ids in use keeps
/// that out of sight while ids stay as short as people can read.
std::uint64_t randomId(std::size_t used)
{
    std::uint64_t low = kBase * kBase * kBase;
    while (low * kBase < std::uint64_t{used} * 65536)
        low *= kBase;
    return std::uniform_int_distribution<std::uint64_t>(low, low * kBase - 1)(randomEngine());
}

} // namespace

IdSource::IdSource(const Model &model)
{
    for (const auto &[id, entity] : model.entities())
        visitIds(*entity, [&](std::uint64_t value) { m_used.insert(value); });
    for (const auto &[id, trigger] : model.triggers())
        m_used.insert(id.value);
    for (const auto &[id, diagram] : model.diagrams()) {
        m_used.insert(id.value);
        for (const auto &[node, place] : model.nodes(id))
            m_used.insert(node.value);
    }
}

std::uint64_t IdSource::fresh()
{
    for (;;) {
        const std::uint64_t value = randomId(m_used.size());
        if (m_used.insert(value).second)
            return value;
    }
}

std::uint64_t Model::freshId() const { return IdSource(*this).next<EntityId>().value; }

std::string idText(std::uint64_t value)
{
    std::string text;
    do {
        text.push_back(kDigits[value % kBase]);
        value /= kBase;
    } while (value != 0);
    std::reverse(text.begin(), text.end());
    return text;
}

std::optional<std::uint64_t> parseId(std::string_view text)
{
    if (text.empty() || text.front() == '0') // one spelling for each id; none is never written
        return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        const std::size_t digit = kDigits.find(c);
        if (digit == std::string_view::npos || value > (std::numeric_limits<std::uint64_t>::max() - digit) / kBase)
            return std::nullopt;
        value = value * kBase + digit;
    }
    return value;
}

} // namespace orm::model
