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

template <Loading how> Outcome loadedBy(World &world) { return loading(world, {orm::loadPath(how, {"addresses"})}); }

Outcome lazySelectIsNPlusOne(World &world) { return loading(world, {}); }

/// LIMIT counts parents, although each row has an address.
Outcome joinedWithLimitCountsParents(World &world)
{
    addUsers(world, {3, 3, 3, 3});
    orm::Select query(world.table("users"));
    query.orderBy({world.column("users", "id")}).limit(2);
    Json found = Json::array();
    for (const Record &user : world.session->all(query, {orm::joinedPath({"addresses"})}))
        found.push_back({user.get("name").toString(), user.collection("addresses").size()});
    return {found};
}

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
        {"lazy_joined", &addresses, loadedBy<Loading::Joined>},
        {"lazy_subquery", &addresses, loadedBy<Loading::Subquery>},
        {"lazy_selectin", &addresses, loadedBy<Loading::SelectIn>},
        {"lazy_noload", &addresses, loadedBy<Loading::NoLoad>},
        {"joined_with_limit_counts_parents", &addresses, joinedWithLimitCountsParents},
        {"many_to_one_comes_from_the_identity_map", &addresses, manyToOneComesFromTheIdentityMap},
    };
}

} // namespace oracle
