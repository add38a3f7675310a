#pragma once

#include "ormcore/model/model.h"
#include "ormcore/model/text_lines.h"

#include <map>
#include <set>
#include <string_view>

namespace orm::model {

/// Reads the files of a model, in any order, and puts them together. Throws ParseError with file and line.
class TextReader {
public:
    void readModel(const std::string &file, std::string_view text);
    void readEntity(const std::string &file, std::string_view text);
    void readDiagram(const std::string &file, std::string_view text);
    /// After all files: proves that every reference has its target.
    [[nodiscard]] Model finish();

private:
    template <class IdType> IdType claim(std::uint64_t value, const Place &place);
    void readEntityLine(Entity &entity, const Line &line);
    void readTrigger(Fields &fields, const Line &line, EntityId entity);
    void requireTarget(const Entity &entity, const ForeignKey &key) const;

    std::map<std::uint64_t, Place> m_ids;
    std::map<EntityId, std::shared_ptr<Entity>> m_entities;
    Edit m_edit;
    std::string m_modelFile;
    std::vector<std::pair<Place, EntityId>> m_nodeTargets;
};

/// Parts of an entity that name its attributes; the attributes must have been read.
[[nodiscard]] Attribute attributeFrom(Fields &fields, Entity &entity, std::set<AttributeId> &null);
[[nodiscard]] ForeignKey foreignKeyFrom(Fields &fields, const Entity &entity);
[[nodiscard]] Index indexFrom(Fields &fields, const Entity &entity, const Line &line);
[[nodiscard]] std::vector<AttributeId> attributesFrom(const std::vector<std::string> &names, const Entity &entity,
                                                      const Place &place);
/// Keeps a line that this version does not know, after the element `anchor`; a misspelt keyword is an error.
void keepLine(UnknownKeys &unknown, const std::string &anchor, const Line &line,
              std::initializer_list<const char *> keywords);

} // namespace orm::model
