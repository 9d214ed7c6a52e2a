#include "actors/mes/work_order.hpp"

namespace takt::work_order {
namespace {

operation* find(state& s, std::string_view key)
{
    const auto found =
        std::find_if(s.operations.begin(), s.operations.end(), [&](const operation& o) { return o.key == key; });
    return found == s.operations.end() ? nullptr : &*found;
}

void add(std::vector<wms::lot_amount>& lines, const wms::lot_amount& more)
{
    for (auto& l : lines)
        if (l.lot == more.lot && l.bin == more.bin) {
            l.quantity += more.quantity;
            return;
        }
    lines.push_back(more);
}

/// Takes up to `amount` of a lot out of the lines; of any bin if none is named. What was taken.
takt::quantity take(std::vector<wms::lot_amount>& lines, const lot_id& lot, const bin_id* bin, takt::quantity amount)
{
    takt::quantity taken;
    for (auto& l : lines) {
        if (l.lot != lot || (bin != nullptr && l.bin != *bin)) continue;
        const auto part = std::min(amount - taken, l.quantity);
        l.quantity -= part;
        taken += part;
    }
    std::erase_if(lines, [](const wms::lot_amount& l) { return !l.quantity; });
    return taken;
}

void revoke_all_picks(state& s)
{
    for (const auto& l : s.picking) add(s.revoked, l);
    s.picking.clear();
    s.to_pick.clear();
    s.staged.clear();
}

operation from_step(const plm::routing_step& step)
{
    operation o;
    o.key = step.operation;
    o.name = step.name;
    o.work_center = step.work_center;
    o.modes = step.modes;
    o.setup_family = step.setup_family;
    o.batch = step.batch;
    o.interruptible = step.interruptible;
    o.within_ms = step.within_ms;
    o.inspection = step.inspection;
    o.rework_route = step.rework;
    return o;
}

} // namespace

void apply(state& s, const created& e)
{
    s.status = work_order_status::waiting_material;
    s.item = e.item;
    s.quantity = e.quantity;
    s.due = e.due;
    s.priority = e.priority;
    s.revision = e.revision;
    s.area = e.area;
    s.staging_bin = e.staging_bin;
    s.output_bin = e.output_bin;
    s.created_at = e.at;
    for (const auto& line : e.bom) s.components.push_back({line.item, line.quantity_per * e.quantity, std::nullopt});
    for (const auto& step : e.routing) {
        s.operations.push_back(from_step(step));
        s.operations.back().quantity = e.quantity;
    }
}

void apply(state& s, const component_promised& e)
{
    for (auto& c : s.components)
        if (c.item == e.item) c.promised = e.date;
}

void apply(state& s, const component_unknown& e) { s.reason = e.reason; }
void apply(state& s, const allocated& e) { add(s.to_pick, {e.item, e.lot, e.bin, e.quantity}); }

/// First what is still in the warehouse, then what is at the line, last what is on its way.
void apply(state& s, const withdrawn& e)
{
    auto left = e.quantity;
    left -= take(s.to_pick, e.lot, &e.bin, left);
    left -= take(s.to_pick, e.lot, nullptr, left);
    left -= take(s.staged, e.lot, nullptr, left);
    for (auto& l : s.picking) {
        if (l.lot != e.lot || !left) continue;
        const auto part = std::min(left, l.quantity);
        add(s.revoked, {l.item, l.lot, l.bin, part});
        l.quantity -= part;
        left -= part;
    }
    std::erase_if(s.picking, [](const wms::lot_amount& l) { return !l.quantity; });
}

void apply(state& s, const relocated& e)
{
    const auto line = std::find_if(s.to_pick.begin(), s.to_pick.end(),
                                   [&](const auto& l) { return l.lot == e.lot && l.bin == e.from; });
    if (line == s.to_pick.end()) return;
    const auto item = line->item;
    const auto taken = take(s.to_pick, e.lot, &e.from, e.quantity);
    if (taken) add(s.to_pick, {item, e.lot, e.to, taken});
}

void apply(state& s, const released& /*e*/) { s.status = work_order_status::released; }

void apply(state& s, const kit_broken& /*e*/)
{
    s.status = work_order_status::waiting_material;
    if (!s.operations.empty() && s.operations.front().status == mes::operation_status::ready)
        s.operations.front().status = mes::operation_status::waiting;
}

void apply(state& s, const pick_confirmed& e)
{
    const auto taken = take(s.to_pick, e.lot, &e.bin, e.quantity);
    if (taken) add(s.picking, {e.item, e.lot, e.bin, taken});
}

void apply(state& s, const pick_declined& e)
{
    const auto line = std::find_if(s.picking.begin(), s.picking.end(),
                                   [&](const auto& l) { return l.lot == e.lot && l.bin == e.bin; });
    const auto item = line == s.picking.end() ? item_id{} : line->item;
    const auto open_again = take(s.picking, e.lot, &e.bin, e.quantity);
    if (open_again) add(s.to_pick, {item, e.lot, e.bin, open_again});
    take(s.revoked, e.lot, &e.bin, e.quantity - open_again);
}

void apply(state& s, const component_staged& e)
{
    const auto wanted = take(s.picking, e.lot, &e.from, e.quantity);
    take(s.revoked, e.lot, &e.from, e.quantity - wanted);
    if (wanted) add(s.staged, {e.item, e.lot, s.staging_bin, wanted});
}

void apply(state& s, const kit_staged& /*e*/) { s.status = work_order_status::staged; }

void apply(state& s, const times_planned& e)
{
    s.planned_start = e.start;
    s.planned_end = e.end;
}

void apply(state& s, const operation_ready& e)
{
    auto* o = find(s, e.operation);
    if (o == nullptr) return;
    o->status = mes::operation_status::ready;
    o->quantity = e.quantity;
}

void apply(state& s, const operation_dispatched& e)
{
    auto* o = find(s, e.job.operation);
    if (o == nullptr) return;
    o->status = mes::operation_status::dispatched;
    o->run = e.job.run;
    o->machine = e.machine;
    o->person = e.person;
    o->run_good = o->run_scrap = 0;
}

void apply(state& s, const operation_started& e)
{
    s.status = work_order_status::in_progress;
    auto* o = find(s, e.job.operation);
    if (o == nullptr) return;
    o->status = mes::operation_status::setup;
    if (!o->started) o->started = e.at;
}

void apply(state& s, const operation_running& e)
{
    if (auto* o = find(s, e.job.operation)) o->status = mes::operation_status::running;
}

void apply(state& s, const components_consumed& e)
{
    s.staged.clear();
    for (const auto& used : e.lots) {
        const auto same =
            std::find_if(s.consumed.begin(), s.consumed.end(), [&](const auto& c) { return c.lot == used.lot; });
        if (same == s.consumed.end())
            s.consumed.push_back(used);
        else
            same->quantity += used.quantity;
    }
}

void apply(state& s, const operation_progressed& e)
{
    auto* o = find(s, e.job.operation);
    if (o == nullptr) return;
    o->run_good = e.good;
    o->run_scrap = e.scrap;
}

void apply(state& s, const run_ended& e)
{
    auto* o = find(s, e.job.operation);
    if (o == nullptr) return;
    o->good += takt::quantity::of(e.good);
    o->scrap += takt::quantity::of(e.scrap);
    s.scrap += takt::quantity::of(e.scrap);
    o->run_good = o->run_scrap = 0;
    o->setup_ms += e.setup_ms;
    o->run_ms += e.run_ms;
    o->energy_kwh += e.energy_kwh.value_or(0);
    o->ended = e.at;
}

void apply(state& s, const inspection_requested& e)
{
    auto* o = find(s, e.operation);
    if (o == nullptr) return;
    o->status = mes::operation_status::inspecting;
    o->inspected_by = e.inspection;
}

void apply(state& s, const inspection_taken& e)
{
    auto* o = find(s, e.operation);
    if (o == nullptr) return;
    o->inspected_by = {};
    o->rejected = !e.accepted;
}

void apply(state& s, const rework_added& e)
{
    const auto after =
        std::find_if(s.operations.begin(), s.operations.end(), [&](const operation& o) { return o.key == e.after; });
    if (after == s.operations.end()) return;
    const auto* like = e.like.empty() ? &*after : find(s, e.like);
    if (like == nullptr) return;
    operation again;
    again.key = e.operation;
    again.name = like->rework ? like->name : "rework: " + like->name;
    again.work_center = like->work_center;
    again.modes = like->modes;
    again.setup_family = like->setup_family;
    again.batch = like->batch;
    again.interruptible = like->interruptible;
    again.inspection = e.inspection ? e.inspection : like->inspection;
    again.rework = true;
    again.quantity = after->rework && !after->good ? after->quantity : after->good;
    s.operations.insert(after + 1, std::move(again));
}

void apply(state& s, const pieces_scrapped& e)
{
    auto* o = find(s, e.operation);
    if (o == nullptr) return;
    o->good -= std::min(e.quantity, o->good); // what was not yet made is thrown away too, when all is
    o->scrap += e.quantity;
    s.scrap += e.quantity;
}

void apply(state& s, const operation_done& e)
{
    auto* o = find(s, e.operation);
    if (o == nullptr) return;
    o->status = mes::operation_status::done;
    o->inspected_by = {};
    o->rejected = false;
}

void apply(state& s, const labour_booked& e)
{
    if (auto* o = find(s, e.operation)) o->labour_ms += e.labour_ms;
}

void apply(state& s, const completed& e)
{
    s.status = work_order_status::completed;
    s.good = e.good;
    s.lot = e.lot;
    s.completed_at = e.at;
    revoke_all_picks(s);
}

void apply(state& s, const work_order::held& e)
{
    s.held = true;
    s.reason = e.reason;
}

void apply(state& s, const resumed& /*e*/)
{
    s.held = false;
    s.quarantine.clear(); // a person knows better
    s.reason.clear();
}

void apply(state& s, const prioritised& e)
{
    s.priority = e.priority;
    s.due = e.due;
}

void apply(state& s, const split_off& e)
{
    const auto all = s.quantity.thousandths, left = (s.quantity - e.quantity).thousandths;
    for (auto& c : s.components) {
        __extension__ using wide = __int128; // what -Wpedantic would refuse
        c.required.thousandths = static_cast<std::int64_t>(static_cast<wide>(c.required.thousandths) * left / all);
    }
    s.quantity -= e.quantity;
    for (auto& o : s.operations) o.quantity -= e.quantity;
}

void apply(state& s, const cancelled& e)
{
    s.status = work_order_status::cancelled;
    s.reason = e.reason;
    revoke_all_picks(s);
}

} // namespace takt::work_order
