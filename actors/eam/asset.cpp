#include "actors/eam/asset.hpp"

#include "actors/refusals.hpp"
#include "messages/core/json_write.hpp"
#include "messages/mes/schedule.hpp"

namespace takt::asset {
namespace {

std::string calendar_timer(const std::string& plan) { return "calendar-" + plan; }

const eam::maintenance_plan* find_plan(const state& s, std::string_view key)
{
    const auto& all = s.definition.plans;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& p) { return p.key == key; });
    return found == all.end() ? nullptr : &*found;
}

plan_state of(const state& s, const std::string& plan)
{
    const auto found = s.plans.find(plan);
    return found == s.plans.end() ? plan_state{} : found->second;
}

bool is_due(const eam::maintenance_plan& plan, const plan_state& so_far, instant now)
{
    return (plan.every_runtime_ms && so_far.runtime_ms >= *plan.every_runtime_ms) ||
           (plan.every_cycles && so_far.cycles >= *plan.every_cycles) ||
           (plan.every_ms && now >= so_far.last_done + *plan.every_ms);
}

/// The order is opened and the schedule keeps the machine free for it.
void open_order(decision& d, const state& s, const eam::maintenance_plan& plan, std::int64_t number,
                const context& about)
{
    d.emit(maintenance_due{number, plan.key, plan.task, s.definition.machine, plan.duration_ms, about.now});
    d.send(s.definition.area,
           schedule::reserve_downtime{s.definition.machine, about.self.path() + "/" + plan.key, plan.duration_ms});
}

std::optional<decision> refuse_plan(const eam::maintenance_plan& plan)
{
    if (!valid_key(plan.key)) return refuse_key(plan.key, "plans");
    const milliseconds none{0};
    const bool positive = plan.every_ms.value_or(milliseconds{1}) > none &&
                          plan.every_runtime_ms.value_or(milliseconds{1}) > none && plan.every_cycles.value_or(1) > 0 &&
                          plan.duration_ms >= none;
    if (!positive || (!plan.every_ms && !plan.every_runtime_ms && !plan.every_cycles))
        return decision::refuse("interval_missing", "plan " + plan.key + " needs an interval above 0", "plans");
    return std::nullopt;
}

void mean_times(state& s)
{
    if (s.failures > 0)
        s.mean_time_between_failures_ms = static_cast<double>(s.runtime_ms.count()) / static_cast<double>(s.failures);
    if (s.repairs > 0)
        s.mean_time_to_repair_ms = static_cast<double>(s.repair_ms.count()) / static_cast<double>(s.repairs);
}

} // namespace

decision decide(const state& s, const define& what, const context& about)
{
    if (!valid_key(what.machine.text)) return refuse_key(what.machine.text, "machine");
    for (const auto& plan : what.plans)
        if (auto refused = refuse_plan(plan)) return *refused;
    if (s.is_defined && to_json(s.definition) == to_json(what)) return {};
    decision d;
    d.emit(defined{what, about.now});
    for (const auto& plan : what.plans) {
        if (!plan.every_ms) continue;
        const auto from = s.plans.contains(plan.key) ? of(s, plan.key).last_done : about.now;
        d.set_timer(calendar_timer(plan.key), from + *plan.every_ms, check_calendar{plan.key});
    }
    return d;
}

decision decide(const state& s, const add_usage& what, const context& about)
{
    decision d;
    d.emit(usage_added{what.runtime_ms, what.cycles});
    auto number = s.orders;
    for (const auto& plan : s.definition.plans) {
        auto so_far = of(s, plan.key);
        so_far.runtime_ms += what.runtime_ms;
        so_far.cycles += what.cycles;
        if (so_far.open_order == 0 && is_due(plan, so_far, about.now)) open_order(d, s, plan, ++number, about);
    }
    return d;
}

decision decide(const state& /*s*/, const note_breakdown& what, const context& about)
{
    decision d;
    d.emit(broke_down{what.reason, about.now});
    return d;
}

decision decide(const state& /*s*/, const note_repaired& what, const context& about)
{
    decision d;
    d.emit(repaired{what.down_ms, about.now});
    return d;
}

decision decide(const state& s, const report_maintenance_done& what, const context& about)
{
    const auto* plan = find_plan(s, what.plan);
    if (plan == nullptr)
        return decision::refuse("unknown_plan", about.self.path() + " has no plan '" + what.plan + "'", "plan");
    const auto so_far = of(s, what.plan);
    if (so_far.open_order == 0)
        return decision::refuse("not_due", "no order of plan " + what.plan + " is open", "plan");
    decision d;
    d.emit(maintenance_done{so_far.open_order, what.plan, what.technician, what.remark, about.now});
    d.send(s.definition.area, schedule::end_downtime{s.definition.machine, about.self.path() + "/" + what.plan});
    if (plan->every_ms) d.set_timer(calendar_timer(what.plan), about.now + *plan->every_ms, check_calendar{what.plan});
    return d;
}

decision decide(const state& s, const check_calendar& what, const context& about)
{
    decision d;
    const auto* plan = find_plan(s, what.plan);
    if (plan == nullptr) return d;
    const auto so_far = of(s, what.plan);
    if (so_far.open_order == 0 && is_due(*plan, so_far, about.now)) open_order(d, s, *plan, s.orders + 1, about);
    return d;
}

void apply(state& s, const defined& e)
{
    s.is_defined = true;
    s.definition = e.definition;
    std::map<std::string, plan_state> kept;
    for (const auto& plan : e.definition.plans) {
        const auto before = s.plans.find(plan.key);
        kept[plan.key] = before == s.plans.end() ? plan_state{milliseconds{0}, 0, e.at, 0} : before->second;
    }
    s.plans = std::move(kept);
}

void apply(state& s, const usage_added& e)
{
    s.runtime_ms += e.runtime_ms;
    s.cycles += e.cycles;
    for (auto& [key, plan] : s.plans) {
        plan.runtime_ms += e.runtime_ms;
        plan.cycles += e.cycles;
    }
    mean_times(s);
}

void apply(state& s, const broke_down& /*e*/)
{
    s.is_down = true;
    ++s.failures;
    mean_times(s);
}

void apply(state& s, const repaired& e)
{
    s.is_down = false;
    s.repair_ms += e.down_ms;
    ++s.repairs;
    mean_times(s);
}

void apply(state& s, const maintenance_due& e)
{
    s.orders = e.number;
    s.plans[e.plan].open_order = e.number;
}

void apply(state& s, const maintenance_done& e)
{
    ++s.orders_done;
    s.plans[e.plan] = {milliseconds{0}, 0, e.at, 0};
}

} // namespace takt::asset
