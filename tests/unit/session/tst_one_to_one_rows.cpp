#include "tests/unit/session/world.h"

using orm::Loading;
using orm::Record;
using orm::Value;

namespace {

/// A captain belongs to one ship; nothing in the database says that no two may.
struct Ship;
struct Captain {
    std::int64_t id{};
    std::optional<std::int64_t> shipId{};
    orm::One<Ship> ship{};
};
struct Ship {
    std::int64_t id{};
    orm::One<Captain> captain{};
};

template <Loading How> orm::Registry ships()
{
    orm::Registry registry;
    registry.map<Ship>("ships")
        .column<&Ship::id>("id", orm::primaryKey)
        .one<&Ship::captain>(orm::backPopulates<&Captain::ship>, orm::lazy(How));
    registry.map<Captain>("captains")
        .column<&Captain::id>("id", orm::primaryKey)
        .column<&Captain::shipId>("ship_id", orm::references("ships.id"))
        .one<&Captain::ship>(orm::backPopulates<&Ship::captain>);
    return registry;
}

template <Loading How> void shipRecords(orm::Registry &registry)
{
    registry.record("ships").one("captain", "captains", orm::lazy(How));
    registry.record("captains").one("ship", "ships");
}

World::Classes classesLoadedBy(Loading how)
{
    return how == Loading::Joined     ? ships<Loading::Joined>
           : how == Loading::SelectIn ? ships<Loading::SelectIn>
           : how == Loading::Subquery ? ships<Loading::Subquery>
                                      : ships<Loading::Select>;
}

World::Records recordsLoadedBy(Loading how)
{
    return how == Loading::Joined     ? shipRecords<Loading::Joined>
           : how == Loading::SelectIn ? shipRecords<Loading::SelectIn>
           : how == Loading::Subquery ? shipRecords<Loading::Subquery>
                                      : shipRecords<Loading::Select>;
}

/// Two captains of one ship, and one of another.
struct Fleet : World {
    Fleet(Shape shape, Loading how) : World(shape, classesLoadedBy(how), recordsLoadedBy(how), {.autoflush = false})
    {
        for (int i = 0; i < 2; ++i)
            (void)add("ships");
        session->flush();
        for (const int ship : {1, 1, 2})
            (void)add("captains", {{"ship_id", ship}});
        session->commit();
        session->expungeAll();
    }
    Record captainOf(int ship)
    {
        orm::Select query = orm::select(table("ships"));
        query.where(orm::Expression(table("ships").column("id")) == Value(ship));
        return session->all(query).at(0).related("captain");
    }
};

} // namespace

/// A 1:1 whose rows are more than one.
class OneToOneRows : public QObject {
    Q_OBJECT

private slots:
    void aSecondRowIsRefused_data();
    void aSecondRowIsRefused();
    void whatMovedAwayInMemoryIsNoSecondRow_data() { aSecondRowIsRefused_data(); }
    void whatMovedAwayInMemoryIsNoSecondRow();
};

void OneToOneRows::aSecondRowIsRefused_data()
{
    QTest::addColumn<Shape>("shape");
    QTest::addColumn<int>("how");
    for (const Shape shape : {Shape::Classes, Shape::Records})
        for (const auto &[name, how] : {std::pair{"select", Loading::Select}, std::pair{"selectin", Loading::SelectIn},
                                        std::pair{"subquery", Loading::Subquery}, std::pair{"joined", Loading::Joined}})
            QTest::addRow("%s, %s", shape == Shape::Classes ? "classes" : "records", name)
                << shape << static_cast<int>(how);
}

void OneToOneRows::aSecondRowIsRefused()
{
    QFETCH(Shape, shape);
    QFETCH(int, how);
    Fleet fleet(shape, static_cast<Loading>(how));
    const std::string why = messageOf<orm::MultipleResults>([&] { (void)fleet.captainOf(1); });
    QVERIFY2(why.find("more than one row") != std::string::npos, why.c_str());
    THROWS((void)fleet.captainOf(1), orm::MultipleResults); // it is not half loaded now
    QVERIFY(fleet.captainOf(2).get("id") == Value(3));
}

void OneToOneRows::whatMovedAwayInMemoryIsNoSecondRow()
{
    QFETCH(Shape, shape);
    QFETCH(int, how);
    Fleet fleet(shape, static_cast<Loading>(how));
    const Record first = fleet.get("captains", 1);
    first.setRelated("ship", {});
    QVERIFY(fleet.captainOf(1).get("id") == Value(2));
}

QTEST_APPLESS_MAIN(OneToOneRows)
#include "tst_one_to_one_rows.moc"
