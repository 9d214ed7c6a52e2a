#pragma once

#include <memory>
#include <string>

#include <prometheus/collectable.h>

#include "messages/plant/plant.hpp"
#include "runtime/node.hpp"

namespace takt::modbus {

/// The door for Modbus TCP: polls the devices of the plant file's `feeds.modbus`, each on a thread of its own. Values
/// become samples; a machine with a `state`, `command` or `set_point` register is driven: its state is reported, and
/// machine::control is written to it. A device that does not answer, or answers with an exception, is a state of the
/// feed: its values are stale, and it is tried again. `node` must outlive it.
class gateway {
public:
    /// Of a plant file that has been checked.
    gateway(runtime::node& node, const plant::file& plant);
    /// Stops if it still runs.
    ~gateway();
    gateway(const gateway&) = delete;
    gateway& operator=(const gateway&) = delete;

    void start();
    void stop();
    /// A JSON array with each device: its connection, counters, exceptions, the last rejections. From any thread.
    std::string report() const;
    /// For /metrics; lives as long as somebody holds it.
    std::shared_ptr<prometheus::Collectable> metrics() const;

private:
    struct parts;
    std::shared_ptr<parts> parts_;
};

} // namespace takt::modbus
