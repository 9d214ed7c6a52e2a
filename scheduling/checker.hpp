#pragma once

#include "scheduling/problem.hpp"

namespace takt::scheduling {

/// One rule that a plan breaks, and where. The rules:
/// - completeness: every operation that is not done is planned once or left out once, and nothing else is
/// - mode: on one of its machines, with people of the mode's skills, or none where it is unattended
/// - pinned: a running or pinned operation keeps its machine, operator and pinned start; a running one its start
/// - start: not before now, the job's release, its own earliest start, or the end of a machine's downtime
/// - precedence: not before the end of each predecessor and its least lag; overlap as far as it is allowed
/// - lag: not later after a predecessor than the most that its link allows
/// - machine: one run at a time; a batch run within the machine's capacity and of compatible families
/// - person, tool: as many runs at a time as there are of them
/// - setup: at least what the change from the run before takes; at most the longest it could take
/// - working_time: setup and run take their time in the shared hours of machine and people
/// - uninterrupted: what may not stop stands within one working interval
/// - material: what has started by any instant needs no more than was there and has come by then
/// - power: no more than the cap, unless what is running exceeds it alone
/// - frozen: what a plan in force starts before frozen_until stands where it stood, if it still can
/// - job_end: the last end of each job that is planned completely; a plan may leave out all of them
struct violation {
    std::string rule;
    std::string detail;
    std::string job, operation; ///< whose; the operation is empty if the whole job is meant
    std::string resource;       ///< the machine it is planned on, or the person, tool or item that is short
};

/// Slow and plain: shares no code with plan(), so that both are not wrong together. Without a plan in force nothing is
/// frozen.
std::vector<violation> violations(const problem& p, const plan_result& result, const plan_result* in_force = nullptr);

} // namespace takt::scheduling
