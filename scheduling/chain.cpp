#include "scheduling/chain.hpp"

#include <algorithm>
#include <unordered_set>

#include "scheduling/fit.hpp"

namespace takt::scheduling {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

constexpr std::size_t longest_chain = 100;

/// Something that an operation could not start before. `next`: the operation behind it, or -1 at a root.
struct bound {
    time_ms until = 0;
    const char* kind = "";
    std::string subject;
    int next = -1;
};

class explainer {
public:
    explainer(const model& m, const timetable& t) : m_(m), t_(t) {}

    std::vector<binding> chain(int n)
    {
        std::vector<binding> all;
        std::unordered_set<int> seen;
        while (n >= 0 && seen.insert(n).second && all.size() < longest_chain) n = explain(n, all);
        return all;
    }

private:
    const node& of(int n) const { return m_.nodes[at(n)]; }

    binding told(int n, const bound& b) const
    {
        binding one{m_.job_of(of(n)).key, of(n).source->key, b.kind, b.subject, {}, {}, 0, b.until, 0};
        if (b.next < 0) return one;
        const auto& other = m_.job_of(of(b.next));
        one.other_job = other.key;
        one.other_operation = of(b.next).source->key;
        one.other_weight = other.weight;
        return one;
    }

    std::string name_of_unit(int u) const
    {
        const auto i = at(m_.units[at(u)].source);
        return m_.units[at(u)].is_tool ? m_.source->tools[i].key : m_.source->people[i].key;
    }

    int first_of(int r) const { return r < 0 ? -1 : t_.at_run(r).nodes.front(); }

    void add_before(const timeline& line, time_ms start, int r, const char* kind, const std::string& subject,
                    std::vector<bound>& out) const
    {
        const int before = line.before(start, r);
        if (before >= 0) out.push_back({t_.at_run(before).end, kind, subject, first_of(before)});
    }

    void add_own(int n, std::vector<bound>& out) const;
    void add_resources(int r, std::vector<bound>& out) const;
    int explain(int n, std::vector<binding>& out) const;
    int say_setup(int n, const run& where, std::vector<binding>& out) const;
    bound leftover(int n, const run& where, time_ms since) const;

    const model& m_;
    const timetable& t_;
};

/// What the operation itself waits for, whatever else runs.
void explainer::add_own(int n, std::vector<bound>& out) const
{
    const auto& one = of(n);
    const auto& j = m_.job_of(one);
    out.push_back({j.release, "release", j.key, -1});
    out.push_back({one.source->earliest, "earliest", one.source->key, -1});
    if (!one.needs.empty()) {
        bound b{one.material_at, "material", m_.source->materials[at(one.needs.front().first)].item, -1};
        for (const auto& need : one.needs)
            for (const auto& r : m_.source->materials[at(need.first)].receipts)
                if (r.at == one.material_at) b.subject = m_.source->materials[at(need.first)].item + " of " + r.key;
        out.push_back(b);
    }
    for (const auto& l : one.before) {
        if (!t_.placed(l.node)) continue;
        // An overlapping predecessor binds by its first share or by its end; its end is what can be told.
        const time_ms end = t_.of(l.node).end + l.least;
        out.push_back(
            {std::min(end, l.share < 1 ? t_.of(n).start : end), "predecessor", of(l.node).source->key, l.node});
    }
}

void explainer::add_resources(int r, std::vector<bound>& out) const
{
    const auto& where = t_.at_run(r);
    const auto& machine = m_.source->machines[at(where.machine)];
    add_before(t_.machine(where.machine), where.start, r, "machine", machine.key, out);
    if (machine.down_until > m_.source->now) out.push_back({machine.down_until, "machine_down", machine.key, -1});
    const bool handed_over = where.setter >= 0 && where.setup_end > where.start;
    if (handed_over) add_before(t_.of_unit(where.setter), where.start, r, "operator", name_of_unit(where.setter), out);
    if (where.person >= 0 && !handed_over)
        add_before(t_.of_unit(where.person), where.start, r, "operator", name_of_unit(where.person), out);
    if (where.tool >= 0) add_before(t_.of_unit(where.tool), where.start, r, "tool", name_of_unit(where.tool), out);
}

/// What is left when nothing stands directly in front of it.
bound explainer::leftover(int n, const run& where, time_ms since) const
{
    const auto& hours = t_.hours_of(where);
    const auto& machine = m_.source->machines[at(where.machine)];
    for (const auto& l : of(n).after)
        if (l.most < unlimited && t_.placed(l.node) && t_.of(l.node).start > where.end + l.least)
            return {where.start, "follow_up", of(l.node).source->key, l.node};
    if (!t_.power().unused() && where.watts > 0 &&
        t_.power().free_from(since, since + (where.end - where.start), where.watts) != since)
        return {where.start, "power", machine.key, -1};
    if (hours.between(since, where.start) < where.start - since)
        return {where.start, "calendar", where.person >= 0 ? name_of_unit(where.person) : machine.key, -1};
    // There was time, but never enough of it in one piece between what is planned.
    return {where.start, "machine", machine.key, first_of(t_.machine(where.machine).before(where.start, t_.run_of(n)))};
}

int explainer::say_setup(int n, const run& where, std::vector<binding>& out) const
{
    if (where.setup == 0) return n;
    const int before = t_.machine(where.machine).before(where.start, t_.run_of(n));
    const int family = t_.family_behind(where.machine, before);
    std::string from;
    for (const auto& [name, number] : m_.family_by_name)
        if (number == family) from = name;
    auto one = told(n, {where.start, "setup", from, -1});
    one.length = where.setup;
    out.push_back(std::move(one));
    return n;
}

/// Tells what was binding; returns the operation behind it.
int explainer::explain(int n, std::vector<binding>& out) const
{
    const auto& where = t_.of(n);
    const auto& p = *m_.source;
    if (where.running) {
        out.push_back(told(n, {where.start, "running", p.machines[at(where.machine)].key, -1}));
        return -1;
    }
    say_setup(n, where, out);
    if (of(n).source->pinned_start) {
        out.push_back(told(n, {where.start, "pinned", of(n).source->key, -1}));
        return -1;
    }
    std::vector<bound> all;
    all.push_back({p.now, "now", {}, -1});
    add_own(n, all);
    for (const int other : where.nodes) {
        if (other == n) continue;
        const time_ms ready = ready_at(m_, t_, other);
        all.push_back({ready, "batch", of(other).source->key, other});
    }
    add_resources(t_.run_of(n), all);
    // Of equal bounds the one that was found first: what is its own before what it shares.
    std::stable_sort(all.begin(), all.end(), [](const bound& a, const bound& b) { return a.until > b.until; });
    all.erase(std::remove_if(all.begin(), all.end(), [&](const bound& b) { return b.until > where.start; }), all.end());
    const auto& top = all.front();
    const time_ms second = all.size() > 1 ? all[1].until : top.until;
    if (where.start < p.frozen_until) out.push_back(told(n, {where.start, "frozen", of(n).source->key, -1}));
    if (top.until < where.start) {
        auto rest = told(n, leftover(n, where, top.until));
        rest.length = where.start - top.until;
        out.push_back(std::move(rest));
    }
    auto one = told(n, top);
    one.length = top.until - second;
    out.push_back(std::move(one));
    return top.next;
}

} // namespace

std::vector<binding> binding_chain(const model& m, const timetable& t, int node) { return explainer(m, t).chain(node); }

} // namespace takt::scheduling
