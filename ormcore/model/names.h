#pragma once

#include "ormcore/base/text.h"

#include <functional>
#include <string>
#include <string_view>

namespace orm::model {

class Model;

/// Whether a database may take two names for one: equal but for the case of ASCII letters.
[[nodiscard]] inline bool sameName(std::string_view a, std::string_view b) noexcept { return equalsIgnoringCase(a, b); }
[[nodiscard]] inline std::string lowerName(std::string_view name) { return lowerAscii(name); }

/// How a model writes names of several words.
enum class NameStyle { Snake, Camel };
/// The style that most of the model's names have; Snake where nothing tells.
[[nodiscard]] NameStyle nameStyle(const Model &model);
/// "order" + "item": order_item, OrderItem.
[[nodiscard]] std::string joinNames(std::string_view a, std::string_view b, NameStyle style);
/// "customers": customer, "categories": category, "address": address. Good enough to name a column after a table.
[[nodiscard]] std::string singular(std::string_view name);
/// base, or base with the first number that makes it free: item_2, Item2.
[[nodiscard]] std::string freeName(const std::string &base, NameStyle style,
                                   const std::function<bool(const std::string &)> &taken);

} // namespace orm::model
