#pragma once

#include "ormcore/mapping/inheritance.h"
#include "ormcore/mapping/options.h"
#include "ormcore/mapping/validators.h"
#include "ormcore/schema/metadata.h"

#include <memory>
#include <string>
#include <string_view>
#include <typeinfo>
#include <vector>

namespace orm {

namespace detail {

template <class T> inline constexpr ClassOperations classOperations{
    sizeof(T), alignof(T), [](void *memory) { new (memory) T{}; },
    [](void *memory, void *movable) { new (memory) T(std::move(*static_cast<T *>(movable))); },
    [](void *object) { static_cast<T *>(object)->~T(); }};

/// "User::addresses" of `memberName<&User::addresses>()`, cut to "addresses".
[[nodiscard]] std::string memberNameFrom(std::string_view function);
template <auto M> std::string memberName() { return memberNameFrom(__PRETTY_FUNCTION__); }
/// "shop::Customer" of `className<shop::Customer>()`, cut to "Customer".
[[nodiscard]] std::string classNameFrom(std::string_view function);
template <class T> std::string className() { return classNameFrom(__PRETTY_FUNCTION__); }

} // namespace detail

class Registry;

/// Collects how one table is mapped; the type-erased half of ClassMap.
class ClassMapping {
public:
    ClassMapping(Registry &registry, Mapper &mapper) noexcept : m_registry(&registry), m_mapper(&mapper) {}
    void addColumn(const ColumnSpec &spec);
    void addRelation(RelationSpec &spec);
    void addProperty(std::string name, FieldType field, std::size_t offset, Expression sql, const Type &type);
    [[nodiscard]] ColumnDefaults &defaultsOf(std::string column);
    void addValidator(ValidatorSpec spec);
    void addHandler(ObjectEvent event, ObjectHandler handler);
    void inherit(InheritSpec &spec, std::size_t baseOffset);
    void discriminate(InheritSpec &spec);
    void addUnique(std::vector<std::string> columns);
    void setVersion(std::string column, VersionColumn version);
    void addForeignKey(std::vector<std::string> columns, std::string table, std::vector<std::string> targets,
                       ReferentialAction onDelete, ReferentialAction onUpdate);

private:
    Registry *m_registry;
    Mapper *m_mapper;
};

/// The mapping of class T, written as a chain: map<T>("table").column<&T::id>("id", primaryKey).many<&T::items>()…
///
/// Every member's column is named; its type is given or follows from the member. Errors: Argument.
template <class T> class ClassMap {
public:
    explicit ClassMap(ClassMapping mapping) noexcept : m_mapping(mapping) {}

    template <auto M, class... Options> ClassMap &column(std::string name, const Options &...options)
    {
        static_assert(std::is_base_of_v<detail::ClassOf<M>, T>, "a member of another class");
        ColumnSpec spec;
        spec.name = std::move(name);
        spec.field = fieldTypeOf<detail::TypeOf<M>>();
        spec.offset = detail::offsetOf(M);
        (applyOption(spec, options), ...);
        m_mapping.addColumn(spec);
        return *this;
    }
    /// The class is a mapped subclass of Base, which is mapped before it and is its first base class: it has Base's
    /// columns and relationships. With a table of its own the two are joined by the key, which is made here; without
    /// one its columns are in Base's table (and NULL in the rows of other classes). With `concrete` its table holds
    /// all: columns that it does not map anew are made like Base's, relationships are mapped anew.
    template <class Base, class... Options> ClassMap &inherits(const Options &...options)
    {
        InheritSpec spec;
        spec.baseType = typeid(Base).name();
        (applyOption(spec, options), ...);
        m_mapping.inherit(spec, detail::baseOffset<T, Base>());
        return *this;
    }
    /// The column that says of which class a row is; polymorphicIdentity() says what it has for this class.
    template <auto M, class... Options> ClassMap &polymorphicOn(const Options &...options)
    {
        static_assert(std::is_base_of_v<detail::ClassOf<M>, T>, "a member of another class");
        InheritSpec spec;
        spec.discriminatorOffset = detail::offsetOf(M);
        (applyOption(spec, options), ...);
        m_mapping.discriminate(spec);
        return *this;
    }
    /// A member that an SQL expression fills, in the SELECT that loads the object: over members (f<&T::price> * 2) or
    /// columns of this class, or a scalar() subquery that compares with them. It is never written; what was written is
    /// read anew where it is looked at. In a query f<M> is the expression. A subquery on the class's own table names
    /// that by an alias.
    template <auto M> ClassMap &property(Expression sql)
    {
        static_assert(std::is_base_of_v<detail::ClassOf<M>, T>, "a member of another class");
        const FieldType field = fieldTypeOf<detail::TypeOf<M>>();
        m_mapping.addProperty(detail::memberName<M>(), field, detail::offsetOf(M), std::move(sql),
                              defaultColumnType(field));
        return *this;
    }
    /// 1:N, or N:N with secondary(). The foreign key is the target's; name it with foreignKey() where the target has
    /// several to this table.
    template <auto M, class... Options> ClassMap &many(const Options &...options)
    {
        static_assert(detail::RelationTarget<detail::TypeOf<M>>::isMany, "a Many member");
        return relation<M>(true, options...);
    }
    /// N:1 where this table has the foreign key, else 1:1.
    template <auto M, class... Options> ClassMap &one(const Options &...options)
    {
        static_assert(detail::RelationTarget<detail::TypeOf<M>>::isOne, "a One member");
        return relation<M>(false, options...);
    }
    /// Asks before the member gets a value, or a relationship an object: see validators.h.
    template <auto M, class Check> ClassMap &validate(Check check)
    {
        static_assert(std::is_base_of_v<detail::ClassOf<M>, T>, "a member of another class");
        m_mapping.addValidator(detail::memberValidator<T, M>(detail::memberName<M>(), std::move(check)));
        return *this;
    }
    /// Calls the handler with a Ref<T>: see events.h.
    template <class Handler> ClassMap &on(ObjectEvent event, Handler handler)
    {
        m_mapping.addHandler(event, detail::objectHandler<Ref<T>>(std::move(handler)));
        return *this;
    }
    ClassMap &unique(std::vector<std::string> columns)
    {
        m_mapping.addUnique(std::move(columns));
        return *this;
    }
    /// A foreign key of several columns.
    ClassMap &references(std::vector<std::string> columns, std::string table, std::vector<std::string> targets = {},
                         ReferentialAction onDelete = ReferentialAction::NoAction,
                         ReferentialAction onUpdate = ReferentialAction::NoAction)
    {
        m_mapping.addForeignKey(std::move(columns), std::move(table), std::move(targets), onDelete, onUpdate);
        return *this;
    }

private:
    template <auto M, class... Options> ClassMap &relation(bool many, const Options &...options)
    {
        RelationSpec spec;
        spec.name = detail::memberName<M>();
        spec.many = many;
        spec.offset = detail::offsetOf(M);
        spec.targetType = typeid(detail::TargetOf<M>).name();
        (applyOption(spec, options), ...);
        m_mapping.addRelation(spec);
        return *this;
    }

    ClassMapping m_mapping;
};

/// What the schema of a table whose rows are records does not say: relationships, where those that follow from its
/// foreign keys do not suffice, defaults, validators, event handlers and the version column.
class RecordMap {
public:
    explicit RecordMap(ClassMapping mapping) noexcept : m_mapping(mapping) {}
    /// As ClassMap::inherits(), of a table or a class of records. The table's key, or joinedBy(), is the base's key.
    template <class... Options> RecordMap &inherits(std::string base, const Options &...options)
    {
        InheritSpec spec;
        spec.baseName = std::move(base);
        (applyOption(spec, options), ...);
        m_mapping.inherit(spec, 0);
        return *this;
    }
    template <class... Options> RecordMap &polymorphicOn(std::string column, const Options &...options)
    {
        InheritSpec spec;
        spec.discriminatorColumn = std::move(column);
        (applyOption(spec, options), ...);
        m_mapping.discriminate(spec);
        return *this;
    }
    template <class... Options> RecordMap &many(std::string name, std::string targetTable, const Options &...options)
    {
        return relation(true, std::move(name), std::move(targetTable), options...);
    }
    template <class... Options> RecordMap &one(std::string name, std::string targetTable, const Options &...options)
    {
        return relation(false, std::move(name), std::move(targetTable), options...);
    }
    /// What an SQL expression over the table's columns gives, read like a column: see ClassMap::property().
    RecordMap &property(std::string name, Expression sql, const Type &type = {})
    {
        m_mapping.addProperty(std::move(name), {}, 0, std::move(sql), type);
        return *this;
    }
    /// defaultValue(), defaultFrom(), onUpdate(): what the column gets where a record does not say.
    template <class... Defaults> RecordMap &column(std::string name, const Defaults &...given)
    {
        ColumnDefaults &defaults = m_mapping.defaultsOf(std::move(name));
        (applyOption(defaults, given), ...);
        return *this;
    }
    /// Asks before the column gets a value, or the relationship an object: see validators.h.
    template <class Check> RecordMap &validate(std::string attribute, Check check)
    {
        m_mapping.addValidator(detail::recordValidator(std::move(attribute), std::move(check)));
        return *this;
    }
    RecordMap &version(std::string column, VersionStep step = {}) ///< see versionColumn
    {
        m_mapping.setVersion(std::move(column), {std::move(step)});
        return *this;
    }
    /// Calls the handler with a Record: see events.h.
    template <class Handler> RecordMap &on(ObjectEvent event, Handler handler)
    {
        m_mapping.addHandler(event, detail::objectHandler<Record>(std::move(handler)));
        return *this;
    }

private:
    template <class... Options>
    RecordMap &relation(bool many, std::string name, std::string targetTable, const Options &...options)
    {
        RelationSpec spec;
        spec.name = std::move(name);
        spec.many = many;
        spec.targetTable = std::move(targetTable);
        (applyOption(spec, options), ...);
        m_mapping.addRelation(spec);
        return *this;
    }

