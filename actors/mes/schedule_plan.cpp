#include <algorithm>
#include <cstdlib>

#include "actors/core/worth_telling.hpp"
#include "actors/mes/schedule_parts.hpp"
#include "messages/mes/work_order.hpp"
#include "scheduling/objective.hpp"

namespace takt::schedule {
namespace {

/// A place that moves by less stays as it is.
constexpr std::int64_t tolerance_ms = 60'000;

bool moved(instant a, std::int64_t b) { return a.ms - b > tolerance_ms || b - a.ms > tolerance_ms; }

} // namespace

bool differs(const std::optional<place>& old, const scheduling::assignment& fresh)
{
    return !old || old->machine.text != fresh.machine || old->person.text != fresh.person ||
           moved(old->start, fresh.start) || moved(old->end, fresh.end);
}

namespace {

/// From the first start to the last end of what is left of a job; nothing if a part of it has no place.
struct span_of_job {
    bool whole = true;
    std::optional<instant> start, end;

    void take(const std::optional<place>& p)
    {
        if (!p) {
            whole = false;
            return;
        }
        start = start ? std::min(*start, p->start) : p->start;
        end = end ? std::max(*end, p->end) : p->end;
    }
    bool known() const { return whole && end; }
};

bool worth_telling(const std::optional<told_times>& told, const span_of_job& span, instant now)
{
    if (!span.known()) return false;
    return !told || takt::worth_telling(told->start, *span.start, now) ||
           takt::worth_telling(told->end, *span.end, now);
}

bool may_improve(const state& s, instant now)
{
    return s.definition.improve_iterations > 0 && !s.offered && now - s.improved_at >= s.definition.improve_interval_ms;
}

} // namespace

objectives objectives_of(const scheduling::objective_values& v)
{
    objectives out;
    std::size_t i = 0;
    boost::mp11::mp_for_each<members_of<objectives>>([&](auto member) { out.*member.pointer = v.all[i++]; });
    return out;
}

slot slot_of(const work_order_id& job, const operation_entry& o, const scheduling::assignment& a,
             const scheduling::operation_move* why)
{
    slot out;
    out.work_order = job;
    out.operation = o.what.operation;
    out.machine = a.machine;
    out.person = a.person;
    out.start = instant{a.start};
    out.setup_end = instant{a.setup_end};
    out.end = instant{a.end};
    if (o.planned) {
        out.old_machine = o.planned->machine;
        out.old_start = o.planned->start;
    }
    if (why != nullptr) {
        out.cause = why->cause;
        out.subject = why->subject;
    } else { // it stands where it stood
        out.cause = o.planned && o.planned->person.text != a.person ? "operator" : "duration";
    }
    return out;
}

std::vector<job_shift> shifts_of(const scheduling::plan_difference& moved)
{
    std::vector<job_shift> all;
    for (const auto* some : {&moved.later, &moved.earlier})
        for (const auto& j : *some)
            if (std::abs(j.later) > tolerance_ms) all.push_back({j.job, milliseconds{j.later}});
    return all;
}

/// Unless the plant says otherwise: a planner's trust is worth more than the last per cent, so an hour moved costs as
/// much as twelve minutes late, and ten times that once the floor knows of it.
scheduling::goal wanted(const planning_rules& rules)
{
    using scheduling::objective;
    if (rules.goal.empty())
        return {{{objective::weighted_tardiness, 1},
                 {objective::setup_time, 0.1},
                 {objective::work_in_progress, 0.01},
                 {objective::operator_overtime, 0.5},
                 {objective::stability, 0.2}},
                false};
    scheduling::goal g{{}, rules.goal_by_rank};
    for (const auto& t : rules.goal) g.terms.push_back({static_cast<objective>(t.objective), t.weight});
    return g;
}

double cost_of(const planning_rules& rules, const scheduling::objective_values& worth, std::size_t left_out)
{
    constexpr double without_a_place = 1000;
    return scheduling::value(wanted(rules), worth) + without_a_place * static_cast<double>(left_out);
}

milliseconds run_time(const operation_entry& o, const plm::operation_mode& mode)
{
    return o.what.batch ? mode.run_time_ms : milliseconds{mode.run_time_ms.count() * o.what.quantity.whole()};
}

const plm::operation_mode* mode_on(const operation_entry& o, const machine_id& machine)
{
    const auto found =
        std::find_if(o.what.modes.begin(), o.what.modes.end(), [&](const auto& m) { return m.machine == machine; });
    return found == o.what.modes.end() ? nullptr : &*found;
}

bool is_ready(const job_entry& job, const operation_entry& o, instant now)
{
    return o.what.status == mes::operation_status::ready && !job.held && o.not_before <= now &&
           (!o.pinned || o.pinned->start <= now);
}

milliseconds duration_on(const state& s, const machine_entry& m, const operation_entry& o,
                         const plm::operation_mode& mode)
{
    return setup_time(s, m, o, mode) + run_time(o, mode);
}

namespace {

/// What the engine answered, by the names of operations.
struct answered {
    std::unordered_map<std::string, const scheduling::assignment*> places;
    std::unordered_map<std::string, const scheduling::operation_move*> moves;
    std::unordered_map<std::string, std::string> reasons; ///< of those without a place
};

/// Notes where an operation's place has changed; where it is now.
std::optional<place> take_over(planned& event, const work_order_id& job, const operation_entry& o, const answered& by)
{
    const auto name = name_of(job, o.what.operation);
    const auto found = by.places.find(name);
    if (found == by.places.end()) {
        if (o.planned) event.cleared.push_back({job, o.what.operation});
        const auto why = by.reasons.find(name);
        const auto reason = why == by.reasons.end() ? std::string() : why->second;
        if (reason != o.unplanned) event.unplanned.push_back({job, o.what.operation, reason});
        return std::nullopt;
    }
    if (!differs(o.planned, *found->second)) return o.planned;
    const auto why = by.moves.find(name);
    const auto& p =
        event.placed.emplace_back(slot_of(job, o, *found->second, why == by.moves.end() ? nullptr : why->second));
    return place{p.machine, p.person, p.start, p.end, p.setup_end};
}

/// What must move, moves alone: a search that moves more waits for a plan that has next to nothing to mend.
bool is_quiet(const scheduling::plan_difference& moved)
{
    constexpr std::ptrdiff_t quiet_moves = 3;
    return std::count_if(moved.operations.begin(), moved.operations.end(),
                         [](const auto& m) { return m.cause != "done"; }) <= quiet_moves;
}

/// The floor must never be without a plan: where mending fails, one that begins with nothing takes its place.
scheduling::repaired mended(planned& event, const planning_task& task)
{
    try {
        return scheduling::repair(task.problem, task.in_force);
    } catch (const std::exception& why) {
        event.cause += "; mending failed: " + std::string(why.what());
    }
    scheduling::repaired anew;
    anew.plan = scheduling::plan(task.problem);
    anew.moved = scheduling::difference(task.problem, task.in_force, anew.plan);
    return anew;
}

} // namespace

void make_plan(decision& d, const state& before, const context& about)
{
    auto s = before;
    move_downtimes(d, s, about);
    auto task = task_of(s, about.now);
    planned event;
    event.number = s.plan_number + 1;
    event.at = about.now;
    event.cause = s.replan_cause;
    const auto next = mended(event, task);
    const bool seek = may_improve(s, about.now) && is_quiet(next.moved);
    auto after = put_in_force(d, s, std::move(task), next, std::move(event), about);
    if (seek) seek_improvement(d, std::move(after), about);
}

state put_in_force(decision& d, const state& s, planning_task task, const scheduling::repaired& next, planned event,
                   const context& about)
{
    const auto& [result, difference] = next;
    answered by;
    for (const auto& a : result.assignments) by.places.emplace(a.operation, &a);
    for (const auto& m : difference.operations) by.moves.emplace(m.operation, &m);
    by.reasons = std::move(task.excluded);
    for (const auto& u : result.left_out) by.reasons.emplace(u.operation, u.reason);

    for (const auto& [key, job] : s.jobs) {
        span_of_job span;
        for (const auto& o : job.operations)
            if (o.what.status != mes::operation_status::done && o.what.status != mes::operation_status::inspecting)
                span.take(take_over(event, key, o, by));
        if (!worth_telling(job.told, span, about.now)) continue;
        d.send(key.text, work_order::plan_times{*span.start, *span.end});
        event.told.push_back({key, *span.start, *span.end});
    }
    event.shifted = shifts_of(difference);
    event.worth = objectives_of(scheduling::evaluate(task.problem, result, &task.in_force).total);
    auto after = s;
    apply(after, event);
    tell_next(d, event, after, about);
    close_what_lapsed(d, s, event);
    d.emit(std::move(event));
    return after;
}

} // namespace takt::schedule
