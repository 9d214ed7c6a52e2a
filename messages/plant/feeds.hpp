#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/instant.hpp"

/// The data dictionary of a plant file: which measured value is which tag of which machine or meter.
namespace takt::plant {

/// How a value becomes a sample: value * scale + offset, then from `unit` to the tag's own unit, then the range.
struct feed_target {
    static constexpr std::string_view doc = "Where a value goes, and what it must be.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"type", "unit", "scale", "offset"});
    std::string source;          ///< "machine/M-104"; "{name}" stands for a part of the address
    std::string tag;             ///< with its unit last: "power_kw"; may hold "{name}" too
    std::string type = "number"; ///< or "boolean": 0 and 1
    std::string unit;            ///< as measured: "W", "degF"; empty: the tag's own
    double scale = 1, offset = 0;
    std::optional<double> low, high; ///< of the sample; beyond them it is rejected
};
BOOST_DESCRIBE_STRUCT(feed_target, (), (source, tag, type, unit, scale, offset, low, high))

struct sparkplug_feed : feed_target {
    static constexpr std::string_view doc =
        "Metrics of Sparkplug edge nodes; '*' is any. The first row that fits a metric holds. Names for `source` and "
        "`tag`: {group}, {edge_node}, {device}, {metric}.";
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"group", "edge_node", "device", "type", "unit", "scale", "offset"});
    std::string group = "*", edge_node = "*", device = "*";
    std::string metric;
};
BOOST_DESCRIBE_STRUCT(sparkplug_feed, (feed_target), (group, edge_node, device, metric))

struct json_field : feed_target {
    static constexpr std::string_view doc = "One member of a JSON document.";
    std::string field; ///< "spindle.temperature": a member of a member
};
BOOST_DESCRIBE_STRUCT(json_field, (feed_target), (field))

struct json_feed {
    static constexpr std::string_view doc = "Plain JSON over MQTT.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"time"});
    std::string topic; ///< "plant/{machine}/telemetry": a level in braces is any, and has that name
    std::string time;  ///< the member that has the time, RFC 3339 or ms since 1970; empty: that of arrival
    std::vector<json_field> fields;
};
BOOST_DESCRIBE_STRUCT(json_feed, (), (topic, time, fields))

struct feeds {
    static constexpr std::string_view doc = "What comes in over MQTT.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"late_ms", "early_ms"});
    std::vector<sparkplug_feed> sparkplug; ///< none: devices called like machines or meters, metrics like tags
    std::vector<json_feed> json;
    milliseconds late_ms{86'400'000}; ///< an older sample is rejected
    milliseconds early_ms{60'000};    ///< one that is so far in the future is rejected
};
BOOST_DESCRIBE_STRUCT(feeds, (), (sparkplug, json, late_ms, early_ms))

} // namespace takt::plant
