#pragma once

#include <string>
#include <utility>
#include <vector>

#include "actors/mes/schedule.hpp"
#include "runtime/node.hpp"

namespace takt::http {

/// The schedules of all areas that are defined, by area. Waits for each: not on a thread that serves connections.
std::vector<std::pair<std::string, schedule::state>> schedules_of(runtime::node& node);

} // namespace takt::http
