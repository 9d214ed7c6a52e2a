#include "actors/mes/schedule_parts.hpp"

namespace takt::schedule {
namespace {

bool at_machine(mes::operation_status status)
{
    return status == mes::operation_status::dispatched || status == mes::operation_status::setup ||
           status == mes::operation_status::running;
}

/// Every machine's operations in the order in which they are planned there.
void sort_queues(state& s)
{
    std::map<machine_id, std::vector<std::pair<instant, operation_key>>> all;
    for (const auto& [key, job] : s.jobs)
        for (const auto& o : job.operations)
            if (o.planned && o.sent.run == 0 && o.what.status != mes::operation_status::done)
                all[o.planned->machine].emplace_back(o.planned->start, operation_key{key, o.what.operation});
    for (auto& [key, machine] : s.machines) {
        machine.queue.clear();
        const auto found = all.find(key);
        if (found == all.end()) continue;
        std::sort(found->second.begin(), found->second.end());
        for (auto& [start, operation] : found->second) machine.queue.push_back(std::move(operation));
    }
}

void free_machine(state& s, const machine_id& machine, const mes::run_ref& job)
{
    const auto found = s.machines.find(machine);
    if (found != s.machines.end()) std::erase(found->second.runs, job);
}

void free_person(state& s, const operator_id& person, const mes::run_ref& job)
{
    const auto found = s.people.find(person);
    if (found != s.people.end() && found->second.job == job) found->second.job.reset();
}

} // namespace

const operation_entry* find_operation(const state& s, const work_order_id& job, std::string_view operation)
{
    const auto found = s.jobs.find(job);
    if (found == s.jobs.end()) return nullptr;
    const auto& all = found->second.operations;
    const auto o = std::find_if(all.begin(), all.end(), [&](const auto& e) { return e.what.operation == operation; });
    return o == all.end() ? nullptr : &*o;
}

operation_entry* find_operation(state& s, const work_order_id& job, std::string_view operation)
{
    return const_cast<operation_entry*>( // NOLINT(cppcoreguidelines-pro-type-const-cast): the state itself is not const
        find_operation(static_cast<const state&>(s), job, operation));
}

void apply(state& s, const defined& e)
{
    s.is_defined = true;
    s.definition = e.definition;
}

void apply(state& s, const machine_registered& e)
{
    auto& m = s.machines[e.machine];
    m.work_center = e.work_center;
    m.capacity = e.capacity;
    m.shifts = e.shifts;
    m.setup_family = e.setup_family;
    m.setup_matrix = e.setup_matrix;
    m.rated_power_kw = e.rated_power_kw;
}

void apply(state& s, const person_registered& e)
{
    auto& p = s.people[e.person];
    p.skills = e.skills;
    p.shifts = e.shifts;
}

void apply(state& s, const machine_noted& e)
{
    auto& m = s.machines[e.machine];
    m.up = e.up;
    m.down_until = e.up ? instant{} : e.down_until;
}

void apply(state& s, const machine_freed& e)
{
    free_machine(s, e.machine, e.job);
    const auto found = s.machines.find(e.machine);
    if (found != s.machines.end()) found->second.setup_family = e.setup_family;
}

void apply(state& s, const attendance_noted& e) { s.people[e.person].present = e.present; }
void apply(state& s, const person_freed& e) { free_person(s, e.person, e.job); }

void apply(state& s, const job_announced& e)
{
    auto& job = s.jobs[e.job.work_order];
    job.item = e.job.item;
    job.due = e.job.due;
    job.priority = e.job.priority;
    job.earliest = e.job.earliest;
    job.held = e.job.held;
    std::vector<operation_entry> all;
    for (const auto& o : e.job.operations) {
        const auto before = std::find_if(job.operations.begin(), job.operations.end(),
                                         [&](const auto& b) { return b.what.operation == o.operation; });
        all.push_back(before == job.operations.end() ? operation_entry{} : std::move(*before));
        all.back().what = o;
        if (o.status == mes::operation_status::done || o.status == mes::operation_status::inspecting)
            all.back().sent = {};
    }
    job.operations = std::move(all);
}

void apply(state& s, const job_updated& e)
{
    const auto found = s.jobs.find(e.job.work_order);
    if (found == s.jobs.end()) return;
    found->second.due = e.job.due;
    found->second.priority = e.job.priority;
    found->second.earliest = e.job.earliest;
    found->second.held = e.job.held;
}

void apply(state& s, const operation_updated& e)
{
    auto* o = find_operation(s, e.work_order, e.operation);
    if (o == nullptr) return;
    if (e.status == mes::operation_status::ready && o->ready_at == instant{}) o->ready_at = e.at;
    o->what.status = e.status;
    o->what.quantity = e.quantity;
    if (!at_machine(e.status) && e.run >= o->sent.run) o->sent = {};
    if (e.status != mes::operation_status::done) return;
    o->planned.reset();
    o->pinned.reset();
    if (!o->done_at) o->done_at = e.at;
}

void apply(state& s, const job_removed& e) { s.jobs.erase(e.work_order); }

void apply(state& s, const operation_sent& e)
{
    s.last_run = e.job.run;
    auto& m = s.machines[e.machine];
    m.runs.push_back(e.job);
    std::erase_if(m.told, [&](const told_operation& t) {
        return t.key.work_order == e.job.work_order && t.key.operation == e.job.operation;
    });
    if (!e.person.empty()) s.people[e.person].job = e.job;
    if (auto* o = find_operation(s, e.job.work_order, e.job.operation))
        o->sent = {e.job.run, e.machine, e.person, e.at, e.expected_ms};
}

void apply(state& s, const dispatch_returned& e)
{
    for (auto& [key, machine] : s.machines) std::erase(machine.runs, e.job);
    if (e.person_free)
        for (auto& [key, person] : s.people)
            if (person.job == e.job) person.job.reset();
    auto* o = find_operation(s, e.job.work_order, e.job.operation);
    if (o == nullptr) return;
    o->not_before = e.not_before;
    if (o->sent.run == e.job.run) o->sent = {};
}

void apply(state& s, const downtime_reserved& e)
{
    s.machines[e.machine].downtimes.push_back({e.reference, e.from, e.to, {}, {}, {}, false});
}

void apply(state& s, const downtime_ended& e)
{
    const auto found = s.machines.find(e.machine);
    if (found == s.machines.end()) return;
    std::erase_if(found->second.downtimes, [&](const downtime& d) { return d.reference == e.reference; });
}

void apply(state& s, const replan_needed& e)
{
    s.replan_at = e.at;
    s.replan_cause = e.cause;
}

void apply(state& s, const planned& e)
{
    s.plan_number = e.number;
    s.planned_at = e.at;
    if (e.how == planning::improvement) s.improved_at = e.at;
    s.replan_at.reset();
    s.replan_cause.clear();
    for (const auto& p : e.placed)
        if (auto* o = find_operation(s, p.work_order, p.operation)) {
            o->planned = place{p.machine, p.person, p.start, p.end, std::max(p.setup_end, p.start)};
            o->unplanned.clear();
        }
    for (const auto& c : e.cleared)
        if (auto* o = find_operation(s, c.work_order, c.operation)) o->planned.reset();
    for (const auto& u : e.unplanned)
        if (auto* o = find_operation(s, u.work_order, u.operation)) o->unplanned = u.reason;
    for (const auto& t : e.told)
        if (const auto job = s.jobs.find(t.work_order); job != s.jobs.end()) job->second.told = t;
    for (const auto& n : e.next) s.machines[n.machine].told = n.operations;
    s.worth = e.worth;
    sort_queues(s);
}

void apply(state& s, const improvement_sought& e) { s.improved_at = e.at; }

void apply(state& s, const improvement_offered& e)
{
    s.offered = e.offered;
    s.improved_at = e.at;
}

void apply(state& s, const improvement_closed& /*e*/) { s.offered.reset(); }

} // namespace takt::schedule
