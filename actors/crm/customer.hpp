#pragma once

#include "actors/kind.hpp"
#include "messages/crm/customer.hpp"
#include "messages/crm/slipping.hpp"

namespace takt::customer {

struct open_order {
    item_id product;
    takt::quantity quantity, shipped;
    instant due;
    std::optional<instant> promised;
    bool slips = false;          ///< promised for later than wanted
    std::optional<instant> told; ///< the date that the customer was told
};
BOOST_DESCRIBE_STRUCT(open_order, (), (product, quantity, shipped, due, promised, slips, told))

struct state {
    std::string name;
    std::string country;
    std::map<order_id, open_order> open;
    std::int64_t orders = 0, shipped_on_time = 0, shipped_late = 0, closed = 0;
    std::int64_t promises_moved = 0; ///< how often a promised date was not the last word
    std::int64_t complaints = 0, suspect_shipments = 0;
    std::int64_t informed = 0; ///< how often they were told of later dates
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (name, country, open, orders, shipped_on_time, shipped_late, closed, promises_moved, complaints,
                       suspect_shipments, informed))

decision decide(const state&, const define&, const context&);
decision decide(const state&, const note_order&, const context&);
decision decide(const state&, const note_promise&, const context&);
decision decide(const state&, const note_shipment&, const context&);
decision decide(const state&, const note_closed&, const context&);
decision decide(const state&, const note_complaint&, const context&);
decision decide(const state&, const note_suspect&, const context&);
decision decide(const state&, const inform&, const context&);

void apply(state&, const defined&);
void apply(state&, const order_noted&);
void apply(state&, const promise_noted&);
void apply(state&, const shipment_noted&);
void apply(state&, const order_closed&);
void apply(state&, const complaint_noted&);
void apply(state&, const suspect_noted&);
void apply(state&, const slip_noted&);
void apply(state&, const customer::informed&);

struct kind {
    static constexpr std::string_view name = "customer";
    static constexpr std::string_view doc = "Who orders, what is open for them, and how well they were served.";
    using state = customer::state;
    using commands =
        types<define, note_order, note_promise, note_shipment, note_closed, note_complaint, note_suspect, inform>;
    using events = types<defined, order_noted, promise_noted, shipment_noted, order_closed, complaint_noted,
                         suspect_noted, slip_noted, customer::informed>;
    using doors = types<define, inform>;
};

} // namespace takt::customer
