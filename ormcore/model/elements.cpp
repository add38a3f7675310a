#include "ormcore/model/elements.h"

#include "ormcore/model/names.h"

#include <algorithm>

namespace orm::model {

const Attribute *Entity::find(AttributeId attribute) const noexcept
{
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const Attribute &candidate) { return candidate.id == attribute; });
    return found == attributes.end() ? nullptr : &*found;
}

const Attribute *Entity::find(std::string_view attributeName) const noexcept
{
    const Attribute *similar = nullptr;
    for (const Attribute &attribute : attributes) {
        if (attribute.name == attributeName)
            return &attribute;
        if (similar == nullptr && sameName(attribute.name, attributeName))
            similar = &attribute;
    }
    return similar;
}

const ForeignKey *Entity::foreignKey(ConstraintId key) const noexcept
{
    const auto found = std::find_if(foreignKeys.begin(), foreignKeys.end(),
                                    [&](const ForeignKey &candidate) { return candidate.id == key; });
    return found == foreignKeys.end() ? nullptr : &*found;
}

bool Entity::isPrimaryKey(AttributeId attribute) const noexcept
{
    return std::find(primaryKey.attributes.begin(), primaryKey.attributes.end(), attribute) !=
           primaryKey.attributes.end();
}

bool Entity::isUnique(const std::vector<AttributeId> &set) const
{
    const auto same = [&](const std::vector<AttributeId> &other) {
        return !set.empty() && set.size() == other.size() && std::is_permutation(set.begin(), set.end(), other.begin());
    };
    if (same(primaryKey.attributes) ||
        std::any_of(uniques.begin(), uniques.end(), [&](const Key &key) { return same(key.attributes); }))
        return true;
    return std::any_of(indexes.begin(), indexes.end(), [&](const Index &index) {
        if (!index.unique || !index.where.empty())
            return false;
        std::vector<AttributeId> parts;
        for (const IndexPart &part : index.parts)
            parts.push_back(part.attribute); // none for an expression: equals no attribute
        return same(parts);
    });
}

} // namespace orm::model
