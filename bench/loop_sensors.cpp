#include "bench/loop_sensors.hpp"

namespace takt::bench {
namespace {

using steady = std::chrono::steady_clock;

/// Another one at each start of the process.
std::uint8_t any_bd_seq()
{
    return static_cast<std::uint8_t>(std::chrono::system_clock::now().time_since_epoch() / std::chrono::seconds(1));
}

} // namespace

loop_sensors::loop_sensors(const mqtt::endpoint& broker, const plant::file& plant, double rate,
                           std::function<instant()> clock)
    : rate_(rate),
      clock_(std::move(clock)),
      edge_("takt", "sensors", any_bd_seq()),
      wire_(broker, "takt-bench-sensors",
            {[this]() -> std::optional<mqtt::packet> {
                 const std::lock_guard lock(mutex_);
                 const auto will = edge_.will();
                 return mqtt::packet{will.topic, will.payload, will.qos, will.retain};
             },
             [this] {
                 for (const auto& s : edge_.subscriptions()) wire_.subscribe(s.filter, s.qos);
                 const std::lock_guard lock(mutex_);
                 be_born();
             },
             [this] { born_ = false; },
             [this](const std::string& topic, const std::string& payload) { hear(topic, payload); }})
{
    for (const auto& m : plant.machines) {
        machines_.push_back(m.key.text);
        for (std::size_t i = 0; i < sensors_each; ++i)
            edge_.define(m.key.text, tag(i), sparkplug::data_type::float64, healthy);
    }
    wire_.start();
}

loop_sensors::~loop_sensors() { stop(); }

void loop_sensors::start()
{
    thread_ = std::thread([this] { run(); });
}

void loop_sensors::stop()
{
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
    wire_.stop();
}

void loop_sensors::hear(const std::string& topic, const std::string& payload)
{
    const std::lock_guard lock(mutex_);
    if (edge_.receive(topic, payload).rebirth) be_born();
}

void loop_sensors::be_born()
{
    for (const auto& p : edge_.births(clock_())) wire_.publish({p.topic, p.payload, p.qos, p.retain});
    born_ = true;
}

/// One message: all sensors of one machine.
void loop_sensors::measure(std::size_t machine)
{
    const std::lock_guard lock(mutex_);
    const auto& key = machines_[machine];
    std::vector<sparkplug::edge::change> now;
    for (std::size_t i = 0; i < sensors_each; ++i) {
        const double level = i == 0 && hot_.contains(key) ? faulty : healthy;
        now.push_back({tag(i), level + static_cast<double>(++noise_ % 97) * 0.01});
    }
    const auto p = edge_.say(key, now, clock_());
    if (wire_.publish({p.topic, p.payload, p.qos, p.retain})) said_ += sensors_each;
}

void loop_sensors::overheat(const machine_id& machine)
{
    const auto index = std::find(machines_.begin(), machines_.end(), machine.text) - machines_.begin();
    {
        const std::lock_guard lock(mutex_);
        hot_.insert(machine.text);
    }
    measure(static_cast<std::size_t>(index));
}

void loop_sensors::run()
{
    const auto each = std::chrono::duration<double>(static_cast<double>(sensors_each) / rate_);
    const auto began = steady::now();
    for (std::uint64_t n = 0; !stopping_; ++n) {
        std::this_thread::sleep_until(began + std::chrono::duration_cast<steady::duration>(each * n));
        measure(n % machines_.size());
    }
}

} // namespace takt::bench
