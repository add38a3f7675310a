#pragma once

#include "ormcore/mapping/defaults.h"
#include "ormcore/mapping/mapper.h"
#include "ormcore/mapping/ref.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace orm {

struct PrimaryKeyTag {};
struct NotNullTag {};
struct NullableTag {};
struct UniqueTag {};
struct IndexTag {};
struct AutoIncrementTag {};
/// The column is (part of) the primary key. A single integer key is made by the database where it is zero or NULL.
inline constexpr PrimaryKeyTag primaryKey{};
inline constexpr NotNullTag notNull{};   ///< what a member that is not optional has anyway
inline constexpr NullableTag nullable{}; ///< what an optional member has anyway
inline constexpr UniqueTag unique{};
inline constexpr IndexTag indexed{};

/// "table.column" or "schema.table.column" that the column refers to.
struct References {
    std::string target;
    ReferentialAction onDelete = ReferentialAction::NoAction;
    ReferentialAction onUpdate = ReferentialAction::NoAction;
};
[[nodiscard]] inline References references(std::string target, ReferentialAction onDelete = ReferentialAction::NoAction,
                                           ReferentialAction onUpdate = ReferentialAction::NoAction)
{
    return {std::move(target), onDelete, onUpdate};
}
/// DEFAULT expression of the database: a column that is NULL in the object is left out of the INSERT.
struct ServerDefault {
    std::string sql;
};
[[nodiscard]] inline ServerDefault serverDefault(std::string sql) { return {std::move(sql)}; }
/// GENERATED ALWAYS AS (expression): never written.
struct ComputedAs {
    std::string sql;
};
[[nodiscard]] inline ComputedAs computed(std::string sql) { return {std::move(sql)}; }

/// The column counts the versions of its row: 1 at INSERT, one more with every UPDATE. An UPDATE or DELETE of a row
/// whose version is not as it was loaded throws StaleRow. versionColumn(step) makes other versions than integers.
struct VersionColumn {
    VersionStep step; ///< empty: counts
    [[nodiscard]] VersionColumn operator()(VersionStep other) const { return {std::move(other)}; }
};
inline const VersionColumn versionColumn{};

/// What ClassMap::column() collects. Made and destroyed out of line: mapping code is compiled once for every column of
/// a program.
struct ColumnSpec {
    ColumnSpec();
    ~ColumnSpec();
    ColumnSpec(const ColumnSpec &) = delete;
    ColumnSpec &operator=(const ColumnSpec &) = delete;
    std::string name;
    FieldType field;
    std::size_t offset = 0;
    std::optional<Type> type;
    std::optional<bool> isNullable;
    bool isKey = false;
    bool isUnique = false;
    bool isIndexed = false;
    std::optional<References> target;
    ColumnDefaults defaults;
    std::string serverDefault;
    std::string computed;
    std::optional<VersionColumn> version;
};
void applyOption(ColumnSpec &spec, const Type &type);
void applyOption(ColumnSpec &spec, PrimaryKeyTag);
void applyOption(ColumnSpec &spec, NotNullTag);
void applyOption(ColumnSpec &spec, NullableTag);
void applyOption(ColumnSpec &spec, UniqueTag);
void applyOption(ColumnSpec &spec, IndexTag);
void applyOption(ColumnSpec &spec, const References &target);
void applyOption(ColumnSpec &spec, const DefaultValue &given);
void applyOption(ColumnSpec &spec, const DefaultFrom &given);
void applyOption(ColumnSpec &spec, const OnUpdate &given);
void applyOption(ColumnSpec &spec, const ServerDefault &server);
void applyOption(ColumnSpec &spec, const ComputedAs &computed);
void applyOption(ColumnSpec &spec, const VersionColumn &version);

/// What the relationship cascades; without it SaveUpdate and Merge. DeleteOrphan needs Delete, and on N:1 and N:N
/// singleParent.
[[nodiscard]] constexpr Cascade cascade(Cascade what) { return what; }
/// Children are deleted with their parent.
inline constexpr Cascade cascadeDelete = Cascade::SaveUpdate | Cascade::Merge | Cascade::Delete;
/// Everything; children are deleted when they are taken out of the collection, too.
inline constexpr Cascade cascadeAllDeleteOrphan = Cascade::All | Cascade::DeleteOrphan;
/// A parent's deletion leaves the children that are not loaded to the database (ON DELETE …).
inline constexpr PassiveDeletes passiveDeletes = PassiveDeletes::NotLoaded;
/// A parent's deletion leaves all children to the database: not for a relationship that cascades Delete.
inline constexpr PassiveDeletes passiveDeletesAll = PassiveDeletes::All;

