#include "actors/erp/material.hpp"

#include "actors/erp/netting.hpp"
#include "actors/qms/sampling_plan.hpp"
#include "actors/refusals.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/core/json_write.hpp"
#include "messages/eam/maintenance_part.hpp"
#include "messages/erp/order.hpp"
#include "messages/mes/work_order.hpp"
#include "messages/wms/lot.hpp"

namespace takt::material {
namespace {

std::optional<decision> refuse_define(const define& what)
{
    const takt::quantity zero;
    if (what.source == source::buy) {
        if (!what.supplier) return decision::refuse("supplier_missing", "a bought item has a supplier", "supplier");
        if (!valid_key(what.supplier->text)) return refuse_key(what.supplier->text, "supplier");
        if (!valid_key(what.receiving_bin.text)) return refuse_key(what.receiving_bin.text, "receiving_bin");
    }
    if (what.lead_time_ms < milliseconds{0})
        return decision::refuse("negative", "a lead time is not negative", "lead_time_ms");
    if (what.safety_stock < zero || what.lot_minimum < zero || what.lot_multiple < zero || what.lot_maximum < zero)
        return decision::refuse("negative", "amounts of planning are not negative", "safety_stock");
    if (what.lot_maximum > zero && (what.lot_maximum < what.lot_minimum || what.lot_maximum < what.lot_multiple))
        return decision::refuse("lot_sizes_contradict",
                                "the largest lot, " + to_string(what.lot_maximum) + ", is below the smallest",
                                "lot_maximum");
    if (!what.inspection) return std::nullopt;
    if (const auto why = qms::why_impossible(*what.inspection); !why.empty())
        return decision::refuse("plan_impossible", why, "inspection");
    return std::nullopt;
}

/// Adds to one bin's amount; an amount of nothing is not kept.
void add(std::map<bin_id, takt::quantity>& bins, const bin_id& bin, takt::quantity by)
{
    auto& here = bins[bin];
    here += by;
    if (!here) bins.erase(bin);
}

void forget_empty_lot(state& s, const lot_id& lot)
{
    const auto found = s.lots.find(lot);
    if (found != s.lots.end() && found->second.bins.empty()) s.lots.erase(found);
}

/// Takes up to `amount` of a lot from what is set aside for a demand, first in the named bin; what was found.
takt::quantity reduce(demand_line& demand, const lot_id& lot, const bin_id& bin, takt::quantity amount, bool other_bins)
{
    takt::quantity taken;
    for (const bool same : {true, false}) {
        if (!same && !other_bins) break;
        for (auto& a : demand.allocations) {
            if (a.lot != lot || (a.bin == bin) != same) continue;
            const auto part = std::min(amount - taken, a.quantity);
            a.quantity -= part;
            taken += part;
        }
    }
    std::erase_if(demand.allocations, [](const allocation& a) { return !a.quantity; });
    return taken;
}

void set_aside(demand_line& demand, const lot_id& lot, const bin_id& bin, takt::quantity amount)
{
    for (auto& a : demand.allocations)
        if (a.lot == lot && a.bin == bin) {
            a.quantity += amount;
            return;
        }
    demand.allocations.push_back({lot, bin, amount});
}

/// A demand that has all it needs is over.
void forget_met_demand(state& s, const std::string& demand)
{
    const auto found = s.demands.find(demand);
    if (found != s.demands.end() && found->second.issued >= found->second.needed && found->second.allocations.empty())
        s.demands.erase(found);
}

void forget_ended_supply(state& s, const std::string& supply)
{
    const auto found = s.supplies.find(supply);
    if (found != s.supplies.end() && found->second.closed && found->second.arrived >= found->second.quantity)
        s.supplies.erase(found);
}

} // namespace

decision decide(const state& s, const define& what, const context& about)
{
    if (auto refused = refuse_define(what)) return *refused;
    if (s.is_defined && s.problem.empty() && to_json(s.definition) == to_json(what)) return {};
    netting n(s, about);
    n.happen(defined{what});
    return n.settle();
}

decision decide(const state& s, const open_stock& what, const context& about)
{
    if (!s.is_defined) return refuse_undefined(about);
    if (what.quantity <= takt::quantity{}) return refuse_unless_positive(what.quantity, "quantity");
    if (!valid_key(what.lot.text)) return refuse_key(what.lot.text, "lot");
    if (!valid_key(what.bin.text)) return refuse_key(what.bin.text, "bin");
    if (std::find(s.opening.begin(), s.opening.end(), what.lot) != s.opening.end())
        return decision::refuse("lot_exists", "the opening stock of lot " + what.lot.text + " is booked already",
                                "lot");
    decision d;
    d.emit(stock_opened{what.lot, what.quantity, what.bin});
    d.send(what.lot.text, lot::create{item_id(about.self.key()),
                                      what.quantity,
                                      what.bin,
                                      about.self,
                                      std::nullopt,
                                      what.expiry,
                                      std::nullopt,
                                      std::nullopt,
                                      {}});
    return d;
}

decision decide(const state& s, const replenish& what, const context& about)
{
    if (!s.is_defined) return refuse_undefined(about);
    if (what.quantity <= takt::quantity{}) return refuse_unless_positive(what.quantity, "quantity");
    if (!s.problem.empty()) return decision::refuse("cannot_be_ordered", s.problem);
    netting n(s, about);
    n.order(what.quantity, what.due, 5);
    return n.settle();
}

decision decide(const state& s, const split_supply& what, const context& about)
{
    const auto found = s.supplies.find(what.supply.path());
    if (found == s.supplies.end()) return {};
    netting n(s, about);
    const auto left = std::max(found->second.quantity - what.quantity, takt::quantity{});
    n.happen(supply_updated{what.supply, left, found->second.due, found->second.closed});
    n.order_one(what.quantity, what.due, what.priority);
    return n.settle();
}

decision decide(const state& s, const require& what, const context& about)
{
    if (!s.is_defined) {
        decision d;
        const item_id item(about.self.key());
        const auto reason = "nobody has defined " + item.text;
        d.emit(demand_rejected{what.demand});
        if (what.demand.kind() == "order")
            d.send(what.demand.key(), order::reject_demand{item, reason});
        else if (what.demand.kind() == "maintenance_order")
            d.send(what.demand.key(), maintenance_order::reject_demand{item, reason});
        else
            d.send(what.demand.key(), work_order::reject_demand{item, reason});
        return d;
    }
    netting n(s, about);
    n.happen(demand_added{what.demand, what.quantity, what.need_by, what.priority});
    return n.settle();
}

decision decide(const state& s, const release_demand& what, const context& about)
{
    if (!s.demands.contains(what.demand.path())) return {};
    netting n(s, about);
    n.happen(demand_released{what.demand});
    return n.settle();
}

decision decide(const state& s, const add_lot& what, const context& about)
{
    netting n(s, about);
    n.happen(lot_added{what.lot, what.bin, what.quantity, what.status, what.supply, what.expiry, about.now});
    return n.settle();
}

decision decide(const state& s, const set_lot_status& what, const context& about)
{
    const auto found = s.lots.find(what.lot);
    if (found == s.lots.end() || found->second.status == what.status) return {};
    netting n(s, about);
    n.happen(lot_status_set{what.lot, what.status});
    return n.settle();
}

decision decide(const state& s, const move_stock& what, const context& about)
{
    netting n(s, about);
    n.happen(stock_moved{what.lot, what.from, what.to, what.quantity, what.demand});
    if (!what.demand) n.follow_move(what.lot, what.from, what.to);
    return n.settle();
}

decision decide(const state& s, const book_issue& what, const context& about)
{
    netting n(s, about);
    const bool for_demand = s.demands.contains(what.reference.path());
    n.happen(stock_issued{what.lot, what.bin, what.quantity, what.purpose, what.reference});
    if (!for_demand) n.trim(what.lot, what.bin);
    return n.settle();
}

decision decide(const state& s, const adjust_stock& what, const context& about)
{
    netting n(s, about);
    n.happen(stock_adjusted{what.lot, what.bin, what.difference});
    n.trim(what.lot, what.bin);
    return n.settle();
}

decision decide(const state& s, const update_supply& what, const context& about)
{
    const auto found = s.supplies.find(what.supply.path());
    if (found == s.supplies.end() && what.closed) return {}; // it is over, and all of it has arrived
    if (found != s.supplies.end() && found->second.quantity == what.quantity && found->second.due == what.due &&
        found->second.closed == what.closed)
        return {};
    netting n(s, about);
    n.happen(supply_updated{what.supply, what.quantity, what.due, what.closed});
    return n.settle();
}

decision decide(const state& s, const fail_supply& what, const context& about)
{
    if (!s.supplies.contains(what.supply.path())) return {};
    netting n(s, about);
    n.happen(supply_failed{what.supply, what.reason});
    n.out().send(anomaly::key_of("master_data", about.self),
                 anomaly::raise{about.self, "master_data", anomaly::severity::critical, what.reason});
    return n.settle();
}

void apply(state& s, const defined& e)
{
    s.is_defined = true;
    s.definition = e.definition;
    s.problem.clear();
}

void apply(state& s, const stock_opened& e) { s.opening.push_back(e.lot); }

void apply(state& s, const demand_added& e)
{
    auto& line = s.demands[e.demand.path()];
    if (line.number == 0) line.number = ++s.demand_count;
    line.needed = e.quantity;
    line.need_by = e.need_by;
    line.priority = e.priority;
}

void apply(state& /*s*/, const demand_rejected& /*e*/) {}
void apply(state& s, const demand_released& e) { s.demands.erase(e.demand.path()); }

void apply(state& s, const lot_added& e)
{
    auto& lot = s.lots[e.lot];
    lot.status = e.status;
    lot.expiry = e.expiry;
    lot.since = e.at;
    add(lot.bins, e.bin, e.quantity);
    forget_empty_lot(s, e.lot);
    s.on_hand += e.quantity;
    s.received += e.quantity;
    const auto supply = s.supplies.find(e.supply.path());
    if (supply != s.supplies.end()) supply->second.arrived += e.quantity;
    forget_ended_supply(s, e.supply.path());
}

void apply(state& s, const lot_status_set& e) { s.lots[e.lot].status = e.status; }

void apply(state& s, const stock_moved& e)
{
    auto& bins = s.lots[e.lot].bins;
    add(bins, e.from, -e.quantity);
    add(bins, e.to, e.quantity);
    if (!e.demand) return;
    const auto demand = s.demands.find(e.demand->path());
    if (demand == s.demands.end()) return;
    const auto taken = reduce(demand->second, e.lot, e.from, e.quantity, false);
    if (taken) set_aside(demand->second, e.lot, e.to, taken);
}

void apply(state& s, const stock_issued& e)
{
    add(s.lots[e.lot].bins, e.bin, -e.quantity);
    forget_empty_lot(s, e.lot);
    s.on_hand -= e.quantity;
    switch (e.purpose) {
    case wms::issue_purpose::consume: s.consumed += e.quantity; break;
    case wms::issue_purpose::ship: s.shipped += e.quantity; break;
    case wms::issue_purpose::scrap: s.scrapped += e.quantity; break;
    case wms::issue_purpose::send_back: s.returned += e.quantity; break;
    case wms::issue_purpose::move: break; // moves are never booked as issues
    }
    const auto demand = s.demands.find(e.reference.path());
    if (demand == s.demands.end()) return;
    demand->second.issued += e.quantity;
    reduce(demand->second, e.lot, e.bin, e.quantity, true);
    forget_met_demand(s, e.reference.path());
}

void apply(state& s, const stock_adjusted& e)
{
    add(s.lots[e.lot].bins, e.bin, e.difference);
    forget_empty_lot(s, e.lot);
    s.on_hand += e.difference;
    s.adjusted += e.difference;
}

void apply(state& s, const allocated& e)
{
    const auto demand = s.demands.find(e.demand.path());
    if (demand != s.demands.end()) set_aside(demand->second, e.lot, e.bin, e.quantity);
}

void apply(state& s, const withdrawn& e)
{
    const auto demand = s.demands.find(e.demand.path());
    if (demand != s.demands.end()) reduce(demand->second, e.lot, e.bin, e.quantity, true);
    forget_met_demand(s, e.demand.path());
}

void apply(state& s, const relocated& e)
{
    const auto demand = s.demands.find(e.demand.path());
    if (demand == s.demands.end()) return;
    const auto taken = reduce(demand->second, e.lot, e.from, e.quantity, false);
    if (taken) set_aside(demand->second, e.lot, e.to, taken);
}

void apply(state& s, const supply_ordered& e)
{
    ++s.supply_count;
    s.supplies[e.supply.path()] = {e.quantity, {}, e.expected, false};
}

void apply(state& s, const supply_updated& e)
{
    auto& supply = s.supplies[e.supply.path()];
    supply.quantity = e.quantity;
    supply.due = e.due;
    supply.closed = e.closed;
    forget_ended_supply(s, e.supply.path());
}

void apply(state& s, const supply_failed& e)
{
    s.supplies.erase(e.supply.path());
    s.problem = e.reason;
}

void apply(state& s, const material::promised& e)
{
    const auto demand = s.demands.find(e.demand.path());
    if (demand == s.demands.end()) return;
    demand->second.promised = e.date;
    demand->second.pegs = e.pegs;
}

void apply(state& s, const stock_alert_raised& /*e*/) { s.low = true; }
void apply(state& s, const stock_alert_cleared& /*e*/) { s.low = false; }

} // namespace takt::material
