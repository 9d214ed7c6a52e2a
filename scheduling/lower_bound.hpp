#pragma once

#include "scheduling/objective.hpp"

namespace takt::scheduling {

/// What no plan of all operations can fall below, by each objective: jobs as if they were alone, on their quickest
/// machines and around the clock; and no machine, of those that must do certain work, ends before that is done. Zero
/// where nothing is known. Quick, and far from sharp in a plant that is full.
objective_values lower_bound(const problem& p);

} // namespace takt::scheduling
