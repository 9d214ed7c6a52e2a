#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "gateways/feeds/forwarding.hpp"
#include "gateways/feeds/intake.hpp"
#include "gateways/mqtt/gateway.hpp"
#include "gateways/sparkplug/host.hpp"
#include "gateways/sparkplug/machine_driver.hpp"

/// What the files of the gateway share.
namespace takt::mqtt {

/// The feed that is the connection to the broker.
inline constexpr const char* broker_feed = "mqtt";

/// The host's own time, UTC.
instant utc();

struct gateway::parts final : equipment::controller {
    parts(runtime::node& n, const plant::file& plant, gateway_options o);

    // equipment::controller, from the link's thread.
    void synchronise(const machine_id& m, const std::vector<equipment::assignment>& all, bool down) override;
    void assign(const machine_id& m, const equipment::assignment& a) override;
    void withdraw(const machine_id& m, const mes::run_ref& job) override;
    void control(const machine_id& m, const machine::control_order& order) override;

    void run();
    void connected();
    void lost();
    void put(std::string topic, std::string payload);
    void watch_feeds();
    std::string report() const;
    std::vector<prometheus::MetricFamily> collect() const;

    runtime::node& node;
    const gateway_options options;
    std::vector<machine_id> machines;
    equipment::link link;

    mutable std::mutex mutex; ///< of what stands here; packets are published under it, so that they keep their order
    sparkplug::host host;
    sparkplug::machine_driver driver;
    feeds::dictionary dictionary;
    feeds::intake intake;
    feeds::forwarding forwarding;
    std::uint64_t commands = 0; ///< NCMD and DCMD

    mutable std::mutex inbox_mutex;
    std::condition_variable wake;
    std::deque<std::pair<std::string, std::string>> inbox;
    std::size_t inbox_bytes = 0;
    std::uint64_t inbox_lost = 0;
    bool stopping = false, attention = false;
    std::vector<std::string> restarts;   ///< feeds that are to begin anew
    std::shared_ptr<void> feed_restarts; ///< facts that say so

    connection wire;
    std::thread worker;

private:
    void take_packet(const std::string& topic, const std::string& payload);
    void take_json(const std::string& topic, const std::string& payload);
    void take_outcome(const sparkplug::outcome& o);
    void take_reading(const sparkplug::reading& r);
    void drive();
    void publish(const std::vector<sparkplug::publication>& all);
    void tick();
    std::chrono::milliseconds nap() const;
    void call_attention();
    void tell_feed(const std::string& feed, bool online, std::string detail);
    void tell_feed(const sparkplug::presence& of);
    void restart_feeds(const std::vector<std::string>& some);
};

} // namespace takt::mqtt
