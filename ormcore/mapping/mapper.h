#pragma once

#include "ormcore/mapping/column_set.h"
#include "ormcore/mapping/field.h"
#include "ormcore/mapping/hooks.h"
#include "ormcore/sql/expression.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orm {

class Mapper;
class MapperBuilder;
struct ColumnDefaults;
struct Relationship;
struct RowLayout;

/// How objects of a class are made and destroyed. Records have none: their payload is an array of Values.
struct ClassOperations {
    std::size_t size = 0;
    std::size_t alignment = 1;
    void (*construct)(void *memory) = nullptr;
    void (*constructFrom)(void *memory, void *movable) = nullptr;
    void (*destroy)(void *object) = nullptr;
};

/// Makes a row's next version from the one before it; from NULL for a new row.
using VersionStep = std::function<Value(const Value &)>;

/// An SQL expression that is loaded with each row as if it were a column. The column stands for its name and type: no
/// table has it.
struct ColumnProperty {
    Column column;
    Expression sql; ///< over the columns of the mapper's tables, without aliases
};

/// One column as the mapper sees it. offset: bytes from the payload's start to the member or cell.
struct MappedColumn {
    const Column *column = nullptr;
    FieldType field;
    std::uint32_t offset = 0;
    bool key = false;
    bool generatedKey = false;                      ///< the database makes it where it is unset (NULL or zero)
    bool serverDefault = false;                     ///< left out of an INSERT where it is NULL
    bool computed = false;                          ///< the database computes it: never written
    bool hidden = false;                            ///< no member of the class holds it
    std::shared_ptr<const ColumnDefaults> defaults; ///< mostly none
    std::shared_ptr<const ColumnProperty> property; ///< none where it is a table's column
    bool omittable = false;                         ///< an INSERT may leave it out
    bool inReference = false;                       ///< part of a foreign key to a mapped table
    bool validated = false;                         ///< a validator is asked before it is set
    bool referenced = false;                        ///< a foreign key of a mapped table leads to it
};

/// A foreign key between two mapped tables. Columns are positions in Mapper::columns().
struct Reference {
    const ForeignKey *key = nullptr;
    const Mapper *owner = nullptr;
    const Mapper *target = nullptr;
    std::vector<std::uint16_t> columns;
    std::vector<std::uint16_t> targetColumns;
    bool targetsKey = false;                         ///< the target columns are the target's key, in its order
    bool nullable = false;                           ///< every column can hold NULL, in the database and in the object
    bool postUpdate = false;                         ///< within a cycle of tables it is written by an UPDATE of its own
    std::vector<int> relationships;                  ///< of the owner: its N:1 sides
    std::vector<const Relationship *> targetMembers; ///< 1:N and 1:1 sides, of the target or of its subclasses
    std::uint16_t index = 0;                         ///< in owner->references()
    bool validated = false;                          ///< a relationship that follows it has a validator
};

enum class RelationKind : std::uint8_t {
    Parent,    ///< N:1: this side holds the foreign key
    Children,  ///< 1:N
    Child,     ///< 1:1, seen from the side without the foreign key
    ManyToMany ///< N:N: the rows of a link table hold a foreign key to either side
};

/// What happens to an object happens to those that a relationship of it leads to.
enum class Cascade : std::uint8_t {
    None = 0,
    SaveUpdate = 1,    ///< they come into the session, when they are linked and when it comes in
    Merge = 2,         ///< they are merged
    RefreshExpire = 4, ///< those that are loaded expire; new ones leave the session
    Expunge = 8,       ///< those that are loaded leave the session
    Delete = 16,       ///< they are deleted. Without it, and with passive deletes: see PassiveDeletes
    DeleteOrphan = 32, ///< they are deleted when they are taken out of it
    All = 31           ///< all but DeleteOrphan
};
[[nodiscard]] constexpr Cascade operator|(Cascade a, Cascade b) noexcept
{
    return static_cast<Cascade>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}

/// Which children are left to the database (ON DELETE …) when their parent is deleted. The others are deleted too, or
/// their foreign key becomes NULL.
enum class PassiveDeletes : std::uint8_t {
    None,
    NotLoaded, ///< those that are not in memory, without loading them
    All        ///< all: the foreign key acts, or refuses. Of link rows both mean this
};

/// What a collection is in memory.
enum class CollectionKind : std::uint8_t {
    List,
    Set, ///< in no promised order
    Map  ///< by the value that a column of the object had when it was put in; in no promised order
};

/// How a relationship comes into memory where a query says nothing.
enum class Loading : std::uint8_t { Select, SelectIn, Joined, Subquery, NoLoad, Raise };

