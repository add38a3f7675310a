#pragma once

#include "ormcore/mapping/registry.h"

#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace orm {

/// What property() collects.
struct PropertySpec {
    std::shared_ptr<ColumnProperty> property;
    FieldType field;
    std::size_t offset = 0;
};

struct Registry::Impl {
    MetaData metadata;
    std::vector<std::unique_ptr<Mapper>> mappers;
    std::vector<std::vector<RelationSpec>> relations;            // by mapper
    std::vector<InheritSpec> inheritance;                        // by mapper
    std::vector<std::map<std::string, ColumnDefaults>> defaults; // by mapper
    std::vector<std::vector<PropertySpec>> properties;           // by mapper
    std::unordered_map<std::string, Mapper *> byType;
    std::unordered_map<std::string, Mapper *> byName; // classes of records
    std::unordered_map<const Table *, Mapper *> byTable;
    std::unordered_map<const Mapper *, std::pair<std::string, VersionColumn>> versions;
    /// Columns that only some of the classes of one table have.
    std::unordered_multimap<const Column *, const Mapper *> claims;
    std::mutex mutex;
    bool configured = false;

    [[nodiscard]] Mapper &newMapper(const Table *table); ///< null: it will share its base's
    [[nodiscard]] Table &tableOf(const Mapper &mapper);
    [[nodiscard]] Mapper &baseOf(const InheritSpec &spec);
};

/// The columns of a link table's two foreign keys, where the mapping names them.
struct LinkColumns {
    std::vector<std::string> near;
    std::vector<std::string> far;
};

/// Turns what the mapping calls collected into mappers that are ready: columns, layout, references, relationships and
/// flush order, in this order.
class MapperBuilder {
public:
    explicit MapperBuilder(Registry::Impl &impl) noexcept : m_impl(impl) {}
    void configure();
    void makeKnownKeys(); ///< foreign key columns without a member, where their target is mapped
    static void describe(Mapper &mapper, const char *typeName, const ClassOperations &operations);
    static void addColumn(Mapper &mapper, const Column &column, const ColumnSpec &spec);
    static void rename(Mapper &mapper, std::string name);
    static MapperHooks &hooks(Mapper &mapper); ///< made where there are none
    static void inherit(Mapper &mapper, Mapper &base, Inheritance kind);

private:
    void mapOtherTables();
    void addTableColumns(Mapper &mapper);
    void addProperties(Mapper &mapper);
    void resolveProperties(Mapper &mapper);
    void makeMissingKeys(Mapper &mapper);
    void makeLinkTables(Mapper &mapper);
    void noteReferenced(const Mapper &target, std::uint16_t column);
    void layOut(Mapper &mapper);
    void findDefaults(Mapper &mapper);
    void findKeys(Mapper &mapper);
    void findVersion(Mapper &mapper);
    void findReferences(Mapper &mapper);
    void addNamedRelationships(Mapper &mapper);
    void addManyToMany(Mapper &mapper, const RelationSpec &spec);
    [[nodiscard]] LinkColumns linkColumns(const Mapper &owner, const Mapper &other, const RelationSpec &spec) const;
    void pairManyToMany(Relationship &relationship);
    void offerManyToMany(Mapper &links);
    void addRecordRelationships(Mapper &mapper);
    void connect(Mapper &mapper);
    static void inheritHooks(Mapper &mapper);
    void findValidated(Mapper &mapper);
    void order();

    // inheritance_builder.cpp
    [[nodiscard]] std::vector<Mapper *> basesFirst() const;
    void copyColumns(Mapper &mapper); ///< of its base into a concrete class's table
    void inheritColumns(Mapper &mapper);
    void takeBaseOrder(Mapper &mapper);
    void fillTables(Mapper &mapper);
    void findDiscriminator(Mapper &mapper);
    void checkIdentities(const Mapper &root) const;
    void inheritReferences(Mapper &mapper);
    void inheritRelationships(Mapper &mapper);
    [[nodiscard]] static std::size_t firstOwnColumn(const Mapper &mapper) noexcept;
    [[nodiscard]] Mapper &writable(const Mapper &mapper) const { return *m_impl.mappers[mapper.index()]; }

    [[nodiscard]] Mapper &target(const Mapper &owner, const RelationSpec &spec) const;
    [[nodiscard]] const Reference *choose(const Mapper &child, const Mapper &parent, const RelationSpec &spec,
                                          const Mapper &other) const;
    [[nodiscard]] std::vector<std::string> columnsOf(const RelationSpec &spec, const Mapper &parent) const;
    [[nodiscard]] static std::string freeName(const Mapper &mapper, const std::string &wanted,
                                              const std::string &longer);
    void add(Mapper &mapper, std::string name, RelationKind kind, const Reference &reference);
    static void describe(Relationship &relationship, const RelationSpec &spec);

    Registry::Impl &m_impl;
};

} // namespace orm
