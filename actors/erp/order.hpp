#pragma once

#include "actors/kind.hpp"
#include "messages/erp/order.hpp"
#include "messages/erp/order_quality.hpp"

///     open --allocate all--> allocated --ship--> partially_shipped --ship--> shipped
///       └──────cancel───────────┘──> cancelled          open --reject_demand--> rejected
///     reserved --confirm--> open or allocated            reserved --cancel, expired--> cancelled
namespace takt::order {

/// Stock that is set aside, or on its way out with a shipment.
struct reservation {
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
    std::int64_t shipment = 0; ///< 0: not yet being shipped
};
BOOST_DESCRIBE_STRUCT(reservation, (), (lot, bin, quantity, shipment))

struct promise_made {
    instant at, date;
};
BOOST_DESCRIBE_STRUCT(promise_made, (), (at, date))

struct state {
    order_status status = order_status::none;
    customer_id customer;
    item_id product;
    takt::quantity quantity;
    instant due;
    int priority = 5;
    takt::quantity allocated; ///< set aside and not yet shipped
    takt::quantity shipped;
    std::optional<instant> expires; ///< while reserved
    std::optional<instant> promised;
    std::vector<promise_made> promises; ///< the latest 20
    bool late = false;                  ///< the due date passed before all was shipped
    bool expected_late = false;         ///< the promise is after the due date
    instant placed_at;
    std::optional<instant> shipped_at;
    std::int64_t shipments = 0;
    std::vector<reservation> reservations;
    std::vector<reservation> revoked; ///< on its way out, but withdrawn meanwhile
    std::string reason;               ///< of a cancellation or rejection
    std::map<lot_id, takt::quantity> shipped_lots;
    std::int64_t complaints = 0;
    std::vector<std::string> suspect; ///< cases that are open about what was shipped
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (status, customer, product, quantity, due, priority, allocated, shipped, expires, promised,
                       promises, late, expected_late, placed_at, shipped_at, shipments, reservations, revoked, reason,
                       shipped_lots, complaints, suspect))

decision decide(const state&, const place&, const context&);
decision decide(const state&, const reserve&, const context&);
decision decide(const state&, const confirm&, const context&);
decision decide(const state&, const check_reservation&, const context&);
decision decide(const state&, const cancel&, const context&);
decision decide(const state&, const ship&, const context&);
decision decide(const state&, const promise&, const context&);
decision decide(const state&, const allocate&, const context&);
decision decide(const state&, const withdraw&, const context&);
decision decide(const state&, const relocate&, const context&);
decision decide(const state&, const reject_demand&, const context&);
decision decide(const state&, const confirm_issue&, const context&);
decision decide(const state&, const decline_issue&, const context&);
decision decide(const state&, const check_due&, const context&);
decision decide(const state&, const complain&, const context&);
decision decide(const state&, const note_suspect&, const context&);
decision decide(const state&, const note_explained&, const context&);

void apply(state&, const placed&);
void apply(state&, const reserved&);
void apply(state&, const confirmed&);
void apply(state&, const reservation_expired&);
void apply(state&, const order::promised&);
void apply(state&, const order::allocated&);
void apply(state&, const withdrawn&);
void apply(state&, const relocated&);
void apply(state&, const shipment_requested&);
void apply(state&, const order::shipped&);
void apply(state&, const withdrawn_late&);
void apply(state&, const shipment_short&);
void apply(state&, const fell_late&);
void apply(state&, const complained&);
void apply(state&, const suspect_noted&);
void apply(state&, const explained&);
void apply(state&, const cancelled&);
void apply(state&, const rejected&);

/// Ordered and not yet shipped completely.
bool is_active(const state& s);
/// Takes stock and promises: active, or kept for somebody.
bool is_wanted(const state& s);

struct kind {
    static constexpr std::string_view name = "order";
    static constexpr std::string_view doc = "A customer's order for one product, from placing to the last shipment.";
    using state = order::state;
    using commands =
        types<place, reserve, confirm, check_reservation, cancel, ship, promise, allocate, withdraw, relocate,
              reject_demand, confirm_issue, decline_issue, check_due, complain, note_suspect, note_explained>;
    using events = types<placed, reserved, confirmed, reservation_expired, order::promised, order::allocated, withdrawn,
                         relocated, shipment_requested, order::shipped, withdrawn_late, shipment_short, fell_late,
                         cancelled, rejected, complained, suspect_noted, explained>;
    using doors = types<place, reserve, confirm, cancel, ship, complain>;
};

} // namespace takt::order
