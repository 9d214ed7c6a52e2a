#pragma once

#include "scheduling/shop/instance.hpp"

namespace takt::scheduling::shop {

/// No plan costs less. For the makespan: the longest job; the preemptive one-machine bound (Jackson 1955, Carlier
/// 1982) of each machine, worker and of the operators as if they were one; and, where operations may choose, the work
/// that a set of machines cannot pass on to others. For tardiness: each job alone.
std::int64_t lower_bound(const instance& shop, objective goal);

} // namespace takt::scheduling::shop
