#pragma once

#include "messages/core/problem.hpp"
#include "messages/scada/detector.hpp"

namespace takt::detect {

/// What is wrong with a machine's detectors and computed tags, each with its place: "#/detectors/2/window_ms: must be
/// more than 0". Keys must be unique, expressions readable and not of other computed tags, and each rule must have
/// what it reads.
problems check(const std::vector<scada::detector>& detectors, const std::vector<scada::computed_tag>& computed);

} // namespace takt::detect