struct Relationship {
    std::string name;
    RelationKind kind = RelationKind::Parent;
    std::uint16_t index = 0; ///< in owner->relationships()
    const Mapper *owner = nullptr;
    const Mapper *target = nullptr;
    /// Of the owner (Parent), of the target (Children, Child), or of the link table to the owner (ManyToMany).
    const Reference *reference = nullptr;
    const Reference *farReference = nullptr; ///< ManyToMany: of the link table to the target
    std::vector<std::uint16_t> opposites;    ///< ManyToMany: of the target, over the same link rows
    std::uint32_t offset = 0;                ///< of the RelationSlot in the payload
    Cascade cascade = Cascade::SaveUpdate | Cascade::Merge;
    PassiveDeletes passiveDeletes = PassiveDeletes::None;
    bool singleParent = false; ///< Parent, ManyToMany: an object is linked to one of this side at most
    bool postUpdate = false;
    CollectionKind collection = CollectionKind::List;
    std::uint16_t keyColumn = 0; ///< of the target, in a Map
    Loading loading = Loading::Select;
    std::vector<std::string> orderBy; ///< columns of the target

    [[nodiscard]] bool isList() const noexcept
    {
        return kind == RelationKind::Children || kind == RelationKind::ManyToMany;
    }
    [[nodiscard]] bool cascades(Cascade what) const noexcept
    {
        return (static_cast<unsigned>(cascade) & static_cast<unsigned>(what)) != 0;
    }
};

/// Where the rows of a class that inherits from another are.
enum class Inheritance : std::uint8_t {
    None,
    Joined,  ///< its own columns in its own table, by the base's key; the rest in the base's tables
    Single,  ///< all in the base's table
    Concrete ///< all in its own table, with keys of its own
};

/// How the columns that a subclass adds come where its base is queried.
enum class PolymorphicLoad : std::uint8_t {
    Lazy,    ///< when they are read; those in tables that are read anyway come at once
    Inline,  ///< in the same statement: its tables are joined with LEFT OUTER JOIN
    SelectIn ///< in one further SELECT for the subclass and each chunk of objects
};

/// One of the tables that hold a class's rows.
struct MappedTable {
    const Table *table = nullptr;
    const Mapper *mapper = nullptr;   ///< the last class, from the root on, whose own columns are in this table
    std::vector<const Column *> keys; ///< its columns that hold Mapper::keys(), in their order
    ColumnSet columns;                ///< the class's positions that are in this table
};

/// Where a class stands among those that share its rows.
struct Hierarchy {
    Inheritance kind = Inheritance::None;
    const Mapper *base = nullptr;               ///< what it inherits from
    const Mapper *root = nullptr;               ///< whose table makes the keys
    std::vector<const Mapper *> subclasses;     ///< all below it that share its rows, bases first
    std::vector<const Mapper *> concretes;      ///< all below it that do not
    std::vector<MappedTable> tables;            ///< the root's first; only one without joined inheritance
    std::optional<std::uint16_t> discriminator; ///< the column that says a row's class
    Value identity;                             ///< what the discriminator has in its rows
    bool isAbstract = false;                    ///< it has no rows of its own
    PolymorphicLoad load = PolymorphicLoad::Lazy;
    std::shared_ptr<const RowLayout> rows; ///< of a SELECT as the classes are mapped; only of polymorphic ones
};

/// How one table is mapped to a class or to records: the only thing that flush, loaders and events know of either.
///
/// Immutable once its Registry is configured. Thread: any. Lifetime: its Registry's.
class Mapper {
public:
    Mapper(const Table *table, std::uint32_t index) noexcept : m_table(table), m_index(index), m_identityIndex(index)
    {
        m_hierarchy.root = this;
    }
    Mapper(const Mapper &) = delete;
    Mapper &operator=(const Mapper &) = delete;

    [[nodiscard]] const Table &table() const noexcept { return *m_table; } ///< its own, or its base's that it shares
    [[nodiscard]] bool hasTable() const noexcept { return m_table != nullptr; } ///< false only before configure()
    [[nodiscard]] std::uint32_t index() const noexcept { return m_index; }
    [[nodiscard]] const std::string &name() const noexcept { return m_name; }         ///< class, or table for records
    [[nodiscard]] const std::string &typeName() const noexcept { return m_typeName; } ///< of the class; empty: records
    [[nodiscard]] bool isRecord() const noexcept { return m_operations.construct == nullptr; }
    [[nodiscard]] bool isReadOnly() const noexcept { return m_keys.empty(); } ///< no key identifies a row
    [[nodiscard]] const std::vector<MappedColumn> &columns() const noexcept { return m_columns; }
    [[nodiscard]] const std::vector<std::uint16_t> &keys() const noexcept { return m_keys; }
    [[nodiscard]] const std::vector<Reference> &references() const noexcept { return m_references; }
    [[nodiscard]] const std::vector<Relationship> &relationships() const noexcept { return m_relationships; }
    /// Foreign keys of N:N link tables to this one whose rows are deleted with the object.
    [[nodiscard]] const std::vector<const Reference *> &linkReferences() const noexcept { return m_linkReferences; }
    /// Referring mappers come after those that they refer to, cycles aside: the order of INSERTs.
    [[nodiscard]] std::uint32_t flushOrder() const noexcept { return m_flushOrder; }
    /// Objects of this mapper may depend on each other: by a self-reference or through a cycle of tables.
    [[nodiscard]] bool inCycle() const noexcept { return m_inCycle; }
    [[nodiscard]] std::uint32_t cycle() const noexcept { return m_cycle; } ///< mappers of one cycle share it

