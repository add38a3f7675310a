#include "ormcore/mapping/object_list.h"
#include "ormcore/mapping/state.h"

#include <QTest>

#include <algorithm>
#include <random>

using orm::ObjectList;
using orm::State;

/// An ordered list of objects, each once: the same as an array does, however long it is.
class ObjectLists : public QObject {
    Q_OBJECT

private slots:
    void behavesAsAnArray_data();
    void behavesAsAnArray();
    void keepsOrderThroughInsertionsAtTheFront();
    void isReadBackwardsAndForwards();
    void aDrainedListCanBeFilledAgain();
    void takingItAsAnArrayEmptiesIt();
};

namespace {

std::vector<State *> content(const ObjectList &list)
{
    std::vector<State *> states;
    for (State *state : list)
        states.push_back(state);
    return states;
}

} // namespace

void ObjectLists::behavesAsAnArray_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {3, 60, 70, 600, 5000})
        QTest::addRow("%d", size) << size;
}

void ObjectLists::behavesAsAnArray()
{
    QFETCH(int, size);
    std::vector<State> pool(static_cast<std::size_t>(size));
    std::vector<State *> expected;
    ObjectList list;
    std::mt19937 random(static_cast<unsigned>(size));
    const auto below = [&](std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
    };
    for (int step = 0; step < 6 * size; ++step) {
        State &state = pool[below(pool.size())];
        const auto found = std::find(expected.begin(), expected.end(), &state);
        const bool there = found != expected.end();
        QCOMPARE(list.contains(state), there);
        switch (below(3)) {
        case 0:
            QCOMPARE(list.add(state), !there);
            if (!there)
                expected.push_back(&state);
            break;
        case 1:
            if (there)
                break;
            {
                const std::size_t position = below(expected.size() + 1);
                list.insert(position, state);
                expected.insert(expected.begin() + static_cast<std::ptrdiff_t>(position), &state);
            }
            break;
        default:
            QCOMPARE(list.remove(state), there);
            if (there)
                expected.erase(found);
        }
        QCOMPARE(list.size(), expected.size());
        if (!expected.empty()) {
            const std::size_t position = below(expected.size());
            QVERIFY(list[position] == expected[position]);
        }
    }
    QVERIFY(content(list) == expected);
}

void ObjectLists::keepsOrderThroughInsertionsAtTheFront()
{
    std::vector<State> pool(3000);
    ObjectList list;
    for (State &state : pool)
        list.insert(0, state);
    for (std::size_t i = 0; i < pool.size(); ++i)
        QVERIFY(list[i] == &pool[pool.size() - 1 - i]);
}

void ObjectLists::isReadBackwardsAndForwards()
{
    std::vector<State> pool(3000);
    ObjectList list;
    for (State &state : pool)
        (void)list.add(state);
    for (std::size_t i = pool.size(); i-- > 0;)
        QVERIFY(list[i] == &pool[i]);
    QVERIFY(list.remove(pool[0]));
    for (std::size_t i = 1; i < pool.size(); ++i)
        QVERIFY(list[i - 1] == &pool[i]);
}

void ObjectLists::aDrainedListCanBeFilledAgain()
{
    std::vector<State> pool(2000);
    ObjectList list;
    for (int round = 0; round < 2; ++round) {
        for (State &state : pool)
            (void)list.add(state);
        while (!list.empty())
            QVERIFY(list.remove(*list[0]));
        QVERIFY(list.begin() == list.end());
    }
    (void)list.add(pool[7]);
    QVERIFY(content(list) == std::vector<State *>{&pool[7]});
}

void ObjectLists::takingItAsAnArrayEmptiesIt()
{
    std::vector<State> pool(200);
    ObjectList list;
    for (State &state : pool)
        (void)list.add(state);
    const std::vector<State *> taken = list.take();
    QCOMPARE(taken.size(), pool.size());
    QVERIFY(taken.back() == &pool.back());
    QVERIFY(list.empty());
    QVERIFY(!list.contains(pool[0]));
}

QTEST_APPLESS_MAIN(ObjectLists)
#include "tst_object_list.moc"
