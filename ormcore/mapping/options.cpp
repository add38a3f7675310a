#include "ormcore/mapping/options.h"

namespace orm {

ColumnSpec::ColumnSpec() = default;
ColumnSpec::~ColumnSpec() = default;
RelationSpec::RelationSpec() = default;
RelationSpec::RelationSpec(RelationSpec &&) noexcept = default;
RelationSpec &RelationSpec::operator=(RelationSpec &&) noexcept = default;
RelationSpec::~RelationSpec() = default;

void applyOption(ColumnSpec &spec, const Type &type) { spec.type = type; }

void applyOption(ColumnSpec &spec, PrimaryKeyTag) { spec.isKey = true; }

void applyOption(ColumnSpec &spec, NotNullTag) { spec.isNullable = false; }

void applyOption(ColumnSpec &spec, NullableTag) { spec.isNullable = true; }

void applyOption(ColumnSpec &spec, UniqueTag) { spec.isUnique = true; }

void applyOption(ColumnSpec &spec, IndexTag) { spec.isIndexed = true; }

void applyOption(ColumnSpec &spec, const References &target) { spec.target = target; }

void applyOption(ColumnSpec &spec, const DefaultValue &given) { applyOption(spec.defaults, given); }

void applyOption(ColumnSpec &spec, const DefaultFrom &given) { applyOption(spec.defaults, given); }

void applyOption(ColumnSpec &spec, const OnUpdate &given) { applyOption(spec.defaults, given); }

void applyOption(ColumnSpec &spec, const ServerDefault &server) { spec.serverDefault = server.sql; }

void applyOption(ColumnSpec &spec, const ComputedAs &computed) { spec.computed = computed.sql; }

void applyOption(ColumnSpec &spec, const VersionColumn &version) { spec.version = version; }

void applyOption(RelationSpec &spec, Cascade cascade) { spec.cascade = cascade; }

void applyOption(RelationSpec &spec, PassiveDeletes passive) { spec.passiveDeletes = passive; }

void applyOption(RelationSpec &spec, SingleParentTag) { spec.singleParent = true; }

void applyOption(RelationSpec &spec, AsSetTag) { spec.collection = CollectionKind::Set; }

void applyOption(RelationSpec &spec, const KeyedBy &key)
{
    spec.collection = CollectionKind::Map;
    spec.keyColumn = key.column;
}

void applyOption(RelationSpec &spec, PostUpdateTag) { spec.postUpdate = true; }

void applyOption(RelationSpec &spec, const ForeignKeyColumns &key) { spec.columns = key.columns; }

void applyOption(RelationSpec &spec, const Secondary &links)
{
    spec.secondary = links.table;
    spec.columns = links.columns;
    spec.farColumns = links.farColumns;
}

void applyOption(RelationSpec &spec, const OrderedBy &order) { spec.orderBy = order.columns; }

void applyOption(RelationSpec &spec, Loading loading) { spec.loading = loading; }

void applyOption(RelationSpec &spec, const Named &name) { spec.name = name.name; }

} // namespace orm
