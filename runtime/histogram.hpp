#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace takt::runtime {

/// How values are spread.
struct distribution {
    std::vector<double> bounds;        ///< ascending
    std::vector<std::uint64_t> counts; ///< up to each bound and above the one before it; the last: above all
    double sum = 0;                    ///< of the values
};

/// Counts values by fixed bounds. Thread-safe, without locks.
class histogram {
public:
    histogram(std::initializer_list<double> bounds) : bounds_(bounds), counts_(bounds_.size() + 1) {}

    void add(double value)
    {
        const auto place = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
        counts_[static_cast<std::size_t>(place)].fetch_add(1, std::memory_order_relaxed);
        sum_.fetch_add(value, std::memory_order_relaxed);
    }

    distribution counted() const
    {
        distribution d{bounds_, {}, sum_.load()};
        for (const auto& c : counts_) d.counts.push_back(c.load());
        return d;
    }

private:
    std::vector<double> bounds_;
    std::vector<std::atomic<std::uint64_t>> counts_;
    std::atomic<double> sum_ = 0;
};

} // namespace takt::runtime
