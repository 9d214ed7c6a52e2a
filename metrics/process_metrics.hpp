#pragma once

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

namespace takt::metrics {

/// The process's own metrics under the names that all Prometheus clients use, from /proc/self.
class process_metrics : public prometheus::Collectable {
public:
    std::vector<prometheus::MetricFamily> Collect() const override;
};

} // namespace takt::metrics
