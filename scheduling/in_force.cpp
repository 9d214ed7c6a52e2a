#include "scheduling/in_force.hpp"

#include <algorithm>
#include <tuple>

#include "scheduling/stock.hpp"

namespace takt::scheduling {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// One operation where the plan has it, as the run it would be; nothing if it does not hold there any more.
class reader {
public:
    reader(const model& m, const timetable& t) : m_(m), t_(t) {}

    std::optional<slot> read(int n, const assignment& a) const
    {
        const auto& one = m_.nodes[at(n)];
        const auto machine = m_.machine_by_key.find(a.machine);
        if (machine == m_.machine_by_key.end() || !may_start(one, a, machine->second)) return std::nullopt;
        for (std::size_t w = 0; w < one.ways.size(); ++w) {
            if (one.ways[w].machine != machine->second) continue;
            if (auto found = as_planned(one, one.ways[w], a)) {
                found->way = static_cast<int>(w);
                return found;
            }
        }
        return std::nullopt;
    }

private:
    bool may_start(const node& n, const assignment& a, int machine) const
    {
        const auto& p = *m_.source;
        if (n.source->pinned_start && *n.source->pinned_start != a.start) return false;
        if (n.pinned_person >= 0 && !a.person.empty() && p.people[at(n.pinned_person)].key != a.person) return false;
        return a.start >= std::max({p.now, m_.job_of(n).release, n.source->earliest, n.material_at,
                                    p.machines[at(machine)].down_until}) &&
               a.setup_end >= a.start && a.end >= a.setup_end;
    }

    /// A unit of that name in a crew that is free then; -1: none.
    int unit_named(int which, const std::string& key, time_ms from, time_ms to) const
    {
        for (const auto& c : m_.crews[at(which)].classes) {
            for (const int u : c.units) {
                const auto& one = m_.units[at(u)];
                const auto& name =
                    one.is_tool ? m_.source->tools[at(one.source)].key : m_.source->people[at(one.source)].key;
                if (name != key) continue;
                const auto gap = t_.of_unit(u).free_from(from, 0);
                if (from >= to || (gap.start == from && gap.end >= to)) return u;
            }
        }
        return -1;
    }

    std::optional<slot> as_planned(const node& n, const way& w, const assignment& a) const
    {
        slot s;
        auto& one = s.alone;
        one.machine = w.machine;
        one.start = a.start;
        one.setup_end = a.setup_end;
        one.end = a.end;
        const bool set_up = w.setup_skill >= 0 && a.setup_end > a.start;
        if ((w.skill >= 0) == a.person.empty() || set_up == a.setter.empty() || (w.tool >= 0) == a.tool.empty())
            return std::nullopt;
        if (w.skill >= 0 && (one.person = unit_named(w.skill, a.person, set_up ? a.setup_end : a.start, a.end)) < 0)
            return std::nullopt;
        if (set_up && (one.setter = unit_named(w.setup_skill, a.setter, a.start, a.setup_end)) < 0) return std::nullopt;
        if (w.tool >= 0 && (one.tool = unit_named(w.tool, a.tool, a.start, a.end)) < 0) return std::nullopt;
        one.family = m_.family_on(w.machine, n.family);
        one.own_setup = w.setup;
        one.work = w.run;
        one.watts = w.watts;
        one.skill = w.skill;
        one.setup_skill = w.setup_skill;
        one.crew_of_tool = w.tool;
        one.whole = !n.source->interruptible;
        const int places = m_.source->machines[at(w.machine)].capacity;
        one.room = n.source->batch && one.family != 0 ? std::max(0, places - std::max(1, n.source->load)) : 0;
        const auto gap = t_.machine(w.machine).free_from(a.start, 0);
        const bool free = a.start == a.end || (gap.start == a.start && gap.end >= a.end);
        if (!free || t_.power().free_from(a.start, a.end, w.watts) != a.start || !takes_its_time(one))
            return std::nullopt;
        return s;
    }

