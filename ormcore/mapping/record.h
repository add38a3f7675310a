#pragma once

#include "ormcore/mapping/ref.h"

#include <string_view>
#include <vector>

namespace orm {

/// A handle on one row of a session, known at run time only: columns and relationships by name or position. It holds an
/// object of a mapped class as well.
///
/// Positions are those of mapper().columns(). Errors: Argument for an unknown name; DataError for a value that does not
/// fit; reading an expired row loads it and throws as Ref does; computed columns and tables without a key cannot be
/// written (Argument).
class Record : public ObjectHandle {
public:
    using ObjectHandle::ObjectHandle;

    [[nodiscard]] const Mapper &mapper() const { return *state()->mapper; }
    [[nodiscard]] const Table &table() const { return state()->mapper->table(); }
    [[nodiscard]] Value get(std::string_view column) const;
    [[nodiscard]] Value get(std::size_t column) const;
    void set(std::string_view column, const Value &value) const;
    void set(std::size_t column, const Value &value) const;
    void set(std::string_view column, ExplicitNull) const;
    void set(std::size_t column, ExplicitNull) const;

    /// Whether the column differs from what the database has, as far as the session knows.
    [[nodiscard]] bool isChanged(std::size_t column) const;
    [[nodiscard]] bool isChanged() const;
    [[nodiscard]] Value original(std::size_t column) const; ///< as loaded, before it was set
    [[nodiscard]] std::vector<Value> key() const;           ///< of the row; empty before it has one

    [[nodiscard]] Record related(std::string_view relationship) const; ///< N:1, 1:1: may be empty
    [[nodiscard]] std::vector<Record> collection(std::string_view relationship) const;
    /// From a collection that is a map: empty where none has the key.
    [[nodiscard]] Record find(std::string_view relationship, const Value &key) const;
    [[nodiscard]] bool contains(std::string_view relationship, const Record &item) const;
    void setRelated(std::string_view relationship, const Record &target) const; ///< an empty one takes it out
    void addTo(std::string_view relationship, const Record &item) const;
    void removeFrom(std::string_view relationship, const Record &item) const;
    void insertInto(std::string_view relationship, std::size_t position, const Record &item) const;
    /// The whole collection; only what differs is changed.
    void setCollection(std::string_view relationship, const std::vector<Record> &items) const;
};

} // namespace orm
