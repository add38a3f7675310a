#include "tests/conformance/oracle/models.h"

#include "ormcore/base/decimal.h"

#include <cstdint>
#include <optional>
#include <string>

namespace oracle {

namespace {

struct User {
    std::int64_t id{};
    std::optional<std::string> name{}; // the database refuses NULL, not the class
    std::optional<std::string> email{};
    std::optional<std::int32_t> age{};
    std::optional<std::string> country{};
    std::optional<std::string> language{};
    bool isBlocked = false;
    bool active = true;
    std::optional<std::string> username{};
    std::optional<std::string> department{};
    std::optional<orm::Decimal> salary{};
    std::optional<std::int64_t> managerId{};
    std::optional<orm::Timestamp> createdAt{};
};

orm::Registry userClasses()
{
    orm::Registry registry;
    registry.map<User>("users")
        .column<&User::id>("id", orm::primaryKey)
        .column<&User::name>("name", orm::String(50), orm::notNull)
        .column<&User::email>("email", orm::String(100), orm::unique)
        .column<&User::age>("age")
        .column<&User::country>("country", orm::String(40))
        .column<&User::language>("language", orm::String(10))
        .column<&User::isBlocked>("is_blocked")
        .column<&User::active>("active")
        .column<&User::username>("username", orm::String(30), orm::indexed)
        .column<&User::department>("department", orm::String(30))
        .column<&User::salary>("salary", orm::Numeric(12, 2))
        .column<&User::managerId>("manager_id", orm::references("users.id"))
        .column<&User::createdAt>("created_at");
    return registry;
}

struct Address;
struct Owner {
    std::int64_t id{};
    std::optional<std::string> name{};
    orm::Many<Address> addresses{};
};
struct Address {
    std::int64_t id{};
    std::optional<std::string> email{};
    std::optional<std::int64_t> userId{};
    orm::One<Owner> user{};
};

orm::Registry addressClasses()
{
    orm::Registry registry;
    registry.map<Owner>("users")
        .column<&Owner::id>("id", orm::primaryKey)
        .column<&Owner::name>("name", orm::String(50))
        .many<&Owner::addresses>(orm::backPopulates<&Address::user>, orm::orderedBy("id"));
    registry.map<Address>("addresses")
        .column<&Address::id>("id", orm::primaryKey)
        .column<&Address::email>("email", orm::String(100))
        .column<&Address::userId>("user_id", orm::references("users.id"))
        .one<&Address::user>(orm::backPopulates<&Owner::addresses>);
    return registry;
}

struct Line;
struct Order {
    std::int64_t id{};
    std::optional<std::string> customer{};
    orm::Many<Line> lines{};
};
struct Line {
    std::int64_t id{};
    std::int64_t orderId{};
    std::optional<std::string> product{};
    orm::One<Order> order{};
};

orm::Registry orderClasses()
{
    orm::Registry registry;
    registry.map<Order>("orders")
        .column<&Order::id>("id", orm::primaryKey)
        .column<&Order::customer>("customer", orm::String(50))
        .many<&Order::lines>(orm::backPopulates<&Line::order>, orm::cascadeAllDeleteOrphan, orm::orderedBy("id"));
    registry.map<Line>("lines")
        .column<&Line::id>("id", orm::primaryKey)
        .column<&Line::orderId>("order_id", orm::references("orders.id"), orm::notNull)
        .column<&Line::product>("product", orm::String(50))
        .one<&Line::order>(orm::backPopulates<&Order::lines>);
    return registry;
}

struct Profile;
struct Person {
    std::int64_t id{};
    std::optional<std::string> name{};
    orm::One<Profile> profile{};
};
struct Profile {
    std::int64_t id{};
    std::optional<std::string> bio{};
    std::int64_t userId{};
    orm::One<Person> user{};
};

orm::Registry profileClasses()
{
    orm::Registry registry;
    registry.map<Person>("users")
        .column<&Person::id>("id", orm::primaryKey)
        .column<&Person::name>("name", orm::String(50))
        .one<&Person::profile>(orm::backPopulates<&Profile::user>, orm::cascadeAllDeleteOrphan);
    registry.map<Profile>("profiles")
        .column<&Profile::id>("id", orm::primaryKey)
        .column<&Profile::bio>("bio", orm::Text())
        .column<&Profile::userId>("user_id", orm::references("users.id"), orm::unique, orm::notNull)
        .one<&Profile::user>(orm::backPopulates<&Person::profile>);
    return registry;
}

struct Book;
struct Author {
    std::int64_t id{};
    std::optional<std::string> name{};
    orm::Many<Book> books{};
};
struct Book {
    std::int64_t id{};
    std::optional<std::string> title{};
    orm::Many<Author> authors{};
};

orm::Registry libraryClasses()
{
    orm::Registry registry;
    registry.map<Author>("authors")
        .column<&Author::id>("id", orm::primaryKey)
        .column<&Author::name>("name", orm::String(100))
        .many<&Author::books>(orm::backPopulates<&Book::authors>, orm::orderedBy("id"),
                              orm::secondary("author_book", orm::foreignKey("author_id"), orm::foreignKey("book_id")));
    registry.map<Book>("books")
        .column<&Book::id>("id", orm::primaryKey)
        .column<&Book::title>("title", orm::String(200))
        .many<&Book::authors>(orm::backPopulates<&Author::books>, orm::orderedBy("id"),
                              orm::secondary("author_book", orm::foreignKey("book_id"), orm::foreignKey("author_id")));
    return registry;
}

struct Node { // its foreign key has no member
    std::int64_t id{};
    std::optional<std::string> name{};
    orm::One<Node> parent{};
    orm::Many<Node> children{};
};

orm::Registry nodeClasses()
{
    orm::Registry registry;
    registry.map<Node>("nodes")
        .column<&Node::id>("id", orm::primaryKey)
        .column<&Node::name>("name", orm::String(20))
        .one<&Node::parent>(orm::foreignKey("parent_id"))
        .many<&Node::children>(orm::backPopulates<&Node::parent>, orm::orderedBy("id"));
    return registry;
}

} // namespace

const Model users{userClasses, [](orm::Registry &) {}};
const Model addresses{addressClasses, [](orm::Registry &registry) {
                          registry.record("users").many("addresses", "addresses", orm::orderedBy("id"));
                          registry.record("addresses").one("user", "users");
                      }};
const Model cascading{orderClasses, [](orm::Registry &registry) {
                          registry.record("orders").many("lines", "lines", orm::cascadeAllDeleteOrphan,
                                                         orm::orderedBy("id"));
                          registry.record("lines").one("order", "orders");
                      }};
const Model profiles{profileClasses, [](orm::Registry &registry) {
                         registry.record("users").one("profile", "profiles", orm::cascadeAllDeleteOrphan);
                         registry.record("profiles").one("user", "users");
                     }};
const Model library{
    libraryClasses, [](orm::Registry &registry) {
        registry.record("authors").many("books", "books", orm::secondary("author_book"), orm::orderedBy("id"));
        registry.record("books").many("authors", "authors", orm::secondary("author_book"), orm::orderedBy("id"));
    }};

const Model nodes{nodeClasses, [](orm::Registry &registry) {
                      registry.record("nodes")
                          .one("parent", "nodes", orm::foreignKey("parent_id"))
                          .many("children", "nodes", orm::orderedBy("id"));
                  }};

void addSevenUsers(World &world)
{
    using orm::Value;
    const auto salary = [](const char *text) { return text ? Value(*orm::Decimal::parse(text)) : Value(); };
    const auto add = [&](int id, const char *name, const Value &email, const Value &age, const Value &country,
                         const Value &language, bool blocked, const char *department, const Value &pay,
                         const Value &manager) {
        const std::string moment = "2024-01-0" + std::to_string(id) + " 12:30:15.123456";
        world.add("users", {{"id", id},
                            {"name", name},
                            {"email", email},
                            {"age", age},
                            {"country", country},
                            {"language", language},
                            {"is_blocked", blocked},
                            {"active", true},
                            {"department", department},
                            {"salary", pay},
                            {"manager_id", manager},
                            {"created_at", Value(*orm::Timestamp::parse(moment))}});
    };
    add(1, "Ana Silva", "ana@exemplo.com", 30, "Brasil", "pt-br", false, "Vendas", salary("1000.00"), {});
    add(2, "Bruno Souza", "bruno@exemplo.com", 17, "Brasil", "pt-br", false, "Vendas", salary("2000.10"), 1);
    add(3, "Carla Silva", "carla@exemplo.com", 45, "Portugal", "pt-pt", false, "TI", salary("3000.20"), 1);
    add(4, "Diego Lima", "diego@exemplo.com", 65, "Chile", "pt-br", true, "TI", salary("4000.30"), 2);
    add(5, "Elena 100%", "elena@exemplo.com", 66, "Chile", "es", false, "RH", salary("5000.40"), 2);
    add(6, "Fabio_X", {}, {}, {}, {}, false, "RH", salary(nullptr), {});
    add(7, "Gil D'Ávila", "gil@exemplo.com", 18, "Brasil", "en", false, "Vendas", salary("0.01"), 3);
    world.session->commit();
    world.forgetObjects();
    world.recorder.clear();
}

} // namespace oracle
