#include "scheduling/build.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <tuple>

namespace takt::scheduling {
namespace {

std::size_t place_of(int i) { return static_cast<std::size_t>(i); }

/// So often operations that must follow each other soon are pulled together before the later one is given up; and so
/// often in all, for a whole cluster.
constexpr int most_tries = 60, most_tries_in_all = 300;

} // namespace

builder::builder(const model& m) : table(m), m_(m) { grow(); }

void builder::grow()
{
    table.grow();
    const auto known = left.size();
    left.resize(m_.nodes.size());
    for (auto i = known; i < left.size(); ++i) left[i] = {m_.nodes[i].left_out, m_.nodes[i].subject};
}

void builder::leave_out(int n, const char* reason, const std::string& subject)
{
    left[place_of(n)] = {reason, subject};
}

void builder::keep_running()
{
    const auto& p = *m_.source;
    for (std::size_t i = 0; i < m_.nodes.size(); ++i) {
        const auto& n = m_.nodes[i];
        if (!n.running() || n.left_out != nullptr) continue;
        run now;
        now.machine = m_.machine_by_key.at(n.source->running_machine);
        const auto who = m_.person_by_key.find(n.source->running_operator);
        for (std::size_t u = 0; u < m_.units.size() && who != m_.person_by_key.end(); ++u) {
            if (m_.units[u].is_tool || m_.units[u].source != who->second) continue;
            const auto busy = table.of_unit(static_cast<int>(u)).free_from(p.now, 0).start > p.now;
            if (now.person < 0 || !busy) now.person = static_cast<int>(u);
            if (!busy) break;
        }
        for (const auto& w : n.source->modes) { // also one that could not be begun today
            if (w.machine != n.source->running_machine) continue;
            now.watts = watts_of(w);
            const auto tool = m_.crew_by_tool.find(w.tool);
            for (const auto& c :
                 tool == m_.crew_by_tool.end() ? decltype(crew::classes){} : m_.crews[place_of(tool->second)].classes)
                for (const int u : c.units)
                    if (now.tool < 0 && table.of_unit(u).free_from(p.now, 0).start == p.now) now.tool = u;
        }
        const time_ms from = std::max(p.now, p.machines[place_of(now.machine)].down_until);
        const time_ms remaining = std::clamp<time_ms>(n.source->remaining, 0, forever / 8);
        time_ms end = from + remaining;
        if (n.source->interruptible)
            if (const auto rest = table.hours_of(now).work(from, 0, remaining, false)) end = rest->end;
        now.start = now.setup_end = std::min(n.source->started, p.now);
        now.end = std::max(end, now.start);
        now.family = m_.family_on(now.machine, n.family);
        table.keep_running(static_cast<int>(i), std::move(now));
    }
}

void builder::place_pinned()
{
    for (std::size_t i = 0; i < m_.nodes.size(); ++i)
        if (m_.nodes[i].source->pinned_start && !settled(static_cast<int>(i))) place(static_cast<int>(i), 0, false);
}

std::vector<std::pair<int, int>> builder::pinned_conflicts() const
{
    std::vector<std::pair<int, int>> found;
    for (std::size_t i = 0; i < m_.nodes.size(); ++i) {
        const auto n = static_cast<int>(i);
        if (!m_.nodes[i].source->pinned_start || m_.nodes[i].running() || !table.placed(n)) continue;
        for (const auto& l : m_.nodes[i].before) {
            const bool planned = table.placed(l.node);
            const bool on_time = planned && table.of(n).end >= least_end(m_, table, n, table.of(n).work) &&
                                 table.of(n).start <= table.of(l.node).end + l.most;
            if (on_time && ready_at(m_, table, n) <= table.of(n).start) continue;
            found.emplace_back(n, l.node);
            break;
        }
    }
    return found;
}

void builder::place_open(const std::vector<double>& shift)
{
    std::vector<int> all(m_.clusters.size());
    std::iota(all.begin(), all.end(), 0);
    place_open(all, shift);
}

void builder::place_open(const std::vector<int>& clusters, const std::vector<double>& shift)
{
    using turn = std::tuple<double, double, int>; // when, the heavier first, cluster
    std::priority_queue<turn, std::vector<turn>, std::greater<>> eligible;
    const auto let_in = [&](int c) {
        const auto& members = m_.clusters[place_of(c)];
        const auto first = std::find_if(members.begin(), members.end(), [&](int n) { return !settled(n); });
        if (first == members.end()) return;
        const double moved = shift.empty() ? 0 : shift[place_of(*first)];
        eligible.emplace(turn_of(*first) + moved, -at(*first).weight, c);
    };
    const auto each_cluster_behind = [&](int c, auto visit) {
        for (const int n : m_.clusters[place_of(c)])
            for (const auto& l : at(n).after)
                if (at(l.node).cluster != c && !settled(l.node)) visit(at(l.node).cluster);
    };
    const auto is_open = [&](int c) {
        const auto& members = m_.clusters[place_of(c)];
        return std::any_of(members.begin(), members.end(), [&](int n) { return !settled(n); });
    };
    waits_for_.resize(m_.clusters.size(), 0);
    for (const int c : clusters) waits_for_[place_of(c)] = 0;
    for (const int c : clusters)
        if (is_open(c)) each_cluster_behind(c, [&](int behind) { ++waits_for_[place_of(behind)]; });
    for (const int c : clusters)
        if (waits_for_[place_of(c)] == 0 && is_open(c)) let_in(c);
    while (!eligible.empty()) {
        const int next = std::get<int>(eligible.top());
        eligible.pop();
        std::vector<int> behind; // before anything changes, as a later left-out operation is settled too
        each_cluster_behind(next, [&](int c) { behind.push_back(c); });
        place_cluster(next);
        for (const int c : behind)
            if (--waits_for_[place_of(c)] == 0) let_in(c);
    }
}

/// When it could start, later by half of its slack: one with a day to spare lets pass what comes within the next twelve
/// hours and has none. More weight makes slack shorter and lateness longer.
double builder::turn_of(int n) const
{
    const auto start = static_cast<double>(ready_at(m_, table, n));
    const double slack = at(n).latest_start - start;
    return start + 0.5 * (slack > 0 ? slack / at(n).weight : slack * at(n).weight);
}

bool builder::predecessors_planned(int n)
{
    for (const auto& l : at(n).before) {
        if (table.placed(l.node) || at(n).source->pinned_start) continue;
        leave_out(n, "predecessor_unplanned", at(l.node).source->key);
        return false;
    }
    return true;
}

/// Places one operation; without a place it is left out, with the reason.
bool builder::place(int n, time_ms from, bool complete_setup)
{
    const auto& one = at(n);
    fit_request ask{n, std::max(from, ready_at(m_, table, n)), {}, complete_setup};
    const auto& machine = m_.source->machines[place_of(one.ways.front().machine)].key;
    const auto& pinned = one.source->pinned_start;
    if (pinned && ask.from > *pinned) {
        leave_out(n, "pinned_conflict", machine);
        return false;
    }
    if (pinned) ask.from = *pinned, ask.exactly = *pinned;
    const char* why = nullptr;
    const auto where = earliest_fit(m_, table, ask, why);
    if (where.way < 0) {
        leave_out(n, pinned ? "pinned_conflict" : why, machine);
        return false;
    }
    table.book(n, where);
    return true;
}

void builder::place_cluster(int cluster, bool complete_setup)
{
    const auto mark = table.mark();
    attempt now;
    const auto start_over = [&] {
        table.roll_back(mark);
        now = {};
        for (const int n : m_.clusters[place_of(cluster)])
            if (!settled(n)) now.todo.push_back(n);
        now.not_before.assign(now.todo.size(), 0);
        now.for_whom.assign(now.todo.size(), -1);
    };
    start_over();
    int tries = 0, in_all = 0;
    const bool alone = m_.clusters[place_of(cluster)].size() == 1;
    while (!now.todo.empty()) {
        if (place_all(now, complete_setup)) {
            if (++in_all > most_tries_in_all) tries = most_tries; // each round gives up all that come too late
            const auto what = alone ? verdict::good : settle_lags(now, ++tries);
            if (what == verdict::good) return;
            if (what == verdict::again) {
                table.roll_back(mark);
                continue;
            }
        }
        start_over(); // whoever was given up now is left out; the others are planned without it
        tries = 0;
    }
}

/// False if there is no place for one; that one, or for whom it was put off, is left out.
bool builder::place_all(const attempt& now, bool complete_setup)
{
    for (std::size_t i = 0; i < now.todo.size(); ++i) {
        const int n = now.todo[i];
        if (settled(n) || !predecessors_planned(n)) continue;
        if (place(n, now.not_before[i], complete_setup)) continue;
        if (std::find(now.todo.begin(), now.todo.end(), now.for_whom[i]) != now.todo.end()) {
            left[place_of(n)] = {};
            leave_out(now.for_whom[i], "lag_exceeded", at(n).source->key);
        }
        return false;
    }
    return true;
}

/// Whether each follows soon enough; if not, when what it follows may begin at the earliest next time.
builder::verdict builder::settle_lags(attempt& now, int tries)
{
    auto what = verdict::good;
    for (const int n : m_.clusters[place_of(at(now.todo.front()).cluster)]) {
        if (!table.placed(n) || at(n).running()) continue;
        int because = 0;
        const time_ms over = table.of(n).start - latest_start_after(m_, table, n, because);
        if (over <= 0) continue;
        const auto movable = std::find(now.todo.begin(), now.todo.end(), because);
        if (movable != now.todo.end() && tries <= most_tries) {
            const auto i = static_cast<std::size_t>(movable - now.todo.begin());
            const time_ms stride = tries > most_tries / 3 ? over * tries : over; // found sooner, if not the best
            now.not_before[i] = std::max(now.not_before[i], table.of(because).start + stride);
            now.for_whom[i] = n;
            what = verdict::again;
        } else if (std::find(now.todo.begin(), now.todo.end(), n) != now.todo.end()) {
            leave_out(n, "lag_exceeded", at(because).source->key);
            what = verdict::given_up;
        }
        if (what == verdict::given_up && tries <= most_tries) break;
    }
    return what;
}

assignment builder::assignment_of(int n) const
{
    const auto& one = at(n);
    const auto& where = table.of(n);
    const auto& p = *m_.source;
    assignment a;
    a.job = m_.job_of(one).key;
    a.operation = one.source->key;
    a.machine = p.machines[place_of(where.machine)].key;
    const auto person = [&](int u) {
        return u < 0 ? std::string() : p.people[place_of(m_.units[place_of(u)].source)].key;
    };
    a.person = where.running ? one.source->running_operator : person(where.person);
    a.start = where.running ? one.source->started : where.start;
    a.setup_end = where.running ? one.source->started : where.setup_end;
    a.end = where.end;
    a.setter = person(where.setter);
    if (where.tool >= 0) a.tool = p.tools[place_of(m_.units[place_of(where.tool)].source)].key;
    return a;
}

plan_result builder::result() const
{
    plan_result all;
    all.assignments.reserve(m_.nodes.size());
    std::vector<int> order;
    for (std::size_t i = 0; i < m_.nodes.size(); ++i)
        if (table.placed(static_cast<int>(i))) order.push_back(static_cast<int>(i));
    const auto start = [&](int n) { return table.of(n).running ? at(n).source->started : table.of(n).start; };
    std::sort(order.begin(), order.end(), [&](int a, int b) {
        if (start(a) != start(b)) return start(a) < start(b);
        const auto& machines = m_.source->machines;
        const int by_machine =
            machines[place_of(table.of(a).machine)].key.compare(machines[place_of(table.of(b).machine)].key);
        return by_machine != 0 ? by_machine < 0 : at(a).source->key < at(b).source->key;
    });
    for (const int n : order) all.assignments.push_back(assignment_of(n));

    std::vector<time_ms> end(m_.source->jobs.size(), 0);
    std::vector<char> state(end.size(), 0); // 0: nothing open, 1: all planned, 2: not all
    for (std::size_t i = 0; i < m_.nodes.size(); ++i) {
        const auto& n = m_.nodes[i];
        const auto j = place_of(n.job);
        if (table.placed(static_cast<int>(i))) {
            end[j] = std::max(end[j], table.of(static_cast<int>(i)).end);
            state[j] = std::max<char>(state[j], 1);
            continue;
        }
        state[j] = 2;
        all.left_out.push_back({m_.job_of(n).key, n.source->key, left[i].reason, left[i].subject});
    }
    for (std::size_t j = 0; j < end.size(); ++j)
        if (state[j] == 1) all.job_end.emplace(m_.source->jobs[j].key, end[j]);
    return all;
}

} // namespace takt::scheduling
