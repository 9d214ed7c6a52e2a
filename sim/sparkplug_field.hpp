#pragma once

#include <memory>

#include "gateways/equipment_link.hpp"
#include "gateways/mqtt/connection.hpp"
#include "messages/plant/plant.hpp"

namespace takt::sim {

/// The machines' side of Sparkplug: one edge node, each machine and meter a device of it, driven by the tags of
/// gateways/sparkplug/machine_tags.hpp. While there is no broker, samples wait (20 000 of them; then the oldest is lost
/// and counted) and are told afterwards as historical; everything else is a state, and told by the next birth.
///
/// `clock` tells plant time, which metrics are stamped with.
std::unique_ptr<equipment::uplink> sparkplug_field(const mqtt::endpoint& broker, const plant::file& plant,
                                                   std::unique_ptr<equipment::port> clock);

} // namespace takt::sim
