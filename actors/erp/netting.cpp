#include "actors/erp/netting.hpp"

#include <limits>

#include "actors/core/worth_telling.hpp"
#include "messages/eam/maintenance_part.hpp"
#include "messages/erp/order.hpp"
#include "messages/mes/work_order.hpp"
#include "messages/plm/product.hpp"
#include "messages/scm/purchase_order.hpp"

namespace takt::material {
namespace {

/// What waits for inspection is expected to be free this long from now.
constexpr milliseconds inspection_time{3'600'000};
/// One decision orders at most this many supplies; a larger need orders the rest with the next fact.
constexpr int supplies_at_once = 50;

instant expiry_of(const stock_lot& l) { return l.expiry.value_or(instant{std::numeric_limits<std::int64_t>::max()}); }

takt::quantity round_up(takt::quantity amount, takt::quantity multiple)
{
    if (multiple <= takt::quantity{}) return amount;
    const auto n = (amount.thousandths + multiple.thousandths - 1) / multiple.thousandths;
    return multiple * n;
}

/// Sends one message to whoever has the demand: customer orders, work orders and maintenance orders take the same ones.
template <class ToOrder, class ToWorkOrder, class ToMaintenance> void
tell(decision& d, const std::string& demand, ToOrder to_order, ToWorkOrder to_work_order, ToMaintenance to_maintenance)
{
    const entity_ref target(demand);
    if (target.kind() == "order")
        d.send(target.key(), std::move(to_order));
    else if (target.kind() == "maintenance_order")
        d.send(target.key(), std::move(to_maintenance));
    else
        d.send(target.key(), std::move(to_work_order));
}

item_id item_of(const context& about) { return item_id(about.self.key()); }

} // namespace

takt::quantity set_aside(const demand_line& d)
{
    takt::quantity all;
    for (const auto& a : d.allocations) all += a.quantity;
    return all;
}

takt::quantity on_hand(const stock_lot& lot)
{
    takt::quantity all;
    for (const auto& [bin, amount] : lot.bins) all += amount;
    return all;
}

bool is_usable(const stock_lot& lot, instant now)
{
    return lot.status == wms::lot_status::unrestricted && (!lot.expiry || *lot.expiry > now);
}

takt::quantity still_needed(const demand_line& d)
{
    return std::max(takt::quantity{}, d.needed - d.issued - set_aside(d));
}

void netting::withdraw(const std::string& demand, const allocation& what)
{
    happen(withdrawn{entity_ref(demand), what.lot, what.bin, what.quantity});
    const auto item = item_of(about_);
    tell(d_, demand, order::withdraw{item, what.lot, what.bin, what.quantity},
         work_order::withdraw{item, what.lot, what.bin, what.quantity},
         maintenance_order::withdraw{item, what.lot, what.bin, what.quantity});
}

/// The most urgent demand first: by priority, then date, then arrival.
std::vector<const netting::demand_entry*> netting::ranked() const
{
    std::vector<const demand_entry*> all;
    all.reserve(s_.demands.size());
    for (const auto& entry : s_.demands) all.push_back(&entry);
    std::sort(all.begin(), all.end(), [](const demand_entry* a, const demand_entry* b) {
        const auto& x = a->second;
        const auto& y = b->second;
        if (x.priority != y.priority) return x.priority > y.priority;
        if (x.need_by != y.need_by) return x.need_by < y.need_by;
        return x.number < y.number;
    });
    return all;
}

void netting::trim(const lot_id& lot, const bin_id& bin)
{
    takt::quantity there;
    if (const auto l = s_.lots.find(lot); l != s_.lots.end())
        if (const auto b = l->second.bins.find(bin); b != l->second.bins.end()) there = b->second;
    const auto ranking = ranked();
    std::vector<std::pair<std::string, allocation>> held;
    takt::quantity excess = -std::max(there, takt::quantity{});
    for (const auto* entry : ranking)
        for (const auto& a : entry->second.allocations)
            if (a.lot == lot && a.bin == bin) {
                held.emplace_back(entry->first, a);
                excess += a.quantity;
            }
    for (auto h = held.rbegin(); h != held.rend() && excess > takt::quantity{}; ++h) {
        const auto part = std::min(excess, h->second.quantity);
        withdraw(h->first, {lot, bin, part});
        excess -= part;
    }
}

void netting::follow_move(const lot_id& lot, const bin_id& from, const bin_id& to)
{
    takt::quantity there;
    if (const auto l = s_.lots.find(lot); l != s_.lots.end())
        if (const auto b = l->second.bins.find(from); b != l->second.bins.end()) there = b->second;
    std::vector<std::pair<std::string, takt::quantity>> held;
    takt::quantity excess = -std::max(there, takt::quantity{});
    for (const auto* entry : ranked())
        for (const auto& a : entry->second.allocations)
            if (a.lot == lot && a.bin == from) {
                held.emplace_back(entry->first, a.quantity);
                excess += a.quantity;
            }
    for (auto h = held.rbegin(); h != held.rend() && excess > takt::quantity{}; ++h) {
        const auto part = std::min(excess, h->second);
        happen(relocated{entity_ref(h->first), lot, from, to, part});
        const auto item = item_of(about_);
        tell(d_, h->first, order::relocate{item, lot, from, to, part}, work_order::relocate{item, lot, from, to, part},
             maintenance_order::relocate{item, lot, from, to, part});
        excess -= part;
    }
}

void netting::take_back_excess(const std::string& demand)
{
    const auto found = s_.demands.find(demand);
    if (found == s_.demands.end()) return;
    auto excess = found->second.issued + set_aside(found->second) - found->second.needed;
    const auto held = found->second.allocations; // withdrawing changes it
    for (auto a = held.rbegin(); a != held.rend() && excess > takt::quantity{}; ++a) {
        const auto part = std::min(excess, a->quantity);
        withdraw(demand, {a->lot, a->bin, part});
        excess -= part;
    }
}

void netting::take_back(const lot_id& lot, takt::quantity excess)
{
    const auto ranking = ranked();
    std::vector<std::pair<std::string, allocation>> held;
    for (const auto* entry : ranking)
        for (const auto& a : entry->second.allocations)
            if (a.lot == lot) held.emplace_back(entry->first, a);
    for (auto h = held.rbegin(); h != held.rend() && excess > takt::quantity{}; ++h) {
        const auto part = std::min(excess, h->second.quantity);
        withdraw(h->first, {lot, h->second.bin, part});
        excess -= part;
    }
}

/// Nothing stays set aside of a lot that may not be used or is not there, nor more for a demand than it needs.
void netting::take_back_impossible()
{
    std::map<lot_id, takt::quantity> aside;
    std::vector<std::string> too_much;
    for (const auto& [key, demand] : s_.demands) {
        takt::quantity all = demand.issued;
        for (const auto& a : demand.allocations) {
            aside[a.lot] += a.quantity;
            all += a.quantity;
        }
        if (all > demand.needed && !demand.allocations.empty()) too_much.push_back(key);
    }
    for (const auto& key : too_much) take_back_excess(key);
    for (const auto& [lot, amount] : aside) {
        takt::quantity there;
        const auto found = s_.lots.find(lot);
        if (found != s_.lots.end() && found->second.status == wms::lot_status::unrestricted)
            there = std::max(on_hand(found->second), takt::quantity{});
        if (amount > there) take_back(lot, amount - there);
    }
}

/// Free stock, first what expires first, then what came first.
std::vector<netting::free_stock> netting::free() const
{
    std::map<std::pair<lot_id, bin_id>, takt::quantity> aside;
    std::map<lot_id, takt::quantity> aside_of_lot;
    for (const auto& [key, demand] : s_.demands)
        for (const auto& a : demand.allocations) {
            aside[{a.lot, a.bin}] += a.quantity;
            aside_of_lot[a.lot] += a.quantity;
        }
    std::vector<const std::pair<const lot_id, stock_lot>*> lots;
    for (const auto& entry : s_.lots)
        if (is_usable(entry.second, about_.now)) lots.push_back(&entry);
    std::stable_sort(lots.begin(), lots.end(), [](const auto* a, const auto* b) {
        const auto ea = expiry_of(a->second), eb = expiry_of(b->second);
        return ea != eb ? ea < eb : a->second.since < b->second.since;
    });
    std::vector<free_stock> all;
    for (const auto* entry : lots) {
        const auto& [key, lot] = *entry;
        auto left = on_hand(lot) - aside_of_lot[key];
        for (const auto& [bin, amount] : lot.bins) {
            const auto part = std::min(left, amount - aside[{key, bin}]);
            if (part <= takt::quantity{}) continue;
            all.push_back({key, bin, part});
            left -= part;
        }
    }
    return all;
}

void netting::allocate()
{
    auto stock = free();
    if (stock.empty()) return;
    std::vector<std::pair<std::string, takt::quantity>> open;
    for (const auto* entry : ranked())
        if (const auto need = still_needed(entry->second); need) open.emplace_back(entry->first, need);
    std::size_t next = 0;
    for (auto& [demand, need] : open) {
        while (need && next < stock.size()) {
            auto& from = stock[next];
            const auto part = std::min(need, from.quantity);
            happen(allocated{entity_ref(demand), from.lot, from.bin, part});
            const auto item = item_of(about_);
            tell(d_, demand, order::allocate{item, from.lot, from.bin, part},
                 work_order::allocate{item, from.lot, from.bin, part},
                 maintenance_order::allocate{item, from.lot, from.bin, part, s_.definition.unit_cost});
            need -= part;
            from.quantity -= part;
            if (!from.quantity) ++next;
        }
    }
}

std::vector<netting::incoming> netting::expected() const
{
    std::vector<incoming> all;
    for (const auto& [key, lot] : s_.lots)
        if (lot.status == wms::lot_status::inspection)
            if (const auto amount = on_hand(lot); amount > takt::quantity{})
                all.push_back({entity_ref("lot", key.text), amount, lot.since + inspection_time});
    for (const auto& [key, supply] : s_.supplies)
        if (supply.quantity > supply.arrived)
            all.push_back({entity_ref(key), supply.quantity - supply.arrived, supply.due});
    for (auto& i : all) i.date = std::max(i.date, about_.now);
    std::stable_sort(all.begin(), all.end(), [](const incoming& a, const incoming& b) { return a.date < b.date; });
    return all;
}

void netting::promise(const std::string& demand, std::optional<instant> date, std::vector<material::peg> pegs)
{
    if (!date) return;
    const auto& line = s_.demands.at(demand);
    if (line.promised) {
        if (!worth_telling(*line.promised, *date, about_.now)) return;
        if (pegs.empty() && *line.promised <= about_.now) return; // complete since then
    }
    happen(material::promised{entity_ref(demand), *date, std::move(pegs)});
    const auto item = item_of(about_);
    tell(d_, demand, order::promise{item, *date}, work_order::promise{item, *date},
         maintenance_order::promise{item, *date});
}

/// Gives what is to come to the demands in their order and promises dates; what is left uncovered is short.
netting::shortage netting::peg()
{
    shortage missing;
    auto to_come = expected();
    std::size_t next = 0;
    std::vector<std::string> order;
    for (const auto* entry : ranked()) order.push_back(entry->first);
    for (const auto& demand : order) {
        const auto& line = s_.demands.at(demand);
        auto need = still_needed(line);
        instant date = about_.now;
        std::vector<material::peg> pegs;
        while (need && next < to_come.size()) {
            auto& from = to_come[next];
            const auto part = std::min(need, from.quantity);
            pegs.push_back({from.from, part});
            date = std::max(date, from.date);
            need -= part;
            from.quantity -= part;
            if (!from.quantity) ++next;
        }
        if (need) {
            missing.amount += need;
            missing.need_by = missing.need_by ? std::min(*missing.need_by, line.need_by) : line.need_by;
            missing.priority = std::max(missing.priority, line.priority);
            continue;
        }
        promise(demand, date, std::move(pegs));
    }
    takt::quantity surplus;
    for (const auto& f : free()) surplus += f.quantity;
    for (std::size_t i = next; i < to_come.size(); ++i) surplus += to_come[i].quantity;
    const auto wanted = s_.definition.safety_stock;
    if (surplus < wanted) missing.amount += wanted - surplus;
    return missing;
}

void netting::order_one(takt::quantity amount, instant due, int priority)
{
    const auto item = item_of(about_);
    const auto number = std::to_string(s_.supply_count + 1);
    const auto soonest = about_.now + s_.definition.lead_time_ms;
    if (s_.definition.source == source::make) {
        const work_order_id key("WO-" + item.text + "-" + number);
        happen(supply_ordered{entity_ref("work_order", key.text), amount, due, soonest});
        d_.send(item.text, product::make{key, amount, due, priority});
        return;
    }
    const auto wanted = std::max(due, soonest);
    const purchase_order_id key("PO-" + item.text + "-" + number);
    happen(supply_ordered{entity_ref("purchase_order", key.text), amount, wanted, wanted});
    d_.send(key.text, purchase_order::create{*s_.definition.supplier, item, amount, wanted, s_.definition.receiving_bin,
                                             s_.definition.inspection});
}

void netting::order(takt::quantity amount, std::optional<instant> due, int priority)
{
    const auto& how = s_.definition;
    const auto by = due.value_or(about_.now + how.lead_time_ms);
    auto left = round_up(std::max(amount, how.lot_minimum), how.lot_multiple);
    for (int i = 0; left > takt::quantity{} && i < supplies_at_once; ++i) {
        auto part = left;
        if (how.lot_maximum > takt::quantity{}) part = std::min(part, how.lot_maximum);
        order_one(part, by, priority);
        left -= part;
    }
}

void netting::order_missing(const shortage& missing)
{
    if (missing.amount <= takt::quantity{} || !s_.problem.empty()) return;
    order(missing.amount, missing.need_by, missing.priority);
    peg(); // what was ordered just now lets the rest be promised
}

/// A safety stock is there to be used, and netting orders it back; half of it gone is what a planner should look at (as
/// the on-hand alert of demand-driven MRP). Three quarters end the alert, so that it does not flutter.
void netting::watch_safety_stock()
{
    const auto wanted = s_.definition.safety_stock;
    takt::quantity left;
    for (const auto& f : free()) left += f.quantity;
    if (left * 2 < wanted && !s_.low) happen(stock_alert_raised{left, wanted});
    if (left * 4 >= wanted * 3 && s_.low) happen(stock_alert_cleared{left});
}

decision netting::settle()
{
    take_back_impossible();
    allocate();
    if (s_.is_defined) {
        order_missing(peg());
        watch_safety_stock();
        watch_shortage();
    }
    return std::move(d_);
}

} // namespace takt::material
