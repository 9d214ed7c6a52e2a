// The frozen window: what a plan in force starts soon stays where it stands.
#include <algorithm>
#include <set>

#include "scheduling/checker_parts.hpp"

namespace takt::scheduling::checking {
namespace {

/// The problem without the operations that are not named. What is done or gone, nobody waits for.
problem only(const problem& p, const std::set<std::string>& operations)
{
    problem few = p;
    for (auto& j : few.jobs)
        std::erase_if(j.operations, [&](const operation& op) { return operations.count(op.key) == 0; });
    return few;
}

bool same_place(const assignment& a, const assignment& b)
{
    return a.machine == b.machine && a.person == b.person && a.start == b.start;
}

/// The operations of a plan that break a rule, with all that is at the same resource at that time.
std::set<std::string> broken(const problem& p, const plan_result& plan)
{
    std::set<std::string> all;
    for (const auto& v : violations(p, plan)) {
        if (v.rule == "job_end" || v.rule == "completeness") continue;
        all.insert(v.operation);
        const auto at = std::find_if(plan.assignments.begin(), plan.assignments.end(),
                                     [&](const assignment& a) { return a.operation == v.operation; });
        for (const auto& other : plan.assignments)
            if (at != plan.assignments.end() && other.start < at->end && at->start < other.end)
                all.insert(other.operation);
    }
    return all;
}

/// What no single place tells: who gets material that is short, and what must be followed soon.
bool bound_elsewhere(const findings& f, const job& j, const operation& op)
{
    for (const auto& other : j.operations)
        for (const auto& l : other.links)
            if (l.most < unlimited) return true;
    for (const auto& n : op.needs) {
        double wanted = 0;
        for (const auto& any : f.p.jobs)
            for (const auto& o : any.operations)
                for (const auto& need : o.needs)
                    if (need.item == n.item && o.status == operation_status::waiting) wanted += need.quantity;
        for (const auto& m : f.p.materials)
            if (m.item == n.item && m.on_hand - m.reserved < wanted) return true;
    }
    return false;
}

/// One of several under one key: which of them somebody was does not stand in a plan.
bool by_a_crowd(const problem& p, const assignment& a)
{
    return std::any_of(p.people.begin(), p.people.end(),
                       [&](const person& x) { return x.count > 1 && (x.key == a.person || x.key == a.setter); });
}

/// What stood before it on its machine, of what has not begun; null: nothing.
const assignment* run_before(const plan_result& plan, const assignment& one, const std::set<std::string>& waiting)
{
    const assignment* latest = nullptr;
    for (const auto& a : plan.assignments)
        if (a.machine == one.machine && a.start < one.start && waiting.count(a.operation) != 0 &&
            (latest == nullptr || a.start > latest->start))
            latest = &a;
    return latest;
}

/// Whether it waits for something that is planned, but not among these.
bool waits_for_others(const operation& op, const std::set<std::string>& waiting, const std::set<std::string>& these)
{
    const auto other = [&](const std::string& key) { return waiting.count(key) != 0 && these.count(key) == 0; };
    return std::any_of(op.predecessors.begin(), op.predecessors.end(), other) ||
           std::any_of(op.links.begin(), op.links.end(), [&](const link& l) { return other(l.predecessor); });
}

} // namespace

/// What is frozen is tried where it stood, beside what runs and nothing else; what breaks a rule there, with all at
/// that time, had to give way, and so had what waits for it. The rest must still stand there. Lenient, never unjust.
void check_frozen(findings& f, const plan_result& result, const plan_result& in_force)
{
    std::set<std::string> waiting, these, running;
    std::unordered_map<std::string, const operation*> may_stay;
    for (const auto& j : f.p.jobs)
        for (const auto& op : j.operations) {
            if (op.status == operation_status::waiting) waiting.insert(op.key);
            if (op.status == operation_status::waiting && !bound_elsewhere(f, j, op)) may_stay.emplace(op.key, &op);
            if (op.status == operation_status::running) running.insert(op.key);
        }
    plan_result tried;
    for (const auto& a : result.assignments)
        if (running.count(a.operation) != 0 && these.insert(a.operation).second) tried.assignments.push_back(a);
    for (const auto& a : in_force.assignments)
        if (a.start < f.p.frozen_until && may_stay.count(a.operation) != 0 && !by_a_crowd(f.p, a) &&
            these.insert(a.operation).second)
            tried.assignments.push_back(a);

    for (bool any = true; any;) {
        const auto wrong = broken(only(f.p, these), tried);
        const auto gives_way = [&](const assignment& a) {
            return running.count(a.operation) == 0 &&
                   (wrong.count(a.operation) != 0 || waits_for_others(*may_stay.at(a.operation), waiting, these));
        };
        std::set<std::string> gone;
        for (const auto& a : tried.assignments)
            if (gives_way(a)) gone.insert(a.operation);
        for (const auto& key : gone) these.erase(key);
        any = std::erase_if(tried.assignments, [&](const auto& a) { return gone.count(a.operation) != 0; }) > 0;
    }
    const auto stays = [&](const assignment& a) {
        const auto now = f.by_operation.find(a.operation);
        return now != f.by_operation.end() && same_place(*now->second->where, a);
    };
    for (const auto& a : tried.assignments) {
        if (running.count(a.operation) != 0 || stays(a)) continue;
        const auto* before = run_before(in_force, a, waiting);
        if (before == nullptr || stays(*before))
            f.found.push_back(
                {"frozen", a.operation + ": could have stayed and was moved", a.job, a.operation, a.machine});
    }
}

} // namespace takt::scheduling::checking
