#pragma once

#include <memory>
#include <string>

#include <prometheus/collectable.h>

#include "gateways/mqtt/connection.hpp"
#include "messages/plant/plant.hpp"
#include "runtime/node.hpp"

namespace takt::mqtt {

struct gateway_options {
    endpoint broker;
    std::string sparkplug_host;          ///< id of this host application; empty: no Sparkplug
    milliseconds reorder_timeout{2000};  ///< of Sparkplug messages
    milliseconds rebirth_interval{5000}; ///< of requests to one edge node
    std::size_t inbox_most = 50'000;     ///< packets; beyond it the oldest is lost, and counted
    std::size_t inbox_bytes_most = 64 << 20;
    std::size_t waiting_most = 10'000; ///< samples of one source while the node is busy; beyond it the oldest is lost
};

/// The door for MQTT: one connection to a broker, on it a Sparkplug B host application and plain JSON, as the plant
/// file's `feeds` say. Values become samples of machines and meters; machines that are Sparkplug devices with jobs
/// (sparkplug/machine_tags.hpp) are driven. Has a thread of its own. `node` must outlive it.
class gateway {
public:
    gateway(runtime::node& node, const plant::file& plant, gateway_options o);
    /// Stops if it still runs.
    ~gateway();
    gateway(const gateway&) = delete;
    gateway& operator=(const gateway&) = delete;

    /// Begins to connect, and returns at once.
    void start();
    /// Says farewell to the broker, and returns when all is over.
    void stop();

    // From any thread.
    bool connected() const;
    /// What GET /api/v1/feeds answers: the connection, edge nodes, counters, the last rejections.
    std::string report() const;
    /// For /metrics; lives as long as somebody holds it.
    std::shared_ptr<prometheus::Collectable> metrics() const;

private:
    struct parts;
    std::shared_ptr<parts> parts_;
};

} // namespace takt::mqtt
