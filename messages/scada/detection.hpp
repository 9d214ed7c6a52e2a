#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"

/// What a detector says of a tag: an alarm that begins. The one description of it that machines journal, alarms keep,
/// anomalies are opened with and people read.
namespace takt::scada {

/// How a deviation was found; docs/detection.md has the formula and the source of each.
BOOST_DEFINE_ENUM_CLASS(rule, limit, rate, stuck, silence, ewma, cusum, nelson, energy_per_piece, cycle_time, wear)

/// ISA-18.2: how soon a person must act. Rising, so that they can be compared.
BOOST_DEFINE_ENUM_CLASS(alarm_priority, low, medium, high, critical)

/// A point of a detector's window: a value of its tag, or the statistic that it makes of several.
struct evidence {
    instant at;
    double value = 0;
};
BOOST_DESCRIBE_STRUCT(evidence, (), (at, value))

/// Points in a detection at most: the latest ones of its window.
inline constexpr std::size_t evidence_most = 16; // a power of two: hot

struct detection {
    static constexpr std::string_view doc =
        "A tag behaves as it should not: by which rule, with which values, in which window.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"what", "cause", "priority", "latching"});
    std::string detector; ///< its key at the machine: "limit.vibration_mm_per_s"; the type of the anomaly too
    scada::rule rule = scada::rule::limit;
    std::string tag;                 ///< measured, or computed from others
    std::string what;                ///< in words: "vibration_mm_per_s is 7.4, high limit 7.1"
    double value = 0;                ///< of the tag, with which it was found
    std::optional<double> statistic; ///< that the rule compares, if it is not the value: EWMA, CUSUM, rate, kWh a piece
    std::optional<double> low, high; ///< what it was compared with
    instant from, to;                ///< of the window that caused it, by the device's clock
    std::vector<evidence> window;    ///< the latest points of it, oldest first
    std::optional<instant> forecast; ///< wear: when the threshold will be reached at this pace
    std::string cause;               ///< as engineering has named it; alarms of one cause are shown together
    alarm_priority priority = alarm_priority::medium;
    bool latching = false; ///< the alarm stays until it is reset, even when the tag is well again
};
BOOST_DESCRIBE_STRUCT(detection, (),
                      (detector, rule, tag, what, value, statistic, low, high, from, to, window, forecast, cause,
                       priority, latching))

/// The same detector finds the tag well again.
struct recovery {
    static constexpr std::string_view doc = "A tag behaves again as it should.";
    std::string detector;
    std::string tag;
    double value = 0;
    instant at; ///< by the device's clock
};
BOOST_DESCRIBE_STRUCT(recovery, (), (detector, tag, value, at))

} // namespace takt::scada
