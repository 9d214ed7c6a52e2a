#include "actors/eam/asset.hpp"

#include <set>

#include "actors/eam/asset_parts.hpp"
#include "actors/refusals.hpp"
#include "messages/core/json_write.hpp"
#include "messages/eam/maintenance_order.hpp"
#include "messages/mes/machine.hpp"
#include "messages/mes/machine_control.hpp"

namespace takt::asset {
namespace {

/// Costs rise through so many levels; an asset that is a part of itself would never end.
constexpr int levels_most = 8;
/// "<asset>.<plan>.<number>" is the key of an order.
constexpr std::size_t number_longest = 12;

std::optional<decision> refuse_plan(const eam::maintenance_plan& plan, const context& about)
{
    if (!valid_key(plan.key)) return refuse_key(plan.key, "plans");
    if (about.self.key().size() + plan.key.size() + number_longest > longest_key)
        return decision::refuse("key_too_long", "no order can be named after plan " + plan.key, "plans");
    const milliseconds none{0};
    const bool positive = plan.every_ms.value_or(milliseconds{1}) > none &&
                          plan.every_runtime_ms.value_or(milliseconds{1}) > none && plan.every_cycles.value_or(1) > 0 &&
                          plan.duration_ms >= none && plan.risk_within_ms > none;
    if (!positive || (!plan.every_ms && !plan.every_runtime_ms && !plan.every_cycles && !plan.at_risk))
        return decision::refuse("interval_missing", "plan " + plan.key + " needs an interval above 0", "plans");
    if (!(plan.tolerance >= 0 && plan.tolerance <= 0.5))
        return decision::refuse("out_of_range", "a tolerance is 0 to 0.5 of the interval", "plans");
    if (plan.at_risk && !(*plan.at_risk > 0 && *plan.at_risk < 1))
        return decision::refuse("out_of_range", "a risk is a probability between 0 and 1", "plans");
    if (plan.at_risk && !plan.renews)
        return decision::refuse("does_not_renew", "the risk after plan " + plan.key + " would be what it was", "plans");
    for (const auto& part : plan.parts) {
        if (!valid_key(part.item.text)) return refuse_key(part.item.text, "plans");
        if (part.quantity <= takt::quantity{}) return refuse_unless_positive(part.quantity, "plans");
    }
    return std::nullopt;
}

std::optional<decision> refuse_define(const define& what, const context& about)
{
    if (!what.machine.empty() && !valid_key(what.machine.text)) return refuse_key(what.machine.text, "machine");
    if (what.machine.empty() && !what.plans.empty())
        return decision::refuse("machine_missing", "maintenance is planned at a machine", "machine");
    if (what.parent && !valid_key(what.parent->text)) return refuse_key(what.parent->text, "parent");
    if (what.parent && what.parent->text == about.self.key())
        return decision::refuse("part_of_itself", "nothing is a part of itself", "parent");
    if (!(what.labour_rate_per_hour >= 0 && what.downtime_cost_per_hour >= 0))
        return decision::refuse("negative", "costs are 0 or more", "labour_rate_per_hour");
    if (what.expected_life && !(what.expected_life->shape > 0 && what.expected_life->scale_ms > milliseconds{0}))
        return decision::refuse("not_positive", "a life has a shape and a scale above 0", "expected_life");
    std::set<std::string> keys;
    for (const auto& plan : what.plans) {
        if (auto refused = refuse_plan(plan, about)) return refused;
        if (!keys.insert(plan.key).second)
            return decision::refuse("plan_twice", "two plans have the key " + plan.key, "plans");
    }
    for (const auto& spare : what.spares) {
        if (!valid_key(spare.item.text)) return refuse_key(spare.item.text, "spares");
        if (spare.quantity <= takt::quantity{}) return refuse_unless_positive(spare.quantity, "spares");
    }
    return std::nullopt;
}

bool may_change(eam::life_state from, eam::life_state to)
{
    using enum eam::life_state;
    switch (from) {
    case planned: return to == purchased;
    case purchased: return to == installed || to == scrapped;
    case installed: return to == in_service || to == scrapped;
    case in_service: return to == out_of_service;
    case out_of_service: return to == in_service || to == scrapped;
    case scrapped: break;
    }
    return false;
}

void book(decision& d, const state& s, const std::string& order, const eam::cost& cost, int levels,
          const context& about)
{
    if (eam::total(cost) == 0) return;
    d.emit(cost_booked{order, cost, about.now});
    if (s.definition.parent && levels < levels_most) d.send(s.definition.parent->text, add_cost{cost, levels + 1});
}

} // namespace

decision decide(const state& s, const define& what, const context& about)
{
    if (auto refused = refuse_define(what, about)) return *refused;
    if (s.is_defined && to_json(s.definition) == to_json(what)) return {};
    decision d;
    d.emit(defined{what, about.now});
    for (const auto& plan : what.plans)
        watch_calendar(d, plan, s.plans.contains(plan.key) ? progress_of(s, plan.key).last_done : about.now, about);
    return d;
}

decision decide(const state& s, const add_usage& what, const context& about)
{
    decision d;
    const usage_added event{what.runtime_ms, what.cycles};
    auto after = s;
    apply(after, event);
    d.emit(event);
    order_what_is_due(d, after, about);
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

decision decide(const state& s, const consult& what, const context& about)
{
    maintenance_order::take_asset answer{asset_id(about.self.key()),
                                         {},
                                         s.definition.labour_rate_per_hour,
                                         s.definition.downtime_cost_per_hour,
                                         static_cast<int>(s.definition.criticality)};
    for (const auto& spare : s.definition.spares) {
        const auto is_named = [&](const std::string& word) { return what.fault.find(word) != std::string::npos; };
        if (std::any_of(spare.faults.begin(), spare.faults.end(), is_named))
            answer.parts.push_back({spare.item, spare.quantity});
    }
    return std::move(decision().send(what.order, std::move(answer)));
}

decision decide(const state& s, const note_order& what, const context& about)
{
    decision d;
    if (const auto* plan = find_plan(s, what.plan); plan != nullptr) {
        const auto so_far = progress_of(s, what.plan);
        if (so_far.order == what.order) {
            if (what.done)
                d.emit(maintenance_done{so_far.open_order, what.plan, what.person, what.remark, about.now});
            else
                d.emit(maintenance_skipped{so_far.open_order, what.plan, what.remark, about.now});
            watch_calendar(d, *plan, about.now, about);
        }
    }
    book(d, s, what.order, what.cost, 0, about);
    return d;
}

decision decide(const state& s, const add_cost& what, const context& about)
{
    decision d;
    book(d, s, {}, what.cost, what.levels, about);
    return d;
}

decision decide(const state& s, const change_life& what, const context& about)
{
    if (!s.is_defined) return refuse_undefined(about);
    if (what.by.empty()) return decision::refuse("name_missing", "say who you are", "by");
    if (what.to == s.life) return {};
    if (!may_change(s.life, what.to))
        return decision::refuse("illegal_transition",
                                "what is " + std::string(enum_name(s.life)) + " does not become " +
                                    std::string(enum_name(what.to)) + " from there",
                                "to");
    decision d;
    d.emit(life_changed{s.life, what.to, what.by, what.reason, about.now});
    const auto& machine = s.definition.machine.text;
    const auto why = about.self.path() + " is not in service";
    if (what.to == eam::life_state::in_service) {
        if (!machine.empty()) d.send(machine, machine::unblock{false, why});
        for (const auto& plan : s.definition.plans) watch_calendar(d, plan, progress_of(s, plan.key).last_done, about);
    } else if (s.life == eam::life_state::in_service && !machine.empty()) {
        d.send(machine, machine::block{why, false});
    }
    if (what.to == eam::life_state::scrapped)
        for (const auto& [key, plan] : s.plans)
            if (has_order(plan)) d.send(plan.order, maintenance_order::cancel{about.self.path() + " was scrapped"});
    return d;
}

decision decide(const state& s, const check_calendar& /*what*/, const context& about)
{
    decision d;
    order_what_is_due(d, s, about);
    return d;
}

} // namespace takt::asset