    bool takes_its_time(run& one) const
    {
        const int machine = m_.machines[at(one.machine)].calendar;
        const auto& in_run = t_.hours_of(one);
        const auto& in_setup = one.setter < 0 ? in_run : m_.hours.of(machine, m_.units[at(one.setter)].calendar);
        one.setup = in_setup.between(one.start, one.setup_end);
        if (in_run.between(one.setup_end, one.end) != one.work) return false;
        const auto& first = one.setup > 0 ? in_setup : in_run;
        if (one.start < one.end && first.between(one.start, one.start + 1) == 0) return false;
        if (!one.whole) return true;
        if (one.setter < 0) return one.setup + one.work == one.end - one.start && in_run.within_one(one.start, one.end);
        return in_setup.within_one(one.start, one.setup_end) && in_run.within_one(one.setup_end, one.end);
    }

    const model& m_;
    const timetable& t_;
};

/// The run of a batch that this one was planned to share.
int shared_run(const model& m, const timetable& t, int n, const assignment& a, int& number)
{
    const auto& one = m.nodes[at(n)];
    if (!one.source->batch) return -1;
    for (std::size_t i = 0; i < one.ways.size(); ++i) {
        const auto& w = one.ways[i];
        if (m.source->machines[at(w.machine)].key != a.machine) continue;
        for (const int r : t.open_runs(w.machine)) {
            const auto& batch = t.at_run(r);
            if (batch.start != a.start || batch.setup_end != a.setup_end || batch.end != a.end) continue;
            if (batch.family != m.family_on(w.machine, one.family) || batch.room < std::max(1, one.source->load))
                continue;
            if (batch.skill != w.skill || batch.setup_skill != w.setup_skill || batch.crew_of_tool != w.tool) continue;
            if (batch.work < w.run || batch.watts < w.watts || (!one.source->interruptible && !batch.whole)) continue;
            if (w.setup > batch.own_setup && batch.setup < m.longest_setup(w.machine, batch.family, w.setup)) continue;
            number = static_cast<int>(i);
            return r;
        }
    }
    return -1;
}

} // namespace

std::vector<const assignment*> by_node(const model& m, const plan_result& plan)
{
    std::vector<const assignment*> places(m.nodes.size(), nullptr);
    for (const auto& a : plan.assignments) {
        const auto found = m.node_by_key.find(a.operation);
        if (found != m.node_by_key.end()) places[at(found->second)] = &a;
    }
    return places;
}

std::vector<int> by_start(const model& m, const std::vector<const assignment*>& places)
{
    auto order = by_urgency(m);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        const auto start = [&](int n) { return places[at(n)] == nullptr ? forever : places[at(n)]->start; };
        return start(a) < start(b);
    });
    return order;
}

void book_what_holds(const model& m, builder& b, const std::vector<const assignment*>& places)
{
    std::vector<int> order;
    for (std::size_t i = 0; i < places.size(); ++i)
        if (places[i] != nullptr && !b.settled(static_cast<int>(i))) order.push_back(static_cast<int>(i));
    // Of a batch, the one that needs most in every respect comes first: the others join it, as they once did.
    const auto need = [&](int n) {
        const auto& one = m.nodes[at(n)];
        if (one.source->batch)
            for (const auto& w : one.ways)
                if (m.source->machines[at(w.machine)].key == places[at(n)]->machine)
                    return std::tuple{-w.run, one.source->interruptible, -w.watts, -w.setup};
        return std::tuple{time_ms{0}, false, std::int64_t{0}, time_ms{0}};
    };
    std::stable_sort(order.begin(), order.end(), [&](int x, int y) {
        const auto key = [&](int n) {
            const auto& a = *places[at(n)];
            return std::tuple{a.start >= m.source->frozen_until, a.start, a.end, need(n)};
        };
        return key(x) < key(y);
    });
    const reader read(m, b.table);
    for (const int n : order) {
        const auto& a = *places[at(n)];
        int number = -1;
        if (const int r = shared_run(m, b.table, n, a, number); r >= 0) {
            slot joins;
            joins.joins = r;
            joins.way = number;
            b.table.book(n, joins);
        } else if (const auto found = read.read(n, a)) {
            b.table.book(n, *found);
        }
    }
    b.table.forget();
}

} // namespace takt::scheduling
