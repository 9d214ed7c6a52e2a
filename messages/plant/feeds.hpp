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

struct modbus_register : feed_target {
    static constexpr std::string_view doc = "One value in the registers of a Modbus device.";
    static constexpr auto defaulted = std::to_array<std::string_view>(
        {"type", "unit", "scale", "offset", "tag", "role", "table", "format", "order", "dead_band"});
    std::string role = "sample";   ///< or "state" (PackML StateCurrent), "command" (CntrlCmd), "set_point"
    std::string table = "holding"; ///< or "input", "coil", "discrete"
    int address = 0;               ///< as the device's own list counts, from `base`
    std::string format = "uint16"; ///< or int16, int32, uint32, int64, uint64, float32, float64
    std::string order = "ABCD";    ///< of the bytes of 32 and 64 bits; or CDAB, BADC, DCBA
    double dead_band = 0;          ///< a sample is told when it differs by more
};
BOOST_DESCRIBE_STRUCT(modbus_register, (feed_target), (role, table, address, format, order, dead_band))

struct modbus_device {
    static constexpr std::string_view doc = "A device that is polled over Modbus TCP.";
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"port", "unit_id", "period_ms", "timeout_ms", "base"});
    std::string name;
    std::string host;
    int port = 502;
    int unit_id = 1;
    milliseconds period_ms{1000};  ///< of real time, from 10
    milliseconds timeout_ms{1000}; ///< for one answer
    int base = 0;                  ///< 1 if the list counts registers from 1
    std::vector<modbus_register> registers;
};
BOOST_DESCRIBE_STRUCT(modbus_device, (), (name, host, port, unit_id, period_ms, timeout_ms, base, registers))

struct feeds {
    static constexpr std::string_view doc = "What comes in over MQTT and Modbus.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"late_ms", "early_ms"});
    std::vector<sparkplug_feed> sparkplug; ///< none: devices called like machines or meters, metrics like tags
    std::vector<json_feed> json;
    std::vector<modbus_device> modbus;
    milliseconds late_ms{86'400'000}; ///< an older sample is rejected
    milliseconds early_ms{60'000};    ///< one that is so far in the future is rejected
};
BOOST_DESCRIBE_STRUCT(feeds, (), (sparkplug, json, modbus, late_ms, early_ms))

} // namespace takt::plant
