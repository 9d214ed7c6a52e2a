#include <algorithm>
#include <functional>
#include <queue>
#include <tuple>

#include "scheduling/network.hpp"
#include "scheduling/timeline.hpp"

/// Serial schedule generation: operations are taken when all they wait for is planned, roughly in the order in which
/// they could start, the urgent ones earlier; each is put where it ends earliest, also into gaps between what is
/// planned already. (Taken by urgency alone, the urgent ones would leave gaps all over the future that are too short
/// for the rest.)
namespace takt::scheduling {
namespace {

/// Where an operation could go.
struct slot {
    const indexed_mode* how = nullptr;
    int person = -1;
    working_hours::stretch when;
    bool bare = false;
    booking* joins = nullptr; ///< the batch run it would share
};

class planner {
public:
    explicit planner(const problem& p)
        : problem_(p),
          net_(make_network(p)),
          hours_(p),
          machines_(p.machines.size()),
          people_(p.people.size()),
          end_(net_.nodes.size(), 0)
    {
    }

    plan_result run()
    {
        for (std::size_t i = 0; i < net_.nodes.size(); ++i)
            if (is_running(net_.nodes[i]) && net_.nodes[i].left_out == nullptr) keep_running(i);
        place_all();
        return result();
    }

private:
    static bool is_running(const node& n) { return n.source->status == operation_status::running; }
    static std::size_t at(int i) { return static_cast<std::size_t>(i); }

    void keep_running(std::size_t i);
    void place_all();
    double turn_of(const node& n) const;
    const char* place(std::size_t i);
    time_ms ready(const node& n) const;
    void try_joining(const node& n, const indexed_mode& how, time_ms from, slot& best);
    void try_alone(const node& n, const indexed_mode& how, int person, time_ms from, slot& best) const;
    void book(std::size_t i, const slot& where);
    plan_result result();

