#include <algorithm>
#include <set>

#include "actors/mes/schedule_parts.hpp"
#include "actors/refusals.hpp"
#include "scheduling/improve.hpp"

/// Plans that move what need not move, because that is worth it: put in force, or offered to a planner.
namespace takt::schedule {
namespace {

using by_operation = std::unordered_map<std::string, const scheduling::assignment*>;

by_operation index(const scheduling::plan_result& plan)
{
    by_operation all;
    for (const auto& a : plan.assignments) all.emplace(a.operation, &a);
    return all;
}

/// What the floor knows of and prepares.
template <class Each> void for_each_released(scheduling::problem& p, const by_operation& places, Each each)
{
    for (auto& j : p.jobs)
        for (auto& o : j.operations)
            if (const auto at = places.find(o.key);
                o.released && o.status == scheduling::operation_status::waiting && at != places.end())
                each(o, *at->second);
}

bool leaves_released_work(const state& s, scheduling::problem p, const scheduling::plan_result& plan,
                          const scheduling::plan_result& better)
{
    const auto fresh = index(better);
    bool leaves = true;
    for_each_released(p, index(plan), [&](const auto& o, const scheduling::assignment& was) {
        const auto is = fresh.find(o.key);
        const auto tolerance = s.definition.released_tolerance_ms.count();
        leaves = leaves && is != fresh.end() && is->second->machine == was.machine &&
                 std::abs(is->second->start - was.start) <= tolerance;
    });
    return leaves;
}

scheduling::problem with_released_pinned(scheduling::problem p, const scheduling::plan_result& plan)
{
    for_each_released(p, index(plan), [](scheduling::operation& o, const scheduling::assignment& at) {
        o.running_machine = at.machine;
        o.running_operator = at.person;
        o.pinned_start = at.start;
    });
    return p;
}

bool is_better(const scheduling::problem& p, const scheduling::plan_result& in_force,
               const scheduling::plan_result& plan, const scheduling::plan_result& better)
{
    return better.left_out.size() <= plan.left_out.size() &&
           scheduling::better(wanted(), scheduling::evaluate(p, better, &in_force).total,
                              scheduling::evaluate(p, plan, &in_force).total);
}

decision refuse_proposal(const state& s, std::optional<std::int64_t> number)
{
    if (!s.offered) return decision::refuse("no_proposal", "no improvement is offered");
    return decision::refuse("another_proposal",
                            "improvement " + std::to_string(s.offered->number) + " is offered, not " +
                                std::to_string(number.value_or(0)),
                            "number");
}

bool is_offered(const state& s, std::optional<std::int64_t> number)
{
    return s.offered && number.value_or(s.offered->number) == s.offered->number;
}

} // namespace

std::optional<scheduling::plan_result> better_plan(const state& s, const planning_task& task,
                                                   const scheduling::plan_result& plan, std::uint32_t seed)
{
    const scheduling::improvement_limits limits{static_cast<std::uint64_t>(s.definition.improve_iterations), seed, {}};
    auto found = scheduling::improve(task.problem, plan, wanted(), limits).plan;
    if (!leaves_released_work(s, task.problem, plan, found))
        found = scheduling::improve(with_released_pinned(task.problem, plan), plan, wanted(), limits).plan;
    if (!leaves_released_work(s, task.problem, plan, found) || !is_better(task.problem, task.in_force, plan, found))
        return std::nullopt;
    return found;
}

void offer(decision& d, const state& after, const planning_task& task, const scheduling::plan_result& plan,
           const scheduling::plan_result& better, const context& about)
{
    improvement_offered event;
    event.at = about.now;
    event.offered.number = after.plan_number;
    event.offered.before = objectives_of(scheduling::evaluate(task.problem, plan, &plan).total);
    event.offered.after = objectives_of(scheduling::evaluate(task.problem, better, &plan).total);
    const auto moved = scheduling::difference(task.problem, plan, better);
    event.offered.shifted = shifts_of(moved);
    std::unordered_map<std::string, const scheduling::operation_move*> moves;
    for (const auto& m : moved.operations) moves.emplace(m.operation, &m);
    const auto places = index(better);
    for (const auto& [key, job] : after.jobs)
        for (const auto& o : job.operations) {
            const auto name = name_of(key, o.what.operation);
            const auto found = places.find(name);
            if (found == places.end() || o.sent.run != 0 || !differs(o.planned, *found->second)) continue;
            const auto why = moves.find(name);
            event.offered.placed.push_back(slot_of(key, o, *found->second, why == moves.end() ? nullptr : why->second));
        }
    if (!event.offered.placed.empty()) d.emit(std::move(event));
}

void close_what_lapsed(decision& d, const state& s, const planned& event)
{
    if (!s.offered) return;
    std::set<operation_key> touched(event.cleared.begin(), event.cleared.end());
    for (const auto& p : event.placed) touched.insert({p.work_order, p.operation});
    for (const auto& p : s.offered->placed) {
        if (!touched.contains({p.work_order, p.operation})) continue;
        d.emit(improvement_closed{s.offered->number, improvement_end::lapsed, name_of(p.work_order, p.operation)});
        return;
    }
}

/// Time has passed since it was found: what of it does not hold any more is mended, and it must still be better.
decision decide(const state& s, const accept_improvement& what, const context& about)
{
    if (!is_offered(s, what.number)) return refuse_proposal(s, what.number);
    auto task = task_of(s, about.now);
    auto wished = task.in_force;
    std::unordered_map<std::string, const slot*> slots;
    for (const auto& p : s.offered->placed) slots.emplace(name_of(p.work_order, p.operation), &p);
    for (auto& a : wished.assignments)
        if (const auto found = slots.find(a.operation); found != slots.end()) {
            const auto& p = *found->second;
            a = {a.job, a.operation, p.machine.text, p.person.text, p.start.ms, p.setup_end.ms, p.end.ms, {}, a.tool};
        }
    auto next = scheduling::repair(task.problem, wished);
    if (!is_better(task.problem, task.in_force, scheduling::repair(task.problem, task.in_force).plan, next.plan))
        return decision::refuse("no_longer_better", "too much has happened since it was offered");
    next.moved = scheduling::difference(task.problem, task.in_force, next.plan);
    planned event;
    event.number = s.plan_number + 1;
    event.at = about.now;
    event.how = planning::improvement;
    event.cause = "improvement " + std::to_string(s.offered->number) + " accepted";
    decision d;
    d.emit(improvement_closed{s.offered->number, improvement_end::accepted, {}});
    auto without = s;
    without.offered.reset();
    put_in_force(d, without, std::move(task), next, std::move(event), about);
    d.cancel_timer("replan");
    d.send(about.self.key(), dispatch_due{});
    return d;
}

decision decide(const state& s, const reject_improvement& what, const context& /*about*/)
{
    if (!is_offered(s, what.number)) return refuse_proposal(s, what.number);
    decision d;
    d.emit(improvement_closed{s.offered->number, improvement_end::rejected, what.reason});
    return d;
}

} // namespace takt::schedule
