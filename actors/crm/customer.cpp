#include "actors/crm/customer.hpp"

#include "actors/crm/slipping.hpp"

namespace takt::customer {

decision decide(const state& s, const define& what, const context& /*about*/)
{
    if (what.name.empty()) return decision::refuse("name_missing", "a customer has a name", "name");
    decision d;
    if (s.name != what.name || s.country != what.country) d.emit(defined{what.name, what.country});
    return d;
}

decision decide(const state& /*s*/, const note_order& what, const context& /*about*/)
{
    decision d;
    d.emit(order_noted{what.order, what.product, what.quantity, what.due});
    return d;
}

decision decide(const state& s, const note_promise& what, const context& about)
{
    decision d;
    const auto known = s.open.find(what.order);
    if (known == s.open.end()) return d;
    d.emit(promise_noted{what.order, what.promised});
    watch_promise(d, known->second, what.order, what.promised, about);
    return d;
}

decision decide(const state& s, const note_shipment& what, const context& about)
{
    decision d;
    const auto known = s.open.find(what.order);
    if (known == s.open.end()) return d;
    d.emit(shipment_noted{what.order, what.quantity, what.complete, what.late});
    if (what.complete) end_slip(d, known->second, what.order, what.late ? "shipped_late" : "shipped_in_time", about);
    return d;
}

decision decide(const state& s, const note_closed& what, const context& about)
{
    decision d;
    const auto known = s.open.find(what.order);
    if (known == s.open.end()) return d;
    d.emit(order_closed{what.order, what.reason});
    end_slip(d, known->second, what.order, "order_closed", about);
    return d;
}

decision decide(const state& /*s*/, const note_complaint& what, const context& /*about*/)
{
    return std::move(decision().emit(complaint_noted{what.order, what.detail}));
}

decision decide(const state& /*s*/, const note_suspect& what, const context& /*about*/)
{
    return std::move(decision().emit(suspect_noted{what.order, what.trace}));
}

void apply(state& s, const defined& e)
{
    s.name = e.name;
    s.country = e.country;
}

void apply(state& s, const order_noted& e)
{
    s.open[e.order] = {e.product, e.quantity, {}, e.due, std::nullopt, false, std::nullopt};
    ++s.orders;
}

void apply(state& s, const promise_noted& e)
{
    auto& order = s.open[e.order];
    if (order.promised) ++s.promises_moved;
    order.promised = e.promised;
}

void apply(state& s, const shipment_noted& e)
{
    auto& order = s.open[e.order];
    order.shipped += e.quantity;
    if (!e.complete) return;
    ++(e.late ? s.shipped_late : s.shipped_on_time);
    s.open.erase(e.order);
}

void apply(state& s, const order_closed& e)
{
    s.open.erase(e.order);
    ++s.closed;
}

void apply(state& s, const complaint_noted& /*e*/) { ++s.complaints; }
void apply(state& s, const suspect_noted& /*e*/) { ++s.suspect_shipments; }

} // namespace takt::customer
