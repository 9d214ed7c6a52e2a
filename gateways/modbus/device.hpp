#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "gateways/equipment_link.hpp"
#include "gateways/feeds/dictionary.hpp"
#include "gateways/feeds/forwarding.hpp"
#include "gateways/feeds/intake.hpp"
#include "gateways/modbus/registers.hpp"

struct _modbus; // libmodbus

namespace takt::modbus {

BOOST_DEFINE_ENUM_CLASS(connection_state, connecting, connected, failing)

struct device_report {
    std::string name, address;
    connection_state state = connection_state::connecting;
    std::string last_error;
    std::uint64_t polls = 0, connects = 0, timeouts = 0, writes = 0, failed_writes = 0;
    std::map<std::string, std::uint64_t> exceptions; ///< by what the device says
    feeds::intake_figures samples;
    std::uint64_t waiting = 0, lost = 0; ///< samples
    std::vector<feeds::rejection> rejected;
};
BOOST_DESCRIBE_STRUCT(device_report, (),
                      (name, address, state, last_error, polls, connects, timeouts, writes, failed_writes, exceptions,
                       samples, waiting, lost, rejected))

/// One device and its thread.
class device {
public:
    using say = std::function<void(const machine_id&, message)>;

    /// `report` carries what a machine's registers say.
    device(runtime::node& node, const plant::modbus_device& what, milliseconds late, milliseconds early, say report);
    ~device() { stop(); }
    device(const device&) = delete;
    device& operator=(const device&) = delete;

    void start();
    void stop();
    /// Machines that it has something else of than samples.
    std::vector<machine_id> driven() const;
    /// Is written in the device's own time, once; then confirmed, or refused. From any thread.
    void control(const machine_id& machine, const machine::control_order& order);
    /// The plant wants to hear everything again. From any thread.
    void tell_again();
    device_report report() const;

private:
    struct place {
        plant::modbus_register what;
        feeds::target target;
        machine_id machine;
        std::optional<double> told; ///< as sample, or as state
    };
    struct order {
        machine_id machine;
        machine::control_order what;
    };

    void run();
    bool connect();
    void close();
    bool poll();
    bool read(const block& b);
    void take(place& p, const std::uint16_t* words, bool bit);
    void all_stale();
    void report_parameters();
    void obey(const order& o);
    std::string write(const place& p, double value);
    bool failed(const char* doing);
    void nap(std::unique_lock<std::mutex>& lock, std::chrono::steady_clock::time_point until);

    runtime::node& node_;
    const plant::modbus_device what_;
    const say say_;
    const std::vector<block> blocks_;
    std::vector<place> places_;
    feeds::intake intake_;
    feeds::forwarding forwarding_;
    _modbus* wire_ = nullptr;
    std::map<std::string, std::map<std::string, double>> set_points_; ///< by machine, as read
    bool parameters_changed_ = false;

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<order> orders_;
    bool stopping_ = false, again_ = false;
    device_report figures_;
    std::thread thread_;
};

} // namespace takt::modbus
