#pragma once

#include <memory>
#include <string>

#include "gateways/equipment_link.hpp"
#include "messages/plant/plant.hpp"

namespace takt::sim {

/// The devices' side of Modbus TCP: one server at `address` ("0.0.0.0:5020") with every device of the plant file's
/// feeds as a unit of it. What the simulated floor measures stands in the registers that the file says, instead of
/// being sent; a machine with a state register is commanded by its command and set-point registers. Everything else
/// goes by `inner`. Throws std::invalid_argument for an address that is none, std::runtime_error if it cannot be
/// listened on.
std::unique_ptr<equipment::uplink> modbus_field(const std::string& address, const plant::file& plant,
                                                std::unique_ptr<equipment::uplink> inner);

} // namespace takt::sim
