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

/// How a greedy start is made.
struct dispatch_rule {
    objective goal = objective::makespan;
    double noise = 0;  ///< 0: not at all, 1: almost at random
    double thrift = 0; ///< what a minute more of work than the fastest alternative takes costs, in minutes of waiting
};

/// A greedy start: active schedules after Giffler and Thompson (1960), the most remaining work first, blurred by noise.
/// Flexible operations go where they end first; with thrift, rather where they take less time.
sequence dispatch(const instance& shop, random_source& random, const dispatch_rule& rule);

/// Any order with any choices: what no rule would begin with.
sequence at_random(const instance& shop, random_source& random);

} // namespace takt::scheduling::shop
