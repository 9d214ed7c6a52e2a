#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"

/// Planned maintenance that may be done at any time within a window: the schedule chooses when.
namespace takt::schedule {

struct plan_downtime {
    static constexpr std::string_view doc =
        "Door (maintenance, planning): the machine shall stand for so long, whenever it hurts least between two times.";
    machine_id machine;
    std::string reference; ///< of the maintenance; one for each that is open at the machine
    milliseconds duration_ms{0};
    instant earliest, latest; ///< it begins and ends between them
};
BOOST_DESCRIBE_STRUCT(plan_downtime, (), (machine, reference, duration_ms, earliest, latest))

struct downtime_planned {
    static constexpr std::string_view doc = "A machine is kept free for maintenance, at a time that may still move.";
    machine_id machine;
    std::string reference;
    instant from, to;
    instant earliest, latest;
};
BOOST_DESCRIBE_STRUCT(downtime_planned, (), (machine, reference, from, to, earliest, latest))

struct downtime_moved {
    static constexpr std::string_view doc = "Maintenance that is not begun is at another time now.";
    machine_id machine;
    std::string reference;
    instant from, to;
    std::string reason; ///< "machine_busy", or "less_disturbance"
};
BOOST_DESCRIBE_STRUCT(downtime_moved, (), (machine, reference, from, to, reason))

} // namespace takt::schedule