    /// The column that every UPDATE raises, and that must be as it was loaded for an UPDATE or DELETE.
    [[nodiscard]] std::optional<std::uint16_t> version() const noexcept { return m_version; }
    /// What follows a version; the first one follows NULL.
    [[nodiscard]] Value nextVersion(const Value &version) const { return m_nextVersion(version); }
    /// Columns that the database computes: they may be others after every UPDATE.
    [[nodiscard]] const std::vector<std::uint16_t> &computed() const noexcept { return m_computed; }
    /// Columns that are expressions: what they are after the object was written is known only when it is read anew.
    [[nodiscard]] const std::vector<std::uint16_t> &properties() const noexcept { return m_properties; }
    /// Columns that have a default for UPDATEs.
    [[nodiscard]] const std::vector<std::uint16_t> &updateDefaults() const noexcept { return m_updateDefaults; }

    [[nodiscard]] const Hierarchy &hierarchy() const noexcept { return m_hierarchy; }
    [[nodiscard]] const Mapper &root() const noexcept { return *m_hierarchy.root; }
    /// The class whose rows its own rows are, too; null: none.
    [[nodiscard]] const Mapper *sharedBase() const noexcept
    {
        return m_hierarchy.kind == Inheritance::Concrete ? nullptr : m_hierarchy.base;
    }
    /// Its rows are rows of the other class, too: what a concrete class has are not.
    [[nodiscard]] bool isKindOf(const Mapper &other) const noexcept { return this == &other || inherits(other); }
    /// A column of its rows says their class.
    [[nodiscard]] bool isPolymorphic() const noexcept { return m_polymorphic; }
    /// Classes that share their rows share keys, and so this: the root's index.
    [[nodiscard]] std::uint32_t identityIndex() const noexcept { return m_identityIndex; }

    /// By name; "table.column" where several tables of the class have the column.
    [[nodiscard]] std::optional<std::uint16_t> find(std::string_view column) const noexcept;
    [[nodiscard]] std::uint16_t position(std::string_view column) const; ///< throws Argument
    [[nodiscard]] std::optional<std::uint16_t> findColumn(const Column *column) const noexcept;
    /// The column of table() at the position. The base's key has its counterpart in every table of a joined class.
    [[nodiscard]] const Column &ownColumn(std::size_t position) const noexcept;
    [[nodiscard]] std::optional<std::uint16_t> columnAt(std::size_t offset) const noexcept;
    [[nodiscard]] const Relationship *relationshipAt(std::size_t offset) const noexcept;
    [[nodiscard]] const Relationship *findRelationship(std::string_view name) const noexcept;
    [[nodiscard]] const Relationship &relationship(std::string_view name) const; ///< throws Argument

    [[nodiscard]] const MapperHooks *hooks() const noexcept { return m_hooks.get(); } ///< mostly none
    /// The key is one integer, kept inside the state.
    [[nodiscard]] bool hasIntegerKey() const noexcept { return m_integerKey; }
    [[nodiscard]] std::size_t payloadSize() const noexcept { return m_payloadSize; }
    void constructPayload(void *memory, void *movable = nullptr) const;
    void destroyPayload(void *memory) const noexcept;

private:
    friend class MapperBuilder;

    [[nodiscard]] bool inherits(const Mapper &other) const noexcept;
    /// Its payload begins with that of its base's records.
    [[nodiscard]] bool extendsRecord() const noexcept { return isRecord() && sharedBase() != nullptr; }

    const Table *m_table;
    std::uint32_t m_index;
    std::uint32_t m_identityIndex;
    std::uint32_t m_flushOrder = 0;
    std::uint32_t m_cycle = 0;
    bool m_inCycle = false;
    bool m_integerKey = false;
    bool m_polymorphic = false;
    Hierarchy m_hierarchy;
    std::string m_name;
    std::string m_typeName; // as typeid says it
    ClassOperations m_operations;
    std::size_t m_payloadSize = 0;
    std::size_t m_cells = 0; // Values from m_cellsOffset on: records' columns, hidden columns of classes
    std::size_t m_cellsOffset = 0;
    std::size_t m_slotsOffset = 0; // records: their relation slots
    std::vector<MappedColumn> m_columns;
    std::vector<std::uint16_t> m_keys;
    std::vector<std::uint16_t> m_computed;
    std::vector<std::uint16_t> m_updateDefaults;
    std::vector<std::uint16_t> m_properties;
    std::optional<std::uint16_t> m_version;
    VersionStep m_nextVersion;
    std::vector<Reference> m_references;
    std::vector<Relationship> m_relationships;
    std::vector<const Reference *> m_linkReferences;
    std::unique_ptr<MapperHooks> m_hooks;
};

} // namespace orm
