#include <algorithm>

#include "actors/mes/schedule_parts.hpp"
#include "actors/refusals.hpp"
#include "messages/eam/maintenance_order.hpp"
#include "scheduling/calendar.hpp"

/// Maintenance within a window: where it costs the plan least.
namespace takt::schedule {
namespace {

/// Each place that is tried costs a repair.
constexpr std::size_t places_tried = 6;
/// A move that gains less is not worth telling a technician.
constexpr double gain_least = 0.5;
/// Maintenance whose machine is still at work when its time has come.
constexpr milliseconds machine_still_busy{10 * 60'000};
/// Looks at as many ends of shifts and of other maintenance for somebody who is free.
constexpr int turns_tried = 100;

const downtime* find_downtime(const machine_entry& m, const std::string& reference)
{
    const auto found = std::find_if(m.downtimes.begin(), m.downtimes.end(),
                                    [&](const downtime& d) { return d.reference == reference; });
    return found == m.downtimes.end() ? nullptr : &*found;
}

/// The key of the maintenance order that a downtime is for; empty if it is for none.
std::string_view order_of(std::string_view reference)
{
    constexpr std::string_view orders = "maintenance_order/";
    const auto key = reference.starts_with(orders) ? reference.substr(orders.size()) : std::string_view();
    return valid_key(key) ? key : std::string_view();
}

/// Until when the machine does what it has got.
instant busy_until(const state& s, const machine_entry& m, instant now)
{
    for (const auto& r : m.runs)
        if (const auto* o = find_operation(s, r.work_order, r.operation); o != nullptr && o->sent.run != 0)
            now = std::max(now, o->sent.at + o->sent.expected_ms);
    return now;
}

/// Those with a skill, and the other maintenance that waits for one of them.
class hands {
public:
    hands(const state& s, const downtime& d) : s_(s), d_(d), calendars_(s, d.earliest.value_or(d.from), until(d)) {}

    /// The first time from then on at which one of them is at work and free.
    instant free_from(instant at)
    {
        if (d_.skill.empty()) return at;
        auto t = at;
        for (int turn = 0; turn < turns_tried; ++turn) {
            const auto [there, next] = at_work(t);
            const auto busy = others(t);
            if (there > busy.count) return t;
            const auto later = there > 0 ? busy.first_end : next;
            if (!later) return at; // nobody ever is: it waits for whom there is
            t = std::max(*later, t + milliseconds{1});
        }
        return at;
    }

private:
    struct overlap {
        int count = 0;
        std::optional<instant> first_end;
    };

    static instant until(const downtime& d) { return d.latest.value_or(d.to) + milliseconds{3 * 86'400'000}; }

    /// How many are there, and when the first of them comes if none is.
    std::pair<int, std::optional<instant>> at_work(instant t)
    {
        int there = 0;
        std::optional<instant> next;
        for (const auto& [key, p] : s_.people) {
            if (std::find(p.skills.begin(), p.skills.end(), d_.skill) == p.skills.end()) continue;
            const auto& when = calendars_.of(p.shifts);
            if (scheduling::works_at(when, t.ms))
                ++there;
            else if (const auto comes = scheduling::next_working(when, t.ms))
                next = next ? std::min(*next, instant{*comes}) : instant{*comes};
        }
        return {there, next};
    }

    overlap others(instant t) const
    {
        overlap all;
        for (const auto& [key, m] : s_.machines)
            for (const auto& other : m.downtimes) {
                const bool there = other.from < t + (d_.to - d_.from) && other.to > t;
                if (other.skill != d_.skill || other.reference == d_.reference || !there) continue;
                ++all.count;
                all.first_end = all.first_end ? std::min(*all.first_end, other.to) : other.to;
            }
        return all;
    }

    const state& s_;
    const downtime& d_;
    calendars calendars_;
};

/// Starts worth a trial: as soon as possible, as late as possible, and the ends of what is planned there; of those with
/// whom it waits for somebody, the times at which somebody is free.
std::vector<instant> starts_for(const state& s, const machine_entry& m, const downtime& d, instant now)
{
    const auto length = d.to - d.from;
    hands crew(s, d);
    const auto first = crew.free_from(std::max(*d.earliest, busy_until(s, m, now))), last = *d.latest - length;
    if (last <= first) return {first};
    std::vector<instant> all{first, last};
    for (const auto& k : m.queue)
        if (const auto* o = find_operation(s, k.work_order, k.operation); o != nullptr && o->planned)
            if (o->planned->end > first && o->planned->end < last) all.push_back(o->planned->end);
    for (auto& start : all) start = crew.free_from(start);
    std::erase_if(all, [&](instant start) { return start > last; });
    if (all.empty()) return {first};
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
    const auto order = order_of(what.reference);
    const bool from_order = about.sender == what.reference && !order.empty();
    const auto m = s.machines.find(what.machine);
    if (from_order && m == s.machines.end())
        return std::move(decision().send(order, maintenance_order::decline_downtime{"unknown_machine"}));
    if (m == s.machines.end())
        return decision::refuse("unknown_machine", "the schedule knows no machine " + what.machine.text, "machine");
    if (what.duration_ms <= milliseconds{0})
        return decision::refuse("not_positive", "maintenance takes some time", "duration_ms");
    if (what.latest - std::max(what.earliest, about.now) < what.duration_ms)
        return decision::refuse("window_too_short", "there is no room for it between earliest and latest", "latest");
    if (const auto* there = find_downtime(m->second, what.reference); from_order && there != nullptr)
        return std::move(decision().send(order, maintenance_order::take_downtime{there->from, there->to, false}));
    else if (there != nullptr)
        return decision::refuse("already_planned", what.reference + " is open at this machine", "reference");
    const downtime open{what.reference, what.earliest, what.earliest + what.duration_ms, what.earliest, what.latest,
                        what.skill,     false};
    const auto best = best_place(s, what.machine, open, about.now).where;
    decision d;
    d.emit(downtime_planned{what.machine, what.reference, best.from, best.to, what.earliest, what.latest, what.skill});
    if (!order.empty()) d.send(order, maintenance_order::take_downtime{best.from, best.to, false});
    plan_anew(d, s, about, "machine " + what.machine.text + " maintenance");
    return d;
}

decision decide(const state& s, const begin_downtime& what, const context& about)
{
    decision d;
    const auto order = order_of(what.reference);
    const auto m = s.machines.find(what.machine);
    const auto* open = m == s.machines.end() ? nullptr : find_downtime(m->second, what.reference);
    if (order.empty()) return d;
    if (open == nullptr) {
        d.send(order, maintenance_order::decline_downtime{"not_planned"});
    } else if (open->from > about.now) { // moved meanwhile
        d.send(order, maintenance_order::take_downtime{open->from, open->to, false});
    } else if (m->second.runs.empty() || about.now > open->latest.value_or(about.now)) {
        if (!open->begun) d.emit(downtime_begun{what.machine, what.reference, about.now});
        d.send(order, maintenance_order::take_downtime{open->from, open->to, true});
    } else {
        const auto from = about.now + machine_still_busy;
        const downtime_moved moved{what.machine, what.reference, from, from + (open->to - open->from), "machine_busy"};
        tell_whose(d, moved);
        d.emit(moved);
    }
    return d;
}

void tell_whose(decision& d, const downtime_moved& moved)
{
    if (const auto order = order_of(moved.reference); !order.empty())
        d.send(order, maintenance_order::take_downtime{moved.from, moved.to, false});
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
        tell_whose(d, e);
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
    s.machines[e.machine].downtimes.push_back({e.reference, e.from, e.to, e.earliest, e.latest, e.skill, false});
}

void apply(state& s, const downtime_moved& e)
{
    for (auto& d : s.machines[e.machine].downtimes)
        if (d.reference == e.reference) {
            d.from = e.from;
            d.to = e.to;
        }
}

void apply(state& s, const downtime_begun& e)
{
    for (auto& d : s.machines[e.machine].downtimes)
        if (d.reference == e.reference) d.begun = true;
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
