#include "tests/conformance/oracle/models.h"
#include "tests/conformance/oracle/twin.h"

#include <set>

using orm::Loading;
using orm::LoadOption;
using orm::Record;

namespace oracle {

namespace {

/// Users with so many addresses as counts says, called u0, u1, … (or all by one name), committed and forgotten.
void addUsers(World &world, std::initializer_list<int> counts, const char *name = nullptr)
{
    int n = 0;
    for (const int count : counts) {
        const Record user = world.add("users", {{"name", name ? std::string(name) : "u" + std::to_string(n)}});
        for (int k = 0; k < count; ++k)
            user.addTo("addresses", world.add("addresses", {{"email", std::to_string(n) + "." + std::to_string(k)}}));
        ++n;
    }
    world.session->commit();
    world.forgetObjects();
    world.recorder.clear();
}

Outcome loading(World &world, std::vector<LoadOption> options)
{
    addUsers(world, {0, 1, 2, 3, 4});
    Json lists = Json::array();
    orm::Select query(world.table("users"));
    query.orderBy({world.column("users", "id")});
    for (const Record &user : world.session->all(query, std::move(options)))
        lists.push_back(valuesOf(user.collection("addresses"), "email"));
    return {{{"lists", lists}, {"selects", world.recorder.count("SELECT")}}};
}

LoadOption addressesBy(Loading how)
{
    LoadOption option = orm::selectinPath({"addresses"});
    option.loading = how;
    return option;
}

Outcome lazySelectIsNPlusOne(World &world) { return loading(world, {}); }
Outcome lazySelectin(World &world) { return loading(world, {addressesBy(Loading::SelectIn)}); }
Outcome lazyNoload(World &world) { return loading(world, {addressesBy(Loading::NoLoad)}); }

Outcome manyToOneComesFromTheIdentityMap(World &world)
{
    addUsers(world, {10}, "u");
    std::set<std::string> owners;
    for (const Record &address : world.session->all(orm::select(world.table("addresses"))))
        owners.insert(address.related("user").get("name").toString());
    return {{{"owners", owners}, {"selects", world.recorder.count("SELECT")}}};
}

} // namespace

std::vector<Twin> loadingTwins()
{
    return {
        {"lazy_select_is_n_plus_one", &addresses, lazySelectIsNPlusOne},
        {"lazy_selectin", &addresses, lazySelectin},
        {"lazy_noload", &addresses, lazyNoload},
        {"many_to_one_comes_from_the_identity_map", &addresses, manyToOneComesFromTheIdentityMap},
    };
}

} // namespace oracle
