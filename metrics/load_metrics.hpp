#pragma once

#include <vector>

#include <prometheus/metric_family.h>

#include "runtime/node.hpp"

namespace takt::metrics {

/// Where work waits in a node, and how long things take.
void add_load(std::vector<prometheus::MetricFamily>& to, const runtime::node_load& load);

} // namespace takt::metrics
