#include "ormcore/model/check.h"

#include "ormcore/model/check_rules.h"
#include "ormcore/model/names.h"
#include "ormcore/model/text_escape.h"

#include <algorithm>
#include <map>
#include <set>

namespace orm::model {

namespace {

constexpr std::size_t kLongestName = 63; // bytes; PostgreSQL cuts longer ones without an error

/// Words that at least two of the big databases keep for themselves.
const std::set<std::string, std::less<>> &reservedWords()
{
    static const std::set<std::string, std::less<>> words{
        "all",    "alter",  "and",     "any",     "as",     "asc",     "between",    "by",     "case",   "check",
        "column", "create", "cross",   "default", "delete", "desc",    "distinct",   "drop",   "else",   "end",
        "exists", "for",    "foreign", "from",    "full",   "grant",   "group",      "having", "in",     "index",
        "inner",  "insert", "into",    "is",      "join",   "key",     "left",       "like",   "limit",  "not",
        "null",   "on",     "or",      "order",   "outer",  "primary", "references", "right",  "select", "set",
        "table",  "then",   "to",      "trigger", "union",  "unique",  "update",     "user",   "using",  "values",
        "view",   "when",   "where",   "with"};
    return words;
}

/// Why a name gives trouble somewhere; empty: it gives none.
std::string oddness(const std::string &name)
{
    if (name.empty())
        return "is empty";
    if (name.size() > kLongestName)
        return "is longer than 63 bytes, which PostgreSQL would cut";
    if (name.front() == ' ' || name.back() == ' ')
        return "begins or ends with a space, which MySQL refuses";
    if (reservedWords().count(lowerName(name)) != 0)
        return "is a reserved word: it must always be quoted";
    if (!isPlainWord(name))
        return "has characters for which it must always be quoted";
    return {};
}

void checkOddName(Findings &findings, const Entity &entity, const std::string &name, const std::string &what,
                  AttributeId attribute)
{
    if (const std::string why = oddness(name); !why.empty())
        findings.add(name.empty() ? Severity::Error : Severity::Note, "odd-name", entity, what + " " + why + ".",
                     attribute);
}

void checkTypes(Findings &findings, const Entity &entity)
{
    for (const Attribute &attribute : entity.attributes)
        if (attribute.type.kind == TypeKind::Unknown && entity.kind == TableKind::Table)
            findings.add(Severity::Note, "type-unknown", entity,
                         shown(entity, attribute) + " has " +
                             (attribute.type.native.empty() ? "no type"
                                                            : "the type " + escaped(attribute.type.native) +
                                                                  ", which only its own database knows") +
                             ". Give it a portable one to use it elsewhere.",
                         attribute.id);
}

void checkVerbatim(Findings &findings, const Entity &entity)
{
    const auto keep = [&](const std::string &what, ConstraintId constraint = {}) {
        findings.add(Severity::Note, "kept-verbatim", entity,
                     what + " is kept as text; other databases may want it written anew.", {}, constraint);
    };
    if (!entity.definition.empty())
        keep("The definition of " + shown(entity));
    for (const Index &index : entity.indexes)
        if (!index.definition.empty())
            keep("The index \"" + escaped(index.name) + "\" of " + shown(entity), index.id);
    for (const auto &[id, trigger] : findings.model.triggers())
        if (trigger.entity == entity.id)
            keep("The trigger \"" + escaped(trigger.name) + "\" of " + shown(entity));
}

} // namespace

void Findings::add(Severity severity, const char *rule, const Entity &entity, std::string message,
                   AttributeId attribute, ConstraintId constraint)
{
    problems.push_back({severity, rule, entity.id, attribute, constraint, std::move(message)});
}

std::string shown(const Entity &entity) { return "\"" + escaped(entity.name) + "\""; }

std::string shown(const Entity &entity, const Attribute &attribute)
{
    return "\"" + escaped(entity.name) + "." + escaped(attribute.name) + "\"";
}

void checkNames(Findings &findings)
{
    std::map<QualifiedName, std::string> entities;
    std::map<QualifiedName, std::string> indexes;
    for (const EntityPointer &entity : findings.model.sortedEntities()) {
        const std::string schema = lowerName(entity->schema);
        if (!entities.emplace(QualifiedName{schema, lowerName(entity->name)}, entity->name).second)
            findings.add(Severity::Error, "duplicate-name", *entity,
                         "There are two entities named " + shown(*entity) + ". Rename one.");
        std::set<std::string> attributes;
        for (const Attribute &attribute : entity->attributes) {
            if (!attributes.insert(lowerName(attribute.name)).second)
                findings.add(Severity::Error, "duplicate-name", *entity,
                             "There are two attributes named " + shown(*entity, attribute) + ". Rename one.",
                             attribute.id);
            checkOddName(findings, *entity, attribute.name, "The name of " + shown(*entity, attribute), attribute.id);
        }
        for (const Index &index : entity->indexes)
            if (!index.name.empty() &&
                !indexes.emplace(QualifiedName{schema, lowerName(index.name)}, index.name).second)
                findings.add(Severity::Error, "duplicate-name", *entity,
                             "There are two indexes named \"" + escaped(index.name) + "\". Rename one.", {}, index.id);
        checkOddName(findings, *entity, entity->name, "The name of " + shown(*entity), {});
    }
}

void checkStructure(Findings &findings)
{
    for (const EntityPointer &entity : findings.model.sortedEntities()) {
        if (entity->kind == TableKind::Table && entity->attributes.empty())
            findings.add(Severity::Error, "empty-entity", *entity,
                         shown(*entity) + " has no attributes. Add one, or remove it.");
        else if (entity->kind == TableKind::Table && entity->primaryKey.attributes.empty())
            findings.add(Severity::Warning, "no-primary-key", *entity,
                         shown(*entity) + " has no primary key: its rows cannot be told apart, so they cannot be "
                                          "edited. Choose one.");
        checkTypes(findings, *entity);
        checkVerbatim(findings, *entity);
    }
}

std::vector<Problem> check(const Model &model)
{
    Findings findings{model, {}};
    checkNames(findings);
    checkStructure(findings);
    checkForeignKeys(findings);
    checkIndexes(findings);
    std::stable_sort(findings.problems.begin(), findings.problems.end(),
                     [](const Problem &a, const Problem &b) { return a.severity > b.severity; });
    return std::move(findings.problems);
}

} // namespace orm::model
