#include "ormcore/sql/statement.h"

#include <algorithm>

namespace orm {

namespace {

bool same(const Select &a, const Select &b);
bool same(const Expression &a, const Expression &b);
bool same(const Join &a, const Join &b);
bool same(const CommonTable &a, const CommonTable &b);
bool same(const Compound &a, const Compound &b);
bool same(const std::pair<const Column *, Expression> &a, const std::pair<const Column *, Expression> &b);

bool same(const std::shared_ptr<const Select> &a, const std::shared_ptr<const Select> &b)
{
    return a == b || (a != nullptr && b != nullptr && same(*a, *b));
}

template <class Item> bool sameItems(const std::vector<Item> &a, const std::vector<Item> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Item &x, const Item &y) { return same(x, y); });
}

bool same(const Join &a, const Join &b) { return a.source == b.source && a.kind == b.kind && same(a.on, b.on); }

bool same(const CommonTable &a, const CommonTable &b)
{
    return a.name == b.name && a.recursive == b.recursive && same(a.select, b.select);
}

bool same(const Compound &a, const Compound &b) { return a.kind == b.kind && same(a.select, b.select); }

bool sameBind(const Node &a, const Node &b)
{
    if (a.value.isNull() != b.value.isNull() || a.type.kind != b.type.kind ||
        (a.type.kind != TypeKind::Unknown && !(a.type == b.type)))
        return false;
    return a.column != nullptr || a.type.kind != TypeKind::Unknown || a.value.kind() == b.value.kind();
}

bool sameTextValues(const Node &a, const Node &b)
{
    return a.names == b.names && std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(),
                                            [](const Value &x, const Value &y) { return x.kind() == y.kind(); });
}

bool same(const Expression &a, const Expression &b)
{
    if (a.pointer() == b.pointer())
        return true;
    if (a.empty() || b.empty())
        return false;
    const Node &x = a.node();
    const Node &y = b.node();
    if (x.kind != y.kind || x.op != y.op || x.column != y.column || x.alias != y.alias || x.name != y.name)
        return false;
    switch (x.kind) {
    case NodeKind::Column:
        return true;
    case NodeKind::Bind:
        return sameBind(x, y);
    case NodeKind::BindList:
        return true;
    case NodeKind::Literal:
        return x.value == y.value;
    case NodeKind::Text:
        return sameTextValues(x, y);
    case NodeKind::Cast:
        return x.type == y.type && sameItems(x.args, y.args);
    default:
        return same(x.select, y.select) && sameItems(x.args, y.args);
    }
}

bool same(const Select &a, const Select &b)
{
    return a.rowLimit.has_value() == b.rowLimit.has_value() && a.rowOffset.has_value() == b.rowOffset.has_value() &&
           a.isDistinct == b.isDistinct && a.sources == b.sources && a.innerAlias == b.innerAlias &&
           sameItems(a.columnList, b.columnList) && same(a.inner, b.inner) && sameItems(a.joins, b.joins) &&
           same(a.condition, b.condition) && sameItems(a.groups, b.groups) &&
           same(a.groupCondition, b.groupCondition) && sameItems(a.orders, b.orders) &&
           sameItems(a.commonTables, b.commonTables) && sameItems(a.compounds, b.compounds);
}

bool same(const Insert &a, const Insert &b)
{
    return a.table == b.table && a.columns == b.columns && a.returning == b.returning && sameItems(a.values, b.values);
}

bool same(const std::pair<const Column *, Expression> &a, const std::pair<const Column *, Expression> &b)
{
    return a.first == b.first && same(a.second, b.second);
}

bool same(const Update &a, const Update &b)
{
    return a.table == b.table && a.returning == b.returning && sameItems(a.assignments, b.assignments) &&
           same(a.condition, b.condition);
}

bool same(const Delete &a, const Delete &b) { return a.table == b.table && same(a.condition, b.condition); }

bool same(const TextStatement &a, const TextStatement &b) { return same(a.text, b.text); }

} // namespace

bool sameStructure(const Statement &a, const Statement &b)
{
    if (a.index() != b.index())
        return false;
    return std::visit([&b](const auto &part) { return same(part, std::get<std::remove_cvref_t<decltype(part)>>(b)); },
                      a);
}

} // namespace orm
