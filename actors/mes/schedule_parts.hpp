#pragma once

#include <unordered_map>

#include "actors/mes/schedule.hpp"
#include "messages/plm/product.hpp"
#include "scheduling/problem_file.hpp"
#include "scheduling/repair.hpp"

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
    /// With the optional shifts that are opened.
    const scheduling::calendar& of(const std::vector<std::string>& shifts);
    /// Without them; empty if none of them is opened, so that nothing is overtime.
    const scheduling::calendar& regular(const std::vector<std::string>& shifts);

private:
    scheduling::calendar ordinary(const std::vector<std::string>& shifts) const;
    scheduling::calendar opened(const std::vector<std::string>& shifts) const;

    const state& s_;
    instant from_, to_;
    std::map<std::vector<std::string>, scheduling::calendar> known_, regular_;
};

/// The hours of every day by the clock on the wall, holidays or not.
scheduling::calendar hours_of_every_day(const std::string& zone, const std::string& start, const std::string& end,
                                        instant from, instant to);
/// How long pieces are on their way from one operation to the next: between the work centers of their machines.
milliseconds transport_between(const state& s, const operation_entry& from, const operation_entry& to);
/// When the pieces of an operation that is done are at the next one; nothing if it is the last, or nobody knows.
std::optional<instant> arrival(const state& s, const job_entry& job, const operation_entry& done);
double power_of(const state& s, const machine_id& machine);
/// The tool that an operation needs on a machine.
std::string tool_of(const operation_entry& o, const machine_id& machine);
/// Set-up for an operation on a machine as it is now.
milliseconds setup_time(const state& s, const machine_entry& m, const operation_entry& o,
                        const plm::operation_mode& mode);
/// What limits the floor now, besides machines and people: tools, power, the way between machines.
class floor_limits {
public:
    floor_limits(const state& s, instant now);
    /// What keeps an operation that is ready from beginning: "tool", "power" or "transport"; null: nothing.
    const char* against(const job_entry& job, const operation_entry& o, const plm::operation_mode& mode) const;
    /// It begins now.
    void take(const plm::operation_mode& mode);

private:
    const state& s_;
    instant now_;
    std::optional<double> cap_kw_;
    double kw_ = 0;
    std::map<std::string, int> in_use_; ///< tools
};

/// "WO-7/20": how the engine names an operation.
std::string name_of(const work_order_id& job, const std::string& operation);

/// What it takes to make so many good pieces of a product, none of it before `ready`: operations called
/// "<key>/<operation>", one after the other.
void append_operations(scheduling::job& job, const state& s, const std::string& key, const product::define& made,
                       takt::quantity good, instant ready);

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
scheduling::goal wanted(const planning_rules& rules);
/// By how much a plan misses that, in the goal's hours; what has no place counts a thousand.
double cost_of(const planning_rules& rules, const scheduling::objective_values& worth, std::size_t left_out);

objectives objectives_of(const scheduling::objective_values& v);
/// Whether an operation is planned at another place.
bool differs(const std::optional<place>& old, const scheduling::assignment& fresh);
/// A place with what became of the old one.
slot slot_of(const work_order_id& job, const operation_entry& o, const scheduling::assignment& a,
             const scheduling::operation_move* why);
std::vector<job_shift> shifts_of(const scheduling::plan_difference& moved);

/// Has a better plan looked for beside everything else; `after` is the state with the plan that it would improve.
void seek_improvement(decision& d, state after, const context& about);
/// What is offered ends if the new plan moves what it would move.
void close_what_lapsed(decision& d, const state& s, const planned& event);

/// Makes this plan the one in force and tells everybody whom it concerns; the state with it.
state put_in_force(decision& d, const state& s, planning_task task, const scheduling::repaired& next, planned event,
                   const context& about);
/// Facts are gathered for a moment before a new plan is made, and plans are not made all the time.
void plan_anew(decision& d, const state& s, const context& about, std::string cause);
/// The plan in force cannot be kept: it is mended at once, unless it has just been.
void plan_at_once(decision& d, const state& s, const context& about, std::string cause);

/// Moves planned maintenance that cannot begin when it should.
void move_downtimes(decision& d, state& s, const context& about);
/// The maintenance order that it is for hears when it is to be.
void tell_whose(decision& d, const downtime_moved& moved);
/// Planned maintenance that would hurt noticeably less at another time.
std::vector<downtime_moved> better_downtimes(const state& s, instant now);
/// The optional shifts with which the plan is better by more than their overtime.
std::vector<opened_shift> shifts_worth_opening(state s, instant now, const std::stop_token& stopping);
/// Tells everybody who has it to come.
void call_in(decision& d, state& s, const opened_shift& what, std::string cause, const context& about);
/// Work waits for a skill, and this person should be there for it. If they are only a little late: when to look again.
std::optional<instant> note_missing(decision& d, const state& s, const operator_id& key, const std::string& skill,
                                    const context& about);
/// Came, or need not come any more.
void end_missing(decision& d, const state& s, const operator_id& key, const std::string& how, const context& about);
/// When somebody is there: their shifts, without what they miss, with what they are called in for.
scheduling::calendar presence_of(const person_entry& p, scheduling::calendar ordinary, instant now);
/// Whether the machine is being maintained, or is to be at once.
bool is_maintained(const machine_entry& m, instant now);
std::optional<instant> next_downtime(const machine_entry& m);

/// Mends the plan in force, now and then improves it, and tells the difference with its reasons.
void make_plan(decision& d, const state& s, const context& about);
/// Whether it may begin now, as far as the operation itself is concerned.
bool is_ready(const job_entry& job, const operation_entry& o, instant now);
/// Set-up, if the machine needs one for it, and run.
milliseconds duration_on(const state& s, const machine_entry& m, const operation_entry& o,
                         const plm::operation_mode& mode);
/// Everything that stands ready for this machine, as the rule has it.
std::vector<operation_key> ranked_by_rule(const state& s, const machine_id& machine, instant now);
/// Tells machines what is planned there next, where that has changed; `after` is the state with the new plan.
void tell_next(decision& d, planned& event, const state& after, const context& about);
/// Sends what is next on this machine, or on all.
void dispatch(decision& d, const state& s, const std::optional<machine_id>& machine, const context& about);

} // namespace takt::schedule
