#pragma once

#include <string>
#include <utility>
#include <vector>

#include <prometheus/metric_family.h>

namespace takt::metrics {

/// A family read off at the moment it is asked for.
inline prometheus::MetricFamily family(std::string name, std::string help, prometheus::MetricType type)
{
    prometheus::MetricFamily f;
    f.name = std::move(name);
    f.help = std::move(help);
    f.type = type;
    return f;
}

inline void add_value(prometheus::MetricFamily& to, double value,
                      std::vector<prometheus::ClientMetric::Label> labels = {})
{
    prometheus::ClientMetric m;
    m.label = std::move(labels);
    if (to.type == prometheus::MetricType::Counter)
        m.counter.value = value;
    else
        m.gauge.value = value;
    to.metric.push_back(std::move(m));
}

inline prometheus::MetricFamily counter(std::string name, std::string help, double value)
{
    auto f = family(std::move(name), std::move(help), prometheus::MetricType::Counter);
    add_value(f, value);
    return f;
}

inline prometheus::MetricFamily gauge(std::string name, std::string help, double value)
{
    auto f = family(std::move(name), std::move(help), prometheus::MetricType::Gauge);
    add_value(f, value);
    return f;
}

} // namespace takt::metrics
