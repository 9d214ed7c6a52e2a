#include <algorithm>

#include "actors/erp/order.hpp"

namespace takt::order {
namespace {

constexpr std::size_t promises_max = 20;

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

/// What has left cannot be withdrawn any more.
void keep_revoked_below(state& s, const lot_id& lot)
{
    takt::quantity leaving, revoked;
    for (const auto& r : s.reservations)
        if (r.lot == lot && r.shipment != 0) leaving += r.quantity;
    for (const auto& r : s.revoked)
        if (r.lot == lot) revoked += r.quantity;
    if (revoked > leaving) take_reserved(s.revoked, lot, {}, revoked - leaving);
}

/// By what there is.
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

} // namespace

bool is_active(const state& s)
{
    return s.status == order_status::open || s.status == order_status::allocated ||
           s.status == order_status::partially_shipped;
}

bool is_wanted(const state& s) { return is_active(s) || s.status == order_status::reserved; }

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

void apply(state& s, const reserved& e)
{
    apply(s, placed{e.customer, e.product, e.quantity, e.due, e.priority, e.at});
    s.status = order_status::reserved;
    s.expires = e.expires;
}

void apply(state& s, const confirmed& e)
{
    s.status = order_status::open;
    s.expires.reset();
    s.placed_at = e.at;
    settle_status(s);
}

void apply(state& s, const reservation_expired& /*e*/) { apply(s, cancelled{"reservation_expired"}); }

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

void apply(state& s, const withdrawn_late& e) { add_reserved(s.revoked, {e.lot, e.bin, e.quantity, 0}); }

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
    keep_revoked_below(s, e.lot);
    s.shipped_lots[e.lot] += e.quantity;
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
    const auto withdrawn = take_reserved(s.revoked, e.lot, e.bin, e.quantity);
    if (withdrawn < e.quantity) add_reserved(s.reservations, {e.lot, e.bin, e.quantity - withdrawn, 0});
    s.allocated -= withdrawn;
    settle_status(s);
}

void apply(state& s, const fell_late& /*e*/) { s.late = true; }

void apply(state& s, const cancelled& e)
{
    s.status = order_status::cancelled;
    s.expires.reset();
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
