#include "actors/anomaly/playbook.hpp"

#include <set>

#include "messages/anomaly/anomaly.hpp"
#include "messages/core/json_write.hpp"

namespace takt::playbook {
namespace {

constexpr milliseconds minutes(std::int64_t n) { return milliseconds{n * 60'000}; }

std::vector<escalation> ladder(const char* first, const char* second)
{
    return {{minutes(15), first}, {minutes(60), second}};
}

} // namespace

define built_in(std::string_view kind_of_case)
{
    using anomaly::severity;
    using anomaly::step_kind;
    define p;
    if (kind_of_case == "machine_fault") {
        p.owner_role = "maintenance";
        p.steps = {{step_kind::contain_machine, true, severity::critical},
                   {step_kind::quarantine, true, severity::critical},
                   {step_kind::maintain, true, severity::warning},
                   {step_kind::verify, true, severity::warning},
                   {step_kind::first_article, true, severity::critical}};
        p.escalations = ladder("maintenance_lead", "plant_manager");
        return p;
    }
    if (kind_of_case == "quality") {
        p.owner_role = "quality";
        for (const auto step : {step_kind::quarantine, step_kind::trace_back, step_kind::dispose, step_kind::verify})
            p.steps.push_back({step, true, severity::warning});
        p.escalations = ladder("quality_lead", "plant_manager");
        return p;
    }
    if (kind_of_case == "late_supplier" || kind_of_case == "material_shortage") {
        p.owner_role = "purchasing";
        p.steps = {{step_kind::expedite, true}, {step_kind::buy_elsewhere, false}};
        p.escalations = ladder("purchasing_lead", "plant_manager");
        return p;
    }
    if (kind_of_case == "slipping_order") {
        p.owner_role = "sales";
        p.steps = {{step_kind::open_shift, false}, {step_kind::tell_customer, true}};
        p.escalations = ladder("planning", "plant_manager");
        return p;
    }
    if (kind_of_case == "missing_operator") {
        p.steps = {{step_kind::call_in, true}, {step_kind::plan_without, true}};
        p.escalations = ladder("personnel", "plant_manager");
        return p;
    }
    if (kind_of_case == "silent_feed") {
        p.owner_role = "automation";
        p.steps = {{step_kind::restart_feed, true}};
        p.escalations = ladder("automation_lead", "plant_manager");
        return p;
    }
    if (kind_of_case == "energy") {
        p.owner_role = "energy";
        p.steps = {{step_kind::shed_load, true, severity::critical}};
        p.escalations = ladder("supervisor", "plant_manager");
        return p;
    }
    p.owner_role = kind_of_case == "control_failed"              ? "automation"
                   : kind_of_case == "corrective_action_overdue" ? "quality"
                   : kind_of_case == "master_data"               ? "engineering"
                   : kind_of_case == "stock_difference"          ? "warehouse"
                                                                 : "supervisor";
    p.escalations = ladder("supervisor", "plant_manager");
    return p;
}

decision decide(const state& s, const define& what, const context& /*about*/)
{
    std::set<anomaly::step_kind> seen;
    for (const auto& step : what.steps)
        if (!seen.insert(step.step).second)
            return decision::refuse("step_twice", "a playbook has each step once", "steps");
    milliseconds before{0};
    for (const auto& e : what.escalations) {
        if (e.after_ms <= before || e.role.empty())
            return decision::refuse("ladder_broken", "escalations name a role, each later than the one before",
                                    "escalations");
        before = e.after_ms;
    }
    if (what.verify_lots < 1) return decision::refuse("not_positive", "at least one lot", "verify_lots");
    if (what.verify_ms < milliseconds{0}) return decision::refuse("negative", "a time is not negative", "verify_ms");
    if (what.inspect_pieces < 1) return decision::refuse("not_positive", "at least one piece", "inspect_pieces");
    if (s.is_defined && to_json(s.definition) == to_json(what)) return {};
    decision d;
    d.emit(defined{what});
    return d;
}

decision decide(const state& s, const consult& what, const context& about)
{
    decision d;
    d.send(what.anomaly, anomaly::take_playbook{what.number, s.is_defined ? s.definition : built_in(about.self.key())});
    return d;
}

void apply(state& s, const defined& e)
{
    s.is_defined = true;
    s.definition = e.definition;
}

} // namespace takt::playbook
