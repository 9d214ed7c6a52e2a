#include "actors/erp/order.hpp"

#include "actors/refusals.hpp"
#include "messages/crm/customer.hpp"
#include "messages/erp/material.hpp"
#include "messages/wms/bin.hpp"

namespace takt::order {
namespace {

constexpr std::size_t promises_max = 20;

order_id key_of(const context& about) { return order_id(about.self.key()); }

bool is_active(const state& s)
{
    return s.status == order_status::open || s.status == order_status::allocated ||
           s.status == order_status::partially_shipped;
}

takt::quantity being_shipped(const state& s)
{
    takt::quantity sum;
    for (const auto& r : s.reservations)
        if (r.shipment != 0) sum += r.quantity;
    return sum;
}

void settle_status(state& s)
{
    if (!is_active(s) && s.status != order_status::shipped) return;
    if (s.shipped >= s.quantity)
        s.status = order_status::shipped;
    else if (s.shipped)
        s.status = order_status::partially_shipped;
    else
        s.status = s.allocated >= s.quantity ? order_status::allocated : order_status::open;
}

/// Takes up to `amount` of a lot out of the reservations that are not being shipped, first from the named bin.
takt::quantity take_reserved(std::vector<reservation>& all, const lot_id& lot, const bin_id& bin, takt::quantity amount)
{
    takt::quantity taken;
    for (const bool same_bin : {true, false})
        for (auto& r : all) {
            if (r.lot != lot || r.shipment != 0 || (r.bin == bin) != same_bin) continue;
            const auto part = std::min(amount - taken, r.quantity);
            r.quantity -= part;
            taken += part;
        }
    std::erase_if(all, [](const reservation& r) { return !r.quantity; });
    return taken;
}

void add_reserved(std::vector<reservation>& all, const reservation& more)
{
    const auto same = std::find_if(all.begin(), all.end(), [&](const reservation& r) {
        return r.lot == more.lot && r.bin == more.bin && r.shipment == more.shipment;
    });
    if (same == all.end())
        all.push_back(more);
    else
        same->quantity += more.quantity;
}

takt::quantity reserved_of(const state& s, const lot_id& lot)
{
    takt::quantity sum;
    for (const auto& r : s.reservations)
        if (r.lot == lot && r.shipment == 0) sum += r.quantity;
    return sum;
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

} // namespace

decision decide(const state& s, const place& what, const context& about)
{
    if (s.status != order_status::none)
        return decision::refuse("already_placed", about.self.path() + " is " + std::string(enum_name(s.status)));
    if (what.quantity <= takt::quantity{}) return refuse_unless_positive(what.quantity, "quantity");
    if (!valid_key(what.customer.text)) return refuse_key(what.customer.text, "customer");
    if (!valid_key(what.product.text)) return refuse_key(what.product.text, "product");
    if (!valid_priority(what.priority)) return refuse_priority(what.priority);
    decision d;
    d.emit(placed{what.customer, what.product, what.quantity, what.due, what.priority, about.now});
    d.send(what.product.text, material::require{about.self, what.quantity, what.due, what.priority});
    d.send(what.customer.text, customer::note_order{key_of(about), what.product, what.quantity, what.due});
    d.set_timer("due", what.due, check_due{});
    return d;
}

decision decide(const state& s, const cancel& what, const context& about)
{
    if (s.status == order_status::none) return decision::refuse("not_placed", about.self.path() + " does not exist");
    if (s.status == order_status::cancelled) return {};
    if (!is_active(s))
        return decision::refuse("already_" + std::string(enum_name(s.status)), "nothing is left to cancel");
    if (s.shipped || being_shipped(s))
        return decision::refuse("already_shipped",
                                to_string(s.shipped) + " shipped, " + to_string(being_shipped(s)) + " on the way out");
    decision d;
    d.emit(cancelled{what.reason});
    d.send(s.product.text, material::release_demand{about.self});
    d.send(s.customer.text, customer::note_closed{key_of(about), "cancelled"});
    d.cancel_timer("due");
    return d;
}

decision decide(const state& s, const ship& what, const context& about)
{
    if (s.status == order_status::none) return decision::refuse("not_placed", about.self.path() + " does not exist");
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
    if (!is_active(s) || s.promised == what.date) return d;
    d.emit(order::promised{what.date, about.now});
    d.send(s.customer.text, customer::note_promise{key_of(about), what.date});
    return d;
}

decision decide(const state& s, const allocate& what, const context& /*about*/)
{
    decision d;
    if (is_active(s)) d.emit(order::allocated{what.lot, what.bin, what.quantity});
    return d;
}

decision decide(const state& s, const withdraw& what, const context& /*about*/)
{
    decision d;
    const auto held = std::min(what.quantity, reserved_of(s, what.lot));
    if (held) d.emit(withdrawn{what.lot, what.bin, held}); // what is being shipped is out of reach
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
    if (!is_active(s)) return d;
    d.emit(rejected{what.reason});
    d.send(s.customer.text, customer::note_closed{key_of(about), what.reason});
    d.cancel_timer("due");
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
    if (find_line(s, what.lot, what.bin, what.request) != nullptr)
        d.emit(shipment_short{what.request, what.lot, what.bin, what.quantity, what.available});
    return d;
}

decision decide(const state& s, const check_due& /*what*/, const context& about)
{
    decision d;
    if (is_active(s) && !s.late && about.now >= s.due) d.emit(fell_late{s.quantity - s.shipped});
    return d;
}

void apply(state& s, const placed& e)
{
    s.status = order_status::open;
    s.customer = e.customer;
    s.product = e.product;
    s.quantity = e.quantity;
    s.due = e.due;
    s.priority = e.priority;
    s.placed_at = e.at;
}

void apply(state& s, const order::promised& e)
{
    s.promised = e.date;
    s.expected_late = e.date > s.due;
    if (s.promises.size() == promises_max) s.promises.erase(s.promises.begin());
    s.promises.push_back({e.at, e.date});
}

void apply(state& s, const order::allocated& e)
{
    add_reserved(s.reservations, {e.lot, e.bin, e.quantity, 0});
    s.allocated += e.quantity;
    settle_status(s);
}

void apply(state& s, const withdrawn& e)
{
    s.allocated -= take_reserved(s.reservations, e.lot, e.bin, e.quantity);
    settle_status(s);
}

void apply(state& s, const relocated& e)
{
    const auto taken = take_reserved(s.reservations, e.lot, e.from, e.quantity);
    if (taken) add_reserved(s.reservations, {e.lot, e.to, taken, 0});
}

void apply(state& s, const shipment_requested& e)
{
    s.shipments = e.shipment;
    for (const auto& line : e.lines) {
        const auto taken = take_reserved(s.reservations, line.lot, line.bin, line.quantity);
        if (taken) add_reserved(s.reservations, {line.lot, line.bin, taken, e.shipment});
    }
}

void apply(state& s, const order::shipped& e)
{
    std::erase_if(s.reservations,
                  [&](const reservation& r) { return r.lot == e.lot && r.bin == e.bin && r.shipment == e.shipment; });
    s.allocated -= e.quantity;
    s.shipped += e.quantity;
    if (e.complete) s.shipped_at = e.at;
    s.late = s.late || e.late;
    settle_status(s);
}

void apply(state& s, const shipment_short& e)
{
    std::erase_if(s.reservations,
                  [&](const reservation& r) { return r.lot == e.lot && r.bin == e.bin && r.shipment == e.shipment; });
    add_reserved(s.reservations, {e.lot, e.bin, e.quantity, 0});
}

void apply(state& s, const fell_late& /*e*/) { s.late = true; }

void apply(state& s, const cancelled& e)
{
    s.status = order_status::cancelled;
    s.reason = e.reason;
    s.reservations.clear();
    s.allocated = {};
}

void apply(state& s, const rejected& e)
{
    s.status = order_status::rejected;
    s.reason = e.reason;
    s.reservations.clear();
    s.allocated = {};
}

} // namespace takt::order