struct SingleParentTag {};
struct AsSetTag {};
struct PostUpdateTag {};
/// The object of an N:1 or N:N relationship is linked to one object of this side at most. Linking it to another one is
/// refused (Argument).
inline constexpr SingleParentTag singleParent{};
/// The collection is a set: no position is promised, and none can be given.
inline constexpr AsSetTag asSet{};
/// The collection is a map: find() looks an object up by the value that the column had when the object was put in,
/// which takes out the one that was there with the same value. Of several rows with one value the last is found.
struct KeyedBy {
    std::string column;
};
[[nodiscard]] inline KeyedBy keyedBy(std::string column) { return {std::move(column)}; }
/// Where the tables of both sides refer to each other (or a table to itself), the foreign key is written by an UPDATE
/// after the INSERTs, and set to NULL by one before the DELETEs. Without it only a circle of objects makes that happen.
inline constexpr PostUpdateTag postUpdate{};

/// The columns of the foreign key that a relationship follows; needed where there are several. Columns that are not
/// mapped to a member are made, and kept beside the object.
struct ForeignKeyColumns {
    std::vector<std::string> columns;
};
template <class... Names> [[nodiscard]] ForeignKeyColumns foreignKey(Names... columns)
{
    return {{std::string(columns)...}};
}
/// The link table of an N:N relationship. Where the table has several foreign keys to one side, their columns are
/// named. A table that the metadata does not have when both classes are mapped is made, with a primary key over both
/// sides and, unless columns are named, columns called <table>_<key column>.
struct Secondary {
    std::string table;
    std::vector<std::string> columns; ///< of the foreign key to the class whose relationship this is
    std::vector<std::string> farColumns;
};
[[nodiscard]] inline Secondary secondary(std::string table, ForeignKeyColumns near = {}, ForeignKeyColumns far = {})
{
    return {std::move(table), std::move(near.columns), std::move(far.columns)};
}
/// Columns of the target by which a collection is ordered when it is loaded.
struct OrderedBy {
    std::vector<std::string> columns;
};
template <class... Names> [[nodiscard]] OrderedBy orderedBy(Names... columns) { return {{std::string(columns)...}}; }
/// How the relationship is loaded where a query does not say.
[[nodiscard]] constexpr Loading lazy(Loading loading) { return loading; }
/// The relationship's name in messages, records and queries by name; else the member's.
struct Named {
    std::string name;
};
[[nodiscard]] inline Named named(std::string name) { return {std::move(name)}; }

template <auto M> struct BackPopulates {
};
/// The member that is the other side of the same foreign key.
template <auto M> inline constexpr BackPopulates<M> backPopulates{};

/// What ClassMap::many() and one() collect.
struct RelationSpec {
    RelationSpec();
    RelationSpec(RelationSpec &&) noexcept;
    RelationSpec &operator=(RelationSpec &&) noexcept;
    ~RelationSpec();
    std::string name;
    bool many = false;
    std::size_t offset = 0;
    std::string targetType;  ///< class, as typeid says it
    std::string targetTable; ///< or table, for records
    std::optional<std::size_t> back;
    std::vector<std::string> columns;
    std::string secondary;
    std::vector<std::string> farColumns;
    std::vector<std::string> orderBy;
    Cascade cascade = Cascade::SaveUpdate | Cascade::Merge;
    PassiveDeletes passiveDeletes = PassiveDeletes::None;
    bool singleParent = false;
    bool postUpdate = false;
    CollectionKind collection = CollectionKind::List;
    std::string keyColumn;
    Loading loading = Loading::Select;
};
template <auto M> void applyOption(RelationSpec &spec, BackPopulates<M>) { spec.back = detail::offsetOf(M); }
void applyOption(RelationSpec &spec, Cascade cascade);
void applyOption(RelationSpec &spec, PassiveDeletes passive);
void applyOption(RelationSpec &spec, SingleParentTag);
void applyOption(RelationSpec &spec, AsSetTag);
void applyOption(RelationSpec &spec, const KeyedBy &key);
void applyOption(RelationSpec &spec, PostUpdateTag);
void applyOption(RelationSpec &spec, const ForeignKeyColumns &key);
void applyOption(RelationSpec &spec, const Secondary &links);
void applyOption(RelationSpec &spec, const OrderedBy &order);
void applyOption(RelationSpec &spec, Loading loading);
void applyOption(RelationSpec &spec, const Named &name);

} // namespace orm
