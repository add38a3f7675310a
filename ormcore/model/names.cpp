#include "ormcore/model/names.h"

#include "ormcore/model/model.h"

#include <algorithm>

namespace orm::model {

namespace {

constexpr char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
constexpr bool isLower(char c) noexcept { return c >= 'a' && c <= 'z'; }
constexpr bool isUpper(char c) noexcept { return c >= 'A' && c <= 'Z'; }

bool isCamel(std::string_view name)
{
    return name.find('_') == std::string_view::npos && std::any_of(name.begin(), name.end(), isUpper) &&
           std::any_of(name.begin(), name.end(), isLower);
}

} // namespace

NameStyle nameStyle(const Model &model)
{
    std::size_t camel = 0;
    std::size_t snake = 0;
    const auto count = [&](std::string_view name) { ++(isCamel(name) ? camel : snake); };
    for (const auto &[id, entity] : model.entities()) {
        count(entity->name);
        for (const Attribute &attribute : entity->attributes)
            count(attribute.name);
    }
    return camel > snake ? NameStyle::Camel : NameStyle::Snake;
}

std::string joinNames(std::string_view a, std::string_view b, NameStyle style)
{
    if (a.empty() || b.empty())
        return std::string(a.empty() ? b : a);
    std::string text(a);
    if (style == NameStyle::Snake) {
        text.push_back('_');
        return text.append(b);
    }
    text.front() = upper(text.front());
    text.push_back(upper(b.front()));
    return text.append(b.substr(1));
}

std::string singular(std::string_view name)
{
    const std::string folded = lowerName(name);
    const std::string_view text = folded;
    const auto cut = [&](std::size_t letters) { return std::string(name.substr(0, name.size() - letters)); };
    if (name.size() < 4 || !text.ends_with('s') || text.ends_with("ss") || text.ends_with("us") || text.ends_with("is"))
        return std::string(name);
    if (text.ends_with("ies") && name.size() > 4)
        return cut(3) + (isUpper(name.back()) ? 'Y' : 'y');
    if (text.ends_with("sses") || text.ends_with("xes") || text.ends_with("ches") || text.ends_with("shes"))
        return cut(2);
    return cut(1);
}

std::string freeName(const std::string &base, NameStyle style, const std::function<bool(const std::string &)> &taken)
{
    std::string name = base;
    for (int number = 2; taken(name); ++number)
        name = base + (style == NameStyle::Snake ? "_" : "") + std::to_string(number);
    return name;
}

} // namespace orm::model