    ClassMapping m_mapping;
};

/// All mapped classes and tables of a program or a database, with the MetaData that describes them.
///
/// Build it in one thread; its first use configures it: relationships find their foreign keys, and tables that no
/// class is mapped to become records. From then on it is read only, by any thread, and outlives its sessions.
/// Errors: Argument for what does not fit together, from the call or from configure().
class Registry {
public:
    Registry();
    ~Registry();
    Registry(Registry &&) noexcept;
    Registry &operator=(Registry &&) noexcept;

    /// Every table of a reflected (or made) schema as records, with a relationship on either side of each foreign key:
    /// N:1 named after the table referred to, 1:N after the referring one (with the columns' names where that is not
    /// unique). Tables without a key are read only. Deleting a parent leaves its children to the database.
    [[nodiscard]] static Registry reflected(MetaData metadata);

    template <class T> ClassMap<T> map(std::string table)
    {
        return ClassMap<T>(addClass(std::move(table), typeid(T).name(), detail::classOperations<T>));
    }
    /// A class that is mapped already, to say more about it: validators and handlers beside a generated mapping.
    template <class T> ClassMap<T> mapped() { return ClassMap<T>(mappingOf(typeid(T).name())); }
    /// A class without a table of its own: inherits() comes next.
    template <class T> ClassMap<T> map()
    {
        return ClassMap<T>(addClass({}, typeid(T).name(), detail::classOperations<T>, detail::className<T>()));
    }
    RecordMap record(std::string_view table); ///< of a table in metadata()
    /// Records that share a table with those they inherit from: recordClass("customer").inherits("people", …).
    RecordMap recordClass(std::string name);

    /// All tables. The writable one is for what map() cannot say (checks, views), before the first session.
    [[nodiscard]] MetaData &metadata();
    [[nodiscard]] const MetaData &metadata() const; ///< configures
    void configure() const;                         ///< done by the first Session; no class can be mapped after it

    [[nodiscard]] const std::vector<std::unique_ptr<Mapper>> &mappers() const noexcept;
    template <class T> [[nodiscard]] const Mapper &mapper() const { return mapperOfType(typeid(T).name()); }
    [[nodiscard]] const Mapper &mapper(const Table &table) const;
    [[nodiscard]] const Mapper &mapper(std::string_view name) const; ///< of a table, or a class of records
    [[nodiscard]] const Mapper &mapperOfType(std::string_view typeName) const;

    struct Impl;

private:
    friend class ClassMapping;
    [[nodiscard]] ClassMapping mappingOf(const char *typeName);
    ClassMapping addClass(std::string table, const char *typeName, const ClassOperations &operations,
                          std::string name = {});

    std::unique_ptr<Impl> m_impl;
};

} // namespace orm
