#pragma once

#include "actors/kind.hpp"
#include "messages/erp/material.hpp"
#include "messages/erp/shortage.hpp"

/// The ledger is the authority on what is set aside for whom. What demands hear of it may cross with what they do: a
/// demand that hears too late that stock is withdrawn has used it, the bin says so, and the ledger nets again.
namespace takt::material {

struct stock_lot {
    wms::lot_status status = wms::lot_status::unrestricted;
    std::map<bin_id, takt::quantity> bins; ///< an entry may be negative while a move and an issue overtake each other
    std::optional<instant> expiry;
    instant since;
};
BOOST_DESCRIBE_STRUCT(stock_lot, (), (status, bins, expiry, since))

/// Stock set aside for a demand.
struct allocation {
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(allocation, (), (lot, bin, quantity))

struct demand_line {
    takt::quantity needed, issued;
    instant need_by;
    int priority = 5;
    std::int64_t number = 0; ///< order of arrival
    std::vector<allocation> allocations;
    std::optional<instant> promised;
    std::vector<peg> pegs; ///< what it waits for
};
BOOST_DESCRIBE_STRUCT(demand_line, (), (needed, issued, need_by, priority, number, allocations, promised, pegs))

struct supply_line {
    takt::quantity quantity, arrived;
    instant due;
    bool closed = false;
};
BOOST_DESCRIBE_STRUCT(supply_line, (), (quantity, arrived, due, closed))

struct state {
    bool is_defined = false;
    define definition;
    std::map<lot_id, stock_lot> lots;
    std::map<std::string, demand_line> demands;  ///< by path of who needs it
    std::map<std::string, supply_line> supplies; ///< by path of the purchase order or work order
    std::int64_t demand_count = 0, supply_count = 0;
    bool low = false;    ///< a stock alert stands
    std::string problem; ///< why nothing more is ordered
    std::vector<lot_id> opening;
    takt::quantity on_hand, received, consumed, shipped, scrapped, returned, adjusted;
    std::optional<shortage_found> missing; ///< a case stands
    std::int64_t bought_elsewhere = 0;
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (is_defined, definition, lots, demands, supplies, demand_count, supply_count, low, problem,
                       opening, on_hand, received, consumed, shipped, scrapped, returned, adjusted, missing,
                       bought_elsewhere))

decision decide(const state&, const define&, const context&);
decision decide(const state&, const open_stock&, const context&);
decision decide(const state&, const replenish&, const context&);
decision decide(const state&, const split_supply&, const context&);
decision decide(const state&, const require&, const context&);
decision decide(const state&, const release_demand&, const context&);
decision decide(const state&, const add_lot&, const context&);
decision decide(const state&, const set_lot_status&, const context&);
decision decide(const state&, const move_stock&, const context&);
decision decide(const state&, const book_issue&, const context&);
decision decide(const state&, const adjust_stock&, const context&);
decision decide(const state&, const update_supply&, const context&);
decision decide(const state&, const fail_supply&, const context&);
decision decide(const state&, const buy_elsewhere&, const context&);
decision decide(const state&, const hasten&, const context&);

void apply(state&, const defined&);
void apply(state&, const stock_opened&);
void apply(state&, const demand_added&);
void apply(state&, const demand_rejected&);
void apply(state&, const demand_released&);
void apply(state&, const lot_added&);
void apply(state&, const lot_status_set&);
void apply(state&, const stock_moved&);
void apply(state&, const stock_issued&);
void apply(state&, const stock_adjusted&);
void apply(state&, const allocated&);
void apply(state&, const withdrawn&);
void apply(state&, const relocated&);
void apply(state&, const supply_ordered&);
void apply(state&, const supply_updated&);
void apply(state&, const supply_failed&);
void apply(state&, const material::promised&);
void apply(state&, const stock_alert_raised&);
void apply(state&, const stock_alert_cleared&);
void apply(state&, const shortage_found&);
void apply(state&, const shortage_ended&);
void apply(state&, const material::bought_elsewhere&);

struct kind {
    static constexpr std::string_view name = "material";
    static constexpr std::string_view doc = "One item's stock, demands and supplies, netted against each other.";
    using state = material::state;
    using commands =
        types<define, open_stock, replenish, split_supply, require, release_demand, add_lot, set_lot_status, move_stock,
              book_issue, adjust_stock, update_supply, fail_supply, buy_elsewhere, hasten>;
    using events = types<defined, stock_opened, demand_added, demand_rejected, demand_released, lot_added,
                         lot_status_set, stock_moved, stock_issued, stock_adjusted, allocated, withdrawn, relocated,
                         supply_ordered, supply_updated, supply_failed, material::promised, stock_alert_raised,
                         stock_alert_cleared, shortage_found, shortage_ended, material::bought_elsewhere>;
    using doors = types<define, open_stock, replenish, buy_elsewhere>;
};

} // namespace takt::material
