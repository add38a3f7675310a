#include "tests/property/model.h"

#include <algorithm>
#include <array>
#include <sstream>
#include <stdexcept>

namespace property {

namespace {

constexpr std::array kKeys{"generated", "text", "pair"};
constexpr std::array kCascades{"nullify", "delete", "orphan", "server"};
constexpr std::array kActions{"refuse", "cascade", "setnull"};

template <class Names> int position(const Names &names, const std::string &word)
{
    const auto found = std::find(names.begin(), names.end(), word);
    if (found == names.end())
        throw std::invalid_argument("a model has no word " + word);
    return static_cast<int>(found - names.begin());
}

std::vector<std::string> keyNames(KeyKind key)
{
    if (key == KeyKind::Pair)
        return {"a", "b"};
    return {key == KeyKind::Text ? "code" : "id"};
}

bool isTextKey(KeyKind key) { return key == KeyKind::Text; }

} // namespace

Model sane(Model model)
{
    if (model.classes.empty())
        model.classes.emplace_back();
    const int classes = static_cast<int>(model.classes.size());
    for (ModelRelation &relation : model.relations) {
        relation.child %= classes;
        relation.parent %= classes;
        if (relation.parent >= relation.child)
            relation.required = false; // the first row of a circle could not be inserted
        if (relation.parent == relation.child)
            relation.one = false; // records cannot tell the sides apart by the foreign key's columns
        if (!relation.one)
            relation.unique = false;
        if (relation.required && relation.action == ServerAction::SetNull)
            relation.action = ServerAction::Refuse;
    }
    return model;
}

std::string toText(const Model &model)
{
    std::ostringstream text;
    text << "session" << (model.autoflush ? "" : " noautoflush") << (model.expireOnCommit ? "" : " noexpire") << "\n";
    for (const ModelClass &entry : model.classes) {
        text << "class " << kKeys[static_cast<std::size_t>(entry.key)];
        for (const ModelColumn &column : entry.columns)
            text << (column.required ? " required" : " null") << (column.unique ? "+unique" : "");
        text << "\n";
    }
    for (const ModelRelation &relation : model.relations)
        text << "relation " << relation.child << " " << relation.parent << " " << (relation.one ? "one" : "many") << " "
             << kCascades[static_cast<std::size_t>(relation.cascade)] << " "
             << kActions[static_cast<std::size_t>(relation.action)] << (relation.required ? " required" : "")
             << (relation.unique ? " unique" : "") << "\n";
    return text.str();
}

namespace {

ModelClass readClass(std::istringstream &words)
{
    ModelClass entry;
    std::string word;
    words >> word;
    entry.key = static_cast<KeyKind>(position(kKeys, word));
    while (words >> word)
        entry.columns.push_back({word.starts_with("required"), word.ends_with("+unique")});
    return entry;
}

ModelRelation readRelation(std::istringstream &words)
{
    ModelRelation relation;
    std::string kind;
    std::string cascade;
    std::string action;
    words >> relation.child >> relation.parent >> kind >> cascade >> action;
    relation.one = kind == "one";
    relation.cascade = static_cast<Cascade>(position(kCascades, cascade));
    relation.action = static_cast<ServerAction>(position(kActions, action));
    for (std::string word; words >> word;) {
        relation.required = relation.required || word == "required";
        relation.unique = relation.unique || word == "unique";
    }
    return relation;
}

} // namespace

Model readModel(const std::string &text)
{
    Model model;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string word;
        if (!(words >> word))
            continue;
        if (word == "class") {
            model.classes.push_back(readClass(words));
        } else if (word == "relation") {
            model.relations.push_back(readRelation(words));
        } else if (word == "session") {
            while (words >> word) {
                model.autoflush = model.autoflush && word != "noautoflush";
                model.expireOnCommit = model.expireOnCommit && word != "noexpire";
            }
        }
    }
    return sane(std::move(model));
}

std::string tableName(int table) { return "t" + std::to_string(table); }
std::string parentName(int relation) { return "up" + std::to_string(relation); }
std::string childrenName(int relation) { return "down" + std::to_string(relation); }

orm::Value toValue(const Cell &cell, bool text)
{
    if (cell == kNull)
        return {};
    return text ? orm::Value(cell) : orm::Value(static_cast<std::int64_t>(std::stoll(cell)));
}

