#pragma once

#include "ormcore/model/check.h"

namespace orm::model {

/// Collects what the rules find about one entity after the other.
struct Findings {
    const Model &model;
    std::vector<Problem> problems;

    void add(Severity severity, const char *rule, const Entity &entity, std::string message, AttributeId attribute = {},
             ConstraintId constraint = {});
};

// One function a group of rules; the rules' names are documented in resources/docs/errors/check.md.
void checkNames(Findings &findings);       ///< duplicate-name, odd-name
void checkStructure(Findings &findings);   ///< empty-entity, no-primary-key, type-unknown, kept-verbatim
void checkForeignKeys(Findings &findings); ///< fk-…, set-null-on-not-null
void checkIndexes(Findings &findings);     ///< redundant-index

/// "order" or "order.customer_id" in quotation marks, printable.
[[nodiscard]] std::string shown(const Entity &entity);
[[nodiscard]] std::string shown(const Entity &entity, const Attribute &attribute);
/// Whether the attributes are the first columns of an index of the entity, of a unique key or of the primary key.
[[nodiscard]] bool leadsAnIndex(const Entity &entity, const std::vector<AttributeId> &attributes,
                                const Index *except = nullptr);

} // namespace orm::model
