#include <algorithm>

#include "actors/mes/schedule_parts.hpp"
#include "actors/refusals.hpp"

/// Maintenance within a window: where it costs the plan least.
namespace takt::schedule {
namespace {

/// Each place that is tried costs a repair.
constexpr std::size_t places_tried = 6;
/// A move that gains less is not worth telling a technician.
constexpr double gain_least = 0.5;

const downtime* find_downtime(const machine_entry& m, const std::string& reference)
{
    const auto found = std::find_if(m.downtimes.begin(), m.downtimes.end(),
                                    [&](const downtime& d) { return d.reference == reference; });
    return found == m.downtimes.end() ? nullptr : &*found;
}

/// Until when the machine does what it has got.
instant busy_until(const state& s, const machine_entry& m, instant now)
{
    for (const auto& r : m.runs)
        if (const auto* o = find_operation(s, r.work_order, r.operation); o != nullptr && o->sent.run != 0)
            now = std::max(now, o->sent.at + o->sent.expected_ms);
    return now;
}

/// Starts worth a trial: as soon as possible, as late as possible, and the ends of what is planned there.
std::vector<instant> starts_for(const state& s, const machine_entry& m, const downtime& d, instant now)
{
    const auto length = d.to - d.from;
    const auto first = std::max(*d.earliest, busy_until(s, m, now)), last = *d.latest - length;
    if (last <= first) return {first};
    std::vector<instant> all{first, last};
    for (const auto& k : m.queue)
        if (const auto* o = find_operation(s, k.work_order, k.operation); o != nullptr && o->planned)
            if (o->planned->end > first && o->planned->end < last) all.push_back(o->planned->end);
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    if (all.size() <= places_tried) return all;
    std::vector<instant> some;
    for (std::size_t i = 0; i < places_tried; ++i) some.push_back(all[i * (all.size() - 1) / (places_tried - 1)]);
    return some;
}

/// What the plan is worth with the downtime there; less is better.
double cost_with(state s, const machine_id& machine, const downtime& d, instant now)
{
    auto& all = s.machines[machine].downtimes;
    std::erase_if(all, [&](const downtime& other) { return other.reference == d.reference; });
    all.push_back(d);
    const auto task = task_of(s, now);
    const auto plan = scheduling::repair(task.problem, task.in_force).plan;
    const auto worth = scheduling::evaluate(task.problem, plan, &task.in_force).total;
    return cost_of(s.definition, worth, plan.left_out.size());
}

struct choice {
    downtime where;
    double cost = 0;
};

/// The place that costs least, the first of equals.
choice best_place(const state& s, const machine_id& machine, const downtime& d, instant now)
{
    std::optional<choice> best;
    for (const auto start : starts_for(s, s.machines.at(machine), d, now)) {
        auto there = d;
        there.from = start;
        there.to = start + (d.to - d.from);
        const auto cost = cost_with(s, machine, there, now);
        if (!best || cost < best->cost) best = choice{there, cost};
    }
    return *best;
}

} // namespace

decision decide(const state& s, const plan_downtime& what, const context& about)
{
    const auto m = s.machines.find(what.machine);
    if (m == s.machines.end())
        return decision::refuse("unknown_machine", "the schedule knows no machine " + what.machine.text, "machine");
    if (what.duration_ms <= milliseconds{0})
        return decision::refuse("not_positive", "maintenance takes some time", "duration_ms");
    if (what.latest - std::max(what.earliest, about.now) < what.duration_ms)
        return decision::refuse("window_too_short", "there is no room for it between earliest and latest", "latest");
    if (find_downtime(m->second, what.reference) != nullptr)
        return decision::refuse("already_planned", what.reference + " is open at this machine", "reference");
    const downtime open{what.reference, what.earliest, what.earliest + what.duration_ms, what.earliest, what.latest};
    const auto best = best_place(s, what.machine, open, about.now).where;
    decision d;
    d.emit(downtime_planned{what.machine, what.reference, best.from, best.to, what.earliest, what.latest});
    plan_anew(d, s, about, "machine " + what.machine.text + " maintenance");
    return d;
}

void move_downtimes(decision& d, state& s, const context& about)
{
    std::vector<downtime_moved> moved;
    for (const auto& [key, m] : s.machines)
        for (const auto& open : m.downtimes) {
            if (!open.latest || open.from <= about.now || busy_until(s, m, about.now) <= open.from) continue;
            const auto best = best_place(s, key, open, about.now).where;
            if (best.from != open.from) moved.push_back({key, open.reference, best.from, best.to, "machine_busy"});
        }
    for (auto& e : moved) {
        apply(s, e);
        d.emit(std::move(e));
    }
}

std::vector<downtime_moved> better_downtimes(const state& s, instant now)
{
    std::vector<downtime_moved> better;
    for (const auto& [key, m] : s.machines)
        for (const auto& open : m.downtimes) {
            if (!open.latest || open.from <= now) continue;
            const auto best = best_place(s, key, open, now);
            if (best.where.from == open.from || best.cost + gain_least >= cost_with(s, key, open, now)) continue;
            better.push_back({key, open.reference, best.where.from, best.where.to, "less_disturbance"});
        }
    return better;
}

void apply(state& s, const downtime_planned& e)
{
    s.machines[e.machine].downtimes.push_back({e.reference, e.from, e.to, e.earliest, e.latest});
}

void apply(state& s, const downtime_moved& e)
{
    for (auto& d : s.machines[e.machine].downtimes)
        if (d.reference == e.reference) {
            d.from = e.from;
            d.to = e.to;
        }
}

bool is_maintained(const machine_entry& m, instant now)
{
    return std::any_of(m.downtimes.begin(), m.downtimes.end(),
                       [&](const downtime& d) { return !d.latest || d.from <= now; });
}

std::optional<instant> next_downtime(const machine_entry& m)
{
    std::optional<instant> next;
    for (const auto& d : m.downtimes) next = std::min(next.value_or(d.from), d.from);
    return next;
}

} // namespace takt::schedule
