#pragma once

#include <memory>
#include <optional>
#include <string>

#include "gateways/mqtt/connection.hpp"
#include "messages/plant/plant.hpp"
#include "runtime/node.hpp"
#include "sim/figures.hpp"
#include "sim/scenario.hpp"

namespace takt::sim {

/// The physical plant: machines, people, suppliers and customers. It reaches a node through its doors only: people by
/// HTTP, machines by the equipment link (in process, or by HTTP too). Runs on threads of its own, in the node's plant
/// time; the same seed, scenario and plant make the same chances. It keeps nothing on disk: when it starts it reads
/// through the doors how things stand, and goes on from there.
class simulator {
public:
    /// Machines are linked to `node` in process; people use the HTTP door at `url`. The plant must be defined in the
    /// node already. `node` must outlive the simulator.
    /// With a broker, machines speak Sparkplug there instead.
    simulator(runtime::node& node, const std::string& url, plant::file plant, scenario how, std::string token = {},
              const std::optional<mqtt::endpoint>& broker = {});
    /// Everything by HTTP, but machines by a broker if there is one. `modbus`: HOST:PORT at which what the
    /// plant file has Modbus feeds for is served (modbus_field.hpp). Throws std::invalid_argument if `url` is none.
    simulator(const std::string& url, plant::file plant, scenario how, std::string token = {},
              const std::optional<mqtt::endpoint>& broker = {}, const std::string& modbus = {});
    /// Stops if it still runs.
    ~simulator();
    simulator(const simulator&) = delete;
    simulator& operator=(const simulator&) = delete;

    /// Begins, and returns at once. An HTTP door that does not answer yet is waited for.
    void start();
    /// Ends everything that is under way, within about a second. To be called before the node's doors close.
    void stop();

    /// From any thread.
    figures counted() const;

private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace takt::sim
