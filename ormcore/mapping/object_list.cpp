#include "ormcore/mapping/object_list.h"

#include <algorithm>
#include <utility>

namespace orm {

namespace {

constexpr std::size_t kSearched = 64; // up to here looking at each is quicker than an index
constexpr std::size_t kBlock = 512;   // objects: moving half of them takes about as long as finding their block

} // namespace

ObjectList::Iterator ObjectList::begin() const noexcept
{
    const std::vector<State *> &first = m_blocks && !m_blocks->all.empty() ? m_blocks->all.front()->items : m_items;
    return {m_blocks.get(), 0, first.data(), first.data() + first.size()};
}

ObjectList::Iterator ObjectList::end() const noexcept
{
    const std::vector<State *> &last = m_blocks && !m_blocks->all.empty() ? m_blocks->all.back()->items : m_items;
    return {nullptr, 0, last.data() + last.size(), nullptr};
}

/// Where a search is worth it, from now on.
bool ObjectList::isSearchedInBlocks()
{
    if (m_blocks || m_items.size() <= kSearched)
        return m_blocks != nullptr;
    const std::vector<State *> items = std::exchange(m_items, {});
    m_blocks = std::make_unique<Blocks>();
    m_blocks->home.reserve(items.size() + items.size() / 2);
    for (State *state : items)
        append(*state);
    return true;
}

bool ObjectList::contains(const State &state)
{
    if (isSearchedInBlocks())
        return m_blocks->home.count(&state) != 0;
    return std::find(m_items.begin(), m_items.end(), &state) != m_items.end();
}

void ObjectList::append(State &state)
{
    if (!m_blocks) {
        m_items.push_back(&state);
        return;
    }
    std::vector<std::unique_ptr<Block>> &all = m_blocks->all;
    if (all.empty() || all.back()->items.size() == kBlock) {
        all.push_back(std::make_unique<Block>());
        all.back()->ordinal = all.size() - 1;
        all.back()->items.reserve(kBlock);
    }
    all.back()->items.push_back(&state);
    m_blocks->home.emplace(&state, all.back().get());
    ++m_blocks->size;
}

bool ObjectList::add(State &state)
{
    if (contains(state))
        return false;
    append(state);
    return true;
}

void ObjectList::insert(std::size_t position, State &state)
{
    if (position == size())
        return append(state);
    if (!isSearchedInBlocks()) {
        m_items.insert(m_items.begin() + static_cast<std::ptrdiff_t>(position), &state);
        return;
    }
    Block *block = &blockAt(position);
    if (block->items.size() == kBlock) {
        split(*block);
        if (position > block->items.size()) {
            position -= block->items.size();
            block = m_blocks->all[block->ordinal + 1].get();
        }
    }
    block->items.insert(block->items.begin() + static_cast<std::ptrdiff_t>(position), &state);
    m_blocks->home.emplace(&state, block);
    ++m_blocks->size;
}

bool ObjectList::remove(const State &state)
{
    if (!isSearchedInBlocks()) { // what is taken out is most often what was put in last
        const auto found = std::find(m_items.rbegin(), m_items.rend(), &state);
        if (found == m_items.rend())
            return false;
        m_items.erase(std::next(found).base());
        return true;
    }
    const auto home = m_blocks->home.find(&state);
    if (home == m_blocks->home.end())
        return false;
    Block &block = *home->second;
    m_blocks->home.erase(home);
    --m_blocks->size;
    if (block.ordinal < m_blocks->lastRead)
        --m_blocks->before;
    block.items.erase(std::find(block.items.begin(), block.items.end(), &state));
    if (block.items.empty()) {
        const std::size_t ordinal = block.ordinal;
        m_blocks->all.erase(m_blocks->all.begin() + static_cast<std::ptrdiff_t>(ordinal));
        numberFrom(ordinal);
    }
    return true;
}

void ObjectList::clear() noexcept
{
    m_items.clear();
    m_blocks.reset();
}

std::vector<State *> ObjectList::take()
{
    if (!m_blocks)
        return std::exchange(m_items, {});
    std::vector<State *> items;
    items.reserve(m_blocks->size);
    for (const auto &block : m_blocks->all)
        items.insert(items.end(), block->items.begin(), block->items.end());
    clear();
    return items;
}

State *ObjectList::inBlocks(std::size_t position) const noexcept
{
    const Block &block = blockAt(position);
    return block.items[position];
}

ObjectList::Block &ObjectList::blockAt(std::size_t &position) const noexcept
{
    const auto &all = m_blocks->all;
    std::size_t &at = m_blocks->lastRead;
    std::size_t &before = m_blocks->before;
    while (position < before)
        before -= all[--at]->items.size();
    while (position >= before + all[at]->items.size())
        before += all[at++]->items.size();
    position -= before;
    return *all[at];
}

void ObjectList::split(Block &block)
{
    auto half = std::make_unique<Block>();
    half->items.reserve(kBlock);
    const auto middle = block.items.begin() + kBlock / 2;
    half->items.assign(middle, block.items.end());
    block.items.erase(middle, block.items.end());
    for (const State *state : half->items)
        m_blocks->home[state] = half.get();
    const std::size_t ordinal = block.ordinal + 1;
    m_blocks->all.insert(m_blocks->all.begin() + static_cast<std::ptrdiff_t>(ordinal), std::move(half));
    numberFrom(ordinal);
}

/// Blocks came or went there: what was read last may be elsewhere.
void ObjectList::numberFrom(std::size_t block) noexcept
{
    for (; block < m_blocks->all.size(); ++block)
        m_blocks->all[block]->ordinal = block;
    m_blocks->lastRead = 0;
    m_blocks->before = 0;
}

} // namespace orm
