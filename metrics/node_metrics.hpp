#pragma once

#include <chrono>
#include <mutex>

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include "runtime/node.hpp"

namespace takt::metrics {

/// A node's counters, and how many entities of each kind are in each status, read off when somebody asks. The node must
/// outlive it.
class node_metrics : public prometheus::Collectable {
public:
    /// Rows are counted at most once in `refresh`; a scrape in between gets the last count.
    explicit node_metrics(runtime::node& node, std::chrono::milliseconds refresh = std::chrono::seconds(5))
        : node_(node), refresh_(refresh)
    {
    }

    std::vector<prometheus::MetricFamily> Collect() const override;

private:
    const std::vector<prometheus::MetricFamily>& plant() const;

    runtime::node& node_;
    const std::chrono::milliseconds refresh_;
    mutable std::mutex mutex_; ///< guards what follows
    mutable std::vector<prometheus::MetricFamily> plant_;
    mutable std::chrono::steady_clock::time_point counted_at_;
};

} // namespace takt::metrics
