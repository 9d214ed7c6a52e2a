#include "actors/eam/maintenance_order.hpp"

#include "actors/eam/maintenance_order_parts.hpp"
#include "actors/refusals.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/eam/asset.hpp"
#include "messages/erp/material.hpp"
#include "messages/hrm/roster.hpp"
#include "messages/mes/machine_repair.hpp"
#include "messages/mes/schedule.hpp"
#include "messages/mes/schedule_downtime.hpp"
#include "messages/wms/bin.hpp"

namespace takt::maintenance_order {
namespace {

constexpr const char* begin_timer = "begin";
/// What waited for its parts longer than its window gets another one of this length.
constexpr milliseconds window_least{24 * 3'600'000};
constexpr double ms_per_hour = 3'600'000;

double hours(milliseconds time) { return static_cast<double>(time.count()) / ms_per_hour; }

void tell_origin(decision& d, const state& s, anomaly::note_maintenance what, const context& about)
{
    what.order = about.self.key();
    if (s.origin.kind() == "anomaly") d.send(s.origin.key(), std::move(what));
}

void tell_asset(decision& d, const state& s, bool is_done, std::string person, std::string remark,
                const eam::cost& cost, const context& about)
{
    if (s.asset)
        d.send(s.asset->text, asset::note_order{std::string(about.self.key()), s.plan, is_done, std::move(person),
                                                std::move(remark), cost});
}

std::optional<decision> refuse_used(const state& s, const std::vector<eam::part>& used)
{
    for (const auto& u : used) {
        const auto* line = find_part(s, u.item);
        const auto there = line == nullptr ? takt::quantity{} : reserved(*line);
        if (u.quantity < takt::quantity{}) return decision::refuse("negative", "nobody uses less than nothing", "used");
        if (u.quantity > there)
            return decision::refuse("not_reserved",
                                    to_string(u.quantity) + " of " + u.item.text + " used, " + to_string(there) +
                                        " reserved; add_part gets more",
                                    "used");
    }
    return std::nullopt;
}

} // namespace

bool is_open(const state& s)
{
    return s.status != order_status::none && s.status != order_status::done && s.status != order_status::cancelled;
}

const part_line* find_part(const state& s, const item_id& item)
{
    const auto found = std::find_if(s.parts.begin(), s.parts.end(), [&](const auto& p) { return p.item == item; });
    return found == s.parts.end() ? nullptr : &*found;
}

takt::quantity reserved(const part_line& p)
{
    takt::quantity all;
    for (const auto& r : p.reserved) all += r.quantity;
    return all;
}

std::vector<std::pair<item_id, reserved_stock>> lots_of(const state& s, const std::vector<eam::part>& used)
{
    std::vector<std::pair<item_id, reserved_stock>> all;
    for (const auto& u : used) {
        const auto* line = find_part(s, u.item);
        if (line == nullptr) continue;
        auto left = u.quantity;
        for (auto from : line->reserved) {
            from.quantity = std::min(from.quantity, left);
            left -= from.quantity;
            if (from.quantity) all.emplace_back(u.item, from);
        }
    }
    return all;
}

decision refuse_ended(const state& s, const context& about)
{
    return s.status == order_status::none
               ? refuse_undefined(about)
               : decision::refuse("order_ended", about.self.path() + " is " + std::string(enum_name(s.status)));
}

void progress::require(const item_id& item, takt::quantity quantity)
{
    const int priority = s_.priority == anomaly::severity::critical  ? 9
                         : s_.priority == anomaly::severity::warning ? 7
                                                                     : 5;
    send(item.text,
         material::require{about_.self, quantity, std::max(s_.earliest.value_or(about_.now), about_.now), priority});
}

void progress::release_parts()
{
    for (const auto& p : s_.parts) send(p.item.text, material::release_demand{about_.self});
}

void progress::give_up_time()
{
    if (s_.downtime_open) send(s_.area, schedule::end_downtime{s_.machine, about_.self.path()});
    d_.cancel_timer(begin_timer);
}

void progress::release()
{
    emit(released{about_.now});
    send(s_.skill, roster::request{about_.self, static_cast<int>(s_.priority) * 10 + s_.urgency});
}

decision progress::advance()
{
    if (s_.status != order_status::waiting_parts || s_.asset_asked || !s_.missing.empty()) return done();
    if (!s_.latest || s_.duration_ms <= milliseconds{0}) {
        release();
        return done();
    }
    emit(downtime_asked{});
    const auto earliest = std::max(s_.earliest.value_or(about_.now), about_.now);
    const auto latest = std::max(*s_.latest, earliest + s_.duration_ms + window_least);
    send(s_.area, schedule::plan_downtime{s_.machine, about_.self.path(), s_.duration_ms, earliest, latest, s_.skill});
    return done();
}

decision decide(const state& s, const create& what, const context& about)
{
    if (s.status != order_status::none) return {}; // an order is created once
    progress p(s, about);
    p.emit(created{what, about.now});
    for (const auto& part : what.parts) p.require(part.item, part.quantity);
    if (!what.asset) p.send(what.machine.text, machine::introduce_asset{std::string(about.self.key()), what.task});
    return p.advance();
}

decision decide(const state& s, const take_asset& what, const context& about)
{
    if (!is_open(s) || !s.asset_asked) return {};
    progress p(s, about);
    p.emit(asset_known{what});
    for (const auto& part : what.parts) p.require(part.item, part.quantity);
    return p.advance();
}

decision decide(const state& s, const take_downtime& what, const context& about)
{
    if (s.status != order_status::planned) return {};
    progress p(s, about);
    if (what.begun) {
        p.release();
        return p.done();
    }
    p.emit(downtime_set{what.from, what.to});
    p.out().set_timer(begin_timer, std::max(what.from, about.now), check_begin{});
    return p.done();
}

/// It is done without: the technician looks for a moment at which the machine is free.
decision decide(const state& s, const decline_downtime& /*what*/, const context& about)
{
    if (s.status != order_status::planned) return {};
    progress p(s, about);
    p.release();
    return p.done();
}

decision decide(const state& s, const check_begin& /*what*/, const context& about)
{
    if (s.status != order_status::planned) return {};
    progress p(s, about);
    if (s.missing.empty()) {
        p.send(s.area, schedule::begin_downtime{s.machine, about.self.path()});
        return p.done();
    }
    p.give_up_time();
    p.emit(postponed{"a part was taken away: " + s.missing.front().text, about.now});
    return p.advance();
}

decision decide(const state& s, const assign& what, const context& about)
{
    decision d;
    if (s.status != order_status::waiting) { // cancelled, or begun by somebody else, meanwhile
        if (s.person != what.person) d.send(s.skill, roster::release{about.self});
        return d;
    }
    d.emit(assigned{what.person, about.now});
    tell_origin(d, s, {{}, anomaly::maintenance_progress::assigned, what.person, {}, {}}, about);
    return d;
}

decision decide(const state& s, const start& what, const context& about)
{
    if (!is_open(s)) return refuse_ended(s, about);
    if (what.by.empty()) return decision::refuse("name_missing", "say who begins", "by");
    if (s.status == order_status::planned)
        return decision::refuse("not_yet", "its machine is kept free for it from " +
                                               (s.planned_from ? to_rfc3339(*s.planned_from) : "a time to be found"));
    if (s.status == order_status::waiting_parts && !s.missing.empty())
        return decision::refuse("parts_missing",
                                "it waits for " + s.missing.front().text + "; waive_parts does it without");
    decision d;
    if (s.status == order_status::in_progress) return d;
    d.emit(started{what.by, about.now});
    if (s.person != what.by) d.send(s.skill, roster::note_taken{about.self, operator_id(what.by)});
    tell_origin(d, s, {{}, anomaly::maintenance_progress::started, what.by, {}, {}}, about);
    return d;
}

decision decide(const state& s, const report_done& what, const context& about)
{
    if (!is_open(s)) return refuse_ended(s, about);
    if (what.by.empty()) return decision::refuse("name_missing", "say who has done it", "by");
    if (what.cause.empty()) return decision::refuse("cause_missing", "say what was wrong", "cause");
    if (what.used)
        if (auto refused = refuse_used(s, *what.used)) return *refused;
    std::vector<eam::part> used;
    if (what.used)
        used = *what.used;
    else
        for (const auto& p : s.parts)
            if (const auto there = reserved(p)) used.push_back({p.item, there});
    const auto taken = lots_of(s, used);
    done event{what.by, what.cause, what.remark, about.now - s.started_at.value_or(about.now), about.now, {}, {}, used};
    event.downtime_ms = about.now - s.stands_since.value_or(s.started_at.value_or(about.now));
    event.cost.labour = hours(event.labour_ms) * s.labour_rate_per_hour;
    event.cost.downtime = hours(event.downtime_ms) * s.downtime_cost_per_hour;
    for (const auto& [item, from] : taken) event.cost.parts += from.quantity.to_double() * from.unit_cost;
    progress p(s, about);
    p.give_up_time();
    p.emit(event);
    for (const auto& [item, from] : taken)
        p.send(from.bin.text,
               bin::issue{from.lot, from.quantity, wms::issue_purpose::consume, about.self, 0, std::nullopt, s.task});
    if (taken.empty()) p.release_parts();
    p.send(s.skill, roster::release{about.self});
    tell_asset(p.out(), s, true, what.by, what.remark, event.cost, about);
    tell_origin(p.out(), s, {{}, anomaly::maintenance_progress::done, what.by, what.cause, event.labour_ms, event.cost},
                about);
    return p.done();
}

decision decide(const state& s, const cancel& what, const context& about)
{
    if (s.status == order_status::none) return refuse_undefined(about);
    if (!is_open(s)) return {};
    progress p(s, about);
    p.give_up_time();
    p.emit(cancelled{what.reason, about.now});
    p.release_parts();
    p.send(s.skill, roster::release{about.self});
    tell_asset(p.out(), s, false, {}, what.reason, {}, about);
    tell_origin(p.out(), s, {{}, anomaly::maintenance_progress::cancelled, {}, what.reason, {}}, about);
    return p.done();
}

} // namespace takt::maintenance_order
