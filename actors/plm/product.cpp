#include "actors/plm/product.hpp"

#include <cmath>

#include "actors/qms/sampling_plan.hpp"
#include "actors/refusals.hpp"
#include "messages/core/json_write.hpp"
#include "messages/erp/material.hpp"
#include "messages/mes/work_order.hpp"

namespace takt::product {
namespace {

constexpr double scrap_allowance_max = 0.5;

std::string at(std::string_view list, std::size_t i) { return std::string(list) + "/" + std::to_string(i); }

std::optional<decision> refuse_step(const plm::routing_step& step, const std::string& field)
{
    if (!valid_key(step.operation)) return refuse_key(step.operation, field + "/operation");
    if (step.modes.empty())
        return decision::refuse("no_machine", "operation " + step.operation + " has no machine", field + "/modes");
    for (const auto& mode : step.modes) {
        if (!valid_key(mode.machine.text)) return refuse_key(mode.machine.text, field + "/modes");
        if (mode.run_time_ms <= milliseconds{0} || mode.setup_time_ms < milliseconds{0})
            return decision::refuse("time_out_of_range",
                                    "operation " + step.operation + " on " + mode.machine.text +
                                        " needs a run time above 0 and a set-up time of 0 or more",
                                    field + "/modes");
        if (step.batch && !mode.skill.empty())
            return decision::refuse("batch_is_unattended",
                                    "operation " + step.operation + " is a batch step and runs unattended",
                                    field + "/modes");
    }
    if (!step.inspection) return std::nullopt;
    if (const auto why = qms::why_impossible(*step.inspection); !why.empty())
        return decision::refuse("plan_impossible", why, field + "/inspection");
    return std::nullopt;
}

/// Rejected pieces go through operations that they have been through.
std::optional<decision> refuse_rework(const std::vector<plm::routing_step>& routing, std::size_t rejected,
                                      const std::string& field)
{
    for (const auto& key : routing[rejected].rework)
        if (std::none_of(routing.begin(), routing.begin() + static_cast<std::ptrdiff_t>(rejected) + 1,
                         [&](const auto& step) { return step.operation == key; }))
            return decision::refuse("unknown_operation", "operation " + key + " does not stand before it", field);
    return std::nullopt;
}

std::optional<decision> refuse_define(const define& what, const context& about)
{
    if (what.revision.empty()) return decision::refuse("revision_missing", "a revision has a name", "revision");
    if (what.scrap_allowance < 0 || what.scrap_allowance > scrap_allowance_max)
        return decision::refuse("allowance_out_of_range", "a scrap allowance is 0 to 0.5", "scrap_allowance");
    if (!valid_key(what.staging_bin.text)) return refuse_key(what.staging_bin.text, "staging_bin");
    if (!valid_key(what.output_bin.text)) return refuse_key(what.output_bin.text, "output_bin");
    if (!valid_key(what.area)) return refuse_key(what.area, "area");
    for (std::size_t i = 0; i < what.bom.size(); ++i) {
        const auto& line = what.bom[i];
        if (!valid_key(line.item.text)) return refuse_key(line.item.text, at("bom", i) + "/item");
        if (line.quantity_per <= takt::quantity{})
            return refuse_unless_positive(line.quantity_per, at("bom", i) + "/quantity_per");
        if (line.item.text == about.self.key())
            return decision::refuse("contains_itself", line.item.text + " is a component of itself", at("bom", i));
        for (std::size_t j = 0; j < i; ++j)
            if (what.bom[j].item == line.item)
                return decision::refuse("item_repeated", line.item.text + " is listed twice", at("bom", i));
    }
    if (what.routing.empty()) return decision::refuse("routing_missing", "a product has operations", "routing");
    for (std::size_t i = 0; i < what.routing.size(); ++i) {
        if (auto refused = refuse_step(what.routing[i], at("routing", i))) return refused;
        if (auto refused = refuse_rework(what.routing, i, at("routing", i) + "/rework")) return refused;
        for (std::size_t j = 0; j < i; ++j)
            if (what.routing[j].operation == what.routing[i].operation)
                return decision::refuse("operation_repeated",
                                        "operation " + what.routing[i].operation + " is listed twice",
                                        at("routing", i));
    }
    return std::nullopt;
}

} // namespace

takt::quantity to_start(takt::quantity good, const define& how)
{
    const double pieces = good.to_double() / (1.0 - how.scrap_allowance);
    return takt::quantity::of(static_cast<std::int64_t>(std::ceil(pieces - 1e-9)));
}

const define* in_force(const state& s, instant at)
{
    const define* latest = nullptr;
    for (const auto& r : s.revisions)
        if (r.effective_from <= at) latest = &r.content;
    return latest;
}

decision decide(const state& s, const define& what, const context& about)
{
    if (auto refused = refuse_define(what, about)) return *refused;
    for (const auto& r : s.revisions) {
        if (r.content.revision != what.revision) continue;
        if (to_json(r.content) == to_json(what)) return {};
        return decision::refuse("revision_exists",
                                "revision " + what.revision +
                                    " is released already with another content; release a "
                                    "new one",
                                "revision");
    }
    decision d;
    d.emit(revision_defined{what, what.effective_from.value_or(about.now)});
    return d;
}

decision decide(const state& s, const make& what, const context& about)
{
    decision d;
    const auto* revision = in_force(s, about.now);
    if (revision == nullptr) {
        d.emit(make_failed{what.work_order, "not_defined"});
        d.send(about.self.key(), material::fail_supply{entity_ref("work_order", what.work_order.text),
                                                       about.self.path() + " has no revision in force"});
        return d;
    }
    const auto start = to_start(what.quantity, *revision);
    d.emit(work_order_made{what.work_order, revision->revision, start});
    d.send(what.work_order.text, work_order::create{item_id(about.self.key()), start, what.due, what.priority,
                                                    revision->revision, revision->bom, revision->routing,
                                                    revision->staging_bin, revision->output_bin, revision->area});
    return d;
}

void apply(state& s, const revision_defined& e)
{
    const auto after =
        std::upper_bound(s.revisions.begin(), s.revisions.end(), e.effective_from,
                         [](instant from, const released_revision& r) { return from < r.effective_from; });
    s.revisions.insert(after, {e.revision, e.effective_from});
    s.name = e.revision.name;
    s.finished = e.revision.finished;
}

void apply(state& s, const work_order_made& e)
{
    ++s.work_orders;
    s.made += e.quantity;
}

void apply(state& /*s*/, const make_failed& /*e*/) {}

} // namespace takt::product
