#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace orm {

/// A set of column positions. Up to 64 columns cost no allocation.
class ColumnSet {
public:
    void insert(std::size_t position)
    {
        if (position < 64) {
            m_first |= bit(position);
            return;
        }
        const std::size_t word = position / 64 - 1;
        if (m_rest.size() <= word)
            m_rest.resize(word + 1);
        m_rest[word] |= bit(position);
    }
    void erase(std::size_t position)
    {
        if (position < 64)
            m_first &= ~bit(position);
        else if (const std::size_t word = position / 64 - 1; word < m_rest.size()) {
            m_rest[word] &= ~bit(position);
            while (!m_rest.empty() && m_rest.back() == 0) // so that equal sets compare equal
                m_rest.pop_back();
        }
    }
    [[nodiscard]] bool contains(std::size_t position) const
    {
        if (position < 64)
            return (m_first & bit(position)) != 0;
        const std::size_t word = position / 64 - 1;
        return word < m_rest.size() && (m_rest[word] & bit(position)) != 0;
    }
    [[nodiscard]] bool empty() const noexcept { return m_first == 0 && m_rest.empty(); }
    void clear()
    {
        m_first = 0;
        m_rest.clear();
    }
    /// Calls visitor(position) in ascending order.
    template <class Visitor> void forEach(Visitor visitor) const
    {
        each(m_first, 0, visitor);
        for (std::size_t word = 0; word < m_rest.size(); ++word)
            each(m_rest[word], (word + 1) * 64, visitor);
    }
    friend ColumnSet operator&(const ColumnSet &a, const ColumnSet &b)
    {
        ColumnSet both;
        a.forEach([&](std::size_t position) {
            if (b.contains(position))
                both.insert(position);
        });
        return both;
    }
    auto operator<=>(const ColumnSet &) const = default;

private:
    static constexpr std::uint64_t bit(std::size_t position) { return std::uint64_t{1} << (position % 64); }
    template <class Visitor> static void each(std::uint64_t word, std::size_t base, Visitor &visitor)
    {
        for (; word != 0; word &= word - 1)
            visitor(base + static_cast<std::size_t>(std::countr_zero(word)));
    }

    std::uint64_t m_first = 0;
    std::vector<std::uint64_t> m_rest;
};

} // namespace orm
