#pragma once

#include <memory>
#include <string>

#include "gateways/equipment_link.hpp"

namespace takt::sim {

/// A port to a node that is reached by HTTP: commands and samples by POST, facts by the event stream, plant time from
/// its health page. Waits for the node to answer for the first time. Throws std::invalid_argument if `url` is none.
std::unique_ptr<equipment::port> http_port_to(const std::string& url, const std::string& token);

} // namespace takt::sim
