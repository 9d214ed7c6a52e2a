#pragma once

#include <unordered_map>

#include "actors/mes/schedule.hpp"
#include "scheduling/problem_file.hpp"

/// What the schedule's planning and dispatching share.
namespace takt::schedule {

const operation_entry* find_operation(const state& s, const work_order_id& job, std::string_view operation);
operation_entry* find_operation(state& s, const work_order_id& job, std::string_view operation);

/// The way to do an operation on this machine; null if there is none.
const plm::operation_mode* mode_on(const operation_entry& o, const machine_id& machine);
/// Run time of what is left of an operation.
milliseconds run_time(const operation_entry& o, const plm::operation_mode& mode);

/// Working time of those who have these shifts, around now; empty means always. Remembers what it has computed.
class calendars {
public:
    calendars(const state& s, instant from, instant to) : s_(s), from_(from), to_(to) {}
    const scheduling::calendar& of(const std::vector<std::string>& shifts);

private:
    const state& s_;
    instant from_, to_;
    std::map<std::vector<std::string>, scheduling::calendar> known_;
};

/// "WO-7/20": how the engine names an operation.
std::string name_of(const work_order_id& job, const std::string& operation);

/// What the engine is asked.
struct planning_task {
    scheduling::problem problem;
    scheduling::plan_result in_force;
    std::unordered_map<std::string, std::string> excluded; ///< operations that no plan can hold, with the reason
};
planning_task task_of(const state& s, instant now);
/// The same for files, with what is wanted and the plan in force.
scheduling::problem_file problem_of(const state& s, instant now);
/// What improvements are measured by.
const scheduling::goal& wanted();

/// Mends the plan in force, now and then improves it, and tells the difference with its reasons.
void make_plan(decision& d, const state& s, const context& about);
/// Whether it may begin now, as far as the operation itself is concerned.
bool is_ready(const job_entry& job, const operation_entry& o, instant now);
/// Set-up, if the machine needs one for it, and run.
milliseconds duration_on(const machine_entry& m, const operation_entry& o, const plm::operation_mode& mode);
/// Everything that stands ready for this machine, as the rule has it.
std::vector<operation_key> ranked_by_rule(const state& s, const machine_id& machine, instant now);
/// Tells machines what is planned there next, where that has changed; `after` is the state with the new plan.
void tell_next(decision& d, planned& event, const state& after, const context& about);
/// Sends what is next on this machine, or on all.
void dispatch(decision& d, const state& s, const std::optional<machine_id>& machine, const context& about);

} // namespace takt::schedule