Layout::Layout(const Model &model, int table)
{
    const auto add = [&](std::string name, bool isText) {
        names.push_back(std::move(name));
        text.push_back(isText);
        return names.size() - 1;
    };
    const ModelClass &entry = model.classes[static_cast<std::size_t>(table)];
    for (const std::string &name : keyNames(entry.key))
        keys.push_back(add(name, isTextKey(entry.key)));
    for (std::size_t i = 0; i < entry.columns.size(); ++i)
        data.push_back(add("c" + std::to_string(i), false));
    foreign.resize(model.relations.size());
    for (std::size_t r = 0; r < model.relations.size(); ++r) {
        if (model.relations[r].child != table)
            continue;
        const KeyKind key = model.classes[static_cast<std::size_t>(model.relations[r].parent)].key;
        for (const std::string &name : keyNames(key))
            foreign[r].push_back(add("f" + std::to_string(r) + name, isTextKey(key)));
    }
}

namespace {

void addTable(orm::MetaData &metadata, const Model &model, int number)
{
    orm::Table &table = metadata.addTable({{}, tableName(number)});
    const Layout layout(model, number);
    const ModelClass &entry = model.classes[static_cast<std::size_t>(number)];
    for (std::size_t i = 0; i < layout.names.size(); ++i)
        table.addColumn(layout.names[i], layout.text[i] ? orm::String(20) : orm::BigInteger());
    const auto column = [&](std::size_t position) -> orm::Column & { return *table.find(layout.names[position]); };
    for (const std::size_t position : layout.keys) {
        column(position).nullable = false;
        column(position).primaryKey = true;
        table.primaryKey.columns.push_back(layout.names[position]);
    }
    if (entry.key == KeyKind::Generated)
        column(0).identity = orm::IdentityKind::ByDefault;
    for (std::size_t i = 0; i < entry.columns.size(); ++i) {
        column(layout.data[i]).nullable = !entry.columns[i].required;
        if (entry.columns[i].unique)
            table.uniques.push_back({"", {layout.names[layout.data[i]]}});
    }
    for (std::size_t r = 0; r < model.relations.size(); ++r) {
        const ModelRelation &relation = model.relations[r];
        if (relation.child != number)
            continue;
        orm::ForeignKey key;
        key.target.name = tableName(relation.parent);
        key.onDelete = relation.action == ServerAction::Delete    ? orm::ReferentialAction::Cascade
                       : relation.action == ServerAction::SetNull ? orm::ReferentialAction::SetNull
                                                                  : orm::ReferentialAction::NoAction;
        for (const std::size_t position : layout.foreign[r]) {
            column(position).nullable = !relation.required;
            key.columns.push_back(layout.names[position]);
        }
        for (const std::string &name : keyNames(model.classes[static_cast<std::size_t>(relation.parent)].key))
            key.targetColumns.push_back(name);
        if (relation.unique)
            table.uniques.push_back({"", key.columns});
        table.foreignKeys.push_back(std::move(key));
    }
}

void addRelation(orm::Registry &registry, const Model &model, std::size_t number)
{
    const ModelRelation &relation = model.relations[number];
    const Layout layout(model, relation.child);
    orm::ForeignKeyColumns columns;
    for (const std::size_t position : layout.foreign[number])
        columns.columns.push_back(layout.names[position]);
    const int index = static_cast<int>(number);
    registry.record(tableName(relation.child)).one(parentName(index), tableName(relation.parent), columns);
    orm::RecordMap parent = registry.record(tableName(relation.parent));
    const auto add = [&](const auto &...cascade) {
        if (relation.one)
            parent.one(childrenName(index), tableName(relation.child), columns, cascade...);
        else
            parent.many(childrenName(index), tableName(relation.child), columns, cascade...);
    };
    switch (relation.cascade) {
    case Cascade::Nullify:
        return add();
    case Cascade::Delete:
        return add(orm::cascadeDelete);
    case Cascade::Orphan:
        return add(orm::cascadeAllDeleteOrphan);
    case Cascade::Server:
        return add(orm::passiveDeletesAll);
    }
}

} // namespace

orm::Registry registryFor(const Model &model)
{
    orm::MetaData metadata;
    for (std::size_t i = 0; i < model.classes.size(); ++i)
        addTable(metadata, model, static_cast<int>(i));
    orm::Registry registry = orm::Registry::reflected(std::move(metadata));
    for (std::size_t i = 0; i < model.relations.size(); ++i)
        addRelation(registry, model, i);
    registry.configure();
    return registry;
}

} // namespace property
