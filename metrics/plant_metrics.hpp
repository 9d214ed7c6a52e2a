#pragma once

#include <memory>

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include "runtime/node.hpp"

namespace takt::metrics {

/// How the plant does: OEE parts, output, scrap, orders, promises, anomalies, alarms, the plan, energy. Counts the
/// plant's events from its construction on, in plant time; counters begin at 0 with the process. The node must outlive
/// it. To be made before the doors open: what happens while it looks around is not counted.
class plant_metrics : public prometheus::Collectable {
public:
    explicit plant_metrics(runtime::node& node);
    ~plant_metrics() override;
    plant_metrics(const plant_metrics&) = delete;
    plant_metrics& operator=(const plant_metrics&) = delete;

    std::vector<prometheus::MetricFamily> Collect() const override;

private:
    struct parts;
    std::shared_ptr<parts> parts_; ///< what listens holds it too
    std::shared_ptr<void> listening_;
};

} // namespace takt::metrics
