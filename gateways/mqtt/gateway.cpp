#include "gateways/mqtt/gateway.hpp"

#include <prometheus/metric_family.h>

#include "gateways/mqtt/gateway_parts.hpp"

namespace takt::mqtt {
namespace {

sparkplug::host_options host_options_of(const gateway_options& o)
{
    sparkplug::host_options h;
    h.host_id = o.sparkplug_host;
    h.reorder_timeout = o.reorder_timeout;
    h.rebirth_interval = o.rebirth_interval;
    return h;
}

std::vector<sparkplug::machine_driver::driven> driven_of(const plant::file& plant)
{
    std::vector<sparkplug::machine_driver::driven> all;
    for (const auto& m : plant.machines) all.push_back({m.key, static_cast<std::size_t>(std::max(m.capacity, 1))});
    return all;
}

std::vector<machine_id> keys_of(const plant::file& plant)
{
    std::vector<machine_id> all;
    for (const auto& m : plant.machines) all.push_back(m.key);
    return all;
}

} // namespace

/// The host's own time: Sparkplug's rules are about UTC, also where plant time is faster.
instant utc()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<milliseconds>(now).count()};
}

gateway::parts::parts(runtime::node& n, const plant::file& plant, gateway_options o)
    : node(n),
      options(std::move(o)),
      machines(keys_of(plant)),
      link(equipment::port_to(n)),
      host(host_options_of(options)),
      driver(driven_of(plant)),
      dictionary(plant),
      intake(plant.feeds.late_ms, plant.feeds.early_ms),
      forwarding(
          [&n](const entity_ref& source, const std::vector<scada::sample>& some) { return n.observe(source, some); },
          options.waiting_most),
      wire(options.broker,
           "takt-" + (options.sparkplug_host.empty() ? std::to_string(utc().ms) : options.sparkplug_host),
           {[this]() -> std::optional<packet> {
                if (options.sparkplug_host.empty()) return std::nullopt;
                const std::lock_guard lock(mutex);
                const auto will = host.will(utc());
                return packet{will.topic, will.payload, will.qos, will.retain};
            },
            [this] { connected(); }, [this] { lost(); },
            [this](std::string topic, std::string payload) { put(std::move(topic), std::move(payload)); }})
{
}

/// First listen, then be there.
void gateway::parts::connected()
{
    tell_feed(broker_feed, true, {});
    for (const auto& filter : dictionary.json_filters()) wire.subscribe(filter, 1);
    if (options.sparkplug_host.empty()) return;
    for (const auto& s : host.subscriptions()) wire.subscribe(s.filter, s.qos);
    const std::lock_guard lock(mutex);
    publish({host.birth()});
    call_attention();
}

void gateway::parts::lost()
{
    tell_feed(broker_feed, false, "no connection to the broker: " + wire.counted().last_error);
    const std::lock_guard lock(mutex);
    host.lost_connection();
}

/// On the connection's thread: only puts it there. The worker falls behind? The oldest is lost, and for Sparkplug that
/// is a gap, which it mends.
void gateway::parts::put(std::string topic, std::string payload)
{
    {
        const std::lock_guard lock(inbox_mutex);
        inbox_bytes += payload.size();
        inbox.emplace_back(std::move(topic), std::move(payload));
        while (inbox.size() > options.inbox_most || (inbox_bytes > options.inbox_bytes_most && inbox.size() > 1)) {
            inbox_bytes -= inbox.front().second.size();
            inbox.pop_front();
            ++inbox_lost;
        }
    }
    wake.notify_one();
}

void gateway::parts::call_attention()
{
    {
        const std::lock_guard lock(inbox_mutex);
        attention = true;
    }
    wake.notify_one();
}

