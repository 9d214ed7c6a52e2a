#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"

/// Electric load that waits until the demand window is over.
namespace takt::schedule {

struct shed_load {
    static constexpr std::string_view doc =
        "From demand: machines with the least urgent work hold until then, until so much less is drawn.";
    double kw = 0;
    instant until;
    std::string reason;  ///< trace of the case; what the machines are blocked for
    std::string anomaly; ///< key of the case, which is told
};
BOOST_DESCRIBE_STRUCT(shed_load, (), (kw, until, reason, anomaly))

struct restore_load {
    static constexpr std::string_view doc = "From its own timer: the machines that hold go on.";
};
BOOST_DESCRIBE_STRUCT(restore_load, (), ())

struct load_shed {
    static constexpr std::string_view doc = "Machines hold to save power.";
    std::vector<machine_id> machines;
    double kw = 0; ///< rated, of them
    instant until;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(load_shed, (), (machines, kw, until, reason))

struct load_restored {
    static constexpr std::string_view doc = "They go on.";
};
BOOST_DESCRIBE_STRUCT(load_restored, (), ())

} // namespace takt::schedule
