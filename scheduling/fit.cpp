#include "scheduling/fit.hpp"

#include <algorithm>
#include <cmath>

namespace takt::scheduling {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

const crew::same_hours nobody{shared_hours::always, {}};

/// Which kinds of people a mode takes: of each crew, one class with the same hours.
struct team {
    const crew::same_hours* operators = nullptr; ///< null: unattended
    const crew::same_hours* setters = nullptr;   ///< null: the operator sets up
};

class search {
public:
    search(const model& m, const timetable& t, const fit_request& ask)
        : m_(m), t_(t), ask_(ask), node_(m.nodes[at(ask.node)])
    {
        best_.alone.end = forever;
    }

    slot best(const char*& why);

private:
    struct found {
        int unit = -1;
        time_ms retry = forever;
    };

    void try_joining(const way& w, int number, time_ms from);
    void try_crews(const way& w, int number, time_ms from);
    void try_team(const way& w, int number, time_ms from, const team& who);
    std::optional<working_hours::stretch> stretch_from(time_ms from, time_ms setup, const way& w,
                                                       const team& who) const;
    found free_unit(const crew::same_hours& of, time_ms from, time_ms to, time_ms work, bool pinned) const;
    time_ms find_units(const way& w, const team& who, run& one) const;

    const model& m_;
    const timetable& t_;
    const fit_request& ask_;
    const node& node_;
    slot best_;
    bool power_stopped_ = false;
};

slot search::best(const char*& why)
{
    for (std::size_t i = 0; i < node_.ways.size(); ++i) {
        const auto& w = node_.ways[i];
        const time_ms from = std::max(ask_.from, m_.source->machines[at(w.machine)].down_until);
        if (node_.source->batch && m_.source->machines[at(w.machine)].capacity > 1)
            try_joining(w, static_cast<int>(i), from);
        try_crews(w, static_cast<int>(i), from);
    }
    if (best_.way < 0) why = power_stopped_ ? "power_exceeded" : "calendar_ends";
    return best_;
}

void search::try_joining(const way& w, int number, time_ms from)
{
    const auto& runs = t_.open_runs(w.machine);
    const int family = m_.family_on(w.machine, node_.family);
    const auto first =
        std::lower_bound(runs.begin(), runs.end(), from, [&](int r, time_ms t) { return t_.at_run(r).start < t; });
    for (auto i = first; i != runs.end(); ++i) {
        const auto& batch = t_.at_run(*i);
        if (batch.end >= best_.alone.end) return;
        if (ask_.exactly && batch.start != *ask_.exactly) continue;
        if (batch.room < std::max(1, node_.source->load) || batch.family != family || family == 0) continue;
        if (batch.skill != w.skill || batch.setup_skill != w.setup_skill || batch.crew_of_tool != w.tool) continue;
        if (batch.work < w.run || batch.watts < w.watts) continue;
        if (w.setup > batch.own_setup && batch.setup < m_.longest_setup(w.machine, family, w.setup)) continue;
        if (!node_.source->interruptible && !batch.whole) continue;
        if (batch.end < least_end(m_, t_, ask_.node, w.run)) continue;
        if (node_.pinned_person >= 0 && batch.person >= 0 && m_.units[at(batch.person)].source != node_.pinned_person)
            continue;
        best_.alone = batch;
        best_.joins = *i;
        best_.way = number;
        return;
    }
}

void search::try_crews(const way& w, int number, time_ms from)
{
    const auto each = [&](int which, auto visit) {
        if (which < 0) return visit(nullptr);
        for (const auto& c : m_.crews[at(which)].classes) visit(&c);
    };
    each(w.skill, [&](const crew::same_hours* operators) {
        each(w.setup_skill, [&](const crew::same_hours* setters) { try_team(w, number, from, {operators, setters}); });
    });
}

/// The setter works in the setup only; the operator then is there from its end on.
std::optional<working_hours::stretch> search::stretch_from(time_ms from, time_ms setup, const way& w,
                                                           const team& who) const
{
    const int machine = m_.machines[at(w.machine)].calendar;
    const int operators = who.operators == nullptr ? shared_hours::always : who.operators->calendar;
    const auto& in_run = m_.hours.of(machine, operators);
    const bool whole = !node_.source->interruptible;
    if (who.setters == nullptr || setup == 0) return in_run.work(from, setup, w.run, whole);
    const auto& in_setup = m_.hours.of(machine, who.setters->calendar);
    while (true) {
        auto set_up = in_setup.work(from, setup, 0, whole);
        if (!set_up) return std::nullopt;
        const auto rest = in_run.work(set_up->setup_end, 0, w.run, whole);
        if (!rest) return std::nullopt;
        if (!whole || rest->start == set_up->setup_end || w.run == 0)
            return working_hours::stretch{set_up->start, set_up->setup_end, std::max(rest->end, set_up->setup_end)};
        from = set_up->start + (rest->start - set_up->setup_end);
    }
}

search::found search::free_unit(const crew::same_hours& of, time_ms from, time_ms to, time_ms work, bool pinned) const
{
    found answer;
    for (const int u : of.units) {
        if (pinned && node_.pinned_person >= 0 && m_.units[at(u)].source != node_.pinned_person) continue;
        auto gap = t_.of_unit(u).free_from(from, work);
        if (gap.start == from && gap.end >= to) return {u, from};
        if (gap.start == from) gap = t_.of_unit(u).free_from(gap.after_end, work);
        answer.retry = std::min(answer.retry, gap.start);
    }
    return answer;
}

/// Chooses who and which tool; returns the instant itself if all are free, else when to ask again.
time_ms search::find_units(const way& w, const team& who, run& one) const
{
    if (who.operators != nullptr) {
        const bool setter_first = who.setters != nullptr && one.setup > 0;
        const time_ms from = setter_first ? one.setup_end : one.start;
        const auto person = free_unit(*who.operators, from, one.end, w.run, true);
        if (person.unit < 0) return person.retry >= forever ? forever : one.start + (person.retry - from);
        one.person = person.unit;
    }
    if (who.setters != nullptr && one.setup > 0) {
        const auto setter = free_unit(*who.setters, one.start, one.setup_end, one.setup, false);
        if (setter.unit < 0) return setter.retry;
        one.setter = setter.unit;
    }
    if (w.tool >= 0) {
        const auto tool = free_unit(m_.crews[at(w.tool)].classes.front(), one.start, one.end, w.run, false);
        if (tool.unit < 0) return tool.retry;
        one.tool = tool.unit;
    }
    return one.start;
}

/// Walks through the gaps of the machine until no later one could end before the best slot found so far. Where a setup
/// is needed, a later gap behind a run of the same family may still end earlier.
void search::try_team(const way& w, int number, time_ms from, const team& who)
{
    const auto& machine = t_.machine(w.machine);
    const int family = m_.family_on(w.machine, node_.family);
    const time_ms end_at_least = least_end(m_, t_, ask_.node, w.run);
    time_ms t = from;
    while (t + w.run < best_.alone.end) {
        const auto gap = machine.free_from(t, w.run);
        t = gap.start;
        if (t + w.run >= best_.alone.end) return;
        run one;
        one.machine = w.machine;
        one.family = family;
        const int family_before = t_.family_behind(w.machine, gap.before);
        one.setup = ask_.complete_setup ? m_.longest_setup(w.machine, family, w.setup)
                                        : m_.setup_between(w.machine, family_before, family, w.setup);
        const auto work = stretch_from(t, one.setup, w, who);
        if (work && work->end < end_at_least) {
            t = work->start + (end_at_least - work->end);
            continue;
        }
        if (!work || work->end > gap.end) {
            if (gap.end >= forever) return;
            t = gap.after_end;
            continue;
        }
        if (ask_.exactly && work->start > *ask_.exactly) return;
        // A neighbour that counts on the family before it must not find another one there.
        if (gap.after >= 0) {
            const auto& next = t_.at_run(gap.after);
            if (!next.running && next.setup < m_.setup_between(w.machine, family, next.family, next.own_setup)) {
                t = gap.after_end;
                continue;
            }
        }
        one.start = work->start;
        one.setup_end = work->setup_end;
        one.end = work->end;
        if (one.end >= best_.alone.end) {
            if (one.setup == 0 || gap.end >= forever) return;
            t = gap.after_end;
            continue;
        }
        if (const time_ms retry = find_units(w, who, one); retry > one.start) {
            t = retry;
            continue;
        }
        if (const time_ms retry = t_.power().free_from(one.start, one.end, w.watts); retry > one.start) {
            power_stopped_ = true;
            t = retry;
            continue;
        }
        one.work = w.run;
        one.own_setup = w.setup;
        one.watts = w.watts;
        one.skill = w.skill;
        one.setup_skill = w.setup_skill;
        one.crew_of_tool = w.tool;
        one.whole = !node_.source->interruptible;
        const int places = m_.source->machines[at(w.machine)].capacity;
        one.room = node_.source->batch && family != 0 ? places - std::max(1, node_.source->load) : 0;
        best_ = {std::move(one), -1, number};
        if (best_.alone.setup == 0 || gap.end >= forever) return;
        t = gap.after_end;
    }
}

/// When the first transfer batch of a predecessor is done.
time_ms transfer_at(const timetable& t, const model_link& l, const run& before)
{
    if (l.share >= 1 || before.running) return before.end;
    const auto first = static_cast<time_ms>(std::ceil(static_cast<double>(before.work) * l.share));
    const auto done = t.hours_of(before).work(before.setup_end, 0, first, false);
    return done ? std::min(done->end, before.end) : before.end;
}

} // namespace

