#pragma once

#include <cmath>
#include <cstdint>
#include <string_view>

namespace takt::sim {

/// Chances that hang on nothing but a seed and what they are about. The same thing has the same chance after a
/// restart, whatever else has happened in between: that is what makes a simulation repeatable although it runs beside
/// a live system.
class dice {
public:
    /// dice(seed, "PO-12", "lateness"): one stream for each subject and purpose.
    dice(std::uint64_t seed, std::string_view subject, std::string_view purpose)
        : state_(mix(seed ^ hash(subject, hash(purpose))))
    {
    }

    /// The chance of the n-th thing of this stream, whatever was thrown before.
    dice of(std::uint64_t n) const
    {
        dice other = *this;
        other.state_ = mix(state_ ^ mix(n + 0x632BE59BD9B4E019ULL));
        return other;
    }

    std::uint64_t bits()
    {
        state_ += 0x9E3779B97F4A7C15ULL;
        return mix(state_);
    }
    /// In (0, 1), never an end.
    double unit() { return (static_cast<double>(bits() >> 11U) + 0.5) * 0x1.0p-53; }
    bool chance(double probability) { return unit() < probability; }
    double between(double least, double most) { return least + (most - least) * unit(); }
    std::int64_t whole(std::int64_t least, std::int64_t most)
    {
        return least + static_cast<std::int64_t>(unit() * static_cast<double>(most - least + 1));
    }

    double normal()
    {
        constexpr double two_pi = 6.283185307179586;
        return std::sqrt(-2.0 * std::log(unit())) * std::cos(two_pi * unit());
    }
    /// Mean 1; `spread` is the standard deviation.
    double log_normal(double spread)
    {
        const double variance = std::log1p(spread * spread);
        return std::exp(std::sqrt(variance) * normal() - variance / 2);
    }
    /// Mean 1.
    double weibull(double shape) { return std::pow(-std::log(unit()), 1.0 / shape) / std::tgamma(1.0 + 1.0 / shape); }
    /// Mean 1.
    double exponential() { return -std::log(unit()); }
    std::int64_t binomial(std::int64_t n, double probability)
    {
        std::int64_t hits = 0;
        for (std::int64_t i = 0; i < n; ++i) hits += chance(probability) ? 1 : 0;
        return hits;
    }

private:
    static std::uint64_t mix(std::uint64_t z)
    {
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }
    static std::uint64_t hash(std::string_view text, std::uint64_t h = 0xCBF29CE484222325ULL)
    {
        for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
        return h;
    }

    std::uint64_t state_;
};

} // namespace takt::sim
