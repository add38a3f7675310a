#include "tests/conformance/oracle/models.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <optional>

namespace oracle {

namespace {

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char character) { return static_cast<char>(std::tolower(character)); });
    return text;
}

struct Account {
    std::int64_t id{};
    std::optional<std::int64_t> balance{};
    std::int64_t version{};
};

orm::Registry accountClasses()
{
    orm::Registry registry;
    registry.map<Account>("accounts")
        .column<&Account::id>("id", orm::primaryKey)
        .column<&Account::balance>("balance")
        .column<&Account::version>("version", orm::versionColumn);
    return registry;
}

struct Document {
    std::int64_t id{};
    std::optional<std::string> filename{};
    std::optional<std::int32_t> number{};
    std::optional<std::vector<std::byte>> data{};
    std::optional<std::string> description{};
};

/// Counts from 100 on, for each registry anew.
orm::DefaultFrom numbers()
{
    return orm::defaultFrom([next = std::make_shared<int>(100)] { return (*next)++; });
}

orm::Registry documentClasses()
{
    orm::Registry registry;
    registry.map<Document>("documents")
        .column<&Document::id>("id", orm::primaryKey)
        .column<&Document::filename>("filename", orm::String(100))
        .column<&Document::number>("number", numbers())
        .column<&Document::data>("data")
        .column<&Document::description>("description");
    return registry;
}

struct User {
    std::int64_t id{};
    std::optional<std::string> name{};
    std::optional<std::string> email{};
    std::optional<std::string> username{};
};

orm::Registry plainUsers()
{
    orm::Registry registry;
    registry.map<User>("users")
        .column<&User::id>("id", orm::primaryKey)
        .column<&User::name>("name", orm::String(50))
        .column<&User::email>("email", orm::String(100))
        .column<&User::username>("username", orm::String(30));
    return registry;
}

std::string checkedAddress(const std::string &email)
{
    if (email.find('@') == std::string::npos)
        throw orm::Validation("invalid email");
    return lowered(email);
}

orm::Registry checkedClasses()
{
    orm::Registry registry = plainUsers();
    registry.mapped<User>().validate<&User::email>([](std::string email) { return checkedAddress(email); });
    return registry;
}

void checkRecords(orm::Registry &registry)
{
    registry.record("users").validate(
        "email", [](const orm::Value &email) { return orm::Value(checkedAddress(std::string(email.asText()))); });
}

constexpr std::pair<orm::ObjectEvent, const char *> told[] = {
    {orm::ObjectEvent::BeforeInsert, "before_insert"}, {orm::ObjectEvent::AfterInsert, "after_insert"},
    {orm::ObjectEvent::BeforeUpdate, "before_update"}, {orm::ObjectEvent::AfterUpdate, "after_update"},
    {orm::ObjectEvent::BeforeDelete, "before_delete"}, {orm::ObjectEvent::AfterDelete, "after_delete"}};

orm::Registry watchedClasses()
{
    orm::Registry registry = plainUsers();
    auto users = registry.mapped<User>();
    for (const auto &[event, name] : told)
        users.on(event, [name = name](const orm::Ref<User> &user) { heard().emplace_back(name, *user->name); });
    users.on(orm::ObjectEvent::BeforeInsert,
             [](const orm::Ref<User> &user) { user.set<&User::username>(lowered(*user->name)); });
    return registry;
}

void watchRecords(orm::Registry &registry)
{
    auto users = registry.record("users");
    for (const auto &[event, name] : told)
        users.on(event,
                 [name = name](const orm::Record &user) { heard().emplace_back(name, user.get("name").toString()); });
    users.on(orm::ObjectEvent::BeforeInsert,
             [](const orm::Record &user) { user.set("username", lowered(user.get("name").toString())); });
}

} // namespace

const Model accounts{accountClasses, [](orm::Registry &registry) { registry.record("accounts").version("version"); }};
const Model documents{documentClasses,
                      [](orm::Registry &registry) { registry.record("documents").column("number", numbers()); }};
const Model checkedUsers{checkedClasses, checkRecords};
const Model watchedUsers{watchedClasses, watchRecords};

std::vector<std::pair<std::string, std::string>> &heard()
{
    static std::vector<std::pair<std::string, std::string>> all;
    return all;
}

} // namespace oracle
