#pragma once

#include "ormcore/dialects/builtin.h"
#include "ormcore/reflect/reflect.h"
#include "ormcore/session/session.h"
#include "tests/support/statement_recorder.h"

#include <QTest>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

/// The classes of the session's tests.
struct Address;
struct Note;
struct User {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int32_t> age{};
    std::optional<std::string> email{};
    orm::Many<Address> addresses{}; // deleted with the user, and when taken out
    orm::Many<Note> notes{};        // survive the user
};
struct Address {
    std::int64_t id{};
    std::string street{};
    std::optional<std::int64_t> userId{};
    orm::One<User> user{};
};
struct Note {
    std::int64_t id{};
    std::string text{};
    std::optional<std::int64_t> userId{};
    orm::One<User> user{};
};
struct Tree { // its foreign key has no member
    std::int64_t id{};
    std::string name{};
    orm::One<Tree> parent{};
    orm::Many<Tree> children{};
};
struct Product {
    std::string code{};
    std::string title{};
    std::optional<orm::Decimal> price{};
    std::optional<std::int32_t> stock{};
    std::optional<std::int32_t> rating{};
};
struct Pair {
    std::int64_t left{};
    std::int64_t right{};
    std::optional<std::string> label{};
};

inline orm::Registry shopClasses()
{
    orm::Registry registry;
    registry.map<User>("users")
        .column<&User::id>("id", orm::primaryKey)
        .column<&User::name>("name", orm::String(50))
        .column<&User::age>("age")
        .column<&User::email>("email", orm::String(100), orm::unique)
        .many<&User::addresses>(orm::backPopulates<&Address::user>, orm::cascadeAllDeleteOrphan)
        .many<&User::notes>(orm::backPopulates<&Note::user>);
    registry.map<Address>("addresses")
        .column<&Address::id>("id", orm::primaryKey)
        .column<&Address::street>("street", orm::String(100))
        .column<&Address::userId>("user_id", orm::references("users.id"))
        .one<&Address::user>(orm::backPopulates<&User::addresses>);
    registry.map<Note>("notes")
        .column<&Note::id>("id", orm::primaryKey)
        .column<&Note::text>("text", orm::Text())
        .column<&Note::userId>("user_id", orm::references("users.id"))
        .one<&Note::user>(orm::backPopulates<&User::notes>);
    registry.map<Tree>("trees")
        .column<&Tree::id>("id", orm::primaryKey)
        .column<&Tree::name>("name", orm::String(50))
        .one<&Tree::parent>(orm::foreignKey("parent_id"))
        .many<&Tree::children>(orm::backPopulates<&Tree::parent>, orm::cascadeDelete);
    registry.map<Product>("products")
        .column<&Product::code>("code", orm::String(20), orm::primaryKey)
        .column<&Product::title>("title", orm::String(100))
        .column<&Product::price>("price", orm::Numeric(10, 2))
        .column<&Product::stock>("stock", orm::serverDefault("7"))
        .column<&Product::rating>("rating", orm::defaultValue(5));
    registry.map<Pair>("pairs")
        .column<&Pair::left>("left_id", orm::primaryKey)
        .column<&Pair::right>("right_id", orm::primaryKey)
        .column<&Pair::label>("label", orm::String(20));
    return registry;
}

inline orm::Registry shopRecords(orm::Engine &engine)
{
    orm::Connection connection = engine.connect();
    orm::Registry registry = orm::Registry::reflected(orm::reflect(connection));
    registry.record("users").many("addresses", "addresses", orm::cascadeAllDeleteOrphan).many("notes", "notes");
    registry.record("addresses").one("user", "users");
    registry.record("notes").one("user", "users");
    registry.record("trees")
        .one("parent", "trees", orm::foreignKey("parent_id"))
        .many("children", "trees", orm::cascadeDelete);
    return registry;
}

enum class Shape { Classes, Records };
Q_DECLARE_METATYPE(Shape)