void gateway::parts::run()
{
    std::unique_lock lock(inbox_mutex);
    while (!stopping) {
        if (inbox.empty() && !attention) {
            lock.unlock();
            const auto longest = nap();
            lock.lock();
            wake.wait_for(lock, longest, [&] { return stopping || attention || !inbox.empty(); });
        }
        attention = false;
        const auto anew = std::exchange(restarts, {});
        std::deque<std::pair<std::string, std::string>> some;
        some.swap(inbox);
        inbox_bytes = 0;
        lock.unlock();
        {
            const std::lock_guard state(mutex);
            restart_feeds(anew);
            for (const auto& [topic, payload] : some) take_packet(topic, payload);
            tick();
        }
        lock.lock();
    }
}

std::chrono::milliseconds gateway::parts::nap() const
{
    constexpr milliseconds longest{1000}, when_busy{20}, when_driving{200};
    const std::lock_guard lock(mutex);
    if (forwarding.waiting() > 0) return when_busy;
    if (driver.waiting()) return when_driving;
    const auto due = host.next_timer();
    if (!due) return longest;
    return std::clamp(*due - utc(), milliseconds{1}, longest);
}

void gateway::parts::tick()
{
    forwarding.flush();
    if (options.sparkplug_host.empty() || !wire.counted().connected) return;
    const auto out = host.tick(utc());
    publish(out.publish);
    take_outcome(out.what);
    drive();
}

void gateway::parts::publish(const std::vector<sparkplug::publication>& all)
{
    for (const auto& p : all) wire.publish({p.topic, p.payload, p.qos, p.retain});
}

void gateway::parts::synchronise(const machine_id& m, const std::vector<equipment::assignment>& all, bool /*down*/)
{
    const std::lock_guard lock(mutex);
    driver.synchronise(m, all);
    drive();
    call_attention();
}

void gateway::parts::assign(const machine_id& m, const equipment::assignment& a)
{
    const std::lock_guard lock(mutex);
    driver.assign(m, a);
    drive();
    call_attention();
}

void gateway::parts::withdraw(const machine_id& m, const mes::run_ref& job)
{
    const std::lock_guard lock(mutex);
    driver.withdraw(m, job);
    drive();
    call_attention();
}

void gateway::parts::control(const machine_id& m, const machine::control_order& order)
{
    const std::lock_guard lock(mutex);
    driver.control(m, order);
    drive();
    call_attention();
}

gateway::gateway(runtime::node& node, const plant::file& plant, gateway_options o)
    : parts_(std::make_shared<parts>(node, plant, std::move(o)))
{
}

gateway::~gateway() { stop(); }

void gateway::start()
{
    auto& p = *parts_;
    p.worker = std::thread([&p] { p.run(); });
    p.watch_feeds();
    if (!p.options.sparkplug_host.empty()) p.link.attach(p, p.machines);
    p.wire.start();
}

void gateway::stop()
{
    auto& p = *parts_;
    {
        const std::lock_guard lock(p.inbox_mutex);
        if (std::exchange(p.stopping, true)) return;
    }
    p.wake.notify_all();
    p.feed_restarts.reset();
    if (p.worker.joinable()) p.worker.join();
    p.link.detach();
    std::optional<packet> farewell;
    if (!p.options.sparkplug_host.empty()) {
        const std::lock_guard lock(p.mutex);
        const auto last = p.host.farewell(utc());
        farewell = packet{last.topic, last.payload, last.qos, last.retain};
    }
    p.wire.stop(farewell);
}

bool gateway::connected() const { return parts_->wire.counted().connected; }
std::string gateway::report() const { return parts_->report(); }

namespace {

struct gateway_metrics final : prometheus::Collectable {
    explicit gateway_metrics(std::function<std::vector<prometheus::MetricFamily>()> f) : read(std::move(f)) {}
    std::vector<prometheus::MetricFamily> Collect() const override { return read(); }
    std::function<std::vector<prometheus::MetricFamily>()> read;
};

} // namespace

std::shared_ptr<prometheus::Collectable> gateway::metrics() const
{
    return std::make_shared<gateway_metrics>([p = parts_] { return p->collect(); });
}

} // namespace takt::mqtt
