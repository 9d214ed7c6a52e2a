#include "gateways/http/promise.hpp"

#include <algorithm>
#include <map>

#include "actors/erp/material.hpp"
#include "actors/mes/schedule_parts.hpp"
#include "actors/plm/product.hpp"
#include "scheduling/promise.hpp"

namespace takt::http {
namespace {

constexpr int deepest = 8;
constexpr milliseconds inspection_time{3'600'000};

takt::quantity sum(const std::map<bin_id, takt::quantity>& bins)
{
    takt::quantity all;
    for (const auto& [bin, amount] : bins) all += amount;
    return all;
}

/// Stock that may be used and is not set aside for anybody.
takt::quantity free_stock(const material::state& m, instant now)
{
    takt::quantity left;
    for (const auto& [key, lot] : m.lots)
        if (lot.status == wms::lot_status::unrestricted && (!lot.expiry || *lot.expiry > now)) left += sum(lot.bins);
    for (const auto& [key, demand] : m.demands)
        for (const auto& a : demand.allocations) left -= a.quantity;
    return std::max(left, takt::quantity{});
}

/// The routing of one piece, as the engine takes it.
scheduling::job one_piece(const item_id& item, const product::define& made, instant ready, std::optional<instant> due)
{
    scheduling::job job;
    job.key = "promise/" + item.text;
    job.release = ready.ms;
    job.due = due.value_or(ready).ms;
    std::string before;
    for (const auto& step : made.routing) {
        scheduling::operation o;
        o.key = job.key + "/" + step.operation;
        if (!before.empty()) o.predecessors = {before};
        o.setup_family = step.setup_family;
        o.batch = step.batch;
        o.interruptible = step.interruptible;
        for (const auto& m : step.modes)
            o.modes.push_back({m.machine.text, m.skill, m.setup_time_ms.count(), m.run_time_ms.count()});
        before = o.key;
        job.operations.push_back(std::move(o));
    }
    return job;
}

std::string depends_on(const scheduling::promised& p)
{
    for (const auto& b : p.why)
        if (b.kind != "setup" && b.kind != "predecessor" && b.kind != "now")
            return "after " + b.kind + (b.subject.empty() ? "" : " " + b.subject) +
                   (b.other_operation.empty() ? "" : ", busy with " + b.other_operation);
    return "begins at once";
}

class promising {
public:
    promising(instant now, const state_reader& state_of) : now_(now), state_of_(state_of) {}

    promise_answer answer(const promise_question& what)
    {
        promise_answer a;
        a.product = what.product;
        a.quantity = what.quantity;
        due_ = what.due;
        a.date = ready(what.product, what.quantity, 0);
        a.possible = a.date.has_value();
        if (a.date && what.due && *a.date > *what.due) a.late_ms = *a.date - *what.due;
        a.steps = std::move(steps_);
        const auto there = material_of(what.product);
        const auto at_once = there ? free_stock(*there, now_) : takt::quantity{};
        if (at_once && at_once < what.quantity) a.alternatives.push_back({at_once, now_});
        return a;
    }

private:
    template <class State> std::optional<State> state(const entity_ref& entity) const
    {
        return read_state<State>(state_of_, entity);
    }
    std::optional<material::state> material_of(const item_id& item) const
    {
        return state<material::state>(entity_ref("material", item.text));
    }

    /// When so much of an item can be there; nothing if never. Notes how.
    std::optional<instant> ready(const item_id& item, takt::quantity amount, int depth)
    {
        const auto m = material_of(item);
        if (!m || depth == deepest) {
            steps_.push_back({item, amount, "buy", {}, {}, "nobody knows how it is got"});
            return std::nullopt;
        }
        const auto stock = std::min(free_stock(*m, now_), amount);
        if (stock) steps_.push_back({item, stock, "stock", now_, now_, "free stock"});
        const auto missing = amount - stock;
        if (!missing) return now_;
        return m->definition.source == material::source::buy ? bought(item, *m, missing) : made(item, missing, depth);
    }

    instant bought(const item_id& item, const material::state& m, takt::quantity amount)
    {
        auto there = now_ + m.definition.lead_time_ms;
        if (m.definition.inspection) there = there + inspection_time;
        const auto from = m.definition.supplier ? m.definition.supplier->text : std::string("a supplier");
        steps_.push_back({item, amount, "buy", now_, there, "lead time of " + from});
        return there;
    }

    std::optional<instant> made(const item_id& item, takt::quantity amount, int depth)
    {
        const auto product = state<product::state>(entity_ref("product", item.text));
        const auto* revision = product ? product::in_force(*product, now_) : nullptr;
        if (revision == nullptr) {
            steps_.push_back({item, amount, "make", {}, {}, "it has no revision in force"});
            return std::nullopt;
        }
        auto kit = now_;
        for (const auto& line : revision->bom) {
            const auto there = ready(line.item, line.quantity_per * amount, depth + 1);
            if (!there) return std::nullopt;
            kit = std::max(kit, *there);
        }
        const auto placed = plan().ask(one_piece(item, *revision, kit, due_), amount.to_double());
        if (!placed.possible) {
            const auto why = placed.left_out.empty() ? std::string("no_room") : placed.left_out.front().reason;
            steps_.push_back({item, amount, "make", {}, {}, "it has no place in the plan: " + why});
            return std::nullopt;
        }
        steps_.push_back({item, amount, "make", instant{placed.start}, instant{placed.end}, depends_on(placed)});
        return instant{placed.end};
    }

    scheduling::promiser& plan()
    {
        if (plan_) return *plan_;
        const auto s = state<schedule::state>(entity_ref("schedule", schedule::plant)).value_or(schedule::state{});
        task_ = schedule::task_of(s, now_);
        return plan_.emplace(task_.problem, task_.in_force);
    }

    instant now_;
    const state_reader& state_of_;
    std::optional<instant> due_;
    std::vector<promise_step> steps_;
    schedule::planning_task task_;
    std::optional<scheduling::promiser> plan_;
};

} // namespace

promise_answer promise(const promise_question& what, instant now, const state_reader& state_of)
{
    return promising(now, state_of).answer(what);
}

} // namespace takt::http
