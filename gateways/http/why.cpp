#include "gateways/http/why.hpp"

#include <algorithm>
#include <map>

#include "actors/erp/material.hpp"
#include "actors/erp/order.hpp"
#include "actors/mes/schedule_parts.hpp"
#include "actors/mes/work_order.hpp"
#include "actors/scm/purchase_order.hpp"
#include "scheduling/explain.hpp"

namespace takt::http {
namespace {

/// A bill of material is not deeper; a chain that comes back to itself ends here.
constexpr int deepest = 8;

std::string at(instant when) { return to_rfc3339(when).substr(0, 16) + "Z"; }

/// What a binding of the plan means, for people.
std::string sentence(const scheduling::binding& b)
{
    const auto other = b.other_operation.empty() ? std::string("other work") : b.other_operation;
    const auto priority = b.other_weight > 0 ? ", priority " + std::to_string(static_cast<int>(b.other_weight)) : "";
    const auto until = " until " + at({b.until});
    if (b.kind == "predecessor") return "waits for " + other + until;
    if (b.kind == "machine") return "machine " + b.subject + " does " + other + priority + until;
    if (b.kind == "operator") return "operator " + b.subject + " does " + other + priority + until;
    if (b.kind == "tool") return "tool " + b.subject + " is in use by " + other + until;
    if (b.kind == "batch") return "its batch run waits for " + other;
    if (b.kind == "material") return b.subject + " is short" + until;
    if (b.kind == "calendar") return b.subject + " does not work" + until;
    if (b.kind == "machine_down") return "machine " + b.subject + " is down" + until;
    if (b.kind == "release") return "its material is complete only at " + at({b.until});
    if (b.kind == "earliest") return "it may not start before " + at({b.until});
    if (b.kind == "frozen") return "it stands in the frozen part of the plan, at " + at({b.until});
    if (b.kind == "pinned") return "it is pinned to " + at({b.until});
    if (b.kind == "setup")
        return "machine is set up from " + b.subject + " for " + std::to_string(b.length / 60'000) + " min";
    if (b.kind == "running") return "it is running";
    if (b.kind == "now") return "nothing: it can start at once";
    return b.kind + until;
}

class chain {
public:
    chain(instant now, const state_reader& state_of) : now_(now), state_of_(state_of) {}

    why_answer follow(const entity_ref& entity)
    {
        answer_.entity = entity;
        std::optional<entity_ref> next = entity;
        for (int depth = 0; next && depth < deepest; ++depth) next = step(*next);
        if (answer_.due && answer_.expected && *answer_.expected > *answer_.due)
            answer_.late_ms = *answer_.expected - *answer_.due;
        return std::move(answer_);
    }

private:
    template <class State> std::optional<State> state(const entity_ref& entity) const
    {
        return read_state<State>(state_of_, entity);
    }

    /// Adds the reasons of one entity; whom it waits for.
    std::optional<entity_ref> step(const entity_ref& entity)
    {
        if (entity.kind() == "order") return of_order(entity);
        if (entity.kind() == "work_order") return of_work_order(entity);
        if (entity.kind() == "purchase_order") return of_purchase_order(entity);
        if (entity.kind() == "lot")
            add(entity, "inspection", std::string(entity.key()), {},
                "lot " + std::string(entity.key()) + " is inspected");
        return std::nullopt;
    }

    void add(const entity_ref& who, std::string kind, std::string subject, std::optional<instant> until,
             std::string says)
    {
        answer_.steps.push_back({who, {}, std::move(kind), std::move(subject), until, {}, std::move(says)});
    }

    void first(const entity_ref& who, std::optional<instant> due, std::optional<instant> expected)
    {
        if (who != answer_.entity) return;
        answer_.due = due;
        answer_.expected = expected;
    }

    std::optional<entity_ref> of_order(const entity_ref& entity)
    {
        const auto order = state<order::state>(entity);
        if (!order) return std::nullopt;
        first(entity, order->due, order->shipped_at ? order->shipped_at : order->promised);
        return waits_for(entity, order->product);
    }

    /// The latest of the supplies that a demand for an item is pegged to.
    std::optional<entity_ref> waits_for(const entity_ref& demand, const item_id& item)
    {
        const auto material = state<material::state>(entity_ref("material", item.text));
        if (!material) return std::nullopt;
        const auto line = material->demands.find(demand.path());
        if (line == material->demands.end()) return std::nullopt;
        std::optional<entity_ref> latest;
        std::optional<instant> until;
        takt::quantity amount;
        for (const auto& p : line->second.pegs) {
            const auto supply = material->supplies.find(p.supply.path());
            const auto due = supply == material->supplies.end() ? now_ : supply->second.due;
            if (until && due <= *until) continue;
            latest = p.supply;
            until = due;
            amount = p.quantity;
        }
        if (!latest) {
            add(demand, "stock", item.text, {}, item.text + " is set aside for it");
            return std::nullopt;
        }
        add(demand, "supply", latest->path(), until,
            "waits for " + to_string(amount) + " " + item.text + " from " + latest->path() + ", expected " +
                at(*until));
        return latest;
    }

    std::optional<entity_ref> of_work_order(const entity_ref& entity)
    {
        const auto work_order = state<work_order::state>(entity);
        if (!work_order) return std::nullopt;
        first(entity, work_order->due, work_order->completed_at ? work_order->completed_at : work_order->planned_end);
        const bool needs_material = add_bindings(entity, work_order->area);
        const work_order::component* last = nullptr;
        for (const auto& c : work_order->components)
            if (c.promised && *c.promised > now_ && (last == nullptr || *c.promised > *last->promised)) last = &c;
        return needs_material && last != nullptr ? waits_for(entity, last->item) : std::nullopt;
    }

    /// What the plan in force says of a work order; whether it waits for its material in the end.
    bool add_bindings(const entity_ref& entity, const std::string& area)
    {
        const auto found = schedules_.find(area);
        const auto& schedule =
            found != schedules_.end()
                ? found->second
                : schedules_.emplace(area, state<schedule::state>(entity_ref("schedule", area))).first->second;
        if (!schedule) return true;
        const auto task = schedule::task_of(*schedule, now_);
        const auto all = scheduling::why_late(task.problem, task.in_force, std::string(entity.key()));
        for (const auto& b : all)
            answer_.steps.push_back({entity_ref("work_order", b.job), b.operation.substr(b.operation.find('/') + 1),
                                     b.kind, b.subject, b.until > 0 ? std::optional(instant{b.until}) : std::nullopt,
                                     milliseconds{b.length}, sentence(b)});
        return all.empty() || all.back().kind == "release";
    }

    std::optional<entity_ref> of_purchase_order(const entity_ref& entity)
    {
        const auto purchase = state<purchase_order::state>(entity);
        if (!purchase) return std::nullopt;
        const auto until = purchase->confirmed.value_or(purchase->due);
        add(entity, "purchase", purchase->supplier.text, until,
            "supplier " + purchase->supplier.text + (purchase->confirmed ? " has confirmed " : " is to deliver by ") +
                at(until));
        return std::nullopt;
    }

    instant now_;
    const state_reader& state_of_;
    why_answer answer_;
    std::map<std::string, std::optional<schedule::state>> schedules_; ///< by area
};

} // namespace

why_answer why(const entity_ref& entity, instant now, const state_reader& state_of)
{
    return chain(now, state_of).follow(entity);
}

} // namespace takt::http
