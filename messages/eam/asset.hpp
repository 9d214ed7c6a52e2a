#pragma once

#include <boost/json/object.hpp>

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/mes/area.hpp"

namespace takt::eam {

/// Preventive maintenance, due by whichever of its intervals is reached first.
struct maintenance_plan {
    std::string key;                              ///< "lubrication"
    std::string task;                             ///< what to do
    std::optional<milliseconds> every_ms;         ///< calendar time
    std::optional<milliseconds> every_runtime_ms; ///< time in which the machine ran
    std::optional<std::int64_t> every_cycles;     ///< pieces
    milliseconds duration_ms{0};                  ///< the machine stands for
};
BOOST_DESCRIBE_STRUCT(maintenance_plan, (), (key, task, every_ms, every_runtime_ms, every_cycles, duration_ms))

} // namespace takt::eam

/// asset/<key>: a machine as maintenance sees it: use, failures, plans and orders.
namespace takt::asset {

struct define {
    static constexpr std::string_view doc = "Door (maintenance): an asset, its machine and its plans.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"name", "area"});
    std::string name;
    machine_id machine;
    std::vector<eam::maintenance_plan> plans;
    std::string area{mes::whole_plant}; ///< of the machine
};
BOOST_DESCRIBE_STRUCT(define, (), (name, machine, plans, area))

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

struct report_maintenance_done {
    static constexpr std::string_view doc = "Door (technician): the maintenance that was due is done.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"technician", "remark"});
    std::string plan;
    std::string technician;
    std::string remark;
};
BOOST_DESCRIBE_STRUCT(report_maintenance_done, (), (plan, technician, remark))

struct check_calendar {
    static constexpr std::string_view doc = "From its own timer: a calendar plan may be due.";
    std::string plan;
};
BOOST_DESCRIBE_STRUCT(check_calendar, (), (plan))

struct defined {
    static constexpr std::string_view doc = "The asset's master data and plans were set.";
    static constexpr int version = 2; ///< 1 knew no areas
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
    static constexpr std::string_view doc = "A maintenance order: a plan's interval is reached.";
    std::int64_t number = 0; ///< of the maintenance order at this asset
    std::string plan;
    std::string task;
    machine_id machine;
    milliseconds duration_ms{0};
    instant at;
};
BOOST_DESCRIBE_STRUCT(maintenance_due, (), (number, plan, task, machine, duration_ms, at))

struct maintenance_done {
    static constexpr std::string_view doc = "A maintenance order is done; its plan's counters begin anew.";
    std::int64_t number = 0;
    std::string plan;
    std::string technician;
    std::string remark;
    instant at;
};
BOOST_DESCRIBE_STRUCT(maintenance_done, (), (number, plan, technician, remark, at))

} // namespace takt::asset
