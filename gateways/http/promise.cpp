#include <algorithm>

#include "actors/erp/netting.hpp"
#include "gateways/http/promise_parts.hpp"

namespace takt::http {
namespace {

constexpr int deepest = 8;
constexpr milliseconds inspection_time{3'600'000};

/// Stock that may be used and is not set aside for anybody.
takt::quantity free_stock(const material::state& m, instant now)
{
    takt::quantity left;
    for (const auto& [key, lot] : m.lots)
        if (material::is_usable(lot, now)) left += material::on_hand(lot);
    for (const auto& [key, demand] : m.demands) left -= material::set_aside(demand);
    return std::max(left, takt::quantity{});
}

std::string depends_on(const scheduling::promised& p)
{
    for (const auto& b : p.why)
        if (b.kind != "setup" && b.kind != "predecessor" && b.kind != "now")
            return "after " + b.kind + (b.subject.empty() ? "" : " " + b.subject) +
                   (b.other_operation.empty() ? "" : ", busy with " + b.other_operation);
    return "begins at once";
}

} // namespace

scheduling::job job_for(const item_id& item, instant now, std::optional<instant> due)
{
    scheduling::job job;
    job.key = "promise/" + item.text;
    job.due = due.value_or(now).ms;
    return job;
}

promise_answer promising::answer(const promise_question& what)
{
    promise_answer a;
    a.product = what.product;
    a.quantity = what.quantity;
    due_ = what.due;
    a.date = ready(what.product, what.quantity, 0);
    a.possible = a.date.has_value();
    if (a.date && what.due && *a.date > *what.due) a.late_ms = *a.date - *what.due;
    add_alternatives(a);
    a.steps = std::move(steps_);
    return a;
}

std::optional<instant> promising::ready(const item_id& item, takt::quantity amount, int depth)
{
    const auto m = state<material::state>(entity_ref("material", item.text));
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

instant promising::bought(const item_id& item, const material::state& m, takt::quantity amount)
{
    auto there = now_ + m.definition.lead_time_ms;
    if (m.definition.inspection) there = there + inspection_time;
    const auto from = m.definition.supplier ? m.definition.supplier->text : std::string("a supplier");
    steps_.push_back({item, amount, "buy", now_, there, "lead time of " + from});
    return there;
}

std::optional<instant> promising::made(const item_id& item, takt::quantity amount, int depth)
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
    auto job = job_for(item, now_, due_);
    auto& plan = plan_of(revision->area);
    schedule::append_operations(job, plan.schedule, job.key, *revision, amount, kit);
    auto placed = plan.promiser->ask(job, 1);
    if (!placed.possible) {
        const auto why = placed.left_out.empty() ? std::string("no_room") : placed.left_out.front().reason;
        steps_.push_back({item, amount, "make", {}, {}, "it has no place in the plan: " + why});
        return std::nullopt;
    }
    const instant end{placed.end};
    steps_.push_back({item, amount, "make", instant{placed.start}, end, depends_on(placed)});
    if (depth == 0) final_ = final_work{*revision, amount, kit, std::move(placed)};
    return end;
}

promising::area_plan& promising::plan_of(const std::string& area)
{
    auto& plan = plans_[area];
    if (plan.promiser) return plan;
    plan.schedule = state<schedule::state>(entity_ref("schedule", area)).value_or(schedule::state{});
    plan.task = schedule::task_of(plan.schedule, now_);
    plan.promiser.emplace(plan.task.problem, plan.task.in_force);
    return plan;
}

promise_answer promise(const promise_question& what, instant now, const state_reader& state_of)
{
    return promising(now, state_of).answer(what);
}

} // namespace takt::http
