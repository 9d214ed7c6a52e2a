#pragma once

#include "scheduling/problem.hpp"

namespace takt::scheduling {

/// Why an operation is not where it was, by what the new problem says about its old place:
/// done           it is done, gone, or running
/// fresh          it had no place before
/// left_out       it has none now (the plan says why)
/// machine_down   its machine is down then
/// past           its start has passed
/// release        its job or the operation itself may start later only
/// pinned         it is pinned elsewhere by now
/// predecessor    what it waits for ends later
/// material       the old start comes before the material
/// duration       it takes longer or shorter
/// displaced      another operation, or a longer setup, now has the machine, the operator or the tool then
/// rearranged     none of these: a neighbour on which its setup, tool or power depended has moved, or the place is
/// better
struct operation_move {
    std::string job, operation, cause;
    std::string subject;                  ///< the machine, predecessor or operation behind the cause
    time_ms old_start = 0, new_start = 0; ///< 0 where there is none
    std::string old_machine, new_machine;
    bool moved_machine() const { return old_machine != new_machine; }
};

struct job_move {
    std::string job;
    time_ms later = 0; ///< of its end; negative: earlier
};

struct plan_difference {
    std::vector<operation_move> operations; ///< in the order of the problem
    std::vector<job_move> later, earlier;   ///< by how much, most first
};

/// What differs between a plan in force and another one for the problem as it is now. Whoever works there counts only
/// if machine or start are other ones.
plan_difference difference(const problem& now, const plan_result& in_force, const plan_result& plan);

} // namespace takt::scheduling
