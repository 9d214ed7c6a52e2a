#pragma once

#include <boost/json/object.hpp>

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"

/// Planned maintenance that may be done at any time within a window: the schedule chooses when.
namespace takt::schedule {

struct plan_downtime {
    static constexpr std::string_view doc =
        "Door (maintenance, planning), or from maintenance_order, which is told when: the machine shall stand for so "
        "long, whenever it hurts least between two times.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"skill"});
    machine_id machine;
    std::string reference; ///< of the maintenance; one for each that is open at the machine
    milliseconds duration_ms{0};
    instant earliest, latest; ///< it begins and ends between them
    std::string skill{};      ///< it begins when somebody who has it is at work and free; empty: at any time
};
BOOST_DESCRIBE_STRUCT(plan_downtime, (), (machine, reference, duration_ms, earliest, latest, skill))

struct begin_downtime {
    static constexpr std::string_view doc = "From maintenance_order: its time has come; is the machine free?";
    machine_id machine;
    std::string reference;
};
BOOST_DESCRIBE_STRUCT(begin_downtime, (), (machine, reference))

struct downtime_planned {
    static constexpr std::string_view doc = "A machine is kept free for maintenance, at a time that may still move.";
    static constexpr int version = 2; ///< 1 did not ask for whom it waits
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    static constexpr auto defaulted = std::to_array<std::string_view>({"skill"});
    machine_id machine;
    std::string reference;
    instant from, to;
    instant earliest, latest;
    std::string skill{};
};
BOOST_DESCRIBE_STRUCT(downtime_planned, (), (machine, reference, from, to, earliest, latest, skill))

struct downtime_begun {
    static constexpr std::string_view doc = "The machine is free for its maintenance and gets nothing until it ends.";
    machine_id machine;
    std::string reference;
    instant at;
};
BOOST_DESCRIBE_STRUCT(downtime_begun, (), (machine, reference, at))

struct downtime_moved {
    static constexpr std::string_view doc = "Maintenance that is not begun is at another time now.";
    machine_id machine;
    std::string reference;
    instant from, to;
    std::string reason; ///< "machine_busy", or "less_disturbance"
};
BOOST_DESCRIBE_STRUCT(downtime_moved, (), (machine, reference, from, to, reason))

} // namespace takt::schedule
