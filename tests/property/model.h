#pragma once

#include "ormcore/mapping/registry.h"

#include <optional>
#include <string>
#include <vector>

/// What a random test is about: a few tables with relationships, small enough to be read.
namespace property {

enum class KeyKind { Generated, Text, Pair };
enum class Cascade { Nullify, Delete, Orphan, Server };
enum class ServerAction { Refuse, Delete, SetNull };

struct ModelColumn {
    bool required = false;
    bool unique = false;
};
struct ModelClass {
    KeyKind key = KeyKind::Generated;
    std::vector<ModelColumn> columns;
};
/// The child holds the foreign key.
struct ModelRelation {
    int child = 0;
    int parent = 0;
    bool one = false; ///< 1:1
    bool unique = false;
    bool required = false;
    Cascade cascade = Cascade::Nullify;
    ServerAction action = ServerAction::Refuse;
};
struct Model {
    bool autoflush = true;
    bool expireOnCommit = true;
    std::vector<ModelClass> classes;
    std::vector<ModelRelation> relations;
};

/// Makes a model of any numbers: positions wrap around, and what could hold no row is loosened.
[[nodiscard]] Model sane(Model model);
/// One line for each part; readModel() takes it back.
[[nodiscard]] std::string toText(const Model &model);
[[nodiscard]] Model readModel(const std::string &text);
[[nodiscard]] orm::Registry registryFor(const Model &model);

/// A database cell as text; NULL is one text like any other.
using Cell = std::string;
inline const Cell kNull = "NULL";
using Cells = std::vector<Cell>;

/// Which column of a table is what. Positions are the table's and the mapper's alike.
class Layout {
public:
    Layout(const Model &model, int table);

    std::vector<std::string> names;
    std::vector<bool> text;                        ///< else integer
    std::vector<std::size_t> keys;                 ///< positions of the key
    std::vector<std::size_t> data;                 ///< of the plain columns
    std::vector<std::vector<std::size_t>> foreign; ///< by relation of the model; empty: another table's
};

[[nodiscard]] std::string tableName(int table);
[[nodiscard]] std::string parentName(int relation);   ///< the relationship as the child has it
[[nodiscard]] std::string childrenName(int relation); ///< as the parent has it
[[nodiscard]] orm::Value toValue(const Cell &cell, bool text);

} // namespace property
