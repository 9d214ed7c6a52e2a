#include "gateways/mqtt/gateway.hpp"

#include <prometheus/metric_family.h>
#include <spdlog/spdlog.h>

#include "gateways/mqtt/gateway_parts.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"

namespace takt::mqtt {
namespace {

using sparkplug::outcome;

/// The host's own time: Sparkplug's rules are about UTC, also where plant time is faster.
instant utc()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<milliseconds>(now).count()};
}

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

/// What edge nodes say of themselves, not of machines.
bool is_administrative(const std::string& metric)
{
    return metric == "bdSeq" || metric.starts_with("Node Control/") || metric.starts_with("Device Control/") ||
           metric.starts_with("Properties/") || metric.starts_with("Job/") || metric.starts_with("Status/") ||
           metric.starts_with("Control/") || metric.starts_with("Parameter/");
}

/// Of a JSON document: RFC 3339, or ms since 1970.
std::optional<instant> time_of(const boost::json::value& v)
{
    if (v.is_string()) return parse_rfc3339(std::string(v.get_string()));
    boost::system::error_code none;
    const auto ms = v.to_number<std::int64_t>(none);
    return none ? std::nullopt : std::optional(instant{ms});
}

} // namespace

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
    for (const auto& filter : dictionary.json_filters()) wire.subscribe(filter, 1);
    if (options.sparkplug_host.empty()) return;
    for (const auto& s : host.subscriptions()) wire.subscribe(s.filter, s.qos);
    const std::lock_guard lock(mutex);
    publish({host.birth()});
    call_attention();
}

void gateway::parts::lost()
{
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
        std::deque<std::pair<std::string, std::string>> some;
        some.swap(inbox);
        inbox_bytes = 0;
        lock.unlock();
        {
            const std::lock_guard state(mutex);
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

void gateway::parts::take_packet(const std::string& topic, const std::string& payload)
{
    if (!topic.starts_with("spBv1.0/")) return take_json(topic, payload);
    const auto out = host.receive(topic, payload, utc());
    publish(out.publish);
    take_outcome(out.what);
    drive();
}

void gateway::parts::take_outcome(const outcome& o)
{
    const auto now = node.now();
    for (const auto& r : o.refused)
        intake.reject(now, r.from.group.empty() ? "" : r.from.path(), r.metric, r.reason, r.detail);
    for (const auto& r : o.readings) take_reading(r);
    for (const auto& c : o.changes) spdlog::info("sparkplug_{} of={}", c.online ? "born" : "died", c.of.path());
    if (!o.readings.empty() || !o.changes.empty()) driver.take(o);
}

void gateway::parts::take_reading(const sparkplug::reading& r)
{
    if (is_administrative(r.metric)) return;
    const auto now = node.now();
    const auto* to = dictionary.find(r.from, r.metric);
    if (to == nullptr) {
        if (!r.stale) intake.reject(now, r.from.path(), r.metric, "unmapped", "no row of the dictionary");
        return;
    }
    std::optional<scada::sample> s;
    if (r.stale) {
        s = intake.go_stale(*to);
    } else if (std::holds_alternative<std::monostate>(r.value)) {
        intake.count_null();
    } else if (const auto number = sparkplug::as_number(r.value)) {
        const bool boolean = std::holds_alternative<bool>(r.value);
        s = intake.take(*to, {*number, r.at, r.quality, r.historical, boolean}, now, r.from.path(), r.metric);
    } else {
        intake.reject(now, r.from.path(), r.metric, "wrong_type", "is no number");
    }
    if (s) forwarding.put(std::move(*s));
}

void gateway::parts::take_json(const std::string& topic, const std::string& payload)
{
    const auto now = node.now();
    constexpr std::size_t payload_most = 1 << 20;
    if (payload.size() > payload_most) return intake.reject(now, topic, {}, "bad_payload", "is larger than 1 MiB");
    const auto document = parse_json(payload);
    if (!document || !document->is_object())
        return intake.reject(now, topic, {}, "bad_payload",
                             document ? "is no JSON object" : describe(document.error()));
    const auto found = dictionary.match(topic, *document);
    if (!found) return intake.reject(now, topic, {}, "unmapped", "no feed has this topic");
    std::optional<instant> at;
    if (!found->time.empty()) {
        const auto* time = document->get_object().if_contains(found->time);
        at = time == nullptr ? std::nullopt : time_of(*time);
        if (!at) return intake.reject(now, topic, found->time, "bad_time", "is neither RFC 3339 nor ms since 1970");
    }
    for (const auto& v : found->values) {
        if (v.value == nullptr) continue;
        if (v.value->is_null()) {
            intake.count_null();
            continue;
        }
        if (v.to == nullptr) {
            intake.reject(now, topic, v.field, "unmapped", "the topic names no machine or meter of the plant");
            continue;
        }
        boost::system::error_code none;
        const bool boolean = v.value->is_bool();
        const double number = boolean ? (v.value->get_bool() ? 1 : 0) : v.value->to_number<double>(none);
        if (none) {
            intake.reject(now, topic, v.field, "wrong_type", "is no number");
            continue;
        }
        if (auto s = intake.take(*v.to, {number, at, sparkplug::good_quality, false, boolean}, now, topic, v.field))
            forwarding.put(std::move(*s));
    }
}

/// Carries between the plant and the devices what is new on either side.
void gateway::parts::drive()
{
    for (auto& r : driver.reports()) link.report(r.machine, std::move(r.what));
    for (const auto& w : driver.writes(utc(), node.now())) {
        const auto command = host.command(w.to, w.metrics, utc());
        if (command) {
            ++commands;
            publish({*command.ok});
        } else {
            intake.reject(node.now(), w.to.path(), w.metrics.front().first, "not_written", command.reason);
        }
    }
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
