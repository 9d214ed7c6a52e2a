#include "actors/mes/work_order_step.hpp"

#include "messages/erp/material.hpp"
#include "messages/mes/schedule.hpp"
#include "messages/qms/sampling.hpp"
#include "messages/wms/bin.hpp"
#include "messages/wms/lot.hpp"

namespace takt::work_order {
namespace {

constexpr int suspect_sample = 5; ///< pieces of a lot whose work order was quarantined

/// The first component that is not covered by what `has` counts of it.
template <class Has> const component* first_short(const state& s, Has has)
{
    for (const auto& c : s.components)
        if (has(c) < c.required) return &c;
    return nullptr;
}

takt::quantity used(const state& s, const item_id& item)
{
    takt::quantity sum;
    for (const auto& c : s.consumed)
        if (c.item == item) sum += c.quantity;
    return sum;
}

schedule::planned_operation planned(const operation& o)
{
    return {o.key, o.modes, o.setup_family, o.batch, o.interruptible, o.status, remaining(o), o.within_ms};
}

} // namespace

const operation* find_operation(const state& s, std::string_view key)
{
    const auto found =
        std::find_if(s.operations.begin(), s.operations.end(), [&](const operation& o) { return o.key == key; });
    return found == s.operations.end() ? nullptr : &*found;
}

bool is_over(const state& s)
{
    return s.status == work_order_status::none || s.status == work_order_status::completed ||
           s.status == work_order_status::cancelled;
}

bool begun(const state& s)
{
    return std::any_of(s.operations.begin(), s.operations.end(), [](const operation& o) { return o.started; });
}

takt::quantity sum_of(const std::vector<wms::lot_amount>& lines, const item_id& item)
{
    takt::quantity sum;
    for (const auto& l : lines)
        if (l.item == item) sum += l.quantity;
    return sum;
}

takt::quantity sum_of(const std::vector<wms::lot_amount>& lines, const lot_id& lot, const bin_id* bin)
{
    takt::quantity sum;
    for (const auto& l : lines)
        if (l.lot == lot && (bin == nullptr || l.bin == *bin)) sum += l.quantity;
    return sum;
}

takt::quantity covered(const state& s, const item_id& item)
{
    return sum_of(s.to_pick, item) + sum_of(s.picking, item) + sum_of(s.staged, item) + used(s, item);
}

std::optional<instant> earliest(const state& s)
{
    instant latest = s.created_at;
    for (const auto& c : s.components) {
        if (c.promised)
            latest = std::max(latest, *c.promised);
        else if (covered(s, c.item) < c.required)
            return std::nullopt;
    }
    return latest;
}

takt::quantity remaining(const operation& o) { return o.quantity - o.good - o.scrap; }

bool at_machine(const operation& o)
{
    return o.status == mes::operation_status::dispatched || o.status == mes::operation_status::setup ||
           o.status == mes::operation_status::running;
}

void step::check_kit()
{
    if (is_over(s_)) return;
    const auto* missing = first_short(s_, [&](const component& c) { return covered(s_, c.item); });
    if (missing != nullptr) {
        if (s_.status != work_order_status::released && s_.status != work_order_status::staged) return;
        const bool was_staged = s_.status == work_order_status::staged;
        happen(kit_broken{missing->item, missing->required - covered(s_, missing->item)});
        if (was_staged) tell_schedule(s_.operations.front().key, s_.operations.front().run);
        return;
    }
    if (s_.status == work_order_status::waiting_material) happen(released{s_.to_pick, s_.staging_bin});
    const auto at_line = [&](const component& c) { return sum_of(s_.staged, c.item) + used(s_, c.item); };
    if (s_.status != work_order_status::released || first_short(s_, at_line) != nullptr) return;
    happen(kit_staged{});
    if (s_.operations.front().status == mes::operation_status::waiting)
        make_ready(s_.operations.front().key, s_.quantity);
}

void step::consume_staged()
{
    if (s_.staged.empty()) return;
    std::vector<wms::parent_lot> lots;
    for (const auto& line : s_.staged) {
        lots.push_back({line.item, line.lot, line.quantity});
        d_.send(s_.staging_bin.text,
                bin::issue{line.lot, line.quantity, wms::issue_purpose::consume, about_.self, 0, std::nullopt, {}});
    }
    happen(components_consumed{std::move(lots)});
}

void step::make_ready(const std::string& operation, takt::quantity amount)
{
    happen(operation_ready{operation, amount});
    tell_schedule(operation, find_operation(s_, operation)->run);
}

void step::go_on(const std::string& key)
{
    const auto* o = find_operation(s_, key);
    if (const auto left = remaining(*o); left > takt::quantity{}) {
        make_ready(key, o->quantity);
        return;
    }
    if (!o->good || !o->inspection) return pass_on(key);
    const inspection_id inspection("Q-" + self().text + "-" + key);
    happen(inspection_requested{key, inspection});
    const auto& judged = *find_operation(s_, key);
    d_.send(sampling::key_of(s_.item, judged.inspection->key, ""),
            sampling::inspect{inspection, {s_.item, judged.good, *judged.inspection, about_.self, key}, std::nullopt});
    tell_schedule(key, find_operation(s_, key)->run);
}

void step::pass_on(const std::string& key)
{
    const auto good = find_operation(s_, key)->good;
    happen(operation_done{key, good, about_.now});
    const auto next = std::find_if(s_.operations.begin(), s_.operations.end(),
                                   [](const operation& o) { return o.status != mes::operation_status::done; });
    if (next == s_.operations.end() || !good) return complete();
    tell_schedule(key, find_operation(s_, key)->run);
    make_ready(next->key, good);
}

void step::add_rework(const std::string& rejected)
{
    const auto before = *find_operation(s_, rejected);
    const auto route = before.rework_route.empty() ? std::vector{rejected} : before.rework_route;
    std::string after = rejected, first;
    for (const auto& like : route) {
        auto key = rework_of(like);
        while (find_operation(s_, key) != nullptr) key += "R";
        const bool last = &like == &route.back();
        happen(rework_added{after, key, like, last ? before.inspection : std::nullopt});
        if (first.empty()) first = key;
        after = key;
    }
    happen(operation_done{rejected, before.good, about_.now});
    happen(operation_ready{first, before.good});
    tell_schedule_all();
}

void step::lift_quarantine()
{
    if (s_.quarantine.empty()) return;
    happen(quarantine_lifted{});
    tell_schedule_job();
}

void step::scrap_all(const std::string& reason)
{
    const auto current = std::find_if(s_.operations.begin(), s_.operations.end(),
                                      [](const operation& o) { return o.status != mes::operation_status::done; });
    if (current == s_.operations.end()) return;
    const auto key = current->key;
    const auto all = current->quantity - current->scrap;
    const auto nonconformance = s_.scrap_due;
    happen(pieces_scrapped{key, all, reason});
    if (!nonconformance.empty()) d_.send(nonconformance, nonconformance::note_done{true, all, "thrown away"});
    pass_on(key);
}

void step::give_up_components()
{
    for (const auto& c : s_.components) d_.send(c.item.text, material::release_demand{about_.self});
    for (const auto& line : s_.staged)
        d_.send(s_.staging_bin.text, bin::release_reservation{line.lot, about_.self, line.quantity});
}

void step::complete()
{
    const auto good = s_.operations.empty() ? takt::quantity{} : [&] {
        for (auto o = s_.operations.rbegin(); o != s_.operations.rend(); ++o)
            if (o->status == mes::operation_status::done) return o->good;
        return takt::quantity{};
    }();
    give_up_components();
    std::optional<lot_id> lot;
    if (good) {
        lot = lot_id("L-" + self().text);
        std::optional<qms::inspection_plan> suspect;
        if (!s_.quarantine.empty()) suspect = qms::inspection_plan{"quarantine", suspect_sample, 0, {}};
        d_.send(lot->text, lot::create{s_.item, good, s_.output_bin, about_.self, std::move(suspect), std::nullopt,
                                       std::nullopt, std::nullopt, s_.consumed});
    }
    happen(completed{good, s_.scrap, lot, about_.now});
    d_.send(s_.item.text, material::update_supply{about_.self, good, about_.now, true});
    d_.send(s_.area, schedule::remove_job{self()});
}

void step::tell_schedule_all()
{
    schedule::announce_job job{self(), s_.item, s_.due, s_.priority, earliest(s_), s_.held, {}};
    for (const auto& o : s_.operations) job.operations.push_back(planned(o));
    d_.send(s_.area, std::move(job));
}

void step::tell_schedule_job()
{
    d_.send(s_.area, schedule::update_job{self(), s_.due, s_.priority, earliest(s_), s_.held});
}

void step::tell_schedule(const std::string& key, std::int64_t run)
{
    const auto* o = find_operation(s_, key);
    d_.send(s_.area, schedule::update_operation{self(), key, o->status, remaining(*o), at_machine(*o) ? o->run : run});
}

void step::tell_supply()
{
    d_.send(s_.item.text,
            material::update_supply{about_.self, s_.quantity - s_.scrap, s_.planned_end.value_or(s_.due), false});
}

} // namespace takt::work_order
