#pragma once

#include <string>
#include <string_view>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

namespace takt::metrics {

/// Rate, errors and duration of the HTTP door per route template, and its bounds at work. All members may be used from
/// any thread. The registry must outlive it.
class http_metrics {
public:
    explicit http_metrics(prometheus::Registry& registry);

    /// One exchange is over. `route` is the template ("/api/v1/{kind}/{key}"), never the path.
    void finished(const std::string& route, const std::string& method, int status, double seconds);

    prometheus::Gauge& connections;
    prometheus::Gauge& event_streams;
    prometheus::Counter& full_of_connections; ///< turned away at limits::connections
    prometheus::Counter& full_of_streams;     ///< turned away at limits::event_streams
    prometheus::Counter& slow_clients;        ///< disconnected as they did not take their answer or events
    prometheus::Counter& timeouts;            ///< a request did not arrive in time
    prometheus::Counter& rejected_tokens;
    prometheus::Counter& events_streamed;

private:
    prometheus::Family<prometheus::Counter>& requests_;
    prometheus::Family<prometheus::Histogram>& seconds_;
};

} // namespace takt::metrics
