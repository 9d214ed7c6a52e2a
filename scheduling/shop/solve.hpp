#pragma once

#include <atomic>
#include <optional>

#include "scheduling/shop/incumbent.hpp"

namespace takt::scheduling::shop {

struct solve_options {
    objective goal = objective::makespan;
    double seconds = 10;         ///< ignored with `iterations`
    std::int64_t iterations = 0; ///< of each thread; 0: as many as the time allows
    int threads = 1;
    std::uint64_t seed = 1;
    std::optional<plan> begin_with;          ///< a feasible plan to improve
    const std::atomic<bool>* stop = nullptr; ///< set by anyone: the search ends within milliseconds
    incumbent::listener improved;            ///< called by one thread at a time
};

struct solution {
    plan best;
    cost value;
    std::int64_t lower_bound = 0;
    double seconds = 0;
    std::int64_t iterations = 0; ///< of all threads
    std::vector<moment> trajectory;
};

/// The best plan found in the time given. With `iterations`, the same for the same seed and number of threads. An empty
/// problem has an empty plan.
solution solve(const instance& shop, const solve_options& o);

} // namespace takt::scheduling::shop
