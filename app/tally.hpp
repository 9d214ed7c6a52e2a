#pragma once

#include <map>
#include <string>

#include <boost/json/object.hpp>

#include "runtime/node.hpp"

namespace takt::app {

/// How a plant stands, counted from its lists: what the terminal view shows and the report says.
struct tally {
    struct {
        std::uint64_t received = 0; ///< placed by customers and not rejected
        std::uint64_t released = 0; ///< those with a promised date or stock set aside: work has begun for them
        std::uint64_t open = 0;     ///< neither shipped nor cancelled
        std::uint64_t shipped = 0;  ///< completely
        std::uint64_t late = 0;     ///< not all shipped when due
    } orders;
    struct {
        std::uint64_t created = 0;
        std::uint64_t released = 0; ///< with a complete kit, also those that have gone on since
        std::uint64_t in_progress = 0;
        std::uint64_t completed = 0;
    } work_orders;
    struct {
        std::uint64_t opened = 0, closed = 0; ///< cases so far
    } anomalies;
    std::map<std::string, std::uint64_t> machines; ///< by PackML state; "down" for those that are broken
    std::uint64_t stock_alerts = 0;                ///< items with less than half of their safety stock
    std::uint64_t dead_letters = 0;
};

tally count(runtime::node& node);

/// {"orders":{"received",…},"work_orders":{…},"anomalies":{…}, …}
boost::json::object to_json_object(const tally& t);

} // namespace takt::app
