#pragma once

#include "scheduling/shop/instance.hpp"

namespace takt::scheduling::shop {

/// The time between two operations that a machine performs one after the other. A number one past the operations stands
/// for nobody, before or after whom there is no setup. Without setups it is nothing, at no cost.
template <bool Setups> class setup_table {
public:
    explicit setup_table(const instance& shop)
    {
        if constexpr (Setups) {
            // With one more kind, that of nobody.
            const std::size_t n = instance::at(shop.setup_kinds);
            kinds_ = n + 1;
            for (const int kind : shop.kind) kind_.push_back(instance::at(kind));
            kind_.push_back(n);
            times_.assign(instance::at(shop.machines) * kinds_ * kinds_, 0);
            for (std::size_t m = 0; m < instance::at(shop.machines); ++m)
                for (std::size_t a = 0; a < n; ++a)
                    for (std::size_t b = 0; b < n; ++b)
                        times_[(m * kinds_ + a) * kinds_ + b] = shop.setup[(m * n + a) * n + b];
        }
    }

    int operator()(int machine, int before, int after) const
    {
        if constexpr (Setups)
            return times_[(instance::at(machine) * kinds_ + kind_[instance::at(before)]) * kinds_ +
                          kind_[instance::at(after)]];
        else
            return 0;
    }

private:
    std::size_t kinds_ = 0;
    std::vector<std::size_t> kind_; ///< by operation
    std::vector<int> times_;
};

} // namespace takt::scheduling::shop
