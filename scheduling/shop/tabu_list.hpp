#pragma once

#include <cstdint>
#include <vector>

namespace takt::scheduling::shop {

/// What must not come back for some iterations, known by 64 bit hashes. Of two hashes that share a slot, the later
/// stays: a move forgotten early costs little.
class tabu_list {
public:
    tabu_list() : slots_(std::size_t{1} << bits) {}

    void forbid(std::uint64_t hash, std::int64_t until) { slots_[hash >> (64U - bits)] = {hash, until}; }
    bool forbids(std::uint64_t hash, std::int64_t now) const
    {
        const slot& s = slots_[hash >> (64U - bits)];
        return s.hash == hash && s.until > now;
    }
    void clear() { slots_.assign(slots_.size(), {}); }

    /// Of an operation at a place. Sums of them name sequences.
    static std::uint64_t hash(int operation, int place)
    {
        std::uint64_t z = (static_cast<std::uint64_t>(operation) << 32U) + static_cast<std::uint64_t>(place) + 1;
        z *= 0x9E3779B97F4A7C15U;
        z = (z ^ (z >> 29U)) * 0xBF58476D1CE4E5B9U;
        return z ^ (z >> 32U);
    }

private:
    static constexpr unsigned bits = 13;
    struct slot {
        std::uint64_t hash = 0;
        std::int64_t until = 0;
    };
    std::vector<slot> slots_;
};

} // namespace takt::scheduling::shop
