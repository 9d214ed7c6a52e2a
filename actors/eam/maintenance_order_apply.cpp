#include "actors/eam/maintenance_order_parts.hpp"

/// What events make of a maintenance order.
namespace takt::maintenance_order {
namespace {

void look_what_is_missing(state& s)
{
    s.missing.clear();
    for (const auto& p : s.parts)
        if (!p.left_out && reserved(p) < p.needed) s.missing.push_back(p.item);
}

part_line& line_of(state& s, const item_id& item)
{
    for (auto& p : s.parts)
        if (p.item == item) return p;
    return s.parts.emplace_back(part_line{item, {}, {}, {}, false});
}

void need(state& s, const std::vector<eam::part>& parts)
{
    for (const auto& p : parts) line_of(s, p.item).needed += p.quantity;
    look_what_is_missing(s);
}

void put(part_line& line, const reserved_stock& what)
{
    for (auto& r : line.reserved)
        if (r.lot == what.lot && r.bin == what.bin) {
            r.quantity += what.quantity;
            return;
        }
    line.reserved.push_back(what);
}

/// What it cost.
double take(part_line& line, const lot_id& lot, const bin_id& bin, takt::quantity amount)
{
    double unit_cost = 0;
    for (auto& r : line.reserved)
        if (r.lot == lot && r.bin == bin) {
            r.quantity -= std::min(amount, r.quantity);
            unit_cost = r.unit_cost;
        }
    std::erase_if(line.reserved, [](const auto& r) { return !r.quantity; });
    return unit_cost;
}

void forget_taking(state& s, const lot_id& lot, const bin_id& bin)
{
    const auto found =
        std::find_if(s.taking.begin(), s.taking.end(), [&](const auto& t) { return t.lot == lot && t.bin == bin; });
    if (found == s.taking.end()) return;
    take(line_of(s, found->item), lot, bin, found->quantity);
    s.taking.erase(found);
}

} // namespace

void apply(state& s, const created& e)
{
    const bool of_none = e.what.asset && e.what.asset->empty();
    s.status = of_none ? order_status::waiting : order_status::waiting_parts;
    s.machine = e.what.machine;
    s.task = e.what.task;
    s.priority = e.what.priority;
    s.origin = e.what.origin;
    if (!of_none) s.asset = e.what.asset;
    s.asset_asked = !e.what.asset;
    s.plan = e.what.plan;
    s.skill = e.what.skill;
    s.area = e.what.area;
    s.duration_ms = e.what.duration_ms;
    s.earliest = e.what.earliest;
    s.latest = e.what.latest;
    s.stands_since = e.what.stands_since;
    s.urgency = e.what.urgency;
    s.labour_rate_per_hour = e.what.labour_rate_per_hour;
    s.downtime_cost_per_hour = e.what.downtime_cost_per_hour;
    s.created_at = e.at;
    need(s, e.what.parts);
}

void apply(state& s, const asset_known& e)
{
    s.asset_asked = false;
    s.asset = e.what.asset;
    s.labour_rate_per_hour = e.what.labour_rate_per_hour;
    s.downtime_cost_per_hour = e.what.downtime_cost_per_hour;
    s.urgency = e.what.urgency;
    need(s, e.what.parts);
}

void apply(state& s, const downtime_asked& /*e*/)
{
    s.status = order_status::planned;
    s.downtime_open = true;
}

void apply(state& s, const downtime_set& e)
{
    s.planned_from = e.from;
    s.planned_to = e.to;
}

void apply(state& s, const postponed& /*e*/)
{
    s.status = order_status::waiting_parts;
    s.downtime_open = false;
    s.planned_from.reset();
    s.planned_to.reset();
}

void apply(state& s, const released& /*e*/) { s.status = order_status::waiting; }

void apply(state& s, const assigned& e)
{
    s.status = order_status::assigned;
    s.person = e.person;
    s.assigned_at = e.at;
}

void apply(state& s, const started& e)
{
    s.status = order_status::in_progress;
    s.person = e.by;
    s.started_at = e.at;
}

void apply(state& s, const done& e)
{
    s.status = order_status::done;
    s.person = e.by;
    s.cause = e.cause;
    s.remark = e.remark;
    s.labour_ms = e.labour_ms;
    s.downtime_ms = e.downtime_ms;
    s.cost = e.cost;
    s.used = e.used;
    s.downtime_open = false;
    s.ended_at = e.at;
    s.missing.clear();
    for (const auto& [item, from] : lots_of(s, e.used)) s.taking.push_back({item, from.lot, from.bin, from.quantity});
}

void apply(state& s, const cancelled& e)
{
    s.status = order_status::cancelled;
    s.remark = e.reason;
    s.downtime_open = false;
    s.missing.clear();
    s.ended_at = e.at;
}

void apply(state& s, const part_promised& e) { line_of(s, e.item).promised = e.date; }

void apply(state& s, const part_reserved& e)
{
    put(line_of(s, e.item), {e.lot, e.bin, e.quantity, e.unit_cost});
    look_what_is_missing(s);
}

void apply(state& s, const part_withdrawn& e)
{
    take(line_of(s, e.item), e.lot, e.bin, e.quantity);
    look_what_is_missing(s);
}

void apply(state& s, const part_relocated& e)
{
    auto& line = line_of(s, e.item);
    const auto unit_cost = take(line, e.lot, e.from, e.quantity);
    put(line, {e.lot, e.to, e.quantity, unit_cost});
}

void apply(state& s, const part_left_out& e)
{
    line_of(s, e.item).left_out = true;
    look_what_is_missing(s);
}

void apply(state& s, const part_added& e) { need(s, {{e.item, e.quantity}}); }

void apply(state& s, const part_consumed& e) { forget_taking(s, e.lot, e.bin); }
void apply(state& s, const part_not_found& e) { forget_taking(s, e.lot, e.bin); }

} // namespace takt::maintenance_order
