#pragma once

#include "scheduling/problem.hpp"

namespace takt::scheduling {

/// One rule that a plan breaks, and where. The rules:
/// completeness         every operation that is not done is planned once or left out once, and nothing else is
/// mode                 on one of its machines, with a person of the mode's skill, or none where it is unattended
/// pinned               a running or pinned operation keeps its machine and operator; a running one its start
/// start                not before now, the job's release, its own earliest start, or the end of a machine's downtime
/// precedence           not before the end of each predecessor
/// machine              one run at a time; a batch run within the machine's capacity and of one family
/// person               one run at a time
/// setup                a complete setup whenever the run before was of another family; else none, or a complete one
/// working_time         setup and run take their time in the shared hours of machine and person
/// uninterrupted        what may not stop stands within one working interval
/// job_end              the last end of each job that is planned completely
struct violation {
    std::string rule;
    std::string detail;
};

/// Slow and plain: shares no code with plan(), so that both are not wrong together.
std::vector<violation> violations(const problem& p, const plan_result& result);

} // namespace takt::scheduling
