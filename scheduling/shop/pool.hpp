#pragma once

#include <mutex>
#include <optional>

#include "scheduling/shop/relink.hpp"

namespace takt::scheduling::shop {

/// Good solutions that differ. Threads may share one.
class pool {
public:
    pool(const instance& shop, std::size_t size) : shop_(shop), size_(size) {}

    /// Whether it wants solutions made from nothing, rather than from two of its own. `used` is the part of the budget
    /// that is gone: large problems do not spend it all on beginnings.
    bool wants_new(double used) const;

    /// Takes a solution, unless it is like one that is there or worse than all of a full pool.
    void add(std::int64_t value, const sequence& s);

    /// Two different ones.
    std::pair<sequence, sequence> two(random_source& random) const;

private:
    struct member {
        std::int64_t value;
        sequence solution;
    };

    bool known(std::int64_t value, const sequence& s) const;

    const instance& shop_;
    std::size_t size_;
    mutable std::mutex mutex_;
    std::vector<member> members_;
    std::size_t refused_ = 0; ///< since the last one was taken
    double wanted_until_ = 0.12;
};

} // namespace takt::scheduling::shop
