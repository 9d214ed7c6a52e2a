#include "actors/mes/schedule.hpp"

#include "actors/mes/schedule_parts.hpp"
#include "actors/refusals.hpp"
#include "messages/core/json_write.hpp"
#include "scheduling/calendar.hpp"

namespace takt::schedule {
namespace {

/// A machine of which nobody knows when it will be up is planned to be so this long from now.
constexpr milliseconds repair_time{3'600'000};
constexpr milliseconds try_again_after{60'000};
/// Between two plans when machines fail: what fails meanwhile waits for the next.
constexpr milliseconds urgent_interval{500};

/// The next command sees what this one changed and sends what can now be sent.
void look_for_work(decision& d, const context& about, std::optional<machine_id> machine)
{
    d.send(about.self.key(), dispatch_due{std::move(machine)});
}

bool is_on(const machine_entry& m, const mes::run_ref& job)
{
    return std::find(m.runs.begin(), m.runs.end(), job) != m.runs.end();
}

} // namespace

void plan_anew(decision& d, const state& s, const context& about, std::string cause)
{
    // A plan that was due and has not come was lost with its command; another one is made.
    if (s.replan_at && about.now < *s.replan_at + s.definition.replan_interval_ms) return;
    const auto at = std::max(about.now + s.definition.replan_after_ms, s.planned_at + s.definition.replan_interval_ms);
    d.emit(replan_needed{at, std::move(cause)});
    d.set_timer("replan", at, replan{});
}

void plan_at_once(decision& d, const state& s, const context& about, std::string cause)
{
    const auto at = std::max(about.now, s.planned_at + urgent_interval);
    const bool under_way = s.replan_at && *s.replan_at <= at && about.now < *s.replan_at + urgent_interval;
    if (under_way) return;
    d.emit(replan_needed{at, std::move(cause)});
    if (at == about.now)
        d.send(about.self.key(), replan{});
    else
        d.set_timer("replan", at, replan{});
}

decision decide(const state& s, const define& what, const context& about)
{
    const auto wrong = scheduling::check(hrm::work_calendar{what.zone, what.shifts, what.holidays});
    if (!wrong.empty())
        return decision::refuse("calendar_impossible", wrong.front().detail,
                                wrong.front().member.empty() ? "zone" : wrong.front().member.substr(1));
    if (what.replan_after_ms < milliseconds{0} || what.replan_interval_ms < milliseconds{0})
        return decision::refuse("negative", "times of replanning are not negative", "replan_after_ms");
    if (what.released_tolerance_ms < milliseconds{0})
        return decision::refuse("negative", "a tolerance is not negative", "released_tolerance_ms");
    if (what.next_operations < 0)
        return decision::refuse("negative", "a machine is told of 0 operations or more", "next_operations");
    for (std::size_t i = 0; i < what.goal.size(); ++i) {
        const auto same = [&](const goal_term& t) { return t.objective == what.goal[i].objective; };
        if (!(what.goal[i].weight >= 0) || std::count_if(what.goal.begin(), what.goal.end(), same) != 1)
            return decision::refuse("goal_impossible", "every objective is named once, with a weight of 0 or more",
                                    "goal");
    }
    if (what.horizon_ms < std::chrono::hours(24))
        return decision::refuse("horizon_too_short", "a plan reaches at least a day", "horizon_ms");
    if (s.is_defined && to_json(s.definition) == to_json(what)) return {};
    decision d;
    d.emit(defined{what});
    plan_anew(d, s, about, "calendars set");
    return d;
}

decision decide(const state& s, const register_machine& what, const context& about)
{
    decision d;
    d.emit(machine_registered{what.machine, what.work_center, what.capacity, what.shifts, what.setup_family,
                              what.setup_matrix, what.rated_power_kw});
    plan_anew(d, s, about, "machine " + what.machine.text + " new");
    return d;
}

decision decide(const state& s, const register_person& what, const context& about)
{
    decision d;
    d.emit(person_registered{what.person, what.skills, what.shifts});
    plan_anew(d, s, about, "operator " + what.person.text + " new");
    return d;
}

decision decide(const state& s, const note_machine& what, const context& about)
{
    decision d;
    d.emit(machine_noted{what.machine, what.up, about.now + what.expected_ms.value_or(repair_time)});
    if (what.up) {
        look_for_work(d, about, what.machine);
        plan_anew(d, s, about, "machine " + what.machine.text + " up");
    } else {
        plan_at_once(d, s, about, "machine " + what.machine.text + " down");
    }
    return d;
}

decision decide(const state& s, const note_machine_free& what, const context& about)
{
    decision d;
    d.emit(machine_freed{what.machine, what.job, what.setup_family});
    look_for_work(d, about, what.machine);
    plan_anew(d, s, about, what.job.work_order.text + "/" + what.job.operation + " ended on " + what.machine.text);
    return d;
}

decision decide(const state& s, const note_attendance& what, const context& about)
{
    decision d;
    d.emit(attendance_noted{what.person, what.present});
    if (what.present) end_missing(d, s, what.person, "came", about);
    if (what.present) look_for_work(d, about, std::nullopt);
    return d;
}

decision decide(const state& /*s*/, const note_person_free& what, const context& about)
{
    decision d;
    d.emit(person_freed{what.person, what.job});
    look_for_work(d, about, std::nullopt);
    return d;
}

decision decide(const state& s, const announce_job& what, const context& about)
{
    decision d;
    d.emit(job_announced{what});
    plan_anew(d, s, about, "job " + what.work_order.text + " new");
    return d;
}

decision decide(const state& s, const update_job& what, const context& about)
{
    decision d;
    if (!s.jobs.contains(what.work_order)) return d;
    d.emit(job_updated{what});
    plan_anew(d, s, about, "job " + what.work_order.text + " changed");
    return d;
}

decision decide(const state& s, const update_operation& what, const context& about)
{
    decision d;
    const auto* o = find_operation(s, what.work_order, what.operation);
    if (o == nullptr) return d;
    d.emit(operation_updated{what.work_order, what.operation, what.status, what.quantity, what.run, about.now});
    if (what.status == mes::operation_status::ready) {
        if (s.definition.dispatching != dispatching::plan)
            look_for_work(d, about, std::nullopt);
        else if (o->planned)
            look_for_work(d, about, o->planned->machine);
    }
    if (what.quantity != o->what.quantity || !o->planned)
        plan_anew(d, s, about, what.work_order.text + "/" + what.operation + " changed");
    return d;
}

decision decide(const state& s, const remove_job& what, const context& about)
{
    decision d;
    if (!s.jobs.contains(what.work_order)) return d;
    d.emit(job_removed{what.work_order});
    plan_anew(d, s, about, "job " + what.work_order.text + " gone");
    return d;
}

decision decide(const state& s, const decline_dispatch& what, const context& about)
{
    decision d;
    const auto on =
        std::find_if(s.machines.begin(), s.machines.end(), [&](const auto& m) { return is_on(m.second, what.job); });
    if (on == s.machines.end()) return d;
    const auto again = about.now + try_again_after;
    d.emit(dispatch_returned{what.job, what.reason, what.person_free, again});
    d.set_timer("dispatch-" + on->first.text, again, dispatch_due{on->first});
    look_for_work(d, about, on->first);
    return d;
}

decision decide(const state& s, const reserve_downtime& what, const context& about)
{
    decision d;
    auto from = about.now;
    for (const auto& [key, job] : s.jobs)
        for (const auto& o : job.operations)
            if (o.sent.run != 0 && o.sent.machine == what.machine)
                from = std::max(from, o.sent.at + o.sent.expected_ms);
    d.emit(downtime_reserved{what.machine, what.reference, from, from + what.duration_ms});
    plan_anew(d, s, about, "machine " + what.machine.text + " maintenance");
    return d;
}

decision decide(const state& s, const end_downtime& what, const context& about)
{
    decision d;
    d.emit(downtime_ended{what.machine, what.reference});
    look_for_work(d, about, what.machine);
    plan_anew(d, s, about, "machine " + what.machine.text + " maintained");
    return d;
}

decision decide(const state& s, const replan& /*what*/, const context& about)
{
    decision d;
    d.cancel_timer("replan");
    try {
        make_plan(d, s, about);
    } catch (const std::exception& why) { // the plan in force stays; other facts may be easier
        decision later;
        const auto at = about.now + try_again_after;
        later.emit(replan_needed{at, "planning failed: " + std::string(why.what())});
        later.set_timer("replan", at, replan{});
        return later;
    }
    look_for_work(d, about, std::nullopt);
    return d;
}

decision decide(const state& s, const dispatch_due& what, const context& about)
{
    decision d;
    dispatch(d, s, what.machine, about);
    return d;
}

} // namespace takt::schedule
