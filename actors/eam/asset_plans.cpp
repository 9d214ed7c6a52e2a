#include <cmath>

#include "actors/eam/asset_parts.hpp"
#include "messages/eam/maintenance_order.hpp"
#include "messages/mes/schedule.hpp"

/// When preventive maintenance is due, and the orders for it.
namespace takt::asset {
namespace {

/// What a plan is due by, and until when it should be done.
struct due {
    const char* because;
    instant latest;
};

milliseconds part_of(milliseconds interval, double share)
{
    return milliseconds{std::llround(static_cast<double>(interval.count()) * share)};
}

/// Wear that maintenance can do something about.
bool is_at_risk(const state& s, const eam::maintenance_plan& plan)
{
    const auto life = life_of(s);
    if (!plan.at_risk || !life || life->shape <= 1) return false;
    const auto within = static_cast<double>(plan.risk_within_ms.count());
    const auto age = static_cast<double>(s.age_ms.count());
    return reliability::failure_within(*life, age, within) >= *plan.at_risk &&
           reliability::failure_within(*life, 0, within) < *plan.at_risk;
}

std::optional<due> why_due(const state& s, const eam::maintenance_plan& plan, instant now)
{
    const auto so_far = progress_of(s, plan.key);
    const double early = 1 - plan.tolerance, late = 1 + plan.tolerance;
    if (plan.every_ms && now >= so_far.last_done + part_of(*plan.every_ms, early))
        return due{"calendar", so_far.last_done + part_of(*plan.every_ms, late)};
    if (plan.every_runtime_ms && so_far.runtime_ms >= part_of(*plan.every_runtime_ms, early))
        return due{"runtime", now + part_of(*plan.every_runtime_ms, late) - so_far.runtime_ms};
    if (plan.every_cycles && static_cast<double>(so_far.cycles) >= static_cast<double>(*plan.every_cycles) * early) {
        const double left = static_cast<double>(*plan.every_cycles) * late - static_cast<double>(so_far.cycles);
        const double each = static_cast<double>(so_far.runtime_ms.count()) / static_cast<double>(so_far.cycles);
        return due{"cycles", now + milliseconds{std::llround(std::max(0.0, left * each))}};
    }
    if (is_at_risk(s, plan)) return due{"risk", now + plan.risk_within_ms};
    return std::nullopt;
}

} // namespace

const eam::maintenance_plan* find_plan(const state& s, std::string_view key)
{
    const auto& all = s.definition.plans;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& p) { return p.key == key; });
    return found == all.end() ? nullptr : &*found;
}

plan_state progress_of(const state& s, const std::string& plan)
{
    const auto found = s.plans.find(plan);
    return found == s.plans.end() ? plan_state{} : found->second;
}

bool has_order(const plan_state& plan) { return plan.open_order != 0 && !plan.order.empty(); }

void order_what_is_due(decision& d, const state& after, const context& about)
{
    if (after.life != eam::life_state::in_service) return;
    auto number = after.orders;
    const auto& what = after.definition;
    for (const auto& plan : what.plans) {
        const auto so_far = progress_of(after, plan.key);
        if (has_order(so_far)) continue;
        const auto why = why_due(after, plan, about.now);
        if (!why) continue;
        if (so_far.open_order != 0) // it was due when plans had no orders, and its machine is kept free for it
            d.send(what.area, schedule::end_downtime{what.machine, about.self.path() + "/" + plan.key});
        const auto key = std::string(about.self.key()) + "." + plan.key + "." + std::to_string(++number);
        d.emit(
            maintenance_due{number, plan.key, plan.task, what.machine, plan.duration_ms, about.now, key, why->because});
        maintenance_order::create order;
        order.machine = what.machine;
        order.area = what.area;
        order.task = plan.task;
        order.priority =
            why->because == std::string_view("risk") ? anomaly::severity::warning : anomaly::severity::info;
        order.origin = about.self;
        order.asset = asset_id(about.self.key());
        order.plan = plan.key;
        order.skill = plan.skill;
        order.duration_ms = plan.duration_ms;
        order.earliest = about.now;
        order.latest = why->latest;
        order.parts = plan.parts;
        order.labour_rate_per_hour = what.labour_rate_per_hour;
        order.downtime_cost_per_hour = what.downtime_cost_per_hour;
        order.urgency = static_cast<int>(what.criticality);
        d.send(key, std::move(order));
    }
}

void watch_calendar(decision& d, const eam::maintenance_plan& plan, instant last_done, const context& about)
{
    if (!plan.every_ms) return;
    const auto at = last_done + part_of(*plan.every_ms, 1 - plan.tolerance);
    d.set_timer("calendar-" + plan.key, std::max(at, about.now), check_calendar{plan.key});
}

} // namespace takt::asset
