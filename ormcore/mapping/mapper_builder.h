#pragma once

#include "ormcore/mapping/registry.h"

#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace orm {

struct Registry::Impl {
    MetaData metadata;
    std::vector<std::unique_ptr<Mapper>> mappers;
    std::vector<std::vector<RelationSpec>> relations; // by mapper
    std::unordered_map<std::string, Mapper *> byType;
    std::unordered_map<const Table *, Mapper *> byTable;
    std::unordered_map<const Mapper *, std::pair<std::string, VersionColumn>> versions;
    std::mutex mutex;
    bool configured = false;

    [[nodiscard]] Mapper &newMapper(const Table &table);
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

private:
    void mapOtherTables();
    void addRecordColumns(Mapper &mapper);
    void addHiddenColumns(Mapper &mapper);
    void makeMissingKeys(Mapper &mapper);
    void makeLinkTables(Mapper &mapper);
    void layOut(Mapper &mapper);
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
    void findValidated(Mapper &mapper);
    void order();

    [[nodiscard]] Mapper &target(const Mapper &owner, const RelationSpec &spec) const;
    [[nodiscard]] const Reference *choose(const Mapper &child, const Mapper &parent, const RelationSpec &spec,
                                          const Mapper &other) const;
    [[nodiscard]] std::vector<std::string> columnsOf(const RelationSpec &spec, const Mapper &parent) const;
    [[nodiscard]] static std::string freeName(const Mapper &mapper, const std::string &wanted,
                                              const std::string &longer);
    void add(Mapper &mapper, std::string name, RelationKind kind, const Reference &reference);

    Registry::Impl &m_impl;
};

} // namespace orm
