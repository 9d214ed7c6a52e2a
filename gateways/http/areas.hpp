#pragma once

#include <string>
#include <vector>

#include "runtime/node.hpp"

namespace takt::http {

/// The scheduling areas in which the plant has machines, in order of their keys; the whole plant while it has none.
std::vector<std::string> areas_of(runtime::node& node);
/// The area of one machine; nothing if there is no such machine.
std::optional<std::string> area_of(runtime::node& node, std::string_view machine);

} // namespace takt::http
