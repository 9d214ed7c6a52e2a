#include "actors/mes/work_order_step.hpp"
#include "messages/anomaly/anomaly.hpp"
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
decision decide(const state& s, const lift_quarantine& /*what*/, const context& about)
{
    if (s.quarantine.empty() || s.status != work_order_status::in_progress) return {};
    step todo(s, about);
    todo.happen(quarantine_lifted{});
    todo.tell_schedule_job();
    return todo.done();
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
