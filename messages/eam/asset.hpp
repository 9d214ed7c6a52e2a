#pragma once

#include <boost/json/object.hpp>

#include "messages/eam/asset_life.hpp"
#include "messages/eam/maintenance_plan.hpp"
#include "messages/mes/area.hpp"

/// asset/<key>: a thing that is maintained, from its purchase until it is scrapped: use, failures, plans and cost.
namespace takt::asset {

struct define {
    static constexpr std::string_view doc = "Door (maintenance): an asset, its machine, its place and its plans.";
    static constexpr auto defaulted = std::to_array<std::string_view>(
        {"name", "machine", "level", "criticality", "life", "labour_rate_per_hour", "downtime_cost_per_hour", "area"});
    std::string name;
    machine_id machine; ///< empty: a site, an area, or a component
    std::vector<eam::maintenance_plan> plans;
    eam::asset_level level = eam::asset_level::unit;
    std::optional<asset_id> parent{}; ///< that it is a part of
    eam::criticality criticality = eam::criticality::medium;
    eam::life_state life = eam::life_state::in_service; ///< when it is defined first
    std::vector<eam::spare> spares{};                   ///< what its faults need
    double labour_rate_per_hour = 0, downtime_cost_per_hour = 0;
    std::optional<eam::expected_life> expected_life{};
    std::string area{mes::whole_plant}; ///< of the machine: whose schedule plans it
};
BOOST_DESCRIBE_STRUCT(define, (),
                      (name, machine, plans, level, parent, criticality, life, spares, labour_rate_per_hour,
                       downtime_cost_per_hour, expected_life, area))

struct add_usage {
    static constexpr std::string_view doc = "From machine: it ran, and made pieces.";
    milliseconds runtime_ms{0};
    std::int64_t cycles = 0;
};
BOOST_DESCRIBE_STRUCT(add_usage, (), (runtime_ms, cycles))

struct note_breakdown {
    static constexpr std::string_view doc = "From machine: broke down.";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(note_breakdown, (), (reason))

struct note_repaired {
    static constexpr std::string_view doc = "From machine: works again.";
    milliseconds down_ms{0};
};
BOOST_DESCRIBE_STRUCT(note_repaired, (), (down_ms))

struct consult {
    static constexpr std::string_view doc = "From machine: this maintenance order repairs it; what does it need?";
    std::string order; ///< key
    std::string fault;
};
BOOST_DESCRIBE_STRUCT(consult, (), (order, fault))

struct note_order {
    static constexpr std::string_view doc = "From maintenance_order: it is done, or was cancelled.";
    std::string order; ///< key
    std::string plan;  ///< empty: a repair
    bool done = true;
    std::string person, remark;
    eam::cost cost;
};
BOOST_DESCRIBE_STRUCT(note_order, (), (order, plan, done, person, remark, cost))

struct add_cost {
    static constexpr std::string_view doc = "From asset that is a part of this one: it cost this.";
    eam::cost cost;
    int levels = 0; ///< that it has risen through
};
BOOST_DESCRIBE_STRUCT(add_cost, (), (cost, levels))

struct change_life {
    static constexpr std::string_view doc = "Door (maintenance): it enters another state of its life.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"reason"});
    eam::life_state to = eam::life_state::in_service;
    std::string by, reason;
};
BOOST_DESCRIBE_STRUCT(change_life, (), (to, by, reason))

struct check_calendar {
    static constexpr std::string_view doc = "From its own timer: a calendar plan may be due.";
    std::string plan;
};
BOOST_DESCRIBE_STRUCT(check_calendar, (), (plan))

struct defined {
    static constexpr std::string_view doc = "The asset's master data and plans were set.";
    static constexpr int version =
        3; ///< 1 knew no areas, 2 neither its place nor its life, nor what it needs and costs
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    define definition;
    instant at;
};
BOOST_DESCRIBE_STRUCT(defined, (), (definition, at))

struct usage_added {
    static constexpr std::string_view doc = "The asset was used.";
    milliseconds runtime_ms{0};
    std::int64_t cycles = 0;
};
BOOST_DESCRIBE_STRUCT(usage_added, (), (runtime_ms, cycles))

struct broke_down {
    static constexpr std::string_view doc = "The asset failed.";
    std::string reason;
    instant at;
};
BOOST_DESCRIBE_STRUCT(broke_down, (), (reason, at))

struct repaired {
    static constexpr std::string_view doc = "The asset works again.";
    milliseconds down_ms{0};
    instant at;
};
BOOST_DESCRIBE_STRUCT(repaired, (), (down_ms, at))

struct maintenance_due {
    static constexpr std::string_view doc = "A plan's interval is reached, or nearly; it has a maintenance order.";
    static constexpr int version = 2; ///< 1 had no order beside it
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    static constexpr auto defaulted = std::to_array<std::string_view>({"order", "because"});
    std::int64_t number = 0; ///< of the maintenance order at this asset
    std::string plan;
    std::string task;
    machine_id machine;
    milliseconds duration_ms{0};
    instant at;
    std::string order;   ///< key; empty in journals of plans that had no orders
    std::string because; ///< "calendar", "runtime", "cycles", "risk"
};
BOOST_DESCRIBE_STRUCT(maintenance_due, (), (number, plan, task, machine, duration_ms, at, order, because))

struct maintenance_done {
    static constexpr std::string_view doc = "A maintenance order is done; its plan's counters begin anew.";
    std::int64_t number = 0;
    std::string plan;
    std::string technician;
    std::string remark;
    instant at;
};
BOOST_DESCRIBE_STRUCT(maintenance_done, (), (number, plan, technician, remark, at))

struct maintenance_skipped {
    static constexpr std::string_view doc = "A maintenance order was cancelled; its plan's counters begin anew too.";
    std::int64_t number = 0;
    std::string plan, reason;
    instant at;
};
BOOST_DESCRIBE_STRUCT(maintenance_skipped, (), (number, plan, reason, at))

struct cost_booked {
    static constexpr std::string_view doc = "Maintenance of the asset, or of a part of it, cost this.";
    std::string order; ///< of the asset itself; empty: of a part
    eam::cost cost;
    instant at;
};
BOOST_DESCRIBE_STRUCT(cost_booked, (), (order, cost, at))

struct life_changed {
    static constexpr std::string_view doc = "The asset entered another state of its life.";
    eam::life_state from = eam::life_state::planned, to = eam::life_state::planned;
    std::string by, reason;
    instant at;
};
BOOST_DESCRIBE_STRUCT(life_changed, (), (from, to, by, reason, at))

} // namespace takt::asset
