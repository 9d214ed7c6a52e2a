#include "scheduling/checker.hpp"

#include <algorithm>
#include <set>

namespace takt::scheduling {
namespace {

struct placed {
    const assignment* where = nullptr;
    const job* of = nullptr;
    const operation* what = nullptr;
    const machine* on = nullptr;
    const person* by = nullptr; ///< null: unattended
};

template <class Thing> const Thing* find(const std::vector<Thing>& all, const std::string& key)
{
    for (const auto& thing : all)
        if (thing.key == key) return &thing;
    return nullptr;
}

bool same_run(const assignment& a, const assignment& b)
{
    return a.machine == b.machine && a.person == b.person && a.start == b.start && a.setup_end == b.setup_end &&
           a.end == b.end;
}

bool overlap(const assignment& a, const assignment& b) { return a.start < b.end && b.start < a.end; }

bool running(const placed& one) { return one.what->status == operation_status::running; }

/// The hours in which both work, computed anew for each question.
calendar shared(const placed& one)
{
    const calendar always{{INT64_MIN / 4, INT64_MAX / 4}};
    const calendar& a = one.on->available.empty() ? always : one.on->available;
    const calendar& b = one.by == nullptr || one.by->available.empty() ? always : one.by->available;
    calendar both;
    for (const auto& x : a)
        for (const auto& y : b)
            if (std::max(x.start, y.start) < std::min(x.end, y.end))
                both.push_back({std::max(x.start, y.start), std::min(x.end, y.end)});
    return both;
}

time_ms worked(const calendar& hours, time_ms from, time_ms to)
{
    time_ms sum = 0;
    for (const auto& i : hours) sum += std::max<time_ms>(0, std::min(i.end, to) - std::max(i.start, from));
    return sum;
}

class checker {
public:
    checker(const problem& p, const plan_result& result) : problem_(p), result_(result) {}

    std::vector<violation> run()
    {
        resolve();
        check_completeness();
        for (const auto& one : all_) {
            check_start(one);
            check_precedence(one);
            if (running(one))
                check_running(one);
            else
                check_mode(one);
        }
        check_pairs();
        check_batches();
        check_job_ends();
        return std::move(found_);
    }

private:
    void complain(std::string rule, const std::string& about, const std::string& what)
    {
        found_.push_back({std::move(rule), about + ": " + what});
    }

    void resolve();
    void check_completeness();
    void check_start(const placed& one);
    void check_precedence(const placed& one);
    void check_running(const placed& one);
    void check_mode(const placed& one);
    void check_times(const placed& one);
    void check_pairs();
    void check_batches();
    void check_job_ends();
    bool needs_setup(const placed& one) const;
    mode needed(const placed& one) const;
    const mode* mode_of(const placed& one) const;

