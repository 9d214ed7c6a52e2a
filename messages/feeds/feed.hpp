#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"

/// feed/<name>: a connection through which the plant hears of the floor: "mqtt", "modbus.<device>", "edge.<node>".
namespace takt::feed {

struct report {
    static constexpr std::string_view doc = "From a gateway: it hears something by this feed, or does not any more.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"detail"});
    bool online = true;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(report, (), (online, detail))

struct restart {
    static constexpr std::string_view doc =
        "From anomaly, or door (automation): the gateway is to connect anew, and to ask for all values again.";
};
BOOST_DESCRIBE_STRUCT(restart, (), ())

struct check_silence {
    static constexpr std::string_view doc = "From its own timer: is it still silent?";
    std::int64_t loss = 0; ///< which
};
BOOST_DESCRIBE_STRUCT(check_silence, (), (loss))

struct lost {
    static constexpr std::string_view doc = "Nothing comes by this feed.";
    std::string detail;
    instant at;
};
BOOST_DESCRIBE_STRUCT(lost, (), (detail, at))

struct found {
    static constexpr std::string_view doc = "Values come again.";
    milliseconds silent_ms{0};
    instant at;
};
BOOST_DESCRIBE_STRUCT(found, (), (silent_ms, at))

struct fell_silent {
    static constexpr std::string_view doc = "It was not back in time: a case.";
    instant at;
};
BOOST_DESCRIBE_STRUCT(fell_silent, (), (at))

struct restart_requested {
    static constexpr std::string_view doc = "Its gateway is to connect anew.";
    std::string by;
    instant at;
};
BOOST_DESCRIBE_STRUCT(restart_requested, (), (by, at))

} // namespace takt::feed
