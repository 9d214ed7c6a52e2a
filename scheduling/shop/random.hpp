#pragma once

#include <cstdint>

namespace takt::scheduling::shop {

/// Random numbers for searches: SplitMix64 (Steele, Lea, Flood 2014). A few instructions, and the same everywhere.
class random_source {
public:
    explicit random_source(std::uint64_t seed) : state_(seed) {}

    std::uint64_t bits()
    {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    /// 0 … n-1; n > 0.
    int below(int n) { return static_cast<int>(((bits() >> 32U) * static_cast<std::uint64_t>(n)) >> 32U); }
    /// 0 … 1, without 1.
    double fraction() { return static_cast<double>(bits() >> 11U) * 0x1.0p-53; }

private:
    std::uint64_t state_;
};

} // namespace takt::scheduling::shop
