#pragma once

#include "scheduling/change.hpp"
#include "scheduling/difference.hpp"

namespace takt::scheduling {

struct repaired {
    plan_result plan;
    plan_difference moved; ///< against the plan in force
};

/// Makes a plan in force hold again in the problem as it is now, and moves only what must move: what still holds stays
/// exactly where it is, the frozen window before all else. What does not hold is placed again where it ends earliest,
/// on any of its machines; what waits for it moves only if it would start too early. New operations are placed as well.
///
/// The plain repair of affected operations (Abumaizar and Svestka 1997) with rerouting. Deterministic.
repaired repair(const problem& now, const plan_result& in_force);
/// The same for a problem to which something has just happened.
repaired repair(problem before, const plan_result& in_force, const change& what);

} // namespace takt::scheduling
