#pragma once

#include "actors/kind.hpp"
#include "messages/eam/asset.hpp"

/// Use and failures of a machine, and the maintenance that follows from them. A plan that is due has one order open
/// until it is done; its counters begin anew then.
namespace takt::asset {

struct plan_state {
    milliseconds runtime_ms{0}; ///< since it was last done
    std::int64_t cycles = 0;
    instant last_done;
    std::int64_t open_order = 0; ///< number; 0: not due
};
BOOST_DESCRIBE_STRUCT(plan_state, (), (runtime_ms, cycles, last_done, open_order))

struct state {
    bool is_defined = false;
    define definition;
    std::map<std::string, plan_state> plans;
    milliseconds runtime_ms{0}, repair_ms{0};
    std::int64_t cycles = 0, failures = 0, repairs = 0, orders = 0, orders_done = 0;
    bool is_down = false;
    std::optional<double> mean_time_between_failures_ms; ///< of running time
    std::optional<double> mean_time_to_repair_ms;
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (is_defined, definition, plans, runtime_ms, repair_ms, cycles, failures, repairs, orders,
                       orders_done, is_down, mean_time_between_failures_ms, mean_time_to_repair_ms))

decision decide(const state&, const define&, const context&);
decision decide(const state&, const add_usage&, const context&);
decision decide(const state&, const note_breakdown&, const context&);
decision decide(const state&, const note_repaired&, const context&);
decision decide(const state&, const report_maintenance_done&, const context&);
decision decide(const state&, const check_calendar&, const context&);

void apply(state&, const defined&);
void apply(state&, const usage_added&);
void apply(state&, const broke_down&);
void apply(state&, const repaired&);
void apply(state&, const maintenance_due&);
void apply(state&, const maintenance_done&);

struct kind {
    static constexpr std::string_view name = "asset";
    static constexpr std::string_view doc = "A machine as maintenance sees it: use, failures, plans and orders.";
    using state = asset::state;
    using commands = types<define, add_usage, note_breakdown, note_repaired, report_maintenance_done, check_calendar>;
    using events = types<defined, usage_added, broke_down, repaired, maintenance_due, maintenance_done>;
    using doors = types<define, report_maintenance_done>;
};

} // namespace takt::asset
