#pragma once

#include <cstddef>
#include <memory>
#include <unordered_map>
#include <vector>

namespace orm {

struct State;

/// Objects in an order, each once.
///
/// A list that is only filled and read is an array, and so is a short one that is searched. A longer one, from its
/// first search on, is an array of blocks with an index that tells an object's block: from then on it takes no longer
/// to find, put in or take out an object of a hundred thousand than of a hundred. Reading by position starts where the
/// last such read ended.
///
/// Thread: its session's.
class ObjectList {
    struct Block {
        std::size_t ordinal = 0;
        std::vector<State *> items;
    };
    struct Blocks {
        std::vector<std::unique_ptr<Block>> all; ///< none is empty
        std::unordered_map<const State *, Block *> home;
        std::size_t size = 0;
        std::size_t lastRead = 0; ///< a block …
        std::size_t before = 0;   ///< … and how many objects are in those before it
    };

public:
    class Iterator {
    public:
        Iterator(const Blocks *blocks, std::size_t block, State *const *at, State *const *end) noexcept
            : m_blocks(blocks), m_block(block), m_at(at), m_end(end)
        {
        }
        State *operator*() const noexcept { return *m_at; }
        Iterator &operator++() noexcept
        {
            if (++m_at == m_end && m_blocks && m_block + 1 < m_blocks->all.size()) [[unlikely]] {
                const std::vector<State *> &next = m_blocks->all[++m_block]->items;
                m_at = next.data();
                m_end = m_at + next.size();
            }
            return *this;
        }
        bool operator==(const Iterator &other) const noexcept { return m_at == other.m_at; }

    private:
        const Blocks *m_blocks;
        std::size_t m_block;
        State *const *m_at;
        State *const *m_end;
    };

    ObjectList() noexcept = default;
    explicit ObjectList(std::vector<State *> items) noexcept : m_items(std::move(items)) {}

    [[nodiscard]] std::size_t size() const noexcept { return m_blocks ? m_blocks->size : m_items.size(); }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }
    [[nodiscard]] State *operator[](std::size_t position) const noexcept
    {
        return m_blocks ? inBlocks(position) : m_items[position];
    }
    [[nodiscard]] Iterator begin() const noexcept;
    [[nodiscard]] Iterator end() const noexcept;
    [[nodiscard]] bool contains(const State &state);
    void append(State &state);                       ///< which is not in the list
    bool add(State &state);                          ///< at the end; false: it is there already
    void insert(std::size_t position, State &state); ///< which is not in the list; a position up to size()
    bool remove(const State &state);
    void clear() noexcept;
    [[nodiscard]] std::vector<State *> take(); ///< as an array; the list is empty then

private:
    [[nodiscard]] State *inBlocks(std::size_t position) const noexcept;
    [[nodiscard]] Block &blockAt(std::size_t &position) const noexcept; ///< then of the block
    [[nodiscard]] bool isSearchedInBlocks();
    void split(Block &block);
    void numberFrom(std::size_t block) noexcept;

    std::vector<State *> m_items; // as long as there are no blocks
    std::unique_ptr<Blocks> m_blocks;
};

} // namespace orm
