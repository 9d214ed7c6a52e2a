#include "actors/mes/schedule_move.hpp"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "actors/refusals.hpp"

namespace takt::schedule {
namespace {

/// Moves by less are not worth a word.
constexpr milliseconds hardly{60'000};

bool is_open(const operation_entry& o)
{
    return o.sent.run == 0 &&
           (o.what.status == mes::operation_status::waiting || o.what.status == mes::operation_status::ready);
}

/// Why nobody needs to try; empty: it may go.
std::pair<std::string, std::string> plain_refusal(const state& s, const move& what, instant now)
{
    const auto* o = find_operation(s, what.work_order, what.operation);
    const auto name = name_of(what.work_order, what.operation);
    if (o == nullptr) return {"unknown_operation", name};
    if (!is_open(*o)) return {"begun", name};
    if (mode_on(*o, what.machine) == nullptr) return {"wrong_machine", what.machine.text};
    if (what.start < now) return {"past", to_rfc3339(what.start)};
    if (s.jobs.at(what.work_order).held) return {"held", what.work_order.text};
    return {};
}

/// When work that begins then is done, by the machine's own hours.
scheduling::time_ms end_of(const scheduling::calendar& when, scheduling::time_ms start, scheduling::time_ms work)
{
    if (when.empty()) return start + work;
    for (const auto& i : when) {
        const auto from = std::max(i.start, start);
        if (from >= i.end) continue;
        if (i.end - from >= work) return from + work;
        work -= i.end - from;
    }
    return scheduling::unlimited;
}

/// What stands where the moved one shall be loses its place, and finds another one.
scheduling::plan_result with_room(const planning_task& task, const move& what)
{
    const auto name = name_of(what.work_order, what.operation);
    scheduling::time_ms until = what.start.ms;
    std::unordered_map<std::string, bool> fixed;
    for (const auto& j : task.problem.jobs)
        for (const auto& o : j.operations) {
            fixed[o.key] = o.status == scheduling::operation_status::running || o.pinned_start.has_value();
            if (o.key != name) continue;
            for (const auto& m : o.modes)
                if (m.machine == what.machine.text)
                    for (const auto& machine : task.problem.machines)
                        if (machine.key == m.machine) until = end_of(machine.available, what.start.ms, m.setup + m.run);
        }
    auto in_force = task.in_force;
    std::erase_if(in_force.assignments, [&](const scheduling::assignment& a) {
        if (a.operation == name) return true;
        return a.machine == what.machine.text && a.start < until && a.end > what.start.ms && !fixed[a.operation];
    });
    return in_force;
}

void add_difference(move_effect& effect, const state& s, const planning_task& task, const scheduling::repaired& next,
                    const std::string& name)
{
    for (const auto& m : next.moved.operations) {
        const bool other_machine = m.moved_machine() && !m.old_machine.empty();
        if (m.operation == name || m.old_start == 0 || m.new_start == 0) continue;
        if (!other_machine && std::abs(m.new_start - m.old_start) < hardly.count()) continue;
        effect.pushed.push_back({m.job, m.operation.substr(m.operation.find('/') + 1), m.new_machine,
                                 instant{m.old_start}, instant{m.new_start}});
    }
    const auto by_time = [](const pushed_operation& p) { return p.start - p.old_start; };
    std::stable_sort(effect.pushed.begin(), effect.pushed.end(),
                     [&](const auto& a, const auto& b) { return by_time(a) > by_time(b); });
    for (const auto& [key, job] : s.jobs) {
        const auto before = task.in_force.job_end.find(key.text);
        const auto after = next.plan.job_end.find(key.text);
        if (before == task.in_force.job_end.end() || after == next.plan.job_end.end()) continue;
        if (std::abs(before->second - after->second) < hardly.count()) continue;
        effect.jobs.push_back({key, instant{before->second} - job.due, instant{after->second} - job.due});
    }
    std::stable_sort(effect.jobs.begin(), effect.jobs.end(),
                     [](const auto& a, const auto& b) { return a.late_after_ms > b.late_after_ms; });
}

/// What an operation before this one does that late; empty: nothing.
std::string too_late_before(const state& s, const move& what, const scheduling::plan_result& plan)
{
    const auto& all = s.jobs.at(what.work_order).operations;
    std::string before;
    for (const auto& o : all) {
        if (o.what.operation == what.operation) break;
        if (o.what.status != mes::operation_status::done) before = name_of(what.work_order, o.what.operation);
    }
    for (const auto& a : plan.assignments)
        if (a.operation == before && a.end > what.start.ms) return before;
    return {};
}

decision refuse_unknown(const work_order_id& work_order, const std::string& operation)
{
    return decision::refuse("unknown_operation", "there is no operation " + name_of(work_order, operation) + " to plan",
                            "operation");
}

std::string sentence(const move_effect& e, const move& what)
{
    if (e.reason == "unknown_operation") return "there is no operation " + e.subject + " to plan";
    if (e.reason == "begun") return e.subject + " is begun, or done";
    if (e.reason == "wrong_machine") return e.subject + " cannot do " + name_of(what.work_order, what.operation);
    if (e.reason == "past") return "it is later than " + e.subject;
    if (e.reason == "held") return e.subject + " is held";
    if (e.reason == "predecessor") return e.subject + " ends later than that";
    return "it has no place there: " + e.reason + ' ' + e.subject;
}

} // namespace

tried_move try_move(const state& s, const move& what, instant now)
{
    tried_move out;
    std::tie(out.effect.reason, out.effect.subject) = plain_refusal(s, what, now);
    if (!out.effect.reason.empty()) return out;
    out.after = s;
    apply(out.after, operation_pinned{what.work_order, what.operation, what.machine, what.start, now});
    out.task = task_of(out.after, now);
    out.next = scheduling::repair(out.task.problem, with_room(out.task, what));
    out.next.moved = scheduling::difference(out.task.problem, out.task.in_force, out.next.plan);
    const auto name = name_of(what.work_order, what.operation);
    for (const auto& a : out.next.plan.assignments)
        if (a.operation == name) {
            out.effect.feasible = true;
            out.effect.start = instant{a.start};
            out.effect.end = instant{a.end};
        }
    if (out.effect.feasible) {
        add_difference(out.effect, s, out.task, out.next, name);
        return out;
    }
    for (const auto& u : out.next.plan.left_out)
        if (u.operation == name) {
            out.effect.reason = u.reason;
            out.effect.subject = u.subject;
        }
    if (const auto excluded = out.task.excluded.find(name); excluded != out.task.excluded.end())
        out.effect.reason = excluded->second;
    if (const auto before = too_late_before(s, what, out.next.plan); !before.empty()) {
        out.effect.reason = "predecessor";
        out.effect.subject = before;
    }
    return out;
}

decision decide(const state& s, const move& what, const context& about)
{
    auto tried = try_move(s, what, about.now);
    if (!tried.effect.feasible)
        return decision::refuse(tried.effect.reason, sentence(tried.effect, what),
                                tried.effect.reason == "wrong_machine" ? "machine" : "start");
    decision d;
    d.emit(operation_pinned{what.work_order, what.operation, what.machine, what.start, about.now});
    planned event;
    event.number = s.plan_number + 1;
    event.at = about.now;
    event.cause = name_of(what.work_order, what.operation) + " moved by hand";
    put_in_force(d, tried.after, std::move(tried.task), tried.next, std::move(event), about);
    d.reply(tried.effect);
    return d;
}

decision decide(const state& s, const pin& what, const context& about)
{
    const auto* o = find_operation(s, what.work_order, what.operation);
    if (o == nullptr) return refuse_unknown(what.work_order, what.operation);
    if (o->pinned) return {};
    if (!is_open(*o))
        return decision::refuse("begun", name_of(what.work_order, what.operation) + " is begun, or done", "operation");
    if (!o->planned)
        return decision::refuse(
            "not_planned", name_of(what.work_order, what.operation) + " has no place to be pinned to", "operation");
    decision d;
    d.emit(operation_pinned{what.work_order, what.operation, o->planned->machine, o->planned->start, about.now});
    return d;
}

decision decide(const state& s, const unpin& what, const context& about)
{
    const auto* o = find_operation(s, what.work_order, what.operation);
    if (o == nullptr) return refuse_unknown(what.work_order, what.operation);
    if (!o->pinned) return {};
    decision d;
    d.emit(operation_unpinned{what.work_order, what.operation, about.now});
    return d;
}

void apply(state& s, const operation_pinned& e)
{
    if (auto* o = find_operation(s, e.work_order, e.operation)) o->pinned = pinned_place{e.machine, e.start};
}

void apply(state& s, const operation_unpinned& e)
{
    if (auto* o = find_operation(s, e.work_order, e.operation)) o->pinned.reset();
}

} // namespace takt::schedule
