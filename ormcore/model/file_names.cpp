#include "ormcore/model/file_names.h"

#include "ormcore/model/names.h"

#include <algorithm>
#include <array>

namespace orm::model {

namespace {

constexpr std::size_t kLongest = 120; // bytes, well below the 255 of most file systems

bool isReserved(std::string_view name)
{
    constexpr std::array<std::string_view, 4> devices{"con", "prn", "aux", "nul"};
    const std::string stem = lowerName(name.substr(0, name.find('.')));
    if (std::find(devices.begin(), devices.end(), stem) != devices.end())
        return true;
    return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && isDigit(stem[3]);
}

void appendEscaped(std::string &text, char c)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    text.append({'%', digits[byte >> 4U], digits[byte & 0xFU]});
}

struct Wish {
    std::uint64_t id = 0;
    std::string folder;
    std::string name;
};

/// The wished paths, told apart where they would meet.
std::map<std::uint64_t, std::string> distinct(const std::vector<Wish> &wishes, const std::string &extension)
{
    std::map<std::string, int> meeting;
    for (const Wish &wish : wishes)
        ++meeting[lowerName(wish.folder + wish.name)];
    std::map<std::uint64_t, std::string> paths;
    for (const Wish &wish : wishes) {
        const bool alone = meeting[lowerName(wish.folder + wish.name)] == 1 && wish.name.size() <= kLongest;
        paths[wish.id] = wish.folder + wish.name.substr(0, kLongest) + (alone ? "" : "~" + idText(wish.id)) + extension;
    }
    return paths;
}

} // namespace

std::string fileName(std::string_view name)
{
    if (name.empty())
        return "%";
    const bool reserved = isReserved(name);
    std::string text;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool letter = isDigit(c) || (lowerAscii(c) >= 'a' && lowerAscii(c) <= 'z') || c == '_' || c == '-';
        const bool innerDot = c == '.' && i > 0 && i + 1 < name.size();
        if ((letter || innerDot) && !(reserved && i == 0))
            text.push_back(c);
        else
            appendEscaped(text, c);
    }
    return text;
}

ModelPaths pathsOf(const Model &model)
{
    ModelPaths paths;
    paths.model = fileName(model.info().name).substr(0, kLongest) + ".cormorant";
    std::vector<Wish> wishes;
    for (const auto &[id, entity] : model.entities()) {
        const std::string schema = entity->schema.empty() ? "main" : fileName(entity->schema).substr(0, kLongest);
        wishes.push_back({id.value, "model/" + schema + "/", fileName(entity->name)});
    }
    for (auto &[id, path] : distinct(wishes, ".ent"))
        paths.entities.emplace(EntityId{id}, path);
    wishes.clear();
    for (const auto &[id, diagram] : model.diagrams())
        wishes.push_back({id.value, "diagrams/", fileName(diagram.name)});
    for (auto &[id, path] : distinct(wishes, ".diagram"))
        paths.diagrams.emplace(DiagramId{id}, path);
    return paths;
}

} // namespace orm::model
