#pragma once

#include "scheduling/shop/instance.hpp"
#include "scheduling/shop/random.hpp"

namespace takt::scheduling::shop {

/// A solution as an order in which operations are put on their machines, each as early as those before it allow. Any
/// order that keeps the jobs' orders is feasible, and some order gives an optimal plan: it is what searches exchange.
struct sequence {
    std::vector<int> order;  ///< all operations, those of a job in the job's order
    std::vector<int> choice; ///< by operation
};

/// The plan that a sequence stands for.
plan decode(const instance& shop, const sequence& s);

/// The sequence of a plan that is feasible; decoding it gives starts no later than the plan's.
sequence sequence_of(const instance& shop, const plan& p);

/// A greedy start: active schedules after Giffler and Thompson (1960), the most remaining work first, blurred by
/// `noise` (0: not at all, 1: almost at random). Flexible operations go where they end first.
sequence dispatch(const instance& shop, random_source& random, double noise, objective goal);

/// Any order with any choices: what no rule would begin with.
sequence at_random(const instance& shop, random_source& random);

} // namespace takt::scheduling::shop
