#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"

namespace takt::scada {

/// One telemetry value as a device measured it. Not an event: it changes what is known of a machine now, and only what
/// follows from it (a state change, an alarm) is journalled.
struct sample {
    static constexpr std::string_view doc = "One telemetry value as a device measured it.";
    static constexpr auto defaulted = std::array<std::string_view, 1>{"quality"};
    entity_ref source; ///< machine/M-104 or meter/E-104
    std::string tag;   ///< "power_kw", "spindle_temperature_celsius": unit last
    double value = 0;
    instant at;        ///< the device's own time
    int quality = 192; ///< OPC: 192 good, 0 bad, 500 stale
};
BOOST_DESCRIBE_STRUCT(sample, (), (source, tag, value, at, quality))

/// What POST /api/v1/samples takes.
struct sample_batch {
    std::vector<sample> samples;
};
BOOST_DESCRIBE_STRUCT(sample_batch, (), (samples))

} // namespace takt::scada
