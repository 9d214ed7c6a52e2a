#include "actors/erp/order.hpp"

#include "actors/refusals.hpp"
#include "messages/crm/customer.hpp"
#include "messages/erp/material.hpp"
#include "messages/wms/bin.hpp"

namespace takt::order {
namespace {

constexpr milliseconds kept_least{60'000}, kept_most{30 * 24 * 3'600'000LL};

order_id key_of(const context& about) { return order_id(about.self.key()); }

takt::quantity being_shipped(const state& s)
{
    takt::quantity sum;
    for (const auto& r : s.reservations)
        if (r.shipment != 0) sum += r.quantity;
    return sum;
}

takt::quantity reserved_of(const state& s, const lot_id& lot)
{
    takt::quantity sum;
    for (const auto& r : s.reservations)
        if (r.lot == lot && r.shipment == 0) sum += r.quantity;
    return sum;
}

takt::quantity revoked_of(const state& s, const lot_id& lot)
{
    takt::quantity sum;
    for (const auto& r : s.revoked)
        if (r.lot == lot) sum += r.quantity;
    return sum;
}

takt::quantity leaving_of(const state& s, const lot_id& lot)
{
    takt::quantity sum;
    for (const auto& r : s.reservations)
        if (r.lot == lot && r.shipment != 0) sum += r.quantity;
    return sum - std::min(sum, revoked_of(s, lot));
}

const reservation* find_line(const state& s, const lot_id& lot, const bin_id& bin, std::int64_t shipment)
{
    const auto found = std::find_if(s.reservations.begin(), s.reservations.end(), [&](const reservation& r) {
        return r.lot == lot && r.bin == bin && r.shipment == shipment;
    });
    return found == s.reservations.end() ? nullptr : &*found;
}

std::vector<wms::lot_amount> lines_for(const state& s, takt::quantity amount)
{
    std::vector<wms::lot_amount> lines;
    for (const auto& r : s.reservations) {
        if (r.shipment != 0 || !amount) continue;
        const auto part = std::min(amount, r.quantity);
        lines.push_back({s.product, r.lot, r.bin, part});
        amount -= part;
    }
    return lines;
}

/// Whether so much of a product can be ordered at all.
std::optional<decision> refuse_order(const customer_id& customer, const item_id& product, takt::quantity quantity,
                                     int priority)
{
    if (quantity <= takt::quantity{}) return refuse_unless_positive(quantity, "quantity");
    if (quantity > largest_order)
        return decision::refuse("too_many", "one order is of at most " + to_string(largest_order), "quantity");
    if (!valid_key(customer.text)) return refuse_key(customer.text, "customer");
    if (!valid_key(product.text)) return refuse_key(product.text, "product");
    if (!valid_priority(priority)) return refuse_priority(priority);
    return std::nullopt;
}

} // namespace

decision decide(const state& s, const place& what, const context& about)
{
    if (s.status != order_status::none)
        return decision::refuse("already_placed", about.self.path() + " is " + std::string(enum_name(s.status)));
    if (auto no = refuse_order(what.customer, what.product, what.quantity, what.priority)) return std::move(*no);
    decision d;
    d.emit(placed{what.customer, what.product, what.quantity, what.due, what.priority, about.now});
    d.send(what.product.text, material::require{about.self, what.quantity, what.due, what.priority});
    d.send(what.customer.text, customer::note_order{key_of(about), what.product, what.quantity, what.due});
    d.set_timer("due", what.due, check_due{});
    return d;
}

decision decide(const state& s, const reserve& what, const context& about)
{
    if (s.status != order_status::none)
        return decision::refuse("already_placed", about.self.path() + " is " + std::string(enum_name(s.status)));
    if (auto no = refuse_order(what.customer, what.product, what.quantity, what.priority)) return std::move(*no);
    if (what.keep_ms < kept_least || what.keep_ms > kept_most)
        return decision::refuse("out_of_range", "a reservation is kept for a minute to thirty days", "keep_ms");
    decision d;
    const auto expires = about.now + what.keep_ms;
    d.emit(reserved{what.customer, what.product, what.quantity, what.due, what.priority, expires, about.now});
    d.send(what.product.text, material::require{about.self, what.quantity, what.due, what.priority});
    d.set_timer("reservation", expires, check_reservation{});
    return d;
}

/// From here on it is an order like any other.
decision decide(const state& s, const confirm& /*what*/, const context& about)
{
    if (s.status == order_status::none) return decision::refuse("not_placed", about.self.path() + " does not exist");
    if (is_active(s)) return {};
    if (s.status != order_status::reserved)
        return decision::refuse("already_" + std::string(enum_name(s.status)), "nothing is kept for it any more");
    decision d;
    d.emit(confirmed{about.now});
    d.send(s.customer.text, customer::note_order{key_of(about), s.product, s.quantity, s.due});
    if (s.promised) d.send(s.customer.text, customer::note_promise{key_of(about), *s.promised});
    d.cancel_timer("reservation");
    d.set_timer("due", s.due, check_due{});
    return d;
}

decision decide(const state& s, const check_reservation& /*what*/, const context& about)
{
    decision d;
    if (s.status != order_status::reserved) return d;
    d.emit(reservation_expired{});
    d.send(s.product.text, material::release_demand{about.self});
    return d;
}

decision decide(const state& s, const cancel& what, const context& about)
{
    if (s.status == order_status::none) return decision::refuse("not_placed", about.self.path() + " does not exist");
    if (s.status == order_status::cancelled) return {};
    if (!is_wanted(s))
        return decision::refuse("already_" + std::string(enum_name(s.status)), "nothing is left to cancel");
    if (s.shipped || being_shipped(s))
        return decision::refuse("already_shipped",
                                to_string(s.shipped) + " shipped, " + to_string(being_shipped(s)) + " on the way out");
    decision d;
    d.emit(cancelled{what.reason});
    d.send(s.product.text, material::release_demand{about.self});
    d.send(s.customer.text, customer::note_closed{key_of(about), "cancelled"});
    d.cancel_timer(s.status == order_status::reserved ? "reservation" : "due");
    return d;
}

decision decide(const state& s, const ship& what, const context& about)
{
    if (s.status == order_status::none) return decision::refuse("not_placed", about.self.path() + " does not exist");
    if (s.status == order_status::reserved) return decision::refuse("not_confirmed", "it is only reserved");
    if (!is_active(s))
        return decision::refuse("already_" + std::string(enum_name(s.status)), "nothing is left to ship");
    const auto free = s.allocated - being_shipped(s);
    const auto wanted = what.quantity.value_or(free);
    if (what.quantity && wanted <= takt::quantity{}) return refuse_unless_positive(wanted, "quantity");
    if (!free) return decision::refuse("nothing_allocated", "no stock is set aside for it", "quantity");
    if (wanted > free)
        return decision::refuse("more_than_allocated",
                                to_string(wanted) + " asked for, " + to_string(free) + " set aside", "quantity");
    decision d;
    const auto shipment = s.shipments + 1;
    const auto lines = lines_for(s, wanted);
    d.emit(shipment_requested{shipment, what.carrier, lines});
    for (const auto& line : lines)
        d.send(line.bin.text,
               bin::issue{line.lot, line.quantity, wms::issue_purpose::ship, about.self, shipment, std::nullopt, {}});
    return d;
}

decision decide(const state& s, const promise& what, const context& about)
{
    decision d;
    if (!is_wanted(s) || s.promised == what.date) return d;
    d.emit(order::promised{what.date, about.now});
    d.send(s.customer.text, customer::note_promise{key_of(about), what.date});
    return d;
}

decision decide(const state& s, const allocate& what, const context& /*about*/)
{
    decision d;
    if (is_wanted(s)) d.emit(order::allocated{what.lot, what.bin, what.quantity});
    return d;
}

decision decide(const state& s, const withdraw& what, const context& /*about*/)
{
    decision d;
    const auto held = std::min(what.quantity, reserved_of(s, what.lot));
    if (held) d.emit(withdrawn{what.lot, what.bin, held});
    const auto on_its_way = std::min(what.quantity - held, leaving_of(s, what.lot));
    if (on_its_way) d.emit(withdrawn_late{what.lot, what.bin, on_its_way}); // out of reach, unless its bin keeps it
    return d;
}

decision decide(const state& s, const relocate& what, const context& /*about*/)
{
    decision d;
    const auto* there = find_line(s, what.lot, what.from, 0);
    if (there != nullptr) d.emit(relocated{what.lot, what.from, what.to, std::min(what.quantity, there->quantity)});
    return d;
}

decision decide(const state& s, const reject_demand& what, const context& about)
{
    decision d;
    if (!is_wanted(s)) return d;
    d.emit(rejected{what.reason});
    d.send(s.customer.text, customer::note_closed{key_of(about), what.reason});
    d.cancel_timer(s.status == order_status::reserved ? "reservation" : "due");
    return d;
}

decision decide(const state& s, const confirm_issue& what, const context& about)
{
    decision d;
    if (find_line(s, what.lot, what.bin, what.request) == nullptr) return d;
    const bool complete = s.shipped + what.quantity >= s.quantity;
    const bool late = complete && about.now > s.due;
    d.emit(order::shipped{what.request, what.lot, what.bin, what.quantity, complete, late, about.now});
    d.send(s.customer.text, customer::note_shipment{key_of(about), what.quantity, complete, late});
    if (complete) d.cancel_timer("due");
    return d;
}

decision decide(const state& s, const decline_issue& what, const context& /*about*/)
{
    decision d;
    if (find_line(s, what.lot, what.bin, what.request) == nullptr) return d;
    d.emit(shipment_short{what.request, what.lot, what.bin, what.quantity, what.available});
    return d;
}

decision decide(const state& s, const check_due& /*what*/, const context& about)
{
    decision d;
    if (is_active(s) && !s.late && about.now >= s.due) d.emit(fell_late{s.quantity - s.shipped});
    return d;
}

} // namespace takt::order
