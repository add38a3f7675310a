#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace orm::codegen {

/// The words of a name: "order_item", "OrderItem" and "ORDER ITEM" have two. Letters of the Latin alphabets lose their
/// accents; what cannot stand in an identifier separates words.
[[nodiscard]] std::vector<std::string> wordsOf(std::string_view name);
[[nodiscard]] std::string upperCamel(std::string_view name); ///< OrderItem; never a keyword, never empty
[[nodiscard]] std::string lowerCamel(std::string_view name); ///< orderItem; a keyword gets an underscore behind it
[[nodiscard]] std::string snake(std::string_view name);      ///< order_item
[[nodiscard]] std::string plural(std::string_view word);     ///< album: albums, category: categories, orders: orders
/// name itself if it is an identifier that C++ leaves to us, else the nearest one.
[[nodiscard]] std::string identifier(std::string_view name);
/// text as a string literal with its quotation marks.
[[nodiscard]] std::string stringLiteral(std::string_view text);

/// Names in one scope: each is given once.
class Scope {
public:
    void reserve(const std::string &name) { m_taken.insert(name); }
    [[nodiscard]] bool has(const std::string &name) const { return m_taken.count(name) != 0; }
    /// The first of the wishes that is free, else the last with a number.
    std::string take(const std::vector<std::string> &wishes);

private:
    std::set<std::string> m_taken;
};

} // namespace orm::codegen
