#include "actors/refusals.hpp"
#include "actors/scm/purchase_order_parts.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/anomaly/coordination.hpp"
#include "messages/erp/shortage.hpp"

/// What does not come when it should.
namespace takt::purchase_order {
namespace {

constexpr const char* delivery_timer = "delivery";
constexpr const char* trouble = "late_supplier";

std::string still_open(const state& s) { return to_string(s.quantity - s.received) + " of " + s.item.text; }

} // namespace

void await_delivery(decision& d, instant expected)
{
    d.set_timer(delivery_timer, expected + receiving_time, check_delivery{});
}

void end_waiting(decision& d, const state& s, const context& about)
{
    d.cancel_timer(delivery_timer);
    if (s.overdue)
        d.send(anomaly::key_of(trouble, about.self), anomaly::clear{trouble, "delivered_late", "all of it is here"});
}

decision decide(const state& s, const check_delivery& /*what*/, const context& about)
{
    if (!is_open(s) || about.now < expected(s) + receiving_time) return {};
    decision d;
    d.emit(fell_overdue{expected(s), about.now});
    d.send(anomaly::key_of(trouble, about.self),
           anomaly::raise{about.self, trouble, anomaly::severity::warning,
                          s.supplier.text + " was to deliver " + still_open(s) + " by " + to_rfc3339(expected(s))});
    return d;
}

decision decide(const state& s, const expedite& /*what*/, const context& about)
{
    const auto key = anomaly::case_of(about.sender);
    if (!is_open(s)) {
        if (key.empty()) return decision::refuse("not_open", "nothing of " + about.self.path() + " is open");
        return std::move(decision().send(key, anomaly::note_step{anomaly::step_kind::expedite, true, "has come"}));
    }
    decision d;
    d.emit(expedited{about.sender, about.now});
    if (!key.empty())
        d.send(key, anomaly::note_step{anomaly::step_kind::expedite, true,
                                       s.supplier.text + " was asked to hurry with " + still_open(s)});
    return d;
}

decision decide(const state& s, const replace& /*what*/, const context& about)
{
    return std::move(
        decision().send(s.item.text, material::buy_elsewhere{std::string(anomaly::case_of(about.sender))}));
}

void apply(state& s, const fell_overdue& /*e*/) { s.overdue = true; }
void apply(state& s, const expedited& /*e*/) { ++s.expedited; }

} // namespace takt::purchase_order
