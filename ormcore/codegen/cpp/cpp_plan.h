#pragma once

#include "ormcore/codegen/generator.h"

#include <string>
#include <vector>

namespace orm::codegen {

/// A column as a member.
struct MemberPlan {
    const model::Attribute *attribute = nullptr;
    std::string name;
    std::string type;                 ///< "std::optional<std::string>"
    std::string initial;              ///< "{}", "{1}" or nothing
    std::vector<std::string> options; ///< of ClassMap::column()
};

/// A relationship as a member, on either side.
struct RelationPlan {
    std::string name;
    std::string target; ///< class
    bool many = false;
    std::vector<std::string> options;
    std::string back; ///< member of the target
};

/// A foreign key that no column's option can say.
struct ReferencePlan {
    std::vector<std::string> columns;
    std::string table;
    std::vector<std::string> targets;
    std::vector<std::string> actions; ///< on delete, on update; empty where both are the default
};

struct ClassPlan {
    const model::Entity *entity = nullptr;
    std::string name;
    std::vector<MemberPlan> members;
    std::vector<RelationPlan> relations;
    std::vector<ReferencePlan> references;
    std::vector<std::vector<std::string>> uniques; ///< of several columns
};

/// What the classes of a model are called and have. Views and virtual tables have none. The entities are the model's.
[[nodiscard]] std::vector<ClassPlan> planClasses(const model::Model &model, const Options &options);

// How a column is seen from C++.
[[nodiscard]] std::string memberType(const model::Attribute &attribute, bool nativeIntegers); ///< without optional
[[nodiscard]] std::string typeExpression(const Type &type); ///< empty: the member's own
/// A constant DEFAULT as an initialiser of the member; empty: the database must say.
[[nodiscard]] std::string constantInitial(const model::Attribute &attribute, const std::string &memberType);

} // namespace orm::codegen
