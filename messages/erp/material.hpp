#pragma once

#include <boost/json/object.hpp>

#include "messages/qms/inspection_plan.hpp"
#include "messages/wms/stock.hpp"

/// material/<item>: one item's stock, demands and supplies, netted against each other. It gives stock to demands by
/// priority and date, and orders what is missing: made items from product/<item>, bought ones from their supplier.
namespace takt::material {

BOOST_DEFINE_ENUM_CLASS(source, make, buy)

struct define {
    static constexpr std::string_view doc = "Door (planning): how the item is got and how much of it is ordered.";
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"name", "unit", "lead_time_ms", "safety_stock", "lot_minimum", "lot_multiple",
                                         "lot_maximum", "receiving_bin", "unit_cost"});
    std::string name;
    std::string unit = "pcs";
    takt::material::source source = takt::material::source::buy;
    std::optional<supplier_id> supplier;            ///< of a bought item
    milliseconds lead_time_ms{0};                   ///< from order to stock, until better is known
    takt::quantity safety_stock;                    ///< kept on top of all demands
    takt::quantity lot_minimum;                     ///< 0: as needed
    takt::quantity lot_multiple;                    ///< 0: any
    takt::quantity lot_maximum;                     ///< 0: no limit; larger needs become several supplies
    bin_id receiving_bin;                           ///< where deliveries of a bought item are put
    std::optional<qms::inspection_plan> inspection; ///< of deliveries
    double unit_cost = 0;
    std::vector<supplier_id> alternative_suppliers{}; ///< who else sells it, the best first
};
BOOST_DESCRIBE_STRUCT(define, (),
                      (name, unit, source, supplier, lead_time_ms, safety_stock, lot_minimum, lot_multiple, lot_maximum,
                       receiving_bin, inspection, unit_cost, alternative_suppliers))

struct open_stock {
    static constexpr std::string_view doc = "Door (warehouse): stock that was there before the system; once per lot.";
    lot_id lot;
    takt::quantity quantity;
    bin_id bin;
    std::optional<instant> expiry;
};
BOOST_DESCRIBE_STRUCT(open_stock, (), (lot, quantity, bin, expiry))

struct replenish {
    static constexpr std::string_view doc = "Door (planning): make or buy for stock.";
    takt::quantity quantity;
    instant due;
};
BOOST_DESCRIBE_STRUCT(replenish, (), (quantity, due))

struct split_supply {
    static constexpr std::string_view doc = "From work_order: so much of it is made in another work order.";
    entity_ref supply;
    takt::quantity quantity;
    instant due;
    int priority = 5;
};
BOOST_DESCRIBE_STRUCT(split_supply, (), (supply, quantity, due, priority))

struct require {
    static constexpr std::string_view doc = "From order or work_order: this much is needed by then.";
    entity_ref demand; ///< who needs it and gets the answers
    takt::quantity quantity;
    instant need_by;
    int priority = 5;
};
BOOST_DESCRIBE_STRUCT(require, (), (demand, quantity, need_by, priority))

struct release_demand {
    static constexpr std::string_view doc = "From order or work_order: no more is needed; what is set aside is free.";
    entity_ref demand;
};
BOOST_DESCRIBE_STRUCT(release_demand, (), (demand))

struct add_lot {
    static constexpr std::string_view doc = "From lot: it has come into being; its supply is smaller by as much.";
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
    wms::lot_status status = wms::lot_status::unrestricted;
    entity_ref supply;
    std::optional<instant> expiry;
};
BOOST_DESCRIBE_STRUCT(add_lot, (), (lot, bin, quantity, status, supply, expiry))

struct set_lot_status {
    static constexpr std::string_view doc = "From lot: it may be used, or may not.";
    lot_id lot;
    wms::lot_status status = wms::lot_status::unrestricted;
};
BOOST_DESCRIBE_STRUCT(set_lot_status, (), (lot, status))

struct move_stock {
    static constexpr std::string_view doc = "From bin: an amount went to another bin.";
    lot_id lot;
    bin_id from, to;
    takt::quantity quantity;
    std::optional<entity_ref> demand; ///< picked for
};
BOOST_DESCRIBE_STRUCT(move_stock, (), (lot, from, to, quantity, demand))

struct book_issue {
    static constexpr std::string_view doc = "From bin: an amount left for good.";
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
    wms::issue_purpose purpose = wms::issue_purpose::consume;
    entity_ref reference;
};
BOOST_DESCRIBE_STRUCT(book_issue, (), (lot, bin, quantity, purpose, reference))

struct adjust_stock {
    static constexpr std::string_view doc = "From bin: a count found more (positive) or less.";
    lot_id lot;
    bin_id bin;
    takt::quantity difference;
};
BOOST_DESCRIBE_STRUCT(adjust_stock, (), (lot, bin, difference))

struct update_supply {
    static constexpr std::string_view doc = "From work_order or purchase_order: what it will deliver in all, and when.";
    entity_ref supply;
    takt::quantity quantity; ///< in all, what has arrived included
    instant due;
    bool closed = false; ///< no more will come than `quantity`; lots on their way still arrive
};
BOOST_DESCRIBE_STRUCT(update_supply, (), (supply, quantity, due, closed))

