#pragma once

#include <memory>

#include "gateways/http/direct.hpp"
#include "messages/plant/plant.hpp"
#include "runtime/replay_node.hpp"
#include "sim/figures.hpp"
#include "sim/scenario.hpp"

namespace takt::sim {

/// A whole plant in memory and in virtual time: a node, its doors, and the world around it, on the caller's thread,
/// some thousand times as fast as life. The same beginning and seed give the same run. Machines send no telemetry, so
/// nothing that follows from limits happens here.
class virtual_plant {
public:
    /// A plant of which nothing is known yet: define() comes first. `kinds` must outlive it.
    virtual_plant(const kind_registry& kinds, plant::file plant, scenario how, instant start);
    /// Goes on where a node was. Machines are found as the node knows them: with the jobs they had, as far as those
    /// were reported, and what was down is repaired anew.
    virtual_plant(const kind_registry& kinds, plant::file plant, scenario how,
                  std::shared_ptr<const runtime::past> before);
    ~virtual_plant();
    virtual_plant(const virtual_plant&) = delete;
    virtual_plant& operator=(const virtual_plant&) = delete;

    /// Tells the node everything that the plant file says. Throws std::runtime_error if it refuses any of it.
    void define();
    /// The world begins with the first call.
    void run_until(instant when);
    void run_for(milliseconds time) { run_until(node().now() + time); }

    runtime::replay_node& node();
    /// The plant's HTTP door.
    http::direct_door& door();
    figures counted() const;

private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace takt::sim
