#include "ormcore/base/value.h"

#include "ormcore/base/text.h"

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <new>
#include <string_view>

namespace orm {

// One allocation: this header, then the bytes or the elements.
struct Value::Block {
    std::atomic<std::uint32_t> references{1};
    bool isArray = false;
    std::size_t size = 0; // bytes, or elements of an array

    [[nodiscard]] char *data() noexcept { return reinterpret_cast<char *>(this + 1); }
    [[nodiscard]] Value *elements() noexcept { return reinterpret_cast<Value *>(this + 1); }

    static Block *make(std::size_t bytes)
    {
        void *memory = std::malloc(sizeof(Block) + bytes);
        if (memory == nullptr)
            throw std::bad_alloc();
        return new (memory) Block;
    }
};

void Value::setBlock(std::string_view data)
{
    Block *made = Block::make(data.size());
    made->size = data.size();
    std::memcpy(made->data(), data.data(), data.size());
    m_cell.length = kOutside;
    setNumber(static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(made)));
}

std::string_view Value::blockView() const noexcept { return {block()->data(), block()->size}; }

void Value::retain() noexcept { block()->references.fetch_add(1, std::memory_order_relaxed); }

void Value::release() noexcept
{
    Block *held = block();
    if (held->references.fetch_sub(1, std::memory_order_acq_rel) != 1)
        return;
    if (held->isArray)
        std::destroy_n(held->elements(), held->size);
    held->~Block();
    std::free(held);
}

Value::Value(const Decimal &value)
{
    if (const auto unscaled = value.unscaled()) {
        setNumber(*unscaled);
        setSmall(static_cast<std::int16_t>(value.scale()));
    } else {
        setBlock(value.toString());
    }
    m_cell.kind = ValueKind::Decimal;
}

Value::Value(const UuidBytes &value)
{
    setBlock({reinterpret_cast<const char *>(value.data()), value.size()});
    m_cell.kind = ValueKind::Uuid;
}

Value Value::array(std::span<const Value> elements)
{
    Value result;
    Block *made = Block::make(elements.size_bytes());
    made->isArray = true;
    made->size = elements.size();
    std::uninitialized_copy(elements.begin(), elements.end(), made->elements());
    result.m_cell.length = kOutside;
    result.setNumber(static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(made)));
    result.m_cell.kind = ValueKind::Array;
    return result;
}

Decimal Value::asDecimal() const
{
    assert(kind() == ValueKind::Decimal);
    return inside() ? Decimal(number(), small()) : *Decimal::parse(blockView());
}

UuidBytes Value::asUuid() const
{
    assert(kind() == ValueKind::Uuid);
    UuidBytes result{};
    std::memcpy(result.data(), block()->data(), result.size());
    return result;
}

std::span<const Value> Value::asArray() const
{
    assert(kind() == ValueKind::Array);
    return {block()->elements(), block()->size};
}

bool operator==(const Value &a, const Value &b)
{
    if (a.kind() != b.kind())
        return false;
    switch (a.kind()) {
    case ValueKind::Null:
        return true;
    case ValueKind::Double:
        return a.asDouble() == b.asDouble() || (std::isnan(a.asDouble()) && std::isnan(b.asDouble()));
    case ValueKind::Decimal:
        return a.asDecimal() == b.asDecimal();
    case ValueKind::Text:
    case ValueKind::Bytes:
    case ValueKind::Json:
        return a.view() == b.view();
    case ValueKind::Uuid:
        return a.blockView() == b.blockView();
    case ValueKind::Array: {
        const auto left = a.asArray();
        const auto right = b.asArray();
        return std::equal(left.begin(), left.end(), right.begin(), right.end());
    }
    default:
        return a.number() == b.number();
    }
}

std::size_t Value::hash() const noexcept
{
    const auto seed = static_cast<std::size_t>(m_cell.kind);
    switch (m_cell.kind) {
    case ValueKind::Null:
        return mixHash(seed, 0);
    case ValueKind::Double: {
        const double number = asDouble();
        if (std::isnan(number))
            return mixHash(seed, 1);
        return mixHash(seed, std::bit_cast<std::uint64_t>(number == 0.0 ? 0.0 : number));
    }
    case ValueKind::Decimal:
        return mixHash(seed, asDecimal().hash());
    case ValueKind::Text:
    case ValueKind::Bytes:
    case ValueKind::Json:
        return mixHash(seed, std::hash<std::string_view>{}(view()));
    case ValueKind::Uuid:
        return mixHash(seed, std::hash<std::string_view>{}(blockView()));
    case ValueKind::Array: {
        std::size_t result = seed;
        for (const Value &element : asArray())
            result = mixHash(result, element.hash());
        return result;
    }
    default:
        return mixHash(seed, static_cast<std::uint64_t>(number()));
    }
}

} // namespace orm
