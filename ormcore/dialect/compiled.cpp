#include "ormcore/base/error.h"
#include "ormcore/dialect/dialect.h"

#include <algorithm>
#include <bit>

namespace orm {

namespace {

// What an empty list is: IN finds nothing in it, NOT IN everything.
constexpr std::string_view kNothing = "(SELECT NULL WHERE 1 = 0)";

std::size_t paddedSize(std::size_t size, std::size_t maximum)
{
    const std::size_t padded = std::bit_ceil(size);
    return padded <= maximum ? padded : size;
}

} // namespace

void Compiled::expand(std::span<const Value> values, std::string &expandedSql, std::vector<Value> &flat,
                      std::vector<const Type *> &types) const
{
    if (values.size() != binds.size())
        throw Argument("the statement has " + std::to_string(binds.size()) + " parameters, not " +
                       std::to_string(values.size()));
    expandedSql.clear();
    flat.clear();
    types.clear();
    std::size_t written = 0;
    std::size_t marker = 0;
    for (std::size_t i = 0; i < binds.size(); ++i) {
        const BindSlot &slot = binds[i];
        if (!slot.expanding) {
            flat.push_back(values[i]);
            types.push_back(&slot.type);
            continue;
        }
        expandedSql.append(sql, written, markers[marker] - written);
        written = markers[marker++];
        const std::span<const Value> elements = values[i].asArray();
        if (elements.empty()) {
            expandedSql += kNothing;
            continue;
        }
        const std::size_t width = std::max<std::size_t>(slot.parts.size(), 1);
        const std::size_t size = paddedSize(elements.size(), maximumBinds / width);
        expandedSql += slot.parts.empty() ? "(" : "(" + tuplePrefix;
        for (std::size_t k = 0; k < size; ++k) {
            const Value &element = elements[std::min(k, elements.size() - 1)];
            expandedSql += k > 0 ? ", " : "";
            if (slot.parts.empty()) {
                expandedSql += placeholder;
                flat.push_back(element);
                types.push_back(&slot.type);
                continue;
            }
            if (element.kind() != ValueKind::Array || element.asArray().size() != width)
                throw Argument("a list of tuples has an element of another size");
            for (std::size_t part = 0; part < width; ++part) {
                expandedSql += (part == 0 ? "(" : ", ") + placeholder;
                flat.push_back(element.asArray()[part]);
                types.push_back(&slot.parts[part]);
            }
            expandedSql += ")";
        }
        expandedSql += ")";
    }
    expandedSql.append(sql, written);
}

} // namespace orm