    const problem& problem_;
    network net_;
    shared_hours hours_;
    std::vector<bookings> machines_, people_;
    std::vector<time_ms> end_; ///< of each planned node
    std::vector<assignment> planned_;
};

void planner::keep_running(std::size_t i)
{
    const auto& op = *net_.nodes[i].source;
    const int machine = net_.machines.at(op.running_machine);
    const auto person = net_.people.find(op.running_operator);
    const int who = person == net_.people.end() ? -1 : person->second;
    const time_ms from = std::max(problem_.now, problem_.machines[at(machine)].down_until);
    time_ms end = from + op.remaining;
    if (op.interruptible)
        if (const auto rest = hours_.of(machine, who).work(from, 0, op.remaining, false)) end = rest->end;

    booking one;
    one.start = one.setup_end = std::min(op.started, problem_.now);
    one.end = std::max(end, one.start);
    one.family = net_.nodes[i].family;
    insert_running(machines_[at(machine)], one);
    if (who >= 0) insert_running(people_[at(who)], one);
    end_[i] = one.end;
    planned_.push_back(
        {net_.nodes[i].of->key, op.key, op.running_machine, op.running_operator, op.started, op.started, one.end});
}

void planner::place_all()
{
    using turn = std::tuple<double, double, int>; // when, the heavier first, node
    std::priority_queue<turn, std::vector<turn>, std::greater<>> eligible;
    const auto let_in = [&](int i) { eligible.emplace(turn_of(net_.nodes[at(i)]), -net_.nodes[at(i)].weight, i); };
    std::vector<std::size_t> open(net_.nodes.size());
    for (std::size_t i = 0; i < net_.nodes.size(); ++i) {
        open[i] = net_.nodes[i].before.size();
        if (open[i] == 0) let_in(static_cast<int>(i));
    }
    while (!eligible.empty()) {
        const int next = std::get<int>(eligible.top());
        eligible.pop();
        auto& n = net_.nodes[at(next)];
        if (!is_running(n) && n.left_out == nullptr) n.left_out = place(at(next));
        for (const int after : n.after)
            if (--open[at(after)] == 0) let_in(after);
    }
}

/// When it could start, later by half of its slack: one with a day to spare lets pass what comes within the next twelve
/// hours and has none. More weight makes slack shorter and lateness longer.
double planner::turn_of(const node& n) const
{
    const auto start = static_cast<double>(ready(n));
    const double slack = n.latest_start - start;
    return start + 0.5 * (slack > 0 ? slack / n.weight : slack * n.weight);
}

/// Plans one operation; the reason if there is no place for it.
const char* planner::place(std::size_t i)
{
    const auto& n = net_.nodes[i];
    for (const int before : n.before)
        if (net_.nodes[at(before)].left_out != nullptr) return "predecessor_unplanned";
    const auto& pinned = n.source->running_operator;
    slot best;
    best.when.end = forever;
    for (const auto& how : n.modes) {
        const auto& machine = problem_.machines[at(how.machine)];
        const time_ms from = std::max(ready(n), machine.down_until);
        if (n.source->batch && machine.capacity > 1) try_joining(n, how, from, best);
        if (how.skill < 0) {
            try_alone(n, how, -1, from, best);
            continue;
        }
        for (const int who : net_.qualified[at(how.skill)])
            if (pinned.empty() || problem_.people[at(who)].key == pinned) try_alone(n, how, who, from, best);
    }
    if (best.how == nullptr) return "calendar_ends";
    book(i, best);
    return nullptr;
}

time_ms planner::ready(const node& n) const
{
    time_ms from = std::max({problem_.now, n.of->release, n.source->earliest});
    for (const int before : n.before) from = std::max(from, end_[at(before)]);
    return from;
}

void planner::try_joining(const node& n, const indexed_mode& how, time_ms from, slot& best)
{
    auto& all = machines_[at(how.machine)];
    const auto& pinned = n.source->running_operator;
    for (std::size_t b = first_after(all, from); b < all.size() && all[b].end < best.when.end; ++b) {
        auto& batch = all[b];
        if (batch.room == 0 || batch.start < from || batch.family != n.family) continue;
        if (batch.skill != how.skill || batch.run < how.run || (!batch.bare && batch.setup < how.setup)) continue;
        if (!n.source->interruptible && !batch.whole) continue;
        if (!pinned.empty() && how.skill >= 0 && problem_.people[at(batch.person)].key != pinned) continue;
        best = {&how, batch.person, {batch.start, batch.setup_end, batch.end}, false, &batch};
        return;
    }
}

/// Walks through the gaps that the machine and the person share until no later one could end before the best slot
/// found so far. Where a setup is needed, a later gap behind a run of the same family may still end earlier.
void planner::try_alone(const node& n, const indexed_mode& how, int person, time_ms from, slot& best) const
{
    static const bookings free_of_work;
    const auto& machine = machines_[at(how.machine)];
    const auto& busy = person < 0 ? free_of_work : people_[at(person)];
    const auto& hours = hours_.of(how.machine, person);
    time_ms t = from;
    std::size_t m = first_after(machine, t), b = first_after(busy, t);
    while (t + how.run < best.when.end) {
        while (m < machine.size() && machine[m].end <= t) ++m;
        while (b < busy.size() && busy[b].end <= t) ++b;
        if (m < machine.size() && machine[m].start <= t) {
            t = machine[m].end;
            continue;
        }
        if (b < busy.size() && busy[b].start <= t) {
            t = busy[b].end;
            continue;
        }
        const int family_before = m == 0 ? net_.machine_family[at(how.machine)] : machine[m - 1].family;
        const bool bare = n.family != 0 && n.family == family_before;
        const auto work = hours.work(t, bare ? 0 : how.setup, how.run, !n.source->interruptible);
        if (!work) return;
        // A neighbour that counts on the family before it must not find another one there.
        const bool breaks = m < machine.size() && machine[m].bare && machine[m].family != n.family;
        if (m < machine.size() && (breaks || work->end > machine[m].start)) {
            t = machine[m].end;
            continue;
        }
        if (b < busy.size() && work->end > busy[b].start) {
            t = busy[b].end;
            continue;
        }
        if (work->end < best.when.end) best = {&how, person, *work, bare, nullptr};
        if (bare || how.setup == 0 || m == machine.size()) return;
        t = machine[m].end;
    }
}

void planner::book(std::size_t i, const slot& where)
{
    const auto& n = net_.nodes[i];
    const auto& machine = problem_.machines[at(where.how->machine)];
    if (where.joins != nullptr) {
        --where.joins->room;
    } else {
        booking one;
        one.start = where.when.start;
        one.setup_end = where.when.setup_end;
        one.end = where.when.end;
        one.family = n.family;
        one.bare = where.bare;
        one.room = n.source->batch && n.family != 0 ? machine.capacity - 1 : 0;
        one.skill = where.how->skill;
        one.person = where.person;
        one.setup = where.how->setup;
        one.run = where.how->run;
        one.whole = !n.source->interruptible;
        insert(machines_[at(where.how->machine)], one);
        if (where.person >= 0) insert(people_[at(where.person)], one);
    }
    end_[i] = where.when.end;
    planned_.push_back({n.of->key, n.source->key, machine.key,
                        where.person < 0 ? std::string() : problem_.people[at(where.person)].key, where.when.start,
                        where.when.setup_end, where.when.end});
}

plan_result planner::result()
{
    plan_result all;
    all.assignments = std::move(planned_);
    std::sort(all.assignments.begin(), all.assignments.end(), [](const assignment& a, const assignment& b) {
        return std::tie(a.start, a.machine, a.operation) < std::tie(b.start, b.machine, b.operation);
    });
    for (std::size_t i = 0; i < net_.nodes.size(); ++i) {
        const auto& n = net_.nodes[i];
        if (n.left_out != nullptr) all.left_out.push_back({n.of->key, n.source->key, n.left_out});
        auto& end = all.job_end.try_emplace(n.of->key, end_[i]).first->second;
        end = std::max(end, end_[i]);
    }
    for (const auto& one : all.left_out) all.job_end.erase(one.job);
    return all;
}

} // namespace

plan_result plan(const problem& p) { return planner(p).run(); }

} // namespace takt::scheduling
