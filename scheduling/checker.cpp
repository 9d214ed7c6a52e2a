#include <algorithm>
#include <cmath>
#include <set>

#include "scheduling/checker_parts.hpp"

namespace takt::scheduling {
namespace checking {
namespace {

template <class Thing> const Thing* find(const std::vector<Thing>& all, const std::string& key)
{
    for (const auto& thing : all)
        if (thing.key == key) return &thing;
    return nullptr;
}

bool can(const person* who, const std::string& skill)
{
    return who != nullptr && std::count(who->skills.begin(), who->skills.end(), skill) != 0;
}

const mode* mode_of(const problem& p, const placed& one)
{
    for (const auto& m : one.what->modes) {
        if (m.machine != one.where->machine || m.tool != one.where->tool) continue;
        const bool attended = p.skills_matter && !m.skill.empty();
        if (attended ? !can(one.by, m.skill) : !one.where->person.empty()) continue;
        const bool set_up = p.skills_matter && !m.setup_skill.empty() && one.where->setup_end > one.where->start;
        if (set_up ? can(one.setter, m.setup_skill) : one.where->setter.empty()) return &m;
    }
    return nullptr;
}

void resolve(findings& f, const plan_result& result)
{
    std::unordered_map<std::string, const job*> jobs;
    for (const auto& j : f.p.jobs) jobs.emplace(j.key, &j);
    for (const auto& a : result.assignments) {
        placed one;
        one.where = &a;
        const auto of = jobs.find(a.job);
        one.of = of == jobs.end() ? nullptr : of->second;
        if (one.of != nullptr) one.what = find(one.of->operations, a.operation);
        one.on = find(f.p.machines, a.machine);
        one.by = find(f.p.people, a.person);
        one.setter = find(f.p.people, a.setter);
        one.with = find(f.p.tools, a.tool);
        if (one.what == nullptr || one.on == nullptr) {
            f.found.push_back({"completeness",
                               a.operation + ": is planned, but it or its machine is not in the problem", a.job,
                               a.operation, a.machine});
            continue;
        }
        if (!one.running()) one.how = mode_of(f.p, one);
        f.all.push_back(one);
    }
    std::stable_sort(f.all.begin(), f.all.end(), [](const placed& a, const placed& b) {
        return std::pair{a.where->start, a.where->end} < std::pair{b.where->start, b.where->end};
    });
    for (const auto& one : f.all) {
        f.on[one.on->key].push_back(&one);
        f.by_operation.emplace(one.what->key, &one);
    }
}

void check_completeness(findings& f, const plan_result& result)
{
    std::unordered_map<std::string, std::size_t> times;
    for (const auto& a : result.assignments) ++times[a.job + '\n' + a.operation];
    for (const auto& u : result.left_out) ++times[u.job + '\n' + u.operation];
    for (const auto& j : f.p.jobs)
        for (const auto& op : j.operations) {
            const std::size_t expected = op.status == operation_status::done ? 0 : 1;
            const auto is = times[j.key + '\n' + op.key];
            if (is != expected)
                f.found.push_back(
                    {"completeness", op.key + ": occurs " + std::to_string(is) + " times", j.key, op.key, {}});
        }
}

void check_start(findings& f, const placed& one)
{
    const time_ms start = one.where->start;
    const auto& key = one.what->key;
    if (start < f.p.now) f.complain("start", key, "starts in the past");
    if (start < one.of->release) f.complain("start", key, "starts before its job's release");
    if (start < one.what->earliest) f.complain("start", key, "starts before its earliest start");
    if (start < one.on->down_until) f.complain("start", key, "starts while its machine is down");
    if (one.with != nullptr && start < one.with->down_until) f.complain("start", key, "starts while its tool is away");
    if (one.where->setup_end < start || one.where->end < one.where->setup_end)
        f.complain("start", key, "ends before it starts");
}

/// When a predecessor has run for its first share; what is running is waited for to its end.
time_ms first_share_done(const placed& before, double share)
{
    if (before.running() || before.how == nullptr || share <= 0 || share >= 1) return before.where->end;
    const auto needed = static_cast<time_ms>(std::ceil(static_cast<double>(before.how->run) * share));
    const auto* by = before.by == nullptr ? nullptr : &before.by->available;
    time_ms left = needed;
    for (const auto& i : shared_between(&before.on->available, by, before.where->setup_end, before.where->end)) {
        if (left <= i.end - i.start) return i.start + left;
        left -= i.end - i.start;
    }
    return before.where->end;
}

void check_link(findings& f, const placed& one, const link& l)
{
    const auto found = f.by_operation.find(l.predecessor);
    if (found == f.by_operation.end()) return;
    const auto& before = *found->second;
    const auto& key = one.what->key;
    const bool overlap = l.transfer_share > 0 && l.transfer_share < 1;
    const time_ms start = one.where->start, end = before.where->end;
    if (start < (overlap ? first_share_done(before, l.transfer_share) : end) + l.least)
        f.complain("precedence", key, "starts before the end of " + l.predecessor);
    if (l.most < unlimited && start > end + l.most)
        f.complain("lag", key, "starts too long after the end of " + l.predecessor);
    if (!overlap || one.how == nullptr || before.running()) return;
    const auto last = static_cast<time_ms>(std::ceil(static_cast<double>(one.how->run) * l.transfer_share));
    if (one.where->end < end + l.least + last)
        f.complain("precedence", key, "is done with the last of " + l.predecessor + " too soon");
}

void check_precedence(findings& f, const placed& one, const std::set<std::string>& left_out)
{
    std::set<std::string> linked;
    for (const auto& l : one.what->links)
        if (linked.insert(l.predecessor).second) check_link(f, one, l);
    for (const auto& name : one.what->predecessors)
        if (linked.insert(name).second) check_link(f, one, link{name});
    if (one.what->pinned_start) return;
    for (const auto& name : linked)
        if (left_out.count(name) != 0)
            f.complain("precedence", one.what->key, "is planned, its predecessor " + name + " is not");
}

void check_running(findings& f, const placed& one)
{
    if (one.where->machine != one.what->running_machine || one.where->person != one.what->running_operator ||
        one.where->start != one.what->started)
        f.complain("pinned", one.what->key, "is running and was moved");
    if (one.where->end < f.p.now + one.what->remaining)
        f.complain("working_time", one.what->key, "ends before its remaining work is done");
}

void check_mode(findings& f, const placed& one)
{
    const auto& op = *one.what;
    if (one.how == nullptr)
        f.complain("mode", op.key, "has no way to be done on " + one.where->machine + " by " + one.where->person);
    if ((!op.running_machine.empty() && op.running_machine != one.where->machine) ||
        (!op.running_operator.empty() && !one.where->person.empty() && op.running_operator != one.where->person) ||
        (op.pinned_start && *op.pinned_start != one.where->start))
        f.complain("pinned", op.key, "is not where it was pinned");
}

void check_job_ends(findings& f, const plan_result& result)
{
    std::unordered_map<const job*, std::pair<std::size_t, time_ms>> planned;
    for (const auto& one : f.all) {
        auto& [count, end] = planned[one.of];
        ++count;
        end = std::max(end, one.where->end);
    }
    for (const auto& j : f.p.jobs) {
        std::size_t open = 0;
        for (const auto& op : j.operations) open += op.status == operation_status::done ? 0U : 1U;
        const auto told = result.job_end.find(j.key);
        const auto& [count, end] = planned[&j];
        const bool complete = open > 0 && count == open;
        if (complete != (told != result.job_end.end()) || (complete && told->second != end))
            f.found.push_back({"job_end", j.key + ": is not the last end of its operations", j.key, {}, {}});
    }
}

} // namespace
} // namespace checking

std::vector<violation> violations(const problem& p, const plan_result& result, const plan_result* in_force)
{
    checking::findings f{p, {}, {}, {}, {}};
    checking::resolve(f, result);
    checking::check_completeness(f, result);
    std::set<std::string> left_out;
    for (const auto& u : result.left_out)
        if (u.reason != "key_repeated") left_out.insert(u.operation);
    for (const auto& one : f.all) {
        if (one.running()) {
            checking::check_running(f, one);
            continue;
        }
        checking::check_start(f, one);
        checking::check_precedence(f, one, left_out);
        checking::check_mode(f, one);
    }
    checking::check_machines(f);
    checking::check_setups_and_times(f);
    checking::check_people_and_tools(f);
    checking::check_material(f);
    checking::check_power(f);
    if (!result.job_end.empty()) checking::check_job_ends(f, result);
    if (in_force != nullptr) checking::check_frozen(f, result, *in_force);
    return std::move(f.found);
}

} // namespace takt::scheduling
