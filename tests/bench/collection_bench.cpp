// Adds children to a loaded collection and takes them out again, one by one, with both sides in step:
//
//     collection_bench [N]        (100000 unless given)
//
// For each way the time of one child with N and with 4 N of them, and their ratio: near 1, whatever N is. A list that
// is searched would have 4.

#include "ormcore/dialects/builtin.h"
#include "ormcore/session/session.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>

namespace {

struct Item;
struct Box {
    std::int64_t id{};
    orm::Many<Item> items;
    orm::Many<Item> tagged;
};
struct Item {
    std::int64_t id{};
    std::optional<std::int64_t> boxId;
    orm::One<Box> box;
    orm::Many<Box> tags;
};

orm::Registry boxes()
{
    orm::Registry registry;
    registry.map<Box>("boxes")
        .column<&Box::id>("id", orm::primaryKey)
        .many<&Box::items>(orm::backPopulates<&Item::box>)
        .many<&Box::tagged>(orm::secondary("tags"), orm::backPopulates<&Item::tags>);
    registry.map<Item>("items")
        .column<&Item::id>("id", orm::primaryKey)
        .column<&Item::boxId>("box_id", orm::references("boxes.id"))
        .one<&Item::box>(orm::backPopulates<&Box::items>)
        .many<&Item::tags>(orm::secondary("tags"), orm::backPopulates<&Box::tagged>);
    return registry;
}

using Items = std::vector<orm::Ref<Item>>;
using Way = std::function<void(const orm::Ref<Box> &, const Items &)>;

/// Microseconds of one child.
double timeOf(const Way &way, long count)
{
    const auto engine = orm::createEngine("sqlite://");
    const orm::Registry registry = boxes();
    registry.configure();
    orm::createAll(*engine, registry.metadata());
    orm::Session session(*engine, registry);
    const orm::Ref<Box> box = session.add(Box{});
    Items items;
    for (long i = 0; i < count; ++i)
        items.push_back(session.add(Item{}));
    session.flush();
    (void)box->items.size(); // loaded
    (void)box->tagged.size();
    const auto start = std::chrono::steady_clock::now();
    way(box, items);
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
    return took.count() / static_cast<double>(count);
}

const std::vector<std::pair<const char *, Way>> ways{
    {"add, remove from the front",
     [](const orm::Ref<Box> &box, const Items &items) {
         for (const auto &item : items)
             box.add<&Box::items>(item);
         while (!box->items.empty())
             box.remove<&Box::items>(box->items[0]);
     }},
    {"set the parent, unset it in order",
     [](const orm::Ref<Box> &box, const Items &items) {
         for (const auto &item : items)
             item.set<&Item::box>(box);
         for (const auto &item : items)
             item.set<&Item::box>(nullptr);
     }},
    {"insert at the front, remove from the end",
     [](const orm::Ref<Box> &box, const Items &items) {
         for (const auto &item : items)
             box.insert<&Box::items>(0, item);
         while (!box->items.empty())
             box.remove<&Box::items>(box->items[box->items.size() - 1]);
     }},
    {"N:N, add, remove in order",
     [](const orm::Ref<Box> &box, const Items &items) {
         for (const auto &item : items)
             box.add<&Box::tagged>(item);
         for (const auto &item : items)
             box.remove<&Box::tagged>(item);
     }},
    {"records, add, remove in order", [](const orm::Ref<Box> &box, const Items &items) {
         const orm::Record record(box.state());
         for (const auto &item : items)
             record.addTo("items", orm::Record(item.state()));
         for (const auto &item : items)
             record.removeFrom("items", orm::Record(item.state()));
     }}};

} // namespace

int main(int argc, char **argv)
{
    const long count = argc > 1 ? std::atol(argv[1]) : 100000;
    for (const auto &[name, way] : ways) {
        const double few = timeOf(way, count);
        const double many = timeOf(way, 4 * count);
        std::printf("%-42s %8.2f us %8.2f us  ratio %.2f\n", name, few, many, many / few);
    }
    return 0;
}
