#pragma once

#include "messages/scada/detection.hpp"

/// What a machine's definition says of its telemetry: what is computed from it, and what is watched for.
namespace takt::scada {

/// A tag that is computed whenever one of those in its expression has a new value and all of them have one.
struct computed_tag {
    static constexpr std::string_view doc = "A tag that is computed from others.";
    std::string tag;        ///< "mechanical_power_watts"
    std::string expression; ///< "torque_nm * rotational_speed_rpm * 0.104719755": actors/scada/detect/expression.hpp
};
BOOST_DESCRIBE_STRUCT(computed_tag, (), (tag, expression))

/// One thing that is watched. Which members a rule reads is told in docs/detection.md. Sigma is of one point.
struct detector {
    static constexpr std::string_view doc = "What is watched for at one tag.";
    static constexpr auto defaulted = std::to_array<std::string_view>(
        {"key", "dead_band", "weight", "width", "slack", "decision", "learn", "group", "counter", "window_ms",
         "horizon_ms", "on_delay_ms", "off_delay_ms", "cause", "priority", "latching"});
    std::string key; ///< unique at the machine; empty: rule and tag, "ewma.power_kw"
    scada::rule rule = scada::rule::limit;
    std::string tag;
    std::optional<double> low, high; ///< limit: of the tag; rate: of its change a second; energy_per_piece,
                                     ///< cycle_time: of the mean, as a multiple of the target; wear: threshold
    double dead_band = 0;            ///< limit: this far inside before it is over; stuck: changes up to this are none
    std::optional<double> target, sigma; ///< ewma, cusum, nelson: missing ones are learned; energy_per_piece: kWh;
                                         ///< cycle_time: seconds
    int learn = 50;                      ///< points from which target and sigma are learned
    double weight = 0.2;                 ///< ewma: of the newest point (lambda)
    double width = 3;                    ///< ewma: of the limits, in sigmas of the statistic (L)
    double slack = 0.5;                  ///< cusum: what is let pass at each point, in sigmas (k)
    double decision = 5;                 ///< cusum: sums above this signal, in sigmas (h)
    std::vector<int> tests;              ///< nelson: which of 1 to 8; none: all
    int group = 1;                       ///< ewma, cusum, nelson: samples whose mean is a point; energy_per_piece,
                                         ///< cycle_time: pieces of a point
    std::string counter;                 ///< energy_per_piece: the tag that counts pieces; wear: the tag that is used
                                         ///< up with, if it is not time
    milliseconds window_ms{0};           ///< rate, wear: measured over; stuck, silence: for so long; cycle_time,
                                         ///< energy_per_piece: a longer pause is no part of a cycle
    milliseconds horizon_ms{0};          ///< wear: told when the threshold will be reached within so long
    milliseconds on_delay_ms{0};         ///< must last so long before it is an alarm
    milliseconds off_delay_ms{600'000};  ///< must have been well for so long before it is over
    std::string cause;                   ///< what is probably wrong: "cooling"
    alarm_priority priority = alarm_priority::medium;
    bool latching = false;
};
BOOST_DESCRIBE_STRUCT(detector, (),
                      (key, rule, tag, low, high, dead_band, target, sigma, learn, weight, width, slack, decision,
                       tests, group, counter, window_ms, horizon_ms, on_delay_ms, off_delay_ms, cause, priority,
                       latching))

inline std::string key_of(const detector& d)
{
    return d.key.empty() ? std::string(enum_name(d.rule)) + "." + d.tag : d.key;
}

} // namespace takt::scada
