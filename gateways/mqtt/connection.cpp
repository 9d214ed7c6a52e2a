#include "gateways/mqtt/connection.hpp"
#include "messages/core/log.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include <mqtt/async_client.h>

namespace takt::mqtt {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds back_off_least{100}, back_off_most{5000};
constexpr int unsent_most = 100'000; ///< packets on their way to the socket; what is more is not sent, and counted
constexpr std::chrono::seconds answer_within{5}, keep_alive{5};

std::string address_of(const endpoint& e)
{
    const bool v6 = e.host.find(':') != std::string::npos;
    return "tcp://" + (v6 ? '[' + e.host + ']' : e.host) + ':' + std::to_string(e.port);
}

} // namespace

std::optional<endpoint> read_url(const std::string& url)
{
    constexpr std::string_view scheme = "mqtt://";
    if (!url.starts_with(scheme)) return std::nullopt;
    std::string rest = url.substr(scheme.size());
    if (!rest.empty() && rest.back() == '/') rest.pop_back();
    endpoint e;
    if (const auto at = rest.rfind('@'); at != std::string::npos) {
        const auto colon = rest.find(':');
        e.user = rest.substr(0, std::min(colon, at));
        if (colon < at) e.password = rest.substr(colon + 1, at - colon - 1);
        rest.erase(0, at + 1);
    }
    auto colon = rest.rfind(':');
    if (rest.starts_with('[')) { // an IPv6 address
        const auto end = rest.find(']');
        if (end == std::string::npos) return std::nullopt;
        e.host = rest.substr(1, end - 1);
        colon = rest.find(':', end);
    } else {
        e.host = rest.substr(0, colon);
    }
    if (colon != std::string::npos) {
        const auto* first = rest.data() + colon + 1;
        const auto* last = rest.data() + rest.size();
        const auto [end, broken] = std::from_chars(first, last, e.port);
        if (broken != std::errc() || end != last || e.port < 1 || e.port > 65535) return std::nullopt;
    }
    if (e.host.empty() || e.host.find('/') != std::string::npos) return std::nullopt;
    return e;
}

struct connection::parts : ::mqtt::callback {
    parts(const endpoint& e, std::string id, owner o)
        : to(e),
          whose(std::move(o)),
          client(address_of(e), id, ::mqtt::create_options(MQTTVERSION_3_1_1, unsent_most), nullptr)
    {
    }

    endpoint to;
    owner whose;
    ::mqtt::async_client client;
    std::thread keeper;
    std::mutex mutex;
    std::condition_variable wake;
    bool stopping = false, broken = false, at_once = false;
    std::string last_error;
    std::atomic<bool> up{false};
    std::atomic<std::uint64_t> connects{0}, failures{0}, losses{0}, received{0}, sent{0}, unsent{0};

    // Paho's callbacks, on its thread.
    void connection_lost(const std::string& why) override
    {
        up = false;
        ++losses;
        const std::lock_guard lock(mutex);
        broken = true;
        last_error = why.empty() ? "connection lost" : why;
        wake.notify_all();
    }
    void message_arrived(::mqtt::const_message_ptr m) override
    {
        ++received;
        whose.received(m->get_topic(), m->to_string());
    }

    void keep_up();
    bool connect();
};

void connection::parts::keep_up()
{
    auto back_off = back_off_least;
    std::unique_lock lock(mutex);
    while (!stopping) {
        broken = false;
        lock.unlock();
        const bool connected = connect();
        lock.lock();
        if (connected) {
            back_off = back_off_least;
            wake.wait(lock, [&] { return stopping || broken; });
            if (stopping) return;
            lock.unlock();
            log_warning("mqtt_connection_lost",
                        {{"broker", to.host + ':' + std::to_string(to.port)}, {"reason", last_error}});
            whose.lost();
            lock.lock();
        }
        wake.wait_for(lock, back_off, [&] { return stopping || at_once; });
        at_once = false;
        back_off = std::min(2 * back_off, back_off_most);
    }
}

bool connection::parts::connect()
{
    try {
        ::mqtt::connect_options how;
        how.set_clean_session(true);
        how.set_mqtt_version(MQTTVERSION_3_1_1);
        how.set_keep_alive_interval(keep_alive);
        how.set_connect_timeout(answer_within);
        how.set_max_inflight(1000);
        if (!to.user.empty()) how.set_user_name(to.user);
        if (!to.password.empty()) how.set_password(to.password);
        if (const auto will = whose.will())
            how.set_will(
                ::mqtt::will_options(will->topic, will->payload.data(), will->payload.size(), will->qos, will->retain));
        const auto done = client.connect(how);
        if (!done->wait_for(answer_within)) throw std::runtime_error("the broker does not answer");
    } catch (const std::exception& error) {
        ++failures;
        const std::lock_guard lock(mutex);
        if (last_error != error.what())
            log_warning("mqtt_connect_failed",
                        {{"broker", to.host + ':' + std::to_string(to.port)}, {"reason", error.what()}});
        last_error = error.what();
        return false;
    }
    ++connects;
    up = true;
    log_info("mqtt_connected", {{"broker", to.host + ':' + std::to_string(to.port)}});
    whose.connected();
    return true;
}

connection::connection(const endpoint& to, std::string client_id, owner whose)
    : parts_(std::make_shared<parts>(to, std::move(client_id), std::move(whose)))
{
    parts_->client.set_callback(*parts_);
}

connection::~connection() { stop(); }

void connection::start()
{
    parts_->keeper = std::thread([p = parts_] { p->keep_up(); });
}

void connection::stop(const std::optional<packet>& last_words)
{
    auto& p = *parts_;
    {
        const std::lock_guard lock(p.mutex);
        if (std::exchange(p.stopping, true)) return;
    }
    p.wake.notify_all();
    if (p.keeper.joinable()) p.keeper.join();
    try {
        if (p.up && last_words)
            p.client.publish(last_words->topic, last_words->payload, last_words->qos, last_words->retain)
                ->wait_for(answer_within);
        p.up = false;
        if (p.client.is_connected()) p.client.disconnect()->wait_for(answer_within);
    } catch (const ::mqtt::exception& error) {
        log_debug("mqtt_disconnect_failed", {{"reason", error.what()}});
    }
    p.client.disable_callbacks();
}

bool connection::publish(const packet& m)
{
    auto& p = *parts_;
    try {
        if (p.up) {
            p.client.publish(m.topic, m.payload, m.qos, m.retain);
            ++p.sent;
            return true;
        }
    } catch (const ::mqtt::exception&) {
        // the connection has just gone
    }
    ++p.unsent;
    return false;
}

bool connection::subscribe(const std::string& filter, int qos)
{
    try {
        return parts_->client.subscribe(filter, qos)->wait_for(answer_within);
    } catch (const ::mqtt::exception& error) {
        log_warning("mqtt_subscribe_failed", {{"filter", filter}, {"reason", error.what()}});
        return false;
    }
}

void connection::connect_at_once()
{
    {
        const std::lock_guard lock(parts_->mutex);
        parts_->at_once = true;
    }
    parts_->wake.notify_all();
}

figures connection::counted() const
{
    auto& p = *parts_;
    const std::lock_guard lock(p.mutex);
    return {p.up, p.connects, p.failures, p.losses, p.received, p.sent, p.unsent, p.up ? "" : p.last_error};
}

} // namespace takt::mqtt
