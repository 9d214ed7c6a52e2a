#pragma once

#include "scheduling/problem.hpp"

namespace takt::scheduling {

/// What kept an operation from starting earlier. The kinds, and what `subject` names:
/// predecessor  the operation it waits for; `other_*` say which
/// machine      the machine is busy until then; `other_*` with what
/// operator     the same of who works, or sets up
/// tool         the same of its tool
/// batch        its batch run waits for another member, `other_*`
/// material     item, and the receipt that brings it
/// calendar     the machine or the person who does not work before
/// machine_down the machine
/// release      the job may not start earlier; `earliest`: the operation may not
/// pinned       it is pinned to its start
/// frozen       it stands in the frozen window, where nothing is moved
/// follow_up    what must follow soon after it has no earlier place; `other_*` say which
/// power        the cap
/// running      it runs already
/// now          it starts at once
/// setup        not a wait: the machine is set up for `length` before the run, coming from the family in `subject`
struct binding {
    std::string job, operation, kind, subject;
    std::string other_job, other_operation;
    double other_weight = 0; ///< the priority of other_job
    time_ms until = 0;       ///< the start that it allowed
    time_ms length = 0;      ///< how much earlier the next reason would have allowed it; of a setup, its time
};

/// Why a job ends when it does: from its last operation backwards, each time over what was binding, to what nothing is
/// before. Empty if the job has no place in the plan.
std::vector<binding> why_late(const problem& p, const plan_result& plan, const std::string& job);

} // namespace takt::scheduling
