#pragma once

#include "gateways/http/what_if.hpp"
#include "messages/plant/plant.hpp"

namespace takt::sim {

/// Looks ahead with copies of the plant: each run once as it is and once changed, with the same chances for people,
/// machines and suppliers; on the caller's thread. `kinds` must outlive it.
http::what_if_runner what_if_runner(const kind_registry& kinds, plant::file plant);

} // namespace takt::sim
