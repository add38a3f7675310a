#include "tests/conformance/oracle/models.h"
#include "tests/conformance/oracle/twin.h"

using orm::Record;
using orm::Value;

namespace oracle {

namespace {

/// One user with addresses of these e-mails, committed.
Record userWith(World &world, std::initializer_list<const char *> emails)
{
    const Record user = world.add("users", {{"name", "João"}});
    for (const char *email : emails)
        user.addTo("addresses", world.add("addresses", {{"email", email}}));
    world.session->commit();
    return user;
}

Json emailsAndKeys(World &world)
{
    Json rows = Json::array();
    for (const Record &address : world.all("addresses"))
        rows.push_back({toJson(address.get("email")), toJson(address.get("user_id"))});
    return rows;
}

Outcome oneToManyBothWays(World &world)
{
    const Record user = world.add("users", {{"name", "João"}});
    const Record first = world.add("addresses", {{"email", "joao@trabalho.com"}});
    user.addTo("addresses", first);
    user.addTo("addresses", world.add("addresses", {{"email", "joao@pessoal.com"}}));
    const bool linkedAtOnce = first.related("user") == user;
    world.session->commit();
    const Record moved = world.add("addresses", {{"email", "x"}});
    moved.setRelated("user", user);
    const std::vector<Record> all = user.collection("addresses");
    return {{{"linked_at_once", linkedAtOnce},
             {"emails", valuesOf(all, "email")},
             {"back", std::find(all.begin(), all.end(), moved) != all.end()}}};
}

Outcome removingFromACollectionNullsTheKey(World &world)
{
    const Record user = userWith(world, {"a", "b"});
    user.removeFrom("addresses", user.collection("addresses").at(0));
    world.session->commit();
    return {emailsAndKeys(world)};
}

Outcome deletingAParentNullsTheKeys(World &world)
{
    const Record user = userWith(world, {"a", "b"});
    world.session->remove(user);
    world.session->commit();
    return {emailsAndKeys(world)};
}

Outcome cascadeDeletesChildrenAndOrphans(World &world)
{
    for (const char *customer : {"a", "b"}) {
        const Record order = world.add("orders", {{"customer", customer}});
        for (const char *product : {"x", "y", "z"})
            order.addTo("lines", world.add("lines", {{"product", product}}));
    }
    world.session->commit();
    const std::vector<Record> orders = world.all("orders");
    orders[0].removeFrom("lines", orders[0].collection("lines").at(1));
    world.session->commit();
    const std::size_t afterOrphan = world.all("lines").size();
    world.session->remove(orders[1]);
    world.session->commit();
    return {{{"after_orphan", afterOrphan}, {"after_delete", world.all("lines").size()}}};
}

Outcome manyToManyRowsFollowTheLists(World &world)
{
    const Record a = world.add("authors", {{"name", "Machado"}});
    const Record b = world.add("authors", {{"name", "Clarice"}});
    const Record x = world.add("books", {{"title", "x"}});
    const Record y = world.add("books", {{"title", "y"}});
    const Record z = world.add("books", {{"title", "z"}});
    x.addTo("authors", a);
    y.addTo("authors", a);
    y.addTo("authors", b);
    world.session->commit();
    const Value rows = world.scalar("SELECT count(*) FROM author_book");
    a.removeFrom("books", y);
    a.addTo("books", z);
    world.recorder.clear();
    world.session->commit();
    Json links = Json::array();
    for (const auto &row : world.rows("SELECT author_id, book_id FROM author_book ORDER BY 1, 2"))
        links.push_back({toJson(row[0]), toJson(row[1])});
    return {{{"rows", toJson(rows)}, {"links", links}, {"back", valuesOf(y.collection("authors"), "name")}}};
}

Outcome oneToOneReplaces(World &world)
{
    const Record user = world.add("users", {{"name", "u"}});
    user.setRelated("profile", world.add("profiles", {{"bio", "old"}}));
    world.session->commit();
    const Record fresh = world.add("profiles", {{"bio", "new"}});
    world.session->expunge(fresh); // the reference's is transient as well until it is linked
    const std::string error = errorOf([&] {
        user.setRelated("profile", fresh);
        world.session->commit();
    });
    if (!error.empty())
        world.session->rollback();
    return {{{"profiles", world.all("profiles").size()}, {"bio", toJson(user.related("profile").get("bio"))}}, error};
}

} // namespace

std::vector<Twin> relationshipTwins()
{
    return {
        {"one_to_many_both_ways", &addresses, oneToManyBothWays},
        {"removing_from_a_collection_nulls_the_key", &addresses, removingFromACollectionNullsTheKey},
        {"deleting_a_parent_nulls_the_keys", &addresses, deletingAParentNullsTheKeys},
        {"cascade_deletes_children_and_orphans", &cascading, cascadeDeletesChildrenAndOrphans},
        {"many_to_many_rows_follow_the_lists", &library, manyToManyRowsFollowTheLists},
        // The reference inserts before it deletes the orphan, and the unique key refuses.
        {"one_to_one_replaces", &profiles, oneToOneReplaces, Outcome{{{"profiles", 1}, {"bio", "new"}}}},
    };
}

} // namespace oracle
