#include "tests/property/generators.h"

#include <algorithm>
#include <cstdlib>

namespace property {

namespace {

using rc::gen::build;
using rc::gen::inRange;
using rc::gen::set;

/// Mostly false.
rc::Gen<bool> seldom() { return rc::gen::weightedElement<bool>({{3, false}, {1, true}}); }

template <class T> rc::Gen<std::vector<T>> upTo(int count, rc::Gen<T> element)
{
    return rc::gen::resize(count, rc::gen::container<std::vector<T>>(std::move(element)));
}

rc::Gen<ModelClass> anyClass()
{
    const auto column = build<ModelColumn>(set(&ModelColumn::required, seldom()), set(&ModelColumn::unique, seldom()));
    return build<ModelClass>(set(&ModelClass::key, rc::gen::element(KeyKind::Generated, KeyKind::Text, KeyKind::Pair)),
                             set(&ModelClass::columns, upTo(3, column)));
}

rc::Gen<ModelRelation> anyRelation()
{
    return build<ModelRelation>(set(&ModelRelation::child, inRange(0, 6)), set(&ModelRelation::parent, inRange(0, 6)),
                                set(&ModelRelation::one, seldom()), set(&ModelRelation::unique, seldom()),
                                set(&ModelRelation::required, seldom()),
                                set(&ModelRelation::cascade, rc::gen::element(Cascade::Nullify, Cascade::Delete,
                                                                              Cascade::Orphan, Cascade::Server)),
                                set(&ModelRelation::action, rc::gen::element(ServerAction::Refuse, ServerAction::Delete,
                                                                             ServerAction::SetNull)));
}

constexpr std::pair<std::size_t, Op> kWeights[] = {
    {3, Op::Check},    {8, Op::Add},   {6, Op::Set},      {5, Op::Link},        {5, Op::Append},
    {2, Op::Unlink},   {2, Op::Take},  {3, Op::Remove},   {4, Op::Flush},       {2, Op::Commit},
    {2, Op::Rollback}, {2, Op::Drop},  {2, Op::Readd},    {1, Op::SetKey},      {2, Op::Savepoint},
    {1, Op::Release},  {2, Op::Back},  {2, Op::Expire},   {1, Op::Refresh},     {1, Op::ExpireAll},
    {2, Op::Get},      {2, Op::Query}, {1, Op::OtherSet}, {1, Op::OtherRemove}, {1, Op::Sweep},
};

/// CORMORANT_STEPS="add;flush;…" draws from these only.
rc::Gen<Op> anyOp()
{
    const char *only = std::getenv("CORMORANT_STEPS");
    std::vector<Op> choices;
    std::string lines = only ? only : "";
    std::replace(lines.begin(), lines.end(), ';', '\n');
    const Steps wanted = readSteps(lines);
    for (const auto &[weight, op] : kWeights)
        if (!only || std::any_of(wanted.begin(), wanted.end(), [&](const Step &step) { return step.op == op; }))
            choices.insert(choices.end(), weight, op);
    return rc::gen::elementOf(std::move(choices));
}

rc::Gen<Step> anyStep()
{
    return build<Step>(set(&Step::op, anyOp()),
                       set(&Step::numbers, rc::gen::container<std::array<int, 4>>(inRange(0, 2048))));
}

} // namespace

rc::Gen<Model> anyModel()
{
    return rc::gen::map(build<Model>(set(&Model::autoflush, seldom()), set(&Model::expireOnCommit, seldom()),
                                     set(&Model::classes, upTo(6, anyClass())),
                                     set(&Model::relations, upTo(6, anyRelation()))),
                        sane);
}

rc::Gen<Steps> anySteps() { return upTo(40, anyStep()); }

void showValue(const Model &model, std::ostream &out) { out << toText(model); }
void showValue(const Steps &steps, std::ostream &out) { out << toText(steps); }

} // namespace property
