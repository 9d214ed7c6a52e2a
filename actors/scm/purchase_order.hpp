#pragma once

#include "actors/kind.hpp"
#include "messages/scm/expedite.hpp"
#include "messages/scm/purchase_order.hpp"

/// Every receipt becomes a lot; the lot tells the material ledger what has arrived, the purchase order what will.
///
///     open --confirm--> confirmed --receive--> partially_received --receive--> received
///       └──────────────────┴──────────close_short────────┴──> closed_short
namespace takt::purchase_order {

struct state {
    purchase_status status = purchase_status::none;
    supplier_id supplier;
    item_id item;
    takt::quantity quantity, received, returned;
    instant due;
    std::optional<instant> confirmed;
    bin_id receiving_bin;
    std::optional<qms::inspection_plan> inspection;
    std::vector<lot_id> lots;
    bool late = false; ///< the last receipt came after the confirmed, or else the wanted, date
    instant created_at;
    bool overdue = false; ///< a case stands
    std::int64_t expedited = 0;
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (status, supplier, item, quantity, received, returned, due, confirmed, receiving_bin, inspection,
                       lots, late, created_at, overdue, expedited))

decision decide(const state&, const create&, const context&);
decision decide(const state&, const confirm&, const context&);
decision decide(const state&, const receive&, const context&);
decision decide(const state&, const close_short&, const context&);
decision decide(const state&, const book_return&, const context&);
decision decide(const state&, const check_delivery&, const context&);
decision decide(const state&, const expedite&, const context&);
decision decide(const state&, const replace&, const context&);

void apply(state&, const created&);
void apply(state&, const purchase_order::confirmed&);
void apply(state&, const purchase_order::received&);
void apply(state&, const closed&);
void apply(state&, const purchase_order::returned&);
void apply(state&, const fell_overdue&);
void apply(state&, const purchase_order::expedited&);

struct kind {
    static constexpr std::string_view name = "purchase_order";
    static constexpr std::string_view doc = "One item bought from one supplier, delivered in one or more parts.";
    using state = purchase_order::state;
    using commands = types<create, confirm, receive, close_short, book_return, check_delivery, expedite, replace>;
    using events = types<created, purchase_order::confirmed, purchase_order::received, closed, purchase_order::returned,
                         fell_overdue, purchase_order::expedited>;
    using doors = types<create, confirm, receive, close_short, expedite>;
};

} // namespace takt::purchase_order
