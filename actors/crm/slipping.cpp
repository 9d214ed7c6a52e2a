#include "actors/crm/slipping.hpp"
#include "actors/crm/customer.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/anomaly/coordination.hpp"

namespace takt::customer {
namespace {

std::string symptom_of(const order_id& order) { return "slipping_order." + order.text; }

} // namespace

void watch_promise(decision& d, const open_order& known, const order_id& order, instant promised, const context& about)
{
    const bool slips = promised > known.due;
    const auto key = anomaly::key_of(symptom_of(order), about.self);
    if (slips == known.slips) return;
    d.emit(slip_noted{order, slips});
    if (slips)
        d.send(key, anomaly::raise{about.self, symptom_of(order), anomaly::severity::warning,
                                   "wanted by " + to_rfc3339(known.due) + ", promised for " + to_rfc3339(promised)});
    else
        d.send(key, anomaly::clear{symptom_of(order), "in_time_again", "promised for " + to_rfc3339(promised)});
}

void end_slip(decision& d, const open_order& known, const order_id& order, const std::string& how, const context& about)
{
    if (known.slips) d.send(anomaly::key_of(symptom_of(order), about.self), anomaly::clear{symptom_of(order), how, {}});
}

decision decide(const state& s, const inform& /*what*/, const context& about)
{
    informed e;
    e.at = about.now;
    for (const auto& [order, known] : s.open)
        if (known.slips && known.promised && known.told != known.promised)
            e.orders.push_back({order, known.due, *known.promised});
    decision d;
    const auto told = e.orders.size();
    if (told > 0) d.emit(std::move(e));
    if (const auto key = anomaly::case_of(about.sender); !key.empty())
        d.send(key, anomaly::note_step{anomaly::step_kind::tell_customer, true,
                                       "told the new dates of " + std::to_string(told) + " orders"});
    return d;
}

void apply(state& s, const slip_noted& e)
{
    if (const auto found = s.open.find(e.order); found != s.open.end()) found->second.slips = e.slips;
}

void apply(state& s, const informed& e)
{
    for (const auto& one : e.orders)
        if (const auto found = s.open.find(one.order); found != s.open.end()) found->second.told = one.promised;
    ++s.informed;
}

} // namespace takt::customer
