#include "tests/conformance/oracle/twin.h"

#include "ormcore/base/decimal.h"

#include <map>

namespace oracle {

Json toJson(const orm::Value &value)
{
    switch (value.kind()) {
    case orm::ValueKind::Null:
        return nullptr;
    case orm::ValueKind::Bool:
        return value.asBool();
    case orm::ValueKind::Int:
        return value.asInt();
    case orm::ValueKind::Double:
        return value.asDouble();
    default:
        return value.toString();
    }
}

Json valuesOf(const std::vector<orm::Record> &records, const char *column)
{
    Json values = Json::array();
    for (const orm::Record &record : records)
        values.push_back(toJson(record.get(column)));
    return values;
}

namespace {

bool isCount(const std::string &name) { return name == "selects" || name == "updates"; }

bool agrees(const Json &ours, const Json &theirs)
{
    if (!ours.is_object() || !theirs.is_object())
        return ours == theirs;
    if (ours.size() != theirs.size())
        return false;
    for (const auto &[name, value] : theirs.items())
        if (!ours.contains(name) || (isCount(name) ? ours[name] > value : ours[name] != value))
            return false;
    return true;
}

/// The reference's statements, added up by kind: those with several parameter sets count as often.
std::map<std::string, int> counts(const Json &statements)
{
    std::map<std::string, int> found;
    for (const Json &statement : statements) {
        const std::string kind = statement[0];
        const int sets = statement[2];
        found[kind] += std::max(sets, 1); // those of transactions have none
    }
    return found;
}

std::string surplus(const StatementRecorder &recorder, const Json &reference)
{
    std::map<std::string, int> allowed = counts(reference["statements"]);
    std::map<std::string, int> sent;
    for (const StatementRecorder::Statement &statement : recorder.statements())
        sent[statement.kind] += statement.parameterSets;
    std::string text;
    for (const auto &[kind, number] : sent)
        if (number > allowed[kind])
            text += "\n  " + std::to_string(number) + " " + kind + ", the reference " + std::to_string(allowed[kind]);
    if (text.empty())
        return text;
    text += "\n  sent";
    for (const StatementRecorder::Statement &statement : recorder.statements())
        text += "\n    " + statement.shape();
    return text;
}

} // namespace

std::string difference(const Twin &twin, Shape shape, const Json &reference)
{
    World world(*twin.model, shape);
    const Outcome ours = twin.run(world);
    world.close();
    Outcome right;
    if (twin.instead)
        right = *twin.instead;
    else
        right = {reference["result"], reference["error"].is_null() ? "" : reference["error"].get<std::string>()};
    std::string text;
    if (!agrees(ours.result, right.result))
        text += "\n  result   " + ours.result.dump() + "\n  expected " + right.result.dump();
    if (ours.error != right.error)
        text += "\n  error '" + ours.error + "', expected '" + right.error + "'";
    const bool goesOn = ours.error.empty() && !reference["error"].is_null(); // where the reference had to stop
    return goesOn ? text : text + surplus(world.recorder, reference);
}

} // namespace oracle