struct fail_supply {
    static constexpr std::string_view doc = "From product: cannot be made, as nobody has defined how.";
    entity_ref supply;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(fail_supply, (), (supply, reason))

struct defined {
    static constexpr std::string_view doc = "How the item is planned was set.";
    static constexpr int version = 2; ///< 1 knew no AQL
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    define definition;
};
BOOST_DESCRIBE_STRUCT(defined, (), (definition))

struct stock_opened {
    static constexpr std::string_view doc = "Opening stock was stated.";
    lot_id lot;
    takt::quantity quantity;
    bin_id bin;
};
BOOST_DESCRIBE_STRUCT(stock_opened, (), (lot, quantity, bin))

struct demand_added {
    static constexpr std::string_view doc = "Someone needs the item, or needs another amount or date.";
    entity_ref demand;
    takt::quantity quantity;
    instant need_by;
    int priority = 5;
};
BOOST_DESCRIBE_STRUCT(demand_added, (), (demand, quantity, need_by, priority))

struct demand_rejected {
    static constexpr std::string_view doc = "Someone needs an item that nobody has defined.";
    entity_ref demand;
};
BOOST_DESCRIBE_STRUCT(demand_rejected, (), (demand))

struct demand_released {
    static constexpr std::string_view doc = "A need ended before it was met; what was set aside for it is free.";
    entity_ref demand;
};
BOOST_DESCRIBE_STRUCT(demand_released, (), (demand))

struct lot_added {
    static constexpr std::string_view doc = "A lot came into stock.";
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
    wms::lot_status status = wms::lot_status::unrestricted;
    entity_ref supply;
    std::optional<instant> expiry;
    instant at;
};
BOOST_DESCRIBE_STRUCT(lot_added, (), (lot, bin, quantity, status, supply, expiry, at))

struct lot_status_set {
    static constexpr std::string_view doc = "A lot in stock may be used, or may not.";
    lot_id lot;
    wms::lot_status status = wms::lot_status::unrestricted;
};
BOOST_DESCRIBE_STRUCT(lot_status_set, (), (lot, status))

struct stock_moved {
    static constexpr std::string_view doc = "An amount went from bin to bin.";
    lot_id lot;
    bin_id from, to;
    takt::quantity quantity;
    std::optional<entity_ref> demand;
};
BOOST_DESCRIBE_STRUCT(stock_moved, (), (lot, from, to, quantity, demand))

struct stock_issued {
    static constexpr std::string_view doc = "An amount left the stock.";
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
    wms::issue_purpose purpose = wms::issue_purpose::consume;
    entity_ref reference;
};
BOOST_DESCRIBE_STRUCT(stock_issued, (), (lot, bin, quantity, purpose, reference))

struct stock_adjusted {
    static constexpr std::string_view doc = "A count found another amount than was booked.";
    lot_id lot;
    bin_id bin;
    takt::quantity difference;
};
BOOST_DESCRIBE_STRUCT(stock_adjusted, (), (lot, bin, difference))

struct allocated {
    static constexpr std::string_view doc = "Stock was set aside for a demand.";
    entity_ref demand;
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(allocated, (), (demand, lot, bin, quantity))

struct withdrawn {
    static constexpr std::string_view doc = "Stock is set aside for a demand no more.";
    entity_ref demand;
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(withdrawn, (), (demand, lot, bin, quantity))

struct relocated {
    static constexpr std::string_view doc = "Stock that is set aside for a demand lies in another bin.";
    entity_ref demand;
    lot_id lot;
    bin_id from, to;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(relocated, (), (demand, lot, from, to, quantity))

struct supply_ordered {
    static constexpr std::string_view doc = "What is missing was ordered.";
    entity_ref supply;
    takt::quantity quantity;
    instant due;      ///< wanted
    instant expected; ///< forecast until the supply itself says better
};
BOOST_DESCRIBE_STRUCT(supply_ordered, (), (supply, quantity, due, expected))

struct supply_updated {
    static constexpr std::string_view doc = "A supply will deliver another amount, at another time, or no more.";
    entity_ref supply;
    takt::quantity quantity;
    instant due;
    bool closed = false;
};
BOOST_DESCRIBE_STRUCT(supply_updated, (), (supply, quantity, due, closed))

struct supply_failed {
    static constexpr std::string_view doc =
        "A supply cannot be; nothing more is ordered until the item is defined anew.";
    entity_ref supply;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(supply_failed, (), (supply, reason))

/// Which supply a demand waits for.
struct peg {
    entity_ref supply;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(peg, (), (supply, quantity))

struct promised {
    static constexpr std::string_view doc = "The date at which a demand is expected to be met is new or has moved.";
    entity_ref demand;
    instant date;
    std::vector<peg> pegs;
};
BOOST_DESCRIBE_STRUCT(promised, (), (demand, date, pegs))

struct stock_alert_raised {
    static constexpr std::string_view doc = "Free stock fell below half of the safety stock.";
    takt::quantity free, safety_stock;
};
BOOST_DESCRIBE_STRUCT(stock_alert_raised, (), (free, safety_stock))

struct stock_alert_cleared {
    static constexpr std::string_view doc = "Free stock is back at three quarters of the safety stock.";
    takt::quantity free;
};
BOOST_DESCRIBE_STRUCT(stock_alert_cleared, (), (free))

} // namespace takt::material