/// Both shapes of an object run through the same tests: a Record also holds an object of a class.
inline void bothShapes()
{
    QTest::addColumn<Shape>("shape");
    QTest::newRow("classes") << Shape::Classes;
    QTest::newRow("records") << Shape::Records;
}

/// A database with the tables above, a session on it, and a record of the statements that were sent.
class Shop {
public:
    using Describe = std::function<void(orm::Registry &)>;
    /// describe: what else the registry in use is told, before the session freezes it.
    explicit Shop(Shape shape = Shape::Classes, orm::SessionOptions options = {}, const std::string &url = "sqlite://",
                  const Describe &describe = {})
        : Shop(shopClasses, shopRecords, shape, options, url, describe)
    {
    }
    /// The same for other tables: their classes, and what their records are told beyond their foreign keys.
    Shop(orm::Registry (*classes)(), orm::Registry (*records)(orm::Engine &), Shape shape,
         orm::SessionOptions options = {}, const std::string &url = "sqlite://", const Describe &describe = {})
    {
        orm::EngineOptions engineOptions;
        engineOptions.connect.create = true;
        recorder.listenTo(engineOptions);
        engine = orm::createEngine(url, engineOptions);
        const orm::Registry tables = classes();
        orm::createAll(*engine, tables.metadata());
        registry = shape == Shape::Records ? records(*engine) : classes();
        if (describe)
            describe(registry);
        session = std::make_unique<orm::Session>(*engine, registry, options);
        forget();
    }
    Shop(const Shop &) = delete;
    Shop &operator=(const Shop &) = delete;

    [[nodiscard]] const orm::Table &table(const char *name) const { return registry.metadata()[name]; }
    orm::Record add(const char *name, const std::vector<std::pair<std::string, orm::Value>> &values = {})
    {
        return session->add(table(name), values);
    }
    orm::Record get(const char *name, const orm::Value &key) { return session->get(table(name), {key}); }
    orm::Record user(const char *name) { return add("users", {{"name", name}}); }

    /// Statements sent since forget() that start so; see `recorder` for more.
    [[nodiscard]] int sent(const std::string &start) const
    {
        return static_cast<int>(std::count_if(statements.begin(), statements.end(),
                                              [&](const std::string &sql) { return sql.rfind(start, 0) == 0; }));
    }
    /// Without BEGIN, COMMIT and the like.
    [[nodiscard]] int sent() const { return sent("SELECT") + sent("INSERT") + sent("UPDATE") + sent("DELETE"); }
    [[nodiscard]] std::string statement(const std::string &start) const
    {
        for (const std::string &sql : statements)
            if (sql.rfind(start, 0) == 0)
                return sql;
        return {};
    }
    void forget() { recorder.clear(); }

    /// What the database has, seen through the session's own transaction and around its objects.
    orm::Value stored(const std::string &sql) { return session->connection().execute(sql).scalar(); }

    StatementRecorder recorder; ///< VERIFY_SENT(shop.recorder.exactly({"INSERT users x2"}))
    const std::vector<std::string> &statements = recorder.texts();
    std::unique_ptr<orm::Engine> engine;
    orm::Registry registry;
    std::unique_ptr<orm::Session> session;
};

/// Two users with two addresses each, committed and forgotten.
inline void fill(Shop &shop)
{
    for (const char *name : {"Ana", "Rui"}) {
        const orm::Record user = shop.user(name);
        for (const char *street : {"Rua A", "Rua B"})
            user.addTo("addresses", shop.add("addresses", {{"street", street}}));
    }
    shop.session->commit();
    shop.session->sweep();
    shop.forget();
}

#define THROWS(expression, Exception)                                                                                  \
    do {                                                                                                               \
        bool thrown = false;                                                                                           \
        try {                                                                                                          \
            expression;                                                                                                \
        } catch (const Exception &) {                                                                                  \
            thrown = true;                                                                                             \
        }                                                                                                              \
        QVERIFY2(thrown, #expression " does not throw " #Exception);                                                   \
    } while (false)
