#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

#include "gateways/mqtt/connection.hpp"
#include "gateways/sparkplug/edge.hpp"
#include "messages/plant/plant.hpp"

namespace takt::bench {

/// Sensors of all machines, beside their controllers: edge nodes with `sensors_each` tags a machine, `rate` samples a
/// second together, in an even flow.
class loop_sensors {
public:
    static constexpr std::size_t sensors_each = 5;
    static constexpr double healthy = 40, faulty = 130, limit = 90;
    static std::string tag(std::size_t number) { return "bearing_" + std::to_string(number + 1) + "_celsius"; }

    /// `clock` tells plant time, which metrics are stamped with.
    loop_sensors(const mqtt::endpoint& broker, const plant::file& plant, double rate, std::function<instant()> clock);
    ~loop_sensors();
    loop_sensors(const loop_sensors&) = delete;
    loop_sensors& operator=(const loop_sensors&) = delete;

    /// Begins to measure.
    void start();
    void stop();
    /// This machine's first sensor is too hot from now on. Said at once.
    void overheat(const machine_id& machine);
    bool connected() const { return born_; }
    std::uint64_t said() const { return said_; } ///< samples

private:
    void run();
    void hear(const std::string& topic, const std::string& payload);
    void be_born();
    void measure(std::size_t machine);

    std::vector<std::string> machines_;
    const double rate_;
    const std::function<instant()> clock_;
    std::mutex mutex_;
    sparkplug::edge edge_;
    std::set<std::string> hot_;
    std::uint64_t noise_ = 0;
    std::atomic<bool> born_ = false, stopping_ = false;
    std::atomic<std::uint64_t> said_ = 0;
    mqtt::connection wire_;
    std::thread thread_;
};

} // namespace takt::bench
