#include "ormcore/session/flush_plan.h"

#include "tests/unit/session/shop.h"

using orm::FlushInput;
using orm::FlushPlan;
using orm::FlushStep;
using orm::State;
using orm::Value;

namespace {

/// Objects without a session and a plan without a database.
class Objects {
public:
    explicit Objects(Shape shape) : m_registry(shape == Shape::Classes ? shopClasses() : tables())
    {
        m_registry.configure();
    }
    ~Objects()
    {
        m_region->forEach([](State &state) { state.life = orm::Life::Transient; });
        m_region->close();
    }
    Objects(const Objects &) = delete;
    Objects &operator=(const Objects &) = delete;

    State &make(const char *table, const std::vector<std::pair<const char *, Value>> &values = {})
    {
        State &state = m_region->create(m_registry.mapper(table));
        state.life = orm::Life::Pending;
        for (const auto &[name, value] : values)
            orm::changeColumn(state, state.mapper->position(name), value);
        return state;
    }
    State &tree(const char *name, State *parent = nullptr)
    {
        State &made = make("trees", {{"name", name}});
        if (parent)
            orm::setParent(made, made.mapper->relationship("parent"), parent);
        return made;
    }

private:
    /// The tables of the classes, as a database says them.
    static orm::Registry tables()
    {
        Shop shop(Shape::Records);
        shop.session.reset();
        return std::move(shop.registry);
    }

    orm::Registry m_registry;
    orm::Region *m_region = new orm::Region; // deletes itself
};

/// "INSERT trees x3" for each step, "UPDATE again" for extra ones.
std::string shapeOf(const FlushPlan &plan)
{
    std::string text;
    for (const FlushStep &step : plan.steps) {
        const char *kinds[] = {"INSERT ", "UPDATE ", "DELETE "};
        text += (text.empty() ? "" : ", ") + std::string(kinds[static_cast<int>(step.kind)]) +
                step.mapper->table().name().name + " x" + std::to_string(step.states.size()) +
                (step.extra ? " again" : "");
    }
    return text;
}

FlushInput inserts(const std::vector<State *> &states)
{
    FlushInput input;
    input.pending = states;
    return input;
}

} // namespace

/// What a flush is going to do, looked at before any database is there.
class FlushPlans : public QObject {
    Q_OBJECT

private slots:
    void nothingToDoIsNoStep();
    void objectsAreBatchedByTheirColumns_data() { bothShapes(); }
    void objectsAreBatchedByTheirColumns();
    void aChainIsOneBatchFromTheRoot_data() { bothShapes(); }
    void aChainIsOneBatchFromTheRoot();
    void aCircleHasOneSecondStatement_data() { bothShapes(); }
    void aCircleHasOneSecondStatement();
    void eachCircleIsCutOnce_data() { bothShapes(); }
    void eachCircleIsCutOnce();
    void theNullOfACircleIsInTheStep_data() { bothShapes(); }
    void theNullOfACircleIsInTheStep();
    void aLongRingNeedsNoRecursion_data() { bothShapes(); }
    void aLongRingNeedsNoRecursion();
};

void FlushPlans::nothingToDoIsNoStep() { QVERIFY(orm::planFlush({}).steps.empty()); }

void FlushPlans::objectsAreBatchedByTheirColumns()
{
    QFETCH(Shape, shape);
    Objects objects(shape);
    std::vector<State *> states;
    for (const char *code : {"a", "b", "c"}) { // alternately with and without a column that has a default
        states.push_back(&objects.make("products", {{"code", code}, {"title", "t"}, {"stock", 1}}));
        states.push_back(&objects.make("products", {{"code", code}, {"title", "t"}}));
    }
    QCOMPARE(shapeOf(planFlush(inserts(states))), std::string("INSERT products x3, INSERT products x3"));
}

void FlushPlans::aChainIsOneBatchFromTheRoot()
{
    QFETCH(Shape, shape);
    Objects objects(shape);
    State &root = objects.tree("root");
    State &branch = objects.tree("branch", &root);
    State &leaf = objects.tree("leaf", &branch);
    const FlushPlan plan = planFlush(inserts({&leaf, &root, &branch}));
    QCOMPARE(shapeOf(plan), std::string("INSERT trees x3"));
    QVERIFY(plan.steps[0].states == (std::vector<State *>{&root, &branch, &leaf}));
}

void FlushPlans::aCircleHasOneSecondStatement()
{
    QFETCH(Shape, shape);
    Objects objects(shape);
    State &a = objects.tree("a");
    State &b = objects.tree("b", &a);
    State &c = objects.tree("c", &b);
    orm::setParent(a, a.mapper->relationship("parent"), &c);
    const FlushPlan plan = planFlush(inserts({&a, &b, &c}));
    QCOMPARE(shapeOf(plan), std::string("INSERT trees x1, INSERT trees x2, UPDATE trees x1 again"));
    QVERIFY(plan.steps[2].states[0] == &a);
}

void FlushPlans::eachCircleIsCutOnce()
{
    QFETCH(Shape, shape);
    Objects objects(shape);
    State &a = objects.tree("a");
    State &b = objects.tree("b", &a);
    orm::setParent(a, a.mapper->relationship("parent"), &b);
    State &c = objects.tree("c");
    State &d = objects.tree("d", &c);
    orm::setParent(c, c.mapper->relationship("parent"), &d);
    const FlushPlan plan = planFlush(inserts({&d, &b, &a, &c}));
    QCOMPARE(plan.steps.back().states.size(), std::size_t{2});
    QVERIFY(plan.steps.back().extra);
}

void FlushPlans::theNullOfACircleIsInTheStep()
{
    QFETCH(Shape, shape);
    Objects objects(shape);
    State &a = objects.tree("a");
    State &b = objects.tree("b", &a);
    orm::setParent(a, a.mapper->relationship("parent"), &b);
    const FlushPlan plan = planFlush(inserts({&a, &b}));
    const std::size_t key = a.mapper->position("parent_id");
    QVERIFY(plan.steps[0].columns.contains(key) && plan.steps[0].nulls.contains(key));
    QVERIFY(plan.steps[1].columns.contains(key) && plan.steps[1].nulls.empty());
    QVERIFY(plan.steps[2].columns.contains(key) && plan.steps[2].nulls.empty());
}

void FlushPlans::aLongRingNeedsNoRecursion()
{
    QFETCH(Shape, shape);
    Objects objects(shape);
    std::vector<State *> states{&objects.tree("t")};
    for (int i = 1; i < 200000; ++i)
        states.push_back(&objects.tree("t", states.back()));
    orm::setParent(*states.front(), states.front()->mapper->relationship("parent"), states.back());
    std::reverse(states.begin(), states.end());
    const FlushPlan plan = planFlush(inserts(states));
    QCOMPARE(plan.steps.back().states.size(), std::size_t{1});
    QVERIFY(plan.steps.back().extra);
}

QTEST_APPLESS_MAIN(FlushPlans)
#include "tst_flush_plan.moc"
