#include "ormcore/mapping/row_layout.h"

#include "ormcore/base/error.h"

#include <algorithm>
#include <iterator>

namespace orm {

const RowLayout::Class *RowLayout::find(const Value &identity) const noexcept
{
    const auto found =
        std::find_if(classes.begin(), classes.end(), [&](const Class &entry) { return entry.identity == identity; });
    return found == classes.end() ? nullptr : &*found;
}

const RowLayout::Class &RowLayout::of(const Mapper &wanted) const noexcept
{
    return *std::find_if(classes.begin(), classes.end(), [&](const Class &entry) { return entry.mapper == &wanted; });
}

namespace {

/// The number of columns that a class has from its base.
std::size_t inherited(const Mapper &mapper) { return mapper.hierarchy().base->columns().size(); }

bool isRead(const Mapper &mapper, const Mapper &subclass)
{
    const auto &tables = mapper.hierarchy().tables;
    return std::any_of(tables.begin(), tables.end(),
                       [&](const MappedTable &part) { return part.table == &subclass.table(); });
}

RowLayout::Class placesOf(const RowLayout &layout, const std::vector<std::size_t> &starts, const Mapper &mapper)
{
    RowLayout::Class made;
    made.mapper = &mapper;
    made.identity = mapper.hierarchy().identity;
    made.places.assign(mapper.columns().size(), -1);
    made.selectIn = mapper.hierarchy().load == PolymorphicLoad::SelectIn;
    std::size_t end = mapper.columns().size();
    for (const Mapper *level = &mapper; level != layout.mapper; level = level->hierarchy().base) {
        const auto found = std::find(layout.extra.begin(), layout.extra.end(), level);
        const std::size_t begin = inherited(*level);
        if (found == layout.extra.end())
            made.complete = made.complete && begin == end;
        else
            for (std::size_t i = begin; i < end; ++i)
                made.places[i] =
                    static_cast<int>(starts[static_cast<std::size_t>(found - layout.extra.begin())] + i - begin);
        end = begin;
    }
    for (std::size_t i = 0; i < end; ++i)
        made.places[i] = static_cast<int>(i);
    return made;
}

} // namespace

RowLayout rowLayout(const Mapper &mapper, const std::vector<const Mapper *> &with,
                    const std::vector<const Mapper *> &selectIn)
{
    RowLayout layout;
    layout.mapper = &mapper;
    layout.size = mapper.columns().size();
    if (mapper.isPolymorphic()) {
        layout.discriminator = *mapper.hierarchy().discriminator;
        layout.discriminatorType = mapper.columns()[*mapper.hierarchy().discriminator].column->type;
    }
    std::vector<std::size_t> starts;
    const auto &subclasses = mapper.hierarchy().subclasses;
    for (const Mapper *subclass : subclasses) {
        const bool wanted =
            std::any_of(with.begin(), with.end(), [&](const Mapper *named) { return named->isKindOf(*subclass); });
        if (!wanted && !isRead(mapper, *subclass))
            continue;
        layout.extra.push_back(subclass);
        starts.push_back(layout.size);
        layout.size += subclass->columns().size() - inherited(*subclass);
    }
    layout.classes.push_back(placesOf(layout, starts, mapper));
    for (const Mapper *subclass : subclasses)
        layout.classes.push_back(placesOf(layout, starts, *subclass));
    for (RowLayout::Class &entry : layout.classes)
        entry.selectIn = entry.selectIn || std::any_of(selectIn.begin(), selectIn.end(), [&](const Mapper *named) {
                             return entry.mapper->isKindOf(*named);
                         });
    return layout;
}

RowLayout unionLayout(const Mapper &mapper, const std::vector<const Mapper *> &with,
                      const std::vector<const Mapper *> &selectIn)
{
    const auto isWanted = [&](const Mapper *concrete) {
        return std::any_of(with.begin(), with.end(), [&](const Mapper *named) { return named->isKindOf(*concrete); });
    };
    std::vector<const Mapper *> bases{&mapper};
    std::copy_if(mapper.hierarchy().concretes.begin(), mapper.hierarchy().concretes.end(), std::back_inserter(bases),
                 isWanted);
    if (bases.size() == 1)
        return rowLayout(mapper, with, selectIn);
    RowLayout layout;
    layout.mapper = &mapper;
    const int common = static_cast<int>(mapper.columns().size());
    int next = common;
    for (const Mapper *base : bases) {
        RowLayout member = rowLayout(*base, with, selectIn);
        const auto move = [&](int &place) { place += place < common ? 0 : next - common; };
        for (RowLayout::Class &entry : member.classes)
            std::for_each(entry.places.begin(), entry.places.end(), move);
        move(member.discriminator);
        next += static_cast<int>(member.size) - common;
        layout.members.push_back(std::move(member));
    }
    layout.size = static_cast<std::size_t>(next);
    layout.discriminator = next;
    layout.discriminatorType = Integer();
    return layout;
}

std::vector<const Mapper *> classesBelow(const Mapper &mapper, const std::vector<std::string> &names)
{
    std::vector<const Mapper *> below = mapper.hierarchy().subclasses;
    for (const Mapper *concrete : mapper.hierarchy().concretes) {
        below.push_back(concrete);
        below.insert(below.end(), concrete->hierarchy().subclasses.begin(), concrete->hierarchy().subclasses.end());
    }
    std::vector<const Mapper *> found;
    for (const std::string &name : names) {
        const std::size_t before = found.size();
        std::copy_if(below.begin(), below.end(), std::back_inserter(found), [&](const Mapper *subclass) {
            return name == "*" || subclass->name() == name || subclass->typeName() == name;
        });
        if (found.size() == before)
            throw Argument("no class called " + name + " inherits from " + mapper.name());
    }
    return found;
}

RowLayout rowLayout(const Mapper &mapper)
{
    std::vector<const Mapper *> with;
    for (const Mapper *subclass : mapper.hierarchy().subclasses)
        if (subclass->hierarchy().load == PolymorphicLoad::Inline)
            with.push_back(subclass);
    return rowLayout(mapper, with);
}

} // namespace orm
