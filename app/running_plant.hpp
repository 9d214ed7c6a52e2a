#pragma once

#include <memory>
#include <optional>
#include <string>

#include "gateways/http/server.hpp"
#include "gateways/modbus/gateway.hpp"
#include "gateways/mqtt/gateway.hpp"
#include "messages/plant/plant.hpp"
#include "metrics/exposition.hpp"
#include "runtime/caf_node.hpp"
#include "sim/simulator.hpp"

namespace takt::app {

/// A plant file, scenario or data directory that cannot be used; what() is for people.
struct unusable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct plant_options {
    std::string plant = "plants/gearworks.json";
    std::string data;
    std::string http = "127.0.0.1:8080";
    std::string token_file;
    double speed = 1;
    bool begins_monday = false;                     ///< a new plant begins on Monday at 06:00 of its time zone, not now
    std::optional<std::string> scenario;            ///< of the simulator; nothing: no simulator
    std::optional<std::uint64_t> seed;              ///< instead of the scenario's
    std::optional<std::chrono::hours> keep_samples; ///< 0: no trends at all; nothing: as runtime::limits has it
    std::string mqtt;                               ///< "mqtt://host:port" of a broker; empty: none
    std::string sparkplug_host;                     ///< id of the Sparkplug host application; empty: plain JSON only
    int machines = 0;                               ///< repeat the plant until it has so many; 0: as it is
    bool no_loop = false;                           ///< cases are only noted
};

/// A node with the plant in it, its HTTP door and, if wanted, the MQTT door and the simulator: started in this order,
/// stopped in the other. Everything that `takt run` and `takt demo` run.
class running_plant {
public:
    /// Throws `unusable`, or std::runtime_error if the address cannot be listened on.
    explicit running_plant(const plant_options& o);
    ~running_plant();
    running_plant(const running_plant&) = delete;
    running_plant& operator=(const running_plant&) = delete;

    runtime::caf_node& node() { return *node_; }
    const plant::file& plant() const { return plant_; }
    std::string url() const { return door_->url(); }
    /// "Mon 2026-01-05 06:12 CET"
    std::string plant_time() const;

    /// Ends the simulator, so that no more comes from outside; waits a little until what is under way has settled.
    void quiesce();

private:
    void define_plant();
    std::string feeds() const;

    plant::file plant_;
    kind_registry kinds_;
    std::unique_ptr<runtime::caf_node> node_;
    metrics::exposition shown_;
    std::unique_ptr<mqtt::gateway> gateway_;     ///< null without a broker
    std::unique_ptr<modbus::gateway> registers_; ///< null if the plant has no Modbus devices
    std::unique_ptr<http::server> door_;
    std::unique_ptr<sim::simulator> world_;
};

} // namespace takt::app
