#include "actors/mes/work_order_step.hpp"
#include "messages/anomaly/quality.hpp"
#include "messages/wms/lot.hpp"

/// Pieces that may be bad stop where they are: in process with their work order, afterwards with their lot.
namespace takt::work_order {

decision decide(const state& s, const quarantine& what, const context& about)
{
    anomaly::note_quarantined answer;
    answer.what = about.self;
    answer.item = s.item;
    decision d;
    const bool begun = s.status == work_order_status::in_progress;
    if (begun && s.quarantine.empty()) {
        step todo(s, about);
        todo.happen(quarantined{what.reason});
        todo.tell_schedule_job();
        d = todo.done();
        answer.stopped = true;
        answer.quantity = s.quantity;
    } else if (s.lot) {
        answer.onward.emplace_back("lot", s.lot->text);
    }
    d.send(what.asker.key(), std::move(answer));
    return d;
}

/// Of one that was completed meanwhile, the lot is inspected.
decision decide(const state& s, const lift_quarantine& what, const context& about)
{
    if (s.quarantine.empty() || s.status != work_order_status::in_progress) return {};
    if (!what.trace.empty() && what.trace != s.quarantine) return {};
    step todo(s, about);
    todo.happen(quarantine_lifted{});
    todo.tell_schedule_job();
    return todo.done();
}

decision decide(const state& s, const report_origin& what, const context& about)
{
    anomaly::take_origin answer;
    answer.what = about.self;
    answer.parents = s.consumed;
    for (const auto& o : s.operations)
        if (o.started) answer.work.push_back({o.key, o.machine, o.person});
    decision d;
    d.send(what.asker.key(), std::move(answer));
    return d;
}

namespace {

decision impossible(const take_disposition& what, const std::string& why)
{
    decision d;
    d.send(what.nonconformance, nonconformance::note_done{false, {}, why});
    return d;
}

decision dispose_of_operation(const state& s, const take_disposition& what, const context& about)
{
    using enum nonconformance::disposition;
    const auto* o = find_operation(s, what.operation);
    if (o != nullptr && !is_over(s) && o->status == mes::operation_status::inspecting && !o->rejected) {
        decision d; // its inspection has yet to tell
        d.set_timer("disposition", about.now + std::chrono::minutes(1), what);
        return d;
    }
    if (o == nullptr || !o->rejected || is_over(s))
        return impossible(what, "the pieces of operation " + what.operation + " do not wait for it");
    if (what.disposition == return_to_supplier) return impossible(what, "the pieces were made here");
    step todo(s, about);
    const auto pieces = o->good;
    if (s.quarantine == what.trace) todo.lift_quarantine();
    std::string words = "goes on";
    if (what.disposition == rework) {
        todo.add_rework(what.operation);
        words = "goes through its rework route";
    } else if (what.disposition == scrap) {
        words = "thrown away";
        todo.happen(pieces_scrapped{what.operation, pieces, what.nonconformance + ": " + what.reason});
        todo.tell_supply();
        todo.pass_on(what.operation);
    } else {
        todo.happen(conceded{what.operation, what.nonconformance, what.reason});
        todo.pass_on(what.operation);
    }
    todo.out().send(what.nonconformance, nonconformance::note_done{true, pieces, words});
    return todo.done();
}

decision dispose_of_all(const state& s, const take_disposition& what, const context& about)
{
    using enum nonconformance::disposition;
    if (is_over(s)) {
        decision d;
        d.send(what.nonconformance, nonconformance::note_done{true, {}, "it was over; its lot is judged by itself"});
        return d;
    }
    if (what.disposition == rework || what.disposition == return_to_supplier)
        return impossible(what, "its pieces are between operations: use them as they are, or scrap them");
    if (s.status != work_order_status::in_progress) return impossible(what, "it has not begun; cancel it");
    step todo(s, about);
    if (what.disposition == use_as_is) {
        todo.lift_quarantine();
        todo.happen(conceded{{}, what.nonconformance, what.reason});
        todo.out().send(what.nonconformance, nonconformance::note_done{true, s.quantity - s.scrap, "goes on"});
        return todo.done();
    }
    todo.happen(work_order::scrap_due{what.nonconformance, what.reason});
    if (std::none_of(s.operations.begin(), s.operations.end(), at_machine))
        todo.scrap_all(what.reason);
    else
        todo.tell_schedule_job();
    return todo.done();
}

} // namespace

decision decide(const state& s, const take_disposition& what, const context& about)
{
    return what.operation.empty() ? dispose_of_all(s, what, about) : dispose_of_operation(s, what, about);
}

void apply(state& s, const conceded& e)
{
    for (auto& o : s.operations)
        if (o.key == e.operation) o.rejected = false;
}

void apply(state& s, const scrap_due& e)
{
    s.scrap_due = e.nonconformance;
    s.held = true; // nothing more of it is begun
}

void apply(state& s, const quarantined& e)
{
    s.held_before = s.held;
    s.held = true;
    s.quarantine = e.reason;
}

void apply(state& s, const quarantine_lifted& /*e*/)
{
    s.held = s.held_before;
    s.quarantine.clear();
}

} // namespace takt::work_order
