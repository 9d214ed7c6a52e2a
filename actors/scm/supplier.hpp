#pragma once

#include "actors/kind.hpp"
#include "messages/scm/supplier.hpp"

namespace takt::supplier {

struct state {
    define definition;
    std::vector<purchase_order_id> open;
    std::int64_t orders = 0; ///< finished ones: the denominator of the scores
    std::int64_t on_time = 0, in_full = 0, on_time_in_full = 0;
    takt::quantity received, returned; ///< of all items together
    std::int64_t returns = 0;
    std::int64_t lots_inspected = 0, lots_rejected = 0;
    std::int64_t pieces_inspected = 0, defects = 0;
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (definition, open, orders, on_time, in_full, on_time_in_full, received, returned, returns,
                       lots_inspected, lots_rejected, pieces_inspected, defects))

decision decide(const state&, const define&, const context&);
decision decide(const state&, const note_order&, const context&);
decision decide(const state&, const book_delivery&, const context&);
decision decide(const state&, const book_return&, const context&);
decision decide(const state&, const book_inspection&, const context&);

void apply(state&, const defined&);
void apply(state&, const order_noted&);
void apply(state&, const delivery_booked&);
void apply(state&, const return_booked&);
void apply(state&, const inspection_booked&);

struct kind {
    static constexpr std::string_view name = "supplier";
    static constexpr std::string_view doc =
        "Who delivers what, and how reliably: on time, in full, both, and as ordered.";
    using state = supplier::state;
    using commands = types<define, note_order, book_delivery, book_return, book_inspection>;
    using events = types<defined, order_noted, delivery_booked, return_booked, inspection_booked>;
    using doors = types<define>;
};

} // namespace takt::supplier
