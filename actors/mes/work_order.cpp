#include "actors/mes/work_order.hpp"

#include "actors/mes/work_order_step.hpp"
#include "actors/refusals.hpp"
#include "messages/erp/material.hpp"
#include "messages/mes/machine.hpp"
#include "messages/mes/schedule.hpp"

/// What a work order decides about itself and its operations; about its components see work_order_kit.cpp.
namespace takt::work_order {
namespace {

/// Picking, queueing before machines and inspections, over and above the operations themselves.
constexpr milliseconds handling_time = std::chrono::hours(4);

/// When components are needed for all to be in time: what is due, less the operations in a row and their handling.
instant need_by(const state& s, instant now)
{
    milliseconds sum{0};
    for (const auto& o : s.operations) {
        if (o.modes.empty()) continue;
        const auto& mode = o.modes.front();
        sum += mode.setup_time_ms + mode.run_time_ms * (o.batch ? 1 : s.quantity.whole());
    }
    return std::max(now, s.due - sum - handling_time);
}

const operation* run_under_way(const state& s, const mes::run_ref& job)
{
    const auto* o = find_operation(s, job.operation);
    if (o == nullptr || is_over(s) || o->run != job.run) return nullptr;
    const bool at_machine = o->status == mes::operation_status::dispatched ||
                            o->status == mes::operation_status::setup || o->status == mes::operation_status::running;
    return at_machine ? o : nullptr;
}

std::optional<decision> refuse_if_over(const state& s, const context& about)
{
    if (s.status == work_order_status::none)
        return decision::refuse("not_created", about.self.path() + " does not exist");
    if (is_over(s)) return decision::refuse("already_" + std::string(enum_name(s.status)), "it is over");
    return std::nullopt;
}

std::optional<decision> refuse_if_begun(const state& s)
{
    const auto& first = s.operations.front();
    if (!begun(s) && first.status <= mes::operation_status::ready) return std::nullopt;
    return decision::refuse("already_begun", "operation " + first.key + " is " + std::string(enum_name(first.status)) +
                                                 "; components are in it");
}

} // namespace

decision decide(const state& s, const create& what, const context& about)
{
    if (s.status != work_order_status::none) return {}; // made once
    step todo(s, about);
    todo.happen(created{what.item, what.quantity, what.due, what.priority, what.revision, what.bom, what.routing,
                        what.staging_bin, what.output_bin, about.now, what.area});
    const auto by = need_by(todo.now(), about.now);
    for (const auto& c : todo.now().components)
        todo.out().send(c.item.text, material::require{about.self, c.required, by, what.priority});
    todo.tell_schedule_all();
    todo.check_kit(); // without components there is nothing to wait for
    return todo.done();
}

decision decide(const state& s, const plan_times& what, const context& about)
{
    if (is_over(s)) return {};
    step todo(s, about);
    todo.happen(times_planned{what.start, what.end});
    todo.tell_supply();
    return todo.done();
}

decision decide(const state& s, const note_dispatched& what, const context& about)
{
    step todo(s, about);
    const auto* o = find_operation(s, what.job.operation);
    const bool wanted = o != nullptr && !is_over(s) && !s.held && o->status == mes::operation_status::ready;
    if (!wanted) {
        todo.out().send(what.machine.text, machine::withdraw_job{what.job});
        if (o != nullptr && !is_over(s)) todo.tell_schedule(what.job.operation, what.job.run);
        return todo.done();
    }
    todo.happen(operation_dispatched{what.job, what.machine, what.person, about.now});
    todo.tell_schedule(what.job.operation, what.job.run);
    return todo.done();
}

decision decide(const state& s, const note_started& what, const context& about)
{
    const auto* o = run_under_way(s, what.job);
    if (o == nullptr || o->status != mes::operation_status::dispatched) return {};
    step todo(s, about);
    todo.happen(operation_started{what.job, what.at});
    todo.consume_staged();
    todo.tell_schedule(what.job.operation, what.job.run);
    return todo.done();
}

decision decide(const state& s, const note_running& what, const context& /*about*/)
{
    decision d;
    const auto* o = run_under_way(s, what.job);
    if (o != nullptr && o->status != mes::operation_status::running) d.emit(operation_running{what.job, what.at});
    return d;
}

decision decide(const state& s, const note_progress& what, const context& /*about*/)
{
    decision d;
    if (run_under_way(s, what.job) != nullptr) d.emit(operation_progressed{what.job, what.good, what.scrap});
    return d;
}

decision decide(const state& s, const note_ended& what, const context& about)
{
    if (run_under_way(s, what.job) == nullptr) return {};
    step todo(s, about);
    todo.happen(run_ended{what.job, what.good, what.scrap, what.setup_ms, what.run_ms, what.energy_kwh, what.at});
    if (what.scrap > 0) todo.tell_supply();
    if (s.scrap_due.empty())
        todo.go_on(what.job.operation);
    else
        todo.scrap_all("thrown away: " + s.scrap_due);
    return todo.done();
}

decision decide(const state& s, const book_labour& what, const context& /*about*/)
{
    decision d;
    if (find_operation(s, what.job.operation) != nullptr)
        d.emit(labour_booked{what.job.operation, what.person, what.labour_ms});
    return d;
}

decision decide(const state& s, const take_inspection& what, const context& about)
{
    const auto* o = find_operation(s, what.operation);
    if (is_over(s) || o == nullptr || o->status != mes::operation_status::inspecting ||
        o->inspected_by != what.inspection)
        return {};
    step todo(s, about);
    todo.happen(inspection_taken{what.operation, what.inspection, what.accepted, what.defects});
    if (!what.accepted) return todo.done(); // waits for its disposition
    if (const auto bad = std::min(takt::quantity::of(what.defects), o->good); bad) {
        todo.happen(pieces_scrapped{what.operation, bad, "found defective by " + what.inspection.text});
        todo.tell_supply();
    }
    todo.pass_on(what.operation);
    return todo.done();
}

decision decide(const state& s, const hold& what, const context& about)
{
    if (auto refused = refuse_if_over(s, about)) return *refused;
    if (what.reason.empty()) return decision::refuse("reason_missing", "say why it is held", "reason");
    if (s.held) return {};
    step todo(s, about);
    todo.happen(work_order::held{what.reason});
    todo.tell_schedule_job();
    return todo.done();
}

decision decide(const state& s, const resume& /*what*/, const context& about)
{
    if (auto refused = refuse_if_over(s, about)) return *refused;
    if (!s.held) return {};
    step todo(s, about);
    todo.happen(resumed{});
    todo.tell_schedule_job();
    return todo.done();
}

decision decide(const state& s, const prioritise& what, const context& about)
{
    if (auto refused = refuse_if_over(s, about)) return *refused;
    if (!valid_priority(what.priority)) return refuse_priority(what.priority);
    const auto due = what.due.value_or(s.due);
    if (what.priority == s.priority && due == s.due) return {};
    step todo(s, about);
    todo.happen(prioritised{what.priority, due});
    todo.tell_schedule_job();
    const auto by = need_by(todo.now(), about.now);
    for (const auto& c : s.components)
        if (covered(s, c.item) < c.required)
            todo.out().send(c.item.text, material::require{about.self, c.required, by, what.priority});
    return todo.done();
}

decision decide(const state& s, const split& what, const context& about)
{
    if (auto refused = refuse_if_over(s, about)) return *refused;
    if (what.quantity <= takt::quantity{} || what.quantity != takt::quantity::of(what.quantity.whole()))
        return decision::refuse("not_whole", "a whole number of pieces is split off", "quantity");
    if (what.quantity >= s.quantity)
        return decision::refuse("nothing_left", "it is of " + to_string(s.quantity) + " pieces; fewer are split off",
                                "quantity");
    if (auto refused = refuse_if_begun(s)) return *refused;
    step todo(s, about);
    todo.happen(split_off{what.quantity});
    todo.out().send(s.item.text, material::split_supply{about.self, what.quantity, s.due, s.priority});
    const auto by = need_by(todo.now(), about.now);
    for (const auto& c : todo.now().components)
        todo.out().send(c.item.text, material::require{about.self, c.required, by, s.priority});
    todo.tell_schedule_all();
    return todo.done();
}

decision decide(const state& s, const cancel& what, const context& about)
{
    if (auto refused = refuse_if_over(s, about)) return *refused;
    if (what.reason.empty()) return decision::refuse("reason_missing", "say why it is cancelled", "reason");
    if (auto refused = refuse_if_begun(s)) return *refused;
    step todo(s, about);
    todo.give_up_components();
    todo.happen(cancelled{what.reason});
    todo.out().send(s.item.text, material::update_supply{about.self, {}, about.now, true});
    todo.out().send(s.area, schedule::remove_job{todo.self()});
    return todo.done();
}

} // namespace takt::work_order
