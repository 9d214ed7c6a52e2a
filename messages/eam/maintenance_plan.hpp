#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/quantity.hpp"

/// What maintenance is planned by: what is due when, what it needs, what it costs.
namespace takt::eam {

/// A spare part that a maintenance order needs.
struct part {
    item_id item;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(part, (), (item, quantity))

/// A part that a fault of an asset needs, if one of these words stands in what is wrong.
struct spare {
    item_id item;
    takt::quantity quantity;
    std::vector<std::string> faults; ///< "spindle"
};
BOOST_DESCRIBE_STRUCT(spare, (), (item, quantity, faults))

/// In the plant's currency.
struct cost {
    double labour = 0, parts = 0;
    double downtime = 0; ///< of the time in which the machine stood for it
};
BOOST_DESCRIBE_STRUCT(cost, (), (labour, parts, downtime))

inline double total(const cost& c) { return c.labour + c.parts + c.downtime; }

/// Preventive maintenance, due by whichever of its intervals is reached first.
struct maintenance_plan {
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"skill", "tolerance", "renews", "risk_within_ms"});
    std::string key;                              ///< "lubrication"
    std::string task;                             ///< what to do
    std::optional<milliseconds> every_ms;         ///< calendar time
    std::optional<milliseconds> every_runtime_ms; ///< time in which the machine ran
    std::optional<std::int64_t> every_cycles;     ///< pieces
    milliseconds duration_ms{0};                  ///< the machine stands for
    std::string skill = "maintenance";            ///< of who does it
    double tolerance = 0.1;                       ///< share of the interval, before and after, 0 to 0.5
    std::vector<eam::part> parts{};
    bool renews = false;                     ///< the asset is as good as new then
    std::optional<double> at_risk{};         ///< also due at this probability, 0 to 1, of a failure
    milliseconds risk_within_ms{86'400'000}; ///< of running time from now
};
BOOST_DESCRIBE_STRUCT(maintenance_plan, (),
                      (key, task, every_ms, every_runtime_ms, every_cycles, duration_ms, skill, tolerance, parts,
                       renews, at_risk, risk_within_ms))

} // namespace takt::eam
