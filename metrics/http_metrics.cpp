#include "metrics/http_metrics.hpp"

namespace takt::metrics {
namespace {

prometheus::Counter& counter(prometheus::Registry& registry, const std::string& name, const std::string& help,
                             const prometheus::Labels& labels = {})
{
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add(labels);
}

prometheus::Gauge& gauge(prometheus::Registry& registry, const std::string& name, const std::string& help)
{
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

prometheus::Counter& turned_away(prometheus::Registry& registry, const std::string& reason)
{
    return counter(registry, "takt_http_turned_away_total",
                   "Clients answered 503 because a limit of the door was reached.", {{"reason", reason}});
}

const prometheus::Histogram::BucketBoundaries& duration_buckets()
{
    static const prometheus::Histogram::BucketBoundaries buckets{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                                 0.25,  0.5,    1,     2.5,  5,     10};
    return buckets;
}

} // namespace

http_metrics::http_metrics(prometheus::Registry& registry)
    : connections(gauge(registry, "takt_http_connections", "Open HTTP connections.")),
      event_streams(gauge(registry, "takt_http_event_streams", "Open event streams.")),
      full_of_connections(turned_away(registry, "connections")),
      full_of_streams(turned_away(registry, "event_streams")),
      slow_clients(counter(registry, "takt_http_slow_clients_total",
                           "Clients disconnected because they did not take their answer or their events in time.")),
      timeouts(counter(registry, "takt_http_timeouts_total", "Requests that did not arrive within their time.")),
      rejected_tokens(counter(registry, "takt_http_rejected_tokens_total", "Requests without a valid bearer token.")),
      events_streamed(counter(registry, "takt_http_streamed_events_total", "Events written to event streams.")),
      requests_(prometheus::BuildCounter()
                    .Name("takt_http_requests_total")
                    .Help("HTTP requests answered, by route template.")
                    .Register(registry)),
      seconds_(prometheus::BuildHistogram()
                   .Name("takt_http_request_duration_seconds")
                   .Help("Time from a request's last byte to its answer, by route template.")
                   .Register(registry))
{
}

void http_metrics::finished(const std::string& route, const std::string& method, int status, double seconds)
{
    requests_.Add({{"route", route}, {"method", method}, {"code", std::to_string(status)}}).Increment();
    seconds_.Add({{"route", route}}, duration_buckets()).Observe(seconds);
}

} // namespace takt::metrics