slot earliest_fit(const model& m, const timetable& t, const fit_request& ask, const char*& why)
{
    return search(m, t, ask).best(why);
}

time_ms ready_at(const model& m, const timetable& t, int node)
{
    const auto& n = m.nodes[at(node)];
    time_ms from = std::max({m.source->now, m.job_of(n).release, n.source->earliest, n.material_at});
    for (const auto& l : n.before)
        if (t.placed(l.node)) from = std::max(from, transfer_at(t, l, t.of(l.node)) + l.least);
    return from;
}

time_ms latest_start_after(const model& m, const timetable& t, int node, int& because)
{
    time_ms latest = unlimited;
    for (const auto& l : m.nodes[at(node)].before) {
        if (l.most >= unlimited || !t.placed(l.node)) continue;
        const time_ms until = t.of(l.node).end + l.most;
        if (until >= latest) continue;
        latest = until;
        because = l.node;
    }
    return latest;
}

time_ms least_end(const model& m, const timetable& t, int node, time_ms run)
{
    time_ms least = -forever;
    for (const auto& l : m.nodes[at(node)].before) {
        if (l.share >= 1 || !t.placed(l.node)) continue;
        const auto last = static_cast<time_ms>(std::ceil(static_cast<double>(run) * l.share));
        least = std::max(least, t.of(l.node).end + l.least + last);
    }
    return least;
}

bool in_time(const model& m, const timetable& t, int node)
{
    const auto& where = t.of(node);
    int because = 0;
    return where.running ||
           (where.start >= ready_at(m, t, node) && where.start <= latest_start_after(m, t, node, because) &&
            where.end >= least_end(m, t, node, m.nodes[at(node)].ways[at(t.way_of(node))].run));
}

} // namespace takt::scheduling
