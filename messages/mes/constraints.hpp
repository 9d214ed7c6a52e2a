#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/mes/area.hpp"

/// What limits a plan besides machines, people and material. Plant files have it, and the schedule is told of it.
namespace takt::mes {

/// What a machine's change from one setup family to another takes.
struct setup_change {
    std::string from, to;
    milliseconds setup_time_ms{0};
};
BOOST_DESCRIBE_STRUCT(setup_change, (), (from, to, setup_time_ms))

/// A pair that is not named takes the setup time of the operation's mode.
struct setup_matrix {
    std::string key;
    std::vector<setup_change> changes;
};
BOOST_DESCRIBE_STRUCT(setup_matrix, (), (key, changes))

/// A fixture, cutter or gauge of which there are few, each in use from set-up to the end of the run.
struct tool {
    static constexpr auto defaulted = std::to_array<std::string_view>({"name", "count"});
    std::string key;
    std::string name;
    int count = 1;
};
BOOST_DESCRIBE_STRUCT(tool, (), (key, name, count))

/// How long pieces are on their way from one work center to another.
struct transport_time {
    work_center_id from, to;
    milliseconds time_ms{0};
};
BOOST_DESCRIBE_STRUCT(transport_time, (), (from, to, time_ms))

/// All machines of an area together may draw so much at these hours of every day, local time.
struct power_cap {
    static constexpr auto defaulted = std::to_array<std::string_view>({"area"});
    std::string name; ///< "evening peak"
    std::string start, end;
    double kw = 0;
    std::string area{whole_plant};
};
BOOST_DESCRIBE_STRUCT(power_cap, (), (name, start, end, kw, area))

} // namespace takt::mes
