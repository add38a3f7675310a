#include "ormcore/mapping/registry.h"

#include "ormcore/base/error.h"
#include "ormcore/mapping/mapper_builder.h"

namespace orm {

namespace detail {

std::string memberNameFrom(std::string_view function)
{
    // "… memberName() [with auto M = &User::addresses; std::string = …]"
    const std::size_t end = function.find_first_of(";]", function.rfind("M = "));
    const std::string_view head = function.substr(0, end);
    return std::string(head.substr(head.rfind("::") + 2));
}

std::string classNameFrom(std::string_view function)
{
    // "… className() [with T = shop::Customer; std::string = …]"
    const std::size_t begin = function.rfind("T = ") + 4;
    const std::string_view name = function.substr(begin, function.find_first_of(";]", begin) - begin);
    const std::size_t scope = name.rfind("::");
    return std::string(scope == std::string_view::npos ? name : name.substr(scope + 2));
}

} // namespace detail

namespace {

/// "users.id" and "shop.users.id" cut at their last dots.
std::pair<QualifiedName, std::string> splitTarget(const std::string &text)
{
    const std::size_t dot = text.rfind('.');
    if (dot == std::string::npos || dot == 0 || dot + 1 == text.size())
        throw Argument("references(\"" + text + "\"): write \"table.column\"");
    const std::string table = text.substr(0, dot);
    const std::size_t schema = table.find('.');
    QualifiedName name;
    if (schema != std::string::npos)
        name.schema = table.substr(0, schema);
    name.name = schema == std::string::npos ? table : table.substr(schema + 1);
    return {name, text.substr(dot + 1)};
}

void applyToColumn(Column &column, Table &table, const ColumnSpec &spec)
{
    column.nullable = spec.isNullable.value_or(spec.field.canBeNull() && !spec.isKey);
    column.serverDefault = SqlText{spec.serverDefault};
    column.generated = SqlText{spec.computed};
    if (spec.isKey) {
        column.primaryKey = true;
        table.primaryKey.columns.push_back(spec.name);
        // SQLite's DDL must know at once which key it makes by itself: a single integer that refers to nothing.
        const bool single = table.primaryKey.columns.size() == 1 && column.type.isInteger() && !spec.target;
        for (const auto &other : table.columns())
            other->identity = IdentityKind::None;
        column.identity = single ? IdentityKind::ByDefault : IdentityKind::None;
    }
    if (spec.isUnique)
        table.uniques.push_back({"", {spec.name}});
    if (spec.isIndexed) {
        Index index;
        index.name = "ix_" + table.name().name + "_" + spec.name;
        index.parts.push_back({.column = spec.name, .expression = {}, .descending = false, .collation = {}});
        table.indexes.push_back(std::move(index));
    }
    if (spec.target) {
        const auto [name, target] = splitTarget(spec.target->target);
        ForeignKey key;
        key.columns = {spec.name};
        key.target = name;
        key.targetColumns = {target};
        key.onDelete = spec.target->onDelete;
        key.onUpdate = spec.target->onUpdate;
        table.foreignKeys.push_back(std::move(key));
    }
}

} // namespace

void ClassMapping::addColumn(const ColumnSpec &spec)
{
    Registry::Impl &impl = *m_registry->m_impl;
    Table &table = impl.tableOf(*m_mapper);
    const Inheritance inheritance = m_mapper->hierarchy().kind;
    const bool shared = inheritance == Inheritance::Joined || inheritance == Inheritance::Single;
    if (shared && spec.isKey)
        throw Argument("the key of " + m_mapper->name() + " is that of the class it inherits from");
    const Type type = spec.type ? *spec.type : defaultColumnType(spec.field);
    Column *column = inheritance == Inheritance::Single ? table.find(spec.name) : nullptr;
    if (column && (column->type != type || impl.claims.count(column) == 0))
        throw Argument("column " + spec.name + " of " + table.name().toString() + " cannot be " + m_mapper->name() +
                       "'s own: it is another class's");
    if (!column) {
        column = &table.addColumn(spec.name, type);
        applyToColumn(*column, table, spec);
    }
    if (inheritance == Inheritance::Single) {
        impl.claims.emplace(column, m_mapper);
        column->nullable = spec.isNullable.value_or(true); // rows of other classes have no value there
    }
    MapperBuilder::addColumn(*m_mapper, *column, spec);
    if (spec.version)
        setVersion(spec.name, *spec.version);
}

void ClassMapping::setVersion(std::string column, VersionColumn version)
{
    const auto [known, isNew] =
        m_registry->m_impl->versions.try_emplace(m_mapper, std::move(column), std::move(version));
    if (!isNew)
        throw Argument(m_mapper->name() + " has a version column already: " + known->second.first);
}

void ClassMapping::addRelation(RelationSpec &spec)
{
    m_registry->m_impl->relations[m_mapper->index()].push_back(std::move(spec));
}

void ClassMapping::addUnique(std::vector<std::string> columns)
{
    m_registry->m_impl->tableOf(*m_mapper).uniques.push_back({"", std::move(columns)});
}

void ClassMapping::addForeignKey(std::vector<std::string> columns, std::string table, std::vector<std::string> targets,
                                 ReferentialAction onDelete, ReferentialAction onUpdate)
{
    Table &owner = m_registry->m_impl->tableOf(*m_mapper);
    std::erase_if(owner.foreignKeys, [&](const ForeignKey &made) { // by inherits(), without these actions
        return m_mapper->hierarchy().base && made.columns == columns && made.target.name == table;
    });
    ForeignKey key;
    key.columns = std::move(columns);
    key.target.name = std::move(table);
    key.targetColumns = std::move(targets);
    key.onDelete = onDelete;
    key.onUpdate = onUpdate;
    owner.foreignKeys.push_back(std::move(key));
}

ColumnDefaults &ClassMapping::defaultsOf(std::string column)
{
    if (m_registry->m_impl->configured)
        throw Argument("give " + m_mapper->name() + "." + column + " its default before the first session");
    return m_registry->m_impl->defaults[m_mapper->index()][std::move(column)];
}

void ClassMapping::addValidator(ValidatorSpec spec)
{
    if (m_registry->m_impl->configured)
        throw Argument("validate " + m_mapper->name() + "." + spec.name + " before the first session");
    MapperBuilder::hooks(*m_mapper).validators.push_back(std::move(spec));
}

void ClassMapping::addHandler(ObjectEvent event, ObjectHandler handler)
{
    if (m_registry->m_impl->configured)
        throw Argument("listen to events of " + m_mapper->name() + " before the first session");
    MapperBuilder::hooks(*m_mapper).handlers[static_cast<std::size_t>(event)].push_back(std::move(handler));
}

Table &Registry::Impl::tableOf(const Mapper &mapper)
{
    if (!mapper.hasTable())
        throw Argument(mapper.name() + " has no table: say what it inherits from first");
    return *metadata.find(mapper.table().name().name, mapper.table().name().schema);
}

Mapper &Registry::Impl::newMapper(const Table *table)
{
    const auto index = static_cast<std::uint32_t>(mappers.size());
    Mapper &mapper = *mappers.emplace_back(std::make_unique<Mapper>(table, index));
    relations.emplace_back();
    inheritance.emplace_back();
    defaults.emplace_back();
    properties.emplace_back();
    if (!table)
        return mapper;
    byTable.emplace(table, &mapper);
    MapperBuilder::rename(mapper, table->name().toString());
    return mapper;
}

Registry::Registry() : m_impl(std::make_unique<Impl>()) {}
Registry::~Registry() = default;
Registry::Registry(Registry &&) noexcept = default;
Registry &Registry::operator=(Registry &&) noexcept = default;

Registry Registry::reflected(MetaData metadata)
{
    Registry registry;
    registry.m_impl->metadata = std::move(metadata);
    return registry;
}

ClassMapping Registry::addClass(std::string table, const char *typeName, const ClassOperations &operations,
                                std::string name)
{
    if (m_impl->configured)
        throw Argument("map " + table + " before the first session uses the registry");
    if (m_impl->byType.count(typeName) != 0)
        throw Argument("the class for " + table + " is mapped already");
    const Table *made = table.empty() ? nullptr : &m_impl->metadata.addTable({{}, std::move(table)});
    Mapper &mapper = m_impl->newMapper(made);
    MapperBuilder::describe(mapper, typeName, operations);
    if (!made)
        MapperBuilder::rename(mapper, std::move(name));
    m_impl->byType.emplace(typeName, &mapper);
    return {*this, mapper};
}

ClassMapping Registry::mappingOf(const char *typeName)
{
    const auto found = m_impl->byType.find(typeName);
    if (found == m_impl->byType.end())
        throw Argument("the class " + std::string(typeName) + " is not mapped");
    return {*this, *found->second};
}

RecordMap Registry::record(std::string_view table)
{
    if (m_impl->configured)
        throw Argument("describe the records of " + std::string(table) + " before the first session");
    const Table &found = m_impl->metadata[table];
    const auto mapped = m_impl->byTable.find(&found);
    Mapper &mapper = mapped != m_impl->byTable.end() ? *mapped->second : m_impl->newMapper(&found);
    return RecordMap(ClassMapping(*this, mapper));
}

RecordMap Registry::recordClass(std::string name)
{
    if (m_impl->configured || m_impl->byName.count(name) != 0 || m_impl->metadata.find(name))
        throw Argument("a class of records needs a name of its own, before the first session: " + name);
    Mapper &mapper = m_impl->newMapper(nullptr);
    MapperBuilder::rename(mapper, name);
    m_impl->byName.emplace(std::move(name), &mapper);
    return RecordMap(ClassMapping(*this, mapper));
}

MetaData &Registry::metadata()
{
    if (!m_impl->configured) // whoever makes the tables now wants those columns too
        MapperBuilder(*m_impl).makeKnownKeys();
    return m_impl->metadata;
}

const MetaData &Registry::metadata() const
{
    configure();
    return m_impl->metadata;
}

void Registry::configure() const
{
    const std::lock_guard lock(m_impl->mutex);
    if (m_impl->configured)
        return;
    MapperBuilder(*m_impl).configure();
    m_impl->configured = true;
}

const std::vector<std::unique_ptr<Mapper>> &Registry::mappers() const noexcept { return m_impl->mappers; }

const Mapper &Registry::mapper(const Table &table) const
{
    const auto found = m_impl->byTable.find(&table);
    if (found == m_impl->byTable.end())
        throw Argument("table " + table.name().toString() + " is not in this registry");
    return *found->second;
}

const Mapper &Registry::mapper(std::string_view name) const
{
    const auto found = m_impl->byName.find(std::string(name));
    return found != m_impl->byName.end() ? *found->second : mapper(m_impl->metadata[name]);
}

const Mapper &Registry::mapperOfType(std::string_view typeName) const
{
    const auto found = m_impl->byType.find(std::string(typeName));
    if (found == m_impl->byType.end())
        throw Argument("the class " + std::string(typeName) + " is not mapped");
    return *found->second;
}

} // namespace orm
