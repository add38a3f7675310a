#pragma once

#include "ormcore/base/id.h"
#include "ormcore/mapping/mapper.h"
#include "ormcore/schema/metadata.h"

#include <optional>
#include <string>
#include <vector>

namespace orm::model {

using EntityId = Id<struct EntityTag>;
using AttributeId = Id<struct AttributeTag>;
using ConstraintId = Id<struct ConstraintTag>; ///< unique, check, foreign key, index
using TriggerId = Id<struct TriggerTag>;
using DiagramId = Id<struct DiagramTag>;
using NodeId = Id<struct NodeTag>;

/// What a newer version or a plug-in wrote and this one does not know: kept and written back as it was. (key, value as
/// written); whole lines stand in the entity, diagram or model under a key that storage makes.
using UnknownKeys = std::vector<std::pair<std::string, std::string>>;

/// A column of the table and an attribute of the class, under one permanent id.
struct Attribute {
    AttributeId id;
    std::string name;   ///< column
    std::string member; ///< class attribute; empty: made from name
    Type type;
    bool nullable = true;
    IdentityKind identity = IdentityKind::None;
    SqlText serverDefault;
    SqlText generated;
    bool generatedStored = false;
    std::string comment;
    UnknownKeys unknown;
    bool operator==(const Attribute &) const = default;
};

struct Key { ///< primary (id is none) or unique
    ConstraintId id;
    std::string name;
    std::vector<AttributeId> attributes;
    UnknownKeys unknown;
    bool operator==(const Key &) const = default;
};

struct Check {
    ConstraintId id;
    std::string name;
    SqlText expression;
    UnknownKeys unknown;
    bool operator==(const Check &) const = default;
};

using orm::Loading;

/// How the classes see a foreign key: a member on either side. Names empty: made from the tables' names.
struct RelationshipView {
    std::string parentMember; ///< on the referring class: the one parent
    std::string childMember;  ///< on the referred class: its children (or one child)
    Loading loading = Loading::Select;
    bool deleteOrphan = false; ///< children die with the parent, in the session
    bool operator==(const RelationshipView &) const = default;
};

/// The primitive behind a relationship. It stands in the referring (child) entity.
struct ForeignKey {
    ConstraintId id;
    std::string name;
    std::vector<AttributeId> attributes;
    EntityId target;                            ///< none: dangling, see targetName
    std::vector<AttributeId> targetAttributes;  ///< as many as attributes, or empty: the target's primary key
    QualifiedName targetName;                   ///< while target is none, or where it is spelled in another case
    std::vector<std::string> targetColumnNames; ///< likewise
    ReferentialAction onDelete = ReferentialAction::NoAction;
    ReferentialAction onUpdate = ReferentialAction::NoAction;
    Deferrable deferrable = Deferrable::No;
    RelationshipView relationship;
    UnknownKeys unknown;
    bool operator==(const ForeignKey &) const = default;
};

struct IndexPart {
    AttributeId attribute; ///< none where expression says it
    SqlText expression;
    bool descending = false;
    std::string collation;
    bool operator==(const IndexPart &) const = default;
};

struct Index {
    ConstraintId id;
    std::string name;
    std::vector<IndexPart> parts;
    bool unique = false;
    SqlText where;
    std::string method;
    SqlText definition;
    UnknownKeys unknown;
    bool operator==(const Index &) const = default;
};

/// A table (or view) and its class. A value: an edit replaces the whole of it.
struct Entity {
    EntityId id;
    TableKind kind = TableKind::Table;
    std::string schema;
    std::string name;
    std::string className; ///< empty: made from name
    std::string comment;
    bool junction = false; ///< stands for an N:N relationship; the classes see through it where it has nothing else
    std::vector<Attribute> attributes;
    Key primaryKey; ///< attributes empty: none
    std::vector<Key> uniques;
    std::vector<Check> checks;
    std::vector<ForeignKey> foreignKeys;
    std::vector<Index> indexes;
    bool withoutRowId = false;
    bool strict = false;
    SqlText definition; ///< views and virtual tables
    UnknownKeys unknown;
    bool operator==(const Entity &) const = default;

    [[nodiscard]] const Attribute *find(AttributeId id) const noexcept;
    [[nodiscard]] const Attribute *find(std::string_view attributeName) const noexcept;
    [[nodiscard]] const ForeignKey *foreignKey(ConstraintId id) const noexcept;
    [[nodiscard]] bool isPrimaryKey(AttributeId id) const noexcept;
    /// Whether the attributes are exactly those of the primary key or of a unique key: then the relationship is 1:1.
    [[nodiscard]] bool isUnique(const std::vector<AttributeId> &attributes) const;
};

struct TriggerElement {
    TriggerId id;
    EntityId entity; ///< none: its table is not in the model
    std::string name;
    QualifiedName table; ///< while entity is none, or where it is spelled in another case
    SqlText definition;
    UnknownKeys unknown = {};
    bool operator==(const TriggerElement &) const = default;
};

/// One entity's place on one diagram. Units: scene pixels, integers; x, y is the top left corner.
struct Node {
    NodeId id;
    EntityId entity;
    int x = 0;
    int y = 0;
    bool placed = false; ///< false: the layout has not seen it yet
    UnknownKeys unknown = {};
    bool operator==(const Node &) const = default;
};

enum class Detail : std::uint8_t { All, Keys, Name };

struct DiagramInfo {
    DiagramId id;
    std::string name;
    Detail detail = Detail::All;
    UnknownKeys unknown;
    bool operator==(const DiagramInfo &) const = default;
};

struct ModelInfo {
    std::string name;
    std::vector<std::string> dialects; ///< targets, the first is the main one
    UnknownKeys unknown;
    bool operator==(const ModelInfo &) const = default;
};

} // namespace orm::model
