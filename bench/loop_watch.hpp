#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>

#include "gateways/mqtt/connection.hpp"
#include "runtime/node.hpp"

namespace takt::bench {

/// What followed from one fault, and when.
struct fault_passage {
    using time = std::chrono::steady_clock::time_point;
    time sample;
    std::optional<time> hold, maintenance_order, quarantine, schedule, promise;
    bool stopped = false; ///< something was quarantined
    bool blocked = false; ///< the schedule knows
};

/// Watches what follows from faults: commands on the broker, as a controller would get them, and the node's facts,
/// which are told when they are on disk.
class loop_watch {
public:
    loop_watch(runtime::node& node, const mqtt::endpoint& broker);
    ~loop_watch();
    loop_watch(const loop_watch&) = delete;
    loop_watch& operator=(const loop_watch&) = delete;

    bool connected() const { return wire_.counted().connected; }
    void begin(const machine_id& machine, fault_passage::time sample);
    std::map<std::string, fault_passage> passages() const;

private:
    using time = fault_passage::time;
    void hear(const std::string& topic, const std::string& payload);
    void take(const runtime::facts& all);
    void take_case(const runtime::fact& f, time now);
    void take_schedule(const runtime::fact& f, time now);
    fault_passage* find(const std::string& machine);

    mutable std::mutex mutex_;
    std::map<std::string, fault_passage> passages_;
    std::string replanned_; ///< machine of the last plan that a fault caused
    std::shared_ptr<void> facts_;
    mqtt::connection wire_;
};

} // namespace takt::bench
