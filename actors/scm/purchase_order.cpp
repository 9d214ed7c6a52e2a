#include "actors/scm/purchase_order.hpp"

#include "actors/refusals.hpp"
#include "actors/scm/purchase_order_parts.hpp"
#include "messages/erp/material.hpp"
#include "messages/scm/supplier.hpp"
#include "messages/wms/lot.hpp"

namespace takt::purchase_order {
namespace {

purchase_order_id key_of(const context& about) { return purchase_order_id(about.self.key()); }

std::optional<decision> refuse_unless_open(const state& s, const context& about)
{
    switch (s.status) {
    case purchase_status::none: return decision::refuse("not_created", about.self.path() + " does not exist");
    case purchase_status::received:
        return decision::refuse("already_received", "all " + to_string(s.quantity) + " have been received");
    case purchase_status::closed_short:
        return decision::refuse("already_closed",
                                "closed with " + to_string(s.received) + " of " + to_string(s.quantity) + " received");
    default: return std::nullopt;
    }
}

std::optional<decision> refuse_create(const create& what)
{
    if (what.quantity <= takt::quantity{}) return refuse_unless_positive(what.quantity, "quantity");
    if (!valid_key(what.supplier.text)) return refuse_key(what.supplier.text, "supplier");
    if (!valid_key(what.item.text)) return refuse_key(what.item.text, "item");
    if (!valid_key(what.receiving_bin.text)) return refuse_key(what.receiving_bin.text, "receiving_bin");
    return std::nullopt;
}

void finish(decision& d, const state& s, takt::quantity received, instant last_receipt, const context& about)
{
    end_waiting(d, s, about);
    d.send(s.item.text, material::update_supply{about.self, received, expected(s), true});
    d.send(s.supplier.text,
           supplier::book_delivery{key_of(about), s.quantity, received, last_receipt <= expected(s) + receiving_time,
                                   received >= s.quantity});
}

} // namespace

bool is_open(const state& s)
{
    using enum purchase_status;
    return s.status == open || s.status == confirmed || s.status == partially_received;
}

decision decide(const state& s, const create& what, const context& about)
{
    if (auto refused = refuse_create(what)) return *refused;
    if (s.status != purchase_status::none && about.sender.starts_with("material/")) return {}; // it has told already
    if (s.status != purchase_status::none)
        return decision::refuse("already_created",
                                about.self.path() + " exists: " + to_string(s.quantity) + " of " + s.item.text);
    decision d;
    d.emit(created{what.supplier, what.item, what.quantity, what.due, what.receiving_bin, what.inspection, about.now});
    d.send(what.supplier.text, supplier::note_order{key_of(about)});
    d.send(what.item.text, material::update_supply{about.self, what.quantity, what.due, false});
    await_delivery(d, what.due);
    return d;
}

decision decide(const state& s, const confirm& what, const context& about)
{
    if (auto refused = refuse_unless_open(s, about)) return *refused;
    decision d;
    if (s.confirmed == what.date) return d;
    d.emit(purchase_order::confirmed{what.date});
    d.send(s.item.text, material::update_supply{about.self, s.quantity, what.date, false});
    await_delivery(d, what.date);
    return d;
}

decision decide(const state& s, const receive& what, const context& about)
{
    if (auto refused = refuse_unless_open(s, about)) return *refused;
    if (what.quantity <= takt::quantity{}) return refuse_unless_positive(what.quantity, "quantity");
    const auto open = s.quantity - s.received;
    if (what.quantity > open)
        return decision::refuse("more_than_ordered",
                                to_string(what.quantity) + " delivered, " + to_string(open) + " of " +
                                    to_string(s.quantity) + " are open",
                                "quantity");
    if (what.bin && !valid_key(what.bin->text)) return refuse_key(what.bin->text, "bin");

    decision d;
    const lot_id lot("L-" + key_of(about).text + "-" + std::to_string(s.lots.size() + 1));
    const auto bin = what.bin.value_or(s.receiving_bin);
    d.emit(purchase_order::received{lot, bin, what.quantity, about.now});
    d.send(lot.text,
           lot::create{
               s.item, what.quantity, bin, about.self, s.inspection, what.expiry, s.supplier, what.supplier_lot, {}});
    if (what.quantity == open) finish(d, s, s.quantity, about.now, about);
    d.reply(receipt{lot, open - what.quantity});
    return d;
}

decision decide(const state& s, const close_short& what, const context& about)
{
    if (auto refused = refuse_unless_open(s, about)) return *refused;
    decision d;
    d.emit(closed{s.quantity - s.received, what.reason});
    finish(d, s, s.received, about.now, about);
    return d;
}

decision decide(const state& s, const book_return& what, const context& about)
{
    decision d;
    d.emit(purchase_order::returned{what.lot, what.quantity});
    d.send(s.supplier.text, supplier::book_return{key_of(about), what.lot, what.quantity});
    return d;
}

void apply(state& s, const created& e)
{
    s.status = purchase_status::open;
    s.supplier = e.supplier;
    s.item = e.item;
    s.quantity = e.quantity;
    s.due = e.due;
    s.receiving_bin = e.receiving_bin;
    s.inspection = e.inspection;
    s.created_at = e.at;
}

void apply(state& s, const purchase_order::confirmed& e)
{
    s.confirmed = e.date;
    if (s.status == purchase_status::open) s.status = purchase_status::confirmed;
}

void apply(state& s, const purchase_order::received& e)
{
    s.received += e.quantity;
    s.lots.push_back(e.lot);
    s.late = e.at > expected(s);
    s.status = s.received >= s.quantity ? purchase_status::received : purchase_status::partially_received;
}

void apply(state& s, const closed& /*e*/) { s.status = purchase_status::closed_short; }
void apply(state& s, const purchase_order::returned& e) { s.returned += e.quantity; }

} // namespace takt::purchase_order
