#include "gateways/mqtt/gateway_parts.hpp"
#include "messages/core/json_write.hpp"
#include "metrics/family.hpp"

/// What the gateway says of itself.
namespace takt::mqtt {
namespace {

struct connection_report {
    bool connected = false;
    std::string broker, sparkplug_host, last_error;
    std::uint64_t connects = 0, failures = 0, losses = 0, received = 0, sent = 0, unsent = 0, inbox_lost = 0;
};
BOOST_DESCRIBE_STRUCT(connection_report, (),
                      (connected, broker, sparkplug_host, last_error, connects, failures, losses, received, sent,
                       unsent, inbox_lost))

struct device_report {
    std::string device;
    bool online = false;
    instant since; ///< UTC
    std::uint64_t metrics = 0;
};
BOOST_DESCRIBE_STRUCT(device_report, (), (device, online, since, metrics))

struct edge_node_report {
    std::string edge_node; ///< "group/edge_node"
    bool online = false;
    bool awaits_rebirth = false;
    std::uint64_t births = 0, device_births = 0, deaths = 0, device_deaths = 0, stale_deaths = 0, data = 0, gaps = 0,
                  reordered = 0, repeated = 0, before_birth = 0, rebirth_requests = 0;
    std::vector<device_report> devices;
};
BOOST_DESCRIBE_STRUCT(edge_node_report, (),
                      (edge_node, online, awaits_rebirth, births, device_births, deaths, device_deaths, stale_deaths,
                       data, gaps, reordered, repeated, before_birth, rebirth_requests, devices))

struct forwarding_report {
    std::uint64_t forwarded = 0, waiting = 0, lost = 0, refused = 0;
};
BOOST_DESCRIBE_STRUCT(forwarding_report, (), (forwarded, waiting, lost, refused))

struct feeds_report {
    connection_report connection;
    feeds::intake_figures samples;
    forwarding_report forwarding;
    std::uint64_t commands = 0;
    std::vector<edge_node_report> edge_nodes;
    std::vector<feeds::rejection> rejected; ///< the latest first
};
BOOST_DESCRIBE_STRUCT(feeds_report, (), (connection, samples, forwarding, commands, edge_nodes, rejected))

edge_node_report report_of(const std::string& path, const sparkplug::edge_node& n)
{
    const auto& c = n.counted();
    edge_node_report r{path,
                       n.online(),
                       n.wants_rebirth(),
                       c.births,
                       c.device_births,
                       c.deaths,
                       c.device_deaths,
                       c.stale_deaths,
                       c.data,
                       c.gaps,
                       c.reordered,
                       c.repeated,
                       c.before_birth,
                       c.rebirth_requests,
                       {}};
    for (const auto& [name, d] : n.devices())
        if (!name.empty()) r.devices.push_back({name, d.online, d.since, d.metrics.size()});
    return r;
}

} // namespace

std::string gateway::parts::report() const
{
    const auto w = wire.counted();
    feeds_report all;
    all.connection = {w.connected,
                      options.broker.host + ':' + std::to_string(options.broker.port),
                      options.sparkplug_host,
                      w.last_error,
                      w.connects,
                      w.failures,
                      w.losses,
                      w.received,
                      w.sent,
                      w.unsent,
                      0};
    {
        const std::lock_guard lock(inbox_mutex);
        all.connection.inbox_lost = inbox_lost;
    }
    const std::lock_guard lock(mutex);
    all.samples = intake.counted();
    all.forwarding = {forwarding.forwarded(), forwarding.waiting(), forwarding.lost(), forwarding.refused()};
    all.commands = commands;
    host.for_each([&](const std::string& path, const auto& n) { all.edge_nodes.push_back(report_of(path, n)); });
    all.rejected.assign(intake.latest().rbegin(), intake.latest().rend());
    return to_json(all);
}

std::vector<prometheus::MetricFamily> gateway::parts::collect() const
{
    using metrics::counter;
    using metrics::gauge;
    const auto w = wire.counted();
    std::vector<prometheus::MetricFamily> all;
    const auto count = [&](const char* name, const char* help, std::uint64_t n) {
        all.push_back(counter(name, help, static_cast<double>(n)));
    };
    all.push_back(gauge("takt_mqtt_connected", "1 while there is a connection to the broker.", w.connected ? 1 : 0));
    count("takt_mqtt_connects_total", "Connections made to the broker.", w.connects);
    count("takt_mqtt_connect_failures_total", "Connections that could not be made.", w.failures);
    count("takt_mqtt_received_total", "Packets received.", w.received);
    count("takt_mqtt_sent_total", "Packets published.", w.sent);
    count("takt_mqtt_unsent_total", "Packets not published, for want of a connection.", w.unsent);
    {
        const std::lock_guard lock(inbox_mutex);
        count("takt_mqtt_inbox_lost_total", "Packets lost because the gateway fell behind.", inbox_lost);
    }
    const std::lock_guard lock(mutex);
    const auto& c = intake.counted();
    count("takt_feed_samples_taken_total", "Values that became samples.", c.taken);
    all.push_back(counter("takt_feed_lag_seconds_total",
                          "Plant time from measurement to arrival, summed over the values that became samples.",
                          c.lag_seconds));
    count("takt_feed_samples_late_total", "Samples older than one before them.", c.late);
    count("takt_feed_samples_bad_quality_total", "Samples whose quality is not good.", c.bad_quality);
    count("takt_feed_samples_repeated_total", "Values told again.", c.repeated);
    count("takt_feed_samples_lost_total", "Samples lost while the node was busy.", forwarding.lost());
    auto waiting = static_cast<double>(forwarding.waiting());
    all.push_back(gauge("takt_feed_samples_waiting", "Samples that wait because the node is busy.", waiting));
    auto rejected = metrics::family("takt_feed_samples_rejected_total", "Values and messages that were not taken.",
                                    prometheus::MetricType::Counter);
    for (const auto& [reason, n] : c.rejected)
        metrics::add_value(rejected, static_cast<double>(n), {{"reason", reason}});
    all.push_back(std::move(rejected));

    std::uint64_t online = 0, births = 0, gaps = 0, requests = 0;
    host.for_each([&](const std::string&, const auto& n) {
        online += n.online() ? 1 : 0;
        births += n.counted().births;
        gaps += n.counted().gaps;
        requests += n.counted().rebirth_requests;
    });
    all.push_back(
        gauge("takt_sparkplug_edge_nodes_online", "Edge nodes that are online.", static_cast<double>(online)));
    count("takt_sparkplug_births_total", "NBIRTHs taken.", births);
    count("takt_sparkplug_gaps_total", "Gaps in sequence numbers that were given up.", gaps);
    count("takt_sparkplug_rebirth_requests_total", "Rebirths asked for.", requests);
    count("takt_sparkplug_commands_total", "NCMDs and DCMDs sent to machines.", commands);
    return all;
}

} // namespace takt::mqtt
