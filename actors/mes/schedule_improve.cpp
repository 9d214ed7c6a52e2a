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

bool is_better(const planning_rules& rules, const scheduling::problem& p, const scheduling::plan_result& in_force,
               const scheduling::plan_result& plan, const scheduling::plan_result& better)
{
    return better.left_out.size() <= plan.left_out.size() &&
           scheduling::better(wanted(rules), scheduling::evaluate(p, better, &in_force).total,
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

/// A plan that is better than one that holds, and leaves what the floor knows of about where it is.
std::optional<scheduling::plan_result> better_plan(const state& s, const planning_task& task,
                                                   const scheduling::plan_result& plan, const std::stop_token& stopping)
{
    scheduling::improvement_limits limits;
    limits.iterations = static_cast<std::uint64_t>(s.definition.improve_iterations);
    limits.seed = static_cast<std::uint32_t>(s.plan_number);
    limits.stop = [&] { return stopping.stop_requested(); };
    const auto goal = wanted(s.definition);
    auto found = scheduling::improve(task.problem, plan, goal, limits).plan;
    if (!leaves_released_work(s, task.problem, plan, found))
        found = scheduling::improve(with_released_pinned(task.problem, plan), plan, goal, limits).plan;
    if (!leaves_released_work(s, task.problem, plan, found) ||
        !is_better(s.definition, task.problem, task.in_force, plan, found))
        return std::nullopt;
    return found;
}

/// What a better plan would move.
improvement improvement_by(const state& s, const planning_task& task, const scheduling::plan_result& plan,
                           const scheduling::plan_result& better)
{
    improvement out;
    out.number = s.plan_number;
    out.before = objectives_of(scheduling::evaluate(task.problem, plan, &plan).total);
    out.after = objectives_of(scheduling::evaluate(task.problem, better, &plan).total);
    const auto moved = scheduling::difference(task.problem, plan, better);
    out.shifted = shifts_of(moved);
    std::unordered_map<std::string, const scheduling::operation_move*> moves;
    for (const auto& m : moved.operations) moves.emplace(m.operation, &m);
    const auto places = index(better);
    for (const auto& [key, job] : s.jobs)
        for (const auto& o : job.operations) {
            const auto name = name_of(key, o.what.operation);
            const auto found = places.find(name);
            if (found == places.end() || o.sent.run != 0 || !differs(o.planned, *found->second)) continue;
            const auto why = moves.find(name);
            out.placed.push_back(slot_of(key, o, *found->second, why == moves.end() ? nullptr : why->second));
        }
    return out;
}

message find_improvement(state s, instant now, const std::stop_token& stopping)
{
    propose_improvement proposal;
    if (s.definition.improvements == improvement_policy::apply) proposal.downtimes = better_downtimes(s, now);
    for (const auto& m : proposal.downtimes) apply(s, m);
    const auto shifts = shifts_worth_opening(s, now, stopping);
    s.opened.insert(s.opened.end(), shifts.begin(), shifts.end());
    const auto task = task_of(s, now);
    const auto plan = scheduling::repair(task.problem, task.in_force).plan;
    if (const auto better = better_plan(s, task, plan, stopping)) {
        proposal.found = improvement_by(s, task, plan, *better);
        proposal.found.shifts = shifts;
    }
    if (proposal.found.placed.empty() && proposal.downtimes.empty()) return {};
    return make_message(std::move(proposal));
}

/// Time has passed since it was found: what of it does not hold any more is mended. False if that is no better than the
/// plan in force.
bool take(decision& d, state s, const improvement& found, std::string cause, const context& about)
{
    for (const auto& o : found.shifts)
        if (o.from > about.now) call_in(d, s, o, "lateness", about);
    auto task = task_of(s, about.now);
    auto wished = task.in_force;
    std::unordered_map<std::string, const slot*> slots;
    for (const auto& p : found.placed) slots.emplace(name_of(p.work_order, p.operation), &p);
    for (auto& a : wished.assignments)
        if (const auto at = slots.find(a.operation); at != slots.end()) {
            const auto& p = *at->second;
            a = {a.job, a.operation, p.machine.text, p.person.text, p.start.ms, p.setup_end.ms, p.end.ms, {}, a.tool};
        }
    auto next = scheduling::repair(task.problem, wished);
    const auto mended = scheduling::repair(task.problem, task.in_force).plan;
    if (!is_better(s.definition, task.problem, task.in_force, mended, next.plan)) return false;
    next.moved = scheduling::difference(task.problem, task.in_force, next.plan);
    planned event;
    event.number = s.plan_number + 1;
    event.at = about.now;
    event.how = planning::improvement;
    event.cause = std::move(cause);
    put_in_force(d, s, std::move(task), next, std::move(event), about);
    d.cancel_timer("replan");
    d.send(about.self.key(), dispatch_due{});
    return true;
}

/// Something that it would move stands elsewhere by now.
bool has_lapsed(const state& s, const improvement& found)
{
    return std::any_of(found.placed.begin(), found.placed.end(), [&](const slot& p) {
        const auto* o = find_operation(s, p.work_order, p.operation);
        return o == nullptr || o->sent.run != 0 || !o->planned || o->planned->machine != p.old_machine ||
               o->planned->start != p.old_start;
    });
}

/// It is still to come.
bool may_move(const state& s, const downtime_moved& m, instant now)
{
    const auto machine = s.machines.find(m.machine);
    return machine != s.machines.end() && !is_maintained(machine->second, now) &&
           std::any_of(machine->second.downtimes.begin(), machine->second.downtimes.end(),
                       [&](const downtime& d) { return d.reference == m.reference && d.latest && m.to <= *d.latest; });
}

} // namespace

void seek_improvement(decision& d, state after, const context& about)
{
    d.emit(improvement_sought{about.now});
    d.calculate([s = std::make_shared<const state>(std::move(after)),
                 now = about.now](const std::stop_token& stopping) { return find_improvement(*s, now, stopping); });
}

decision decide(const state& s, const propose_improvement& what, const context& about)
{
    decision d;
    if (s.definition.improvements == improvement_policy::offer) {
        if (!has_lapsed(s, what.found)) d.emit(improvement_offered{what.found, about.now});
        return d;
    }
    auto moved = s;
    for (const auto& m : what.downtimes)
        if (m.from > about.now && may_move(s, m, about.now)) {
            apply(moved, m);
            tell_whose(d, m);
            d.emit(m);
        }
    if (!what.found.placed.empty()) {
        auto with_plan = d;
        if (take(with_plan, moved, what.found, "improvement", about)) return with_plan;
    }
    if (!d.events().empty()) plan_anew(d, s, about, "maintenance moved");
    return d;
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

decision decide(const state& s, const accept_improvement& what, const context& about)
{
    if (!is_offered(s, what.number)) return refuse_proposal(s, what.number);
    decision d;
    d.emit(improvement_closed{s.offered->number, improvement_end::accepted, {}});
    auto without = s;
    without.offered.reset();
    const auto cause = "improvement " + std::to_string(s.offered->number) + " accepted";
    if (take(d, without, *s.offered, cause, about)) return d;
    return decision::refuse("no_longer_better", "too much has happened since it was offered");
}

decision decide(const state& s, const reject_improvement& what, const context& /*about*/)
{
    if (!is_offered(s, what.number)) return refuse_proposal(s, what.number);
    decision d;
    d.emit(improvement_closed{s.offered->number, improvement_end::rejected, what.reason});
    return d;
}

} // namespace takt::schedule
