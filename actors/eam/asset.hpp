#pragma once

#include "actors/kind.hpp"
#include "messages/eam/asset.hpp"

/// Use and failures of a machine, and the maintenance that follows from them. A plan that is due has one maintenance
/// order until that is done or cancelled; its counters begin anew then. What it costs is the asset's, and that of all
/// of which it is a part.
namespace takt::asset {

struct plan_state {
    milliseconds runtime_ms{0}; ///< since it was last done
    std::int64_t cycles = 0;
    instant last_done;
    std::int64_t open_order = 0; ///< number; 0: not due
    std::string order;           ///< its key
};
BOOST_DESCRIBE_STRUCT(plan_state, (), (runtime_ms, cycles, last_done, open_order, order))

/// Running time from new until it failed, or was renewed before that.
struct past_life {
    milliseconds runtime_ms{0};
    bool failed = false;
};
BOOST_DESCRIBE_STRUCT(past_life, (), (runtime_ms, failed))

/// What is to be expected of it now.
struct forecast {
    double shape = 1;                  ///< of the Weibull distribution
    milliseconds scale_ms{0};          ///< the same
    std::int64_t failures = 0;         ///< that it was estimated from; 0: it is the expected life of its definition
    milliseconds remaining_life_ms{0}; ///< of running time, in the mean
    double failure_within_8h = 0, failure_within_24h = 0, failure_within_168h = 0; ///< probabilities, of running time
};
BOOST_DESCRIBE_STRUCT(forecast, (),
                      (shape, scale_ms, failures, remaining_life_ms, failure_within_8h, failure_within_24h,
                       failure_within_168h))

struct life_step {
    eam::life_state state = eam::life_state::planned;
    instant since;
    std::string by;
};
BOOST_DESCRIBE_STRUCT(life_step, (), (state, since, by))

struct state {
    bool is_defined = false;
    define definition;
    eam::life_state life = eam::life_state::planned;
    std::vector<life_step> lifetime; ///< the latest 50
    std::map<std::string, plan_state> plans;
    milliseconds runtime_ms{0}, repair_ms{0};
    std::int64_t cycles = 0, failures = 0, repairs = 0, orders = 0, orders_done = 0;
    bool is_down = false;
    /// Busy time / failures (ISO 22400: sum of TBF over FE). The edition of 2014 may be read as FE + 1; we do not, so
    /// that a machine that has failed once has a mean time.
    std::optional<double> mean_time_between_failures_ms;
    std::optional<double> mean_time_to_repair_ms; ///< time down / failures repaired
    std::optional<double> availability;           ///< inherent: MTBF / (MTBF + MTTR)
    milliseconds age_ms{0};                       ///< running time since it failed or was renewed
    std::vector<past_life> lives;                 ///< the latest 100
    std::optional<eam::expected_life> estimated;  ///< from its own failures
    std::optional<asset::forecast> forecast;
    eam::cost cost;
    std::map<std::string, eam::cost> cost_by_year; ///< "2026"; years in UTC
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (is_defined, definition, life, lifetime, plans, runtime_ms, repair_ms, cycles, failures, repairs,
                       orders, orders_done, is_down, mean_time_between_failures_ms, mean_time_to_repair_ms,
                       availability, age_ms, lives, estimated, forecast, cost, cost_by_year))

decision decide(const state&, const define&, const context&);
decision decide(const state&, const add_usage&, const context&);
decision decide(const state&, const note_breakdown&, const context&);
decision decide(const state&, const note_repaired&, const context&);
decision decide(const state&, const consult&, const context&);
decision decide(const state&, const note_order&, const context&);
decision decide(const state&, const add_cost&, const context&);
decision decide(const state&, const change_life&, const context&);
decision decide(const state&, const check_calendar&, const context&);

void apply(state&, const defined&);
void apply(state&, const usage_added&);
void apply(state&, const broke_down&);
void apply(state&, const repaired&);
void apply(state&, const maintenance_due&);
void apply(state&, const maintenance_done&);
void apply(state&, const maintenance_skipped&);
void apply(state&, const cost_booked&);
void apply(state&, const life_changed&);

struct kind {
    static constexpr std::string_view name = "asset";
    static constexpr std::string_view doc = "A thing that is maintained: its life, use, failures, plans and cost.";
    using state = asset::state;
    using commands = types<define, add_usage, note_breakdown, note_repaired, consult, note_order, add_cost, change_life,
                           check_calendar>;
    using events = types<defined, usage_added, broke_down, repaired, maintenance_due, maintenance_done,
                         maintenance_skipped, cost_booked, life_changed>;
    using doors = types<define, change_life>;
};

} // namespace takt::asset