    const problem& problem_;
    const plan_result& result_;
    std::vector<placed> all_;
    std::vector<violation> found_;
};

void checker::resolve()
{
    for (const auto& a : result_.assignments) {
        placed one;
        one.where = &a;
        one.of = find(problem_.jobs, a.job);
        if (one.of != nullptr) one.what = find(one.of->operations, a.operation);
        one.on = find(problem_.machines, a.machine);
        one.by = find(problem_.people, a.person);
        if (one.what == nullptr || one.on == nullptr)
            complain("completeness", a.operation, "is planned, but it or its machine is not in the problem");
        else
            all_.push_back(one);
    }
}

void checker::check_completeness()
{
    for (const auto& j : problem_.jobs) {
        for (const auto& op : j.operations) {
            std::size_t times = 0;
            for (const auto& a : result_.assignments) times += a.job == j.key && a.operation == op.key ? 1U : 0U;
            for (const auto& u : result_.left_out) times += u.job == j.key && u.operation == op.key ? 1U : 0U;
            const std::size_t expected = op.status == operation_status::done ? 0 : 1;
            if (times != expected) complain("completeness", op.key, "occurs " + std::to_string(times) + " times");
        }
    }
}

void checker::check_start(const placed& one)
{
    if (running(one)) return;
    const time_ms start = one.where->start;
    if (start < problem_.now) complain("start", one.what->key, "starts in the past");
    if (start < one.of->release) complain("start", one.what->key, "starts before its job's release");
    if (start < one.what->earliest) complain("start", one.what->key, "starts before its material is there");
    if (start < one.on->down_until) complain("start", one.what->key, "starts while its machine is down");
    if (one.where->setup_end < start || one.where->end < one.where->setup_end)
        complain("start", one.what->key, "ends before it starts");
}

void checker::check_precedence(const placed& one)
{
    if (running(one)) return;
    for (const auto& other : all_) {
        const auto& before = one.what->predecessors;
        if (std::find(before.begin(), before.end(), other.what->key) == before.end()) continue;
        if (other.where->end > one.where->start)
            complain("precedence", one.what->key, "starts before the end of " + other.what->key);
    }
    for (const auto& u : result_.left_out)
        if (std::count(one.what->predecessors.begin(), one.what->predecessors.end(), u.operation) != 0)
            complain("precedence", one.what->key, "is planned, its predecessor " + u.operation + " is not");
}

void checker::check_running(const placed& one)
{
    if (one.where->machine != one.what->running_machine || one.where->person != one.what->running_operator ||
        one.where->start != one.what->started)
        complain("pinned", one.what->key, "is running and was moved");
    if (one.where->end < problem_.now + one.what->remaining)
        complain("working_time", one.what->key, "ends before its remaining work is done");
}

const mode* checker::mode_of(const placed& one) const
{
    for (const auto& m : one.what->modes) {
        if (m.machine != one.where->machine || m.skill.empty() != one.where->person.empty()) continue;
        if (m.skill.empty()) return &m;
        if (one.by != nullptr && std::count(one.by->skills.begin(), one.by->skills.end(), m.skill) != 0) return &m;
    }
    return nullptr;
}

void checker::check_mode(const placed& one)
{
    if (mode_of(one) == nullptr)
        complain("mode", one.what->key, "has no way to be done on " + one.where->machine + " by " + one.where->person);
    else
        check_times(one);
    const auto& op = *one.what;
    if ((!op.running_machine.empty() && op.running_machine != one.where->machine) ||
        (!op.running_operator.empty() && !one.where->person.empty() && op.running_operator != one.where->person))
        complain("pinned", op.key, "is not where it was pinned");
}

/// The run before on the machine decides on the setup; a batch's own members do not count.
bool checker::needs_setup(const placed& one) const
{
    const std::string* family_before = &one.on->setup_family;
    time_ms latest = INT64_MIN;
    for (const auto& other : all_) {
        if (other.on != one.on || same_run(*other.where, *one.where)) continue;
        if (other.where->start >= one.where->start || other.where->start < latest) continue;
        latest = other.where->start;
        family_before = &other.what->setup_family;
    }
    return one.what->setup_family.empty() || *family_before != one.what->setup_family;
}

/// What a run needs in full: of a batch, the longest setup and the longest run of its members.
mode checker::needed(const placed& one) const
{
    mode longest;
    for (const auto& other : all_) {
        if (running(other) || !same_run(*other.where, *one.where)) continue;
        const auto* m = mode_of(other);
        if (m == nullptr) continue;
        longest.setup = std::max(longest.setup, m->setup);
        longest.run = std::max(longest.run, m->run);
    }
    return longest;
}

void checker::check_times(const placed& one)
{
    const auto& a = *one.where;
    const auto hours = shared(one);
    const time_ms setup = worked(hours, a.start, a.setup_end), run = worked(hours, a.setup_end, a.end);
    const auto need = needed(one);
    if (needs_setup(one) && setup < need.setup)
        complain("setup", one.what->key, "has no complete setup, although the machine's family changes");
    // A run that was put in front may have made a planned setup superfluous; it is done all the same.
    if (setup != 0 && setup != need.setup) complain("setup", one.what->key, "is set up for too long or too short");
    if (run != need.run) complain("working_time", one.what->key, "does not take its time");
    if (a.start < a.end && worked(hours, a.start, a.start + 1) == 0)
        complain("working_time", one.what->key, "starts when its machine or its operator does not work");
    if (one.what->interruptible) return;
    if (std::none_of(hours.begin(), hours.end(),
                     [&](const interval& i) { return i.start <= a.start && a.end <= i.end; }))
        complain("uninterrupted", one.what->key, "is interrupted by the end of a shift");
}

void checker::check_pairs()
{
    for (std::size_t i = 0; i < all_.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const auto &a = all_[i], &b = all_[j];
            if (!overlap(*a.where, *b.where) || (running(a) && running(b))) continue;
            const bool batch = same_run(*a.where, *b.where) && a.what->batch && b.what->batch &&
                               !a.what->setup_family.empty() && a.what->setup_family == b.what->setup_family;
            if (a.on == b.on && !batch) complain("machine", a.what->key, "overlaps " + b.what->key);
            if (a.by != nullptr && a.by == b.by && !batch) complain("person", a.what->key, "overlaps " + b.what->key);
        }
    }
}

void checker::check_batches()
{
    for (const auto& one : all_) {
        if (running(one) || one.where->start == one.where->end) continue;
        int together = 0;
        for (const auto& other : all_) together += same_run(*one.where, *other.where) ? 1 : 0;
        if (together > one.on->capacity) complain("machine", one.what->key, "is in a batch over capacity");
    }
}

void checker::check_job_ends()
{
    for (const auto& j : problem_.jobs) {
        time_ms end = 0;
        std::size_t planned = 0, open = 0;
        for (const auto& op : j.operations) open += op.status == operation_status::done ? 0U : 1U;
        for (const auto& one : all_) {
            if (one.of != &j) continue;
            ++planned;
            end = std::max(end, one.where->end);
        }
        const auto told = result_.job_end.find(j.key);
        const bool complete = open > 0 && planned == open;
        if (complete != (told != result_.job_end.end()) || (complete && told->second != end))
            complain("job_end", j.key, "is not the last end of its operations");
    }
}

} // namespace

std::vector<violation> violations(const problem& p, const plan_result& result) { return checker(p, result).run(); }

} // namespace takt::scheduling
