#include "ormcore/mapping/inheritance.h"

#include "ormcore/base/error.h"
#include "ormcore/mapping/mapper_builder.h"

namespace orm {

InheritSpec::InheritSpec() = default;
InheritSpec::InheritSpec(InheritSpec &&) noexcept = default;
InheritSpec &InheritSpec::operator=(InheritSpec &&) noexcept = default;
InheritSpec::~InheritSpec() = default;

void applyOption(InheritSpec &spec, const PolymorphicIdentity &identity) { spec.identity = identity.value; }

void applyOption(InheritSpec &spec, PolymorphicAbstractTag) { spec.isAbstract = true; }

void applyOption(InheritSpec &spec, ConcreteTag) { spec.isConcrete = true; }

void applyOption(InheritSpec &spec, const JoinedBy &joined) { spec.keyColumns = joined.columns; }

void applyOption(InheritSpec &spec, const OwnColumns &own) { spec.ownColumns = own.columns; }

void applyOption(InheritSpec &spec, PolymorphicLoad load) { spec.load = load; }

namespace {

/// The columns of a joined class's table that hold the base's key, and the foreign key that says so.
void makeJoinKey(Table &table, const Table &base, const std::vector<std::string> &names)
{
    const auto keys = base.primaryKeyColumns();
    if (keys.empty() || (!names.empty() && names.size() != keys.size()))
        throw Argument(table.name().toString() + " is to be joined to " + base.name().toString() + ", whose key has " +
                       std::to_string(keys.size()) + " columns: map that first, and name as many in joinedBy()");
    ForeignKey key;
    key.target = base.name();
    for (std::size_t i = 0; i < keys.size(); ++i) {
        Column &column = table.addColumn(names.empty() ? keys[i]->name : names[i], keys[i]->type);
        column.nullable = false;
        column.primaryKey = true;
        table.primaryKey.columns.push_back(column.name);
        key.columns.push_back(column.name);
        key.targetColumns.push_back(keys[i]->name);
    }
    table.foreignKeys.push_back(std::move(key));
}

} // namespace

Mapper &Registry::Impl::baseOf(const InheritSpec &spec)
{
    if (!spec.baseType.empty()) {
        if (const auto found = byType.find(spec.baseType); found != byType.end())
            return *found->second;
    } else if (const auto named = byName.find(spec.baseName); named != byName.end()) {
        return *named->second;
    } else if (const Table *table = metadata.find(spec.baseName)) {
        const auto found = byTable.find(table);
        return found != byTable.end() ? *found->second : newMapper(table);
    }
    throw Argument("map " + (spec.baseType.empty() ? spec.baseName : spec.baseType) +
                   " before the classes that inherit from it");
}

void ClassMapping::inherit(InheritSpec &spec, std::size_t baseOffset)
{
    Registry::Impl &impl = *m_registry->m_impl;
    Mapper &base = impl.baseOf(spec);
    if (base.isRecord() != m_mapper->isRecord() || &base == m_mapper)
        throw Argument(m_mapper->name() + " cannot inherit from " + base.name());
    if (baseOffset != 0)
        throw Argument(base.name() + " must be the first base class of " + m_mapper->name());
    if (m_mapper->hierarchy().base || !m_mapper->columns().empty() || !impl.relations[m_mapper->index()].empty())
        throw Argument("inherits() comes first, and once, in the mapping of " + m_mapper->name());
    Inheritance kind = spec.isConcrete ? Inheritance::Concrete : Inheritance::Joined;
    if (!m_mapper->hasTable()) {
        if (spec.isConcrete)
            throw Argument("a concrete class needs a table of its own: name it in the mapping of " + m_mapper->name());
        kind = Inheritance::Single;
    }
    if (kind == Inheritance::Joined && !m_mapper->isRecord())
        makeJoinKey(impl.tableOf(*m_mapper), base.table(), spec.keyColumns);
    MapperBuilder::inherit(*m_mapper, base, kind);
    for (const std::string &column : spec.ownColumns)
        impl.claims.emplace(&base.table().column(column), m_mapper);
    impl.inheritance[m_mapper->index()] = std::move(spec);
}

void ClassMapping::discriminate(InheritSpec &spec)
{
    InheritSpec &kept = m_registry->m_impl->inheritance[m_mapper->index()];
    if (m_mapper->hierarchy().base)
        throw Argument("polymorphicOn() belongs to the class that " + m_mapper->name() + " inherits from");
    kept = std::move(spec);
}

} // namespace orm
