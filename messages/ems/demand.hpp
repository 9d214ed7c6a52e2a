#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/mes/area.hpp"

/// demand/<key>: electric demand at the plant's connection, in windows, as it is billed: mean power of a quarter of an
/// hour. Measured by the main meter ("power_kw").
namespace takt::demand {

struct define {
    static constexpr std::string_view doc = "Door (energy): the limit that no window should be above.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"window_ms", "area"});
    double limit_kw = 0;
    milliseconds window_ms{900'000};
    std::string area{mes::whole_plant}; ///< whose machines hold
};
BOOST_DESCRIBE_STRUCT(define, (), (limit_kw, window_ms, area))

struct note_forecast {
    static constexpr std::string_view doc =
        "From its own telemetry: the running window will be above the limit, or not.";
    instant window_end;
    double expected_kw = 0;
    bool above = true;
};
BOOST_DESCRIBE_STRUCT(note_forecast, (), (window_end, expected_kw, above))

struct relieve {
    static constexpr std::string_view doc = "From anomaly: machines are to hold until the window is over.";
    std::string trace; ///< of the case
};
BOOST_DESCRIBE_STRUCT(relieve, (), (trace))

struct record_window {
    static constexpr std::string_view doc = "From its own telemetry: a window is over.";
    instant from, to;
    double mean_kw = 0;
};
BOOST_DESCRIBE_STRUCT(record_window, (), (from, to, mean_kw))

struct defined {
    static constexpr std::string_view doc = "The limit was set.";
    define definition;
};
BOOST_DESCRIBE_STRUCT(defined, (), (definition))

struct forecast_changed {
    static constexpr std::string_view doc = "The running window is expected to be above the limit, or is not any more.";
    instant window_end;
    double expected_kw = 0;
    bool above = true;
    instant at;
};
BOOST_DESCRIBE_STRUCT(forecast_changed, (), (window_end, expected_kw, above, at))

struct window_recorded {
    static constexpr std::string_view doc = "The mean power of a window.";
    instant from, to;
    double mean_kw = 0;
    bool above = false; ///< the limit
};
BOOST_DESCRIBE_STRUCT(window_recorded, (), (from, to, mean_kw, above))

} // namespace takt::demand
