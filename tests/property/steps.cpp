#include "tests/property/steps.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace property {

namespace {

struct Word {
    Op op;
    const char *name;
    int numbers;
};
constexpr Word kWords[] = {
    {Op::Check, "check", 0},
    {Op::Add, "add", 4},
    {Op::Set, "set", 4},
    {Op::Link, "link", 3},
    {Op::Append, "append", 3},
    {Op::Unlink, "unlink", 2},
    {Op::Take, "take", 2},
    {Op::Remove, "remove", 2},
    {Op::Flush, "flush", 0},
    {Op::Commit, "commit", 0},
    {Op::Rollback, "rollback", 0},
    {Op::Drop, "drop", 2},
    {Op::Readd, "readd", 2},
    {Op::SetKey, "setkey", 3},
    {Op::Savepoint, "savepoint", 0},
    {Op::Release, "release", 0},
    {Op::Back, "back", 0},
    {Op::Expire, "expire", 2},
    {Op::ExpireAll, "expireall", 0},
    {Op::Refresh, "refresh", 2},
    {Op::Get, "get", 3},
    {Op::Query, "query", 3},
    {Op::Sweep, "sweep", 0},
    {Op::OtherSet, "otherset", 4},
    {Op::OtherRemove, "otherremove", 2},
};
static_assert(std::size(kWords) == kOps);

} // namespace

std::string toText(const Steps &steps)
{
    std::ostringstream text;
    for (const Step &step : steps) {
        const Word &word = kWords[static_cast<std::size_t>(step.op)];
        text << word.name;
        for (std::size_t i = 0; i < static_cast<std::size_t>(word.numbers); ++i)
            text << " " << step.numbers[i];
        text << "\n";
    }
    return text.str();
}

Steps readSteps(const std::string &text)
{
    Steps steps;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string name;
        if (!(words >> name) || name == "session" || name == "class" || name == "relation")
            continue;
        const auto *word =
            std::find_if(std::begin(kWords), std::end(kWords), [&](const Word &w) { return w.name == name; });
        if (word == std::end(kWords))
            throw std::invalid_argument("there is no step " + name);
        Step step{word->op, {}};
        for (std::size_t i = 0; i < static_cast<std::size_t>(word->numbers); ++i)
            words >> step.numbers[i];
        steps.push_back(step);
    }
    return steps;
}

} // namespace property
