#pragma once

#include <functional>

#include "scheduling/objective.hpp"

namespace takt::scheduling {

struct improvement_limits {
    std::uint64_t iterations = 1000;
    std::uint32_t seed = 1;
    std::function<bool()> stop{};       ///< asked before each iteration; the clock is the caller's
    std::function<double()> progress{}; ///< the share of its time that is over; missing: of its iterations
    std::function<void(const objective_values&)> found{}; ///< told of the mended plan, then of each best one
};

struct improved {
    plan_result plan;
    objective_values before, after;
    std::uint64_t iterations = 0, accepted = 0;
};

/// Makes a plan better while time is given: large neighbourhood search (Shaw 1998). Each iteration takes some
/// operations out — around a late job, of a machine in a stretch of time, of a few jobs — with all that follows them,
/// and places them again in another order; what is worse is taken back. What runs, is pinned or stands in the frozen
/// window stays. With `stability` among the goal's terms it moves nothing without a gain that is worth it. The plan may
/// be one in force that does not hold any more; it is mended first. Never returns a plan that is worse than the mended
/// one. The same problem, plan, seed and number of iterations give the same plan.
improved improve(const problem& p, const plan_result& in_force, const goal& wanted, const improvement_limits& limits);

} // namespace takt::scheduling
