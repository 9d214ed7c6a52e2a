#include "actors/scm/supplier.hpp"

#include "actors/refusals.hpp"
#include "messages/core/json_write.hpp"

namespace takt::supplier {

decision decide(const state& s, const define& what, const context& /*about*/)
{
    if (what.name.empty()) return decision::refuse("name_missing", "a supplier has a name", "name");
    if (what.lead_time_ms < milliseconds{0})
        return decision::refuse("negative", "a lead time is not negative", "lead_time_ms");
    for (const auto& offer : what.offers)
        if (!valid_key(offer.item.text)) return refuse_key(offer.item.text, "offers");
    decision d;
    if (to_json(s.definition) != to_json(what)) d.emit(defined{what});
    return d;
}

decision decide(const state& /*s*/, const note_order& what, const context& /*about*/)
{
    decision d;
    d.emit(order_noted{what.purchase_order});
    return d;
}

decision decide(const state& /*s*/, const book_delivery& what, const context& /*about*/)
{
    decision d;
    d.emit(delivery_booked{what.purchase_order, what.ordered, what.received, what.on_time, what.in_full});
    return d;
}

decision decide(const state& /*s*/, const book_return& what, const context& /*about*/)
{
    decision d;
    d.emit(return_booked{what.purchase_order, what.lot, what.quantity});
    return d;
}

decision decide(const state& /*s*/, const book_inspection& what, const context& /*about*/)
{
    decision d;
    d.emit(inspection_booked{what.inspection, what.accepted, what.inspected, what.defects});
    return d;
}

void apply(state& s, const defined& e) { s.definition = e.definition; }
void apply(state& s, const order_noted& e) { s.open.push_back(e.purchase_order); }

void apply(state& s, const delivery_booked& e)
{
    std::erase(s.open, e.purchase_order);
    s.received += e.received;
    ++s.orders;
    s.on_time += e.on_time ? 1 : 0;
    s.in_full += e.in_full ? 1 : 0;
    s.on_time_in_full += e.on_time && e.in_full ? 1 : 0;
}

void apply(state& s, const return_booked& e)
{
    s.returned += e.quantity;
    ++s.returns;
}

void apply(state& s, const inspection_booked& e)
{
    ++s.lots_inspected;
    s.lots_rejected += e.accepted ? 0 : 1;
    s.pieces_inspected += e.inspected;
    s.defects += e.defects;
}

} // namespace takt::supplier
