#include "gateways/modbus/device.hpp"

#include <cerrno>
#include <cmath>

#include <modbus/modbus.h>

#include "actors/mes/packml.hpp"
#include "gateways/modbus/exception.hpp"
#include "messages/core/log.hpp"

namespace takt::modbus {
namespace {

using clock = std::chrono::steady_clock;
constexpr milliseconds back_off{1000};

/// "Illegal data address" as "illegal_data_address".
std::string word_of(int error)
{
    std::string text = modbus_strerror(error);
    for (auto& c : text) c = c == ' ' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

} // namespace

device::device(runtime::node& node, const plant::modbus_device& what, milliseconds late, milliseconds early, say report)
    : node_(node),
      what_(what),
      say_(std::move(report)),
      blocks_(blocks_of(what)),
      intake_(late, early),
      forwarding_([&node](const entity_ref& source, const std::vector<scada::sample>& some) {
          return node.observe(source, some);
      })
{
    for (const auto& r : what_.registers) {
        const auto unit = feeds::conversion(r.unit, r.tag).value_or(feeds::linear{});
        feeds::target t{entity_ref(r.source), r.tag, r.type == "boolean", {}, r.low, r.high};
        t.to_sample = {unit.scale * r.scale, unit.offset + unit.scale * r.offset};
        places_.push_back({r, t, machine_id(t.source.key()), std::nullopt});
    }
    figures_.name = what_.name;
    figures_.address = what_.host + ':' + std::to_string(what_.port);
}

std::vector<machine_id> device::driven() const
{
    std::map<std::string, machine_id> all;
    for (const auto& p : places_)
        if (p.what.role != "sample") all.emplace(p.machine.text, p.machine);
    std::vector<machine_id> keys;
    for (const auto& [text, key] : all) keys.push_back(key);
    return keys;
}

void device::start()
{
    thread_ = std::thread([this] { run(); });
}

void device::stop()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void device::control(const machine_id& machine, const machine::control_order& what)
{
    {
        const std::lock_guard lock(mutex_);
        orders_.push_back({machine, what});
    }
    wake_.notify_all();
}

void device::tell_again()
{
    const std::lock_guard lock(mutex_);
    again_ = true;
}

device_report device::report() const
{
    const std::lock_guard lock(mutex_);
    return figures_;
}

void device::run()
{
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        lock.unlock();
        const bool good = (wire_ != nullptr || connect()) && poll();
        forwarding_.flush();
        const auto next = clock::now() + (good ? what_.period_ms : back_off);
        lock.lock();
        figures_.samples = intake_.counted();
        figures_.rejected.assign(intake_.latest().rbegin(), intake_.latest().rend());
        figures_.waiting = forwarding_.waiting();
        figures_.lost = forwarding_.lost();
        nap(lock, next);
    }
    lock.unlock();
    close();
}

/// Until the time has come; commands are obeyed at once if there is a connection.
void device::nap(std::unique_lock<std::mutex>& lock, clock::time_point until)
{
    while (!stopping_ && clock::now() < until) {
        if (orders_.empty() || wire_ == nullptr) {
            wake_.wait_until(lock, until, [&] { return stopping_ || (!orders_.empty() && wire_ != nullptr); });
            continue;
        }
        const auto o = orders_.front();
        orders_.pop_front();
        lock.unlock();
        obey(o);
        lock.lock();
        return; // and look what has become of it
    }
}

bool device::connect()
{
    wire_ = modbus_new_tcp_pi(what_.host.c_str(), std::to_string(what_.port).c_str());
    if (wire_ == nullptr) return failed("connect");
    const auto ms = what_.timeout_ms.count();
    modbus_set_response_timeout(wire_, static_cast<std::uint32_t>(ms / 1000),
                                static_cast<std::uint32_t>(ms % 1000 * 1000));
    modbus_set_slave(wire_, what_.unit_id);
    if (modbus_connect(wire_) != 0) return failed("connect");
    const std::lock_guard lock(mutex_);
    figures_.state = connection_state::connected;
    ++figures_.connects;
    log_info("modbus_connected", {{"device", what_.name}, {"address", figures_.address}});
    return true;
}

void device::close()
{
    if (wire_ == nullptr) return;
    modbus_close(wire_);
    modbus_free(wire_);
    wire_ = nullptr;
}

/// The connection is of no more use. Always false.
bool device::failed(const char* doing)
{
    const int error = errno;
    const std::string why = modbus_strerror(error);
    close();
    all_stale();
    const std::lock_guard lock(mutex_);
    if (figures_.state != connection_state::failing)
        log_warning("modbus_failed",
                    {{"device", what_.name}, {"address", figures_.address}, {"doing", doing}, {"reason", why}});
    figures_.state = connection_state::failing;
    figures_.last_error = std::string(doing) + ": " + why;
    figures_.timeouts += error == ETIMEDOUT ? 1 : 0;
    return false;
}

bool device::poll()
{
    {
        const std::lock_guard lock(mutex_);
        ++figures_.polls;
        if (std::exchange(again_, false)) {
            for (auto& p : places_)
                if (p.what.role == "state") p.told.reset();
            parameters_changed_ = true;
        }
    }
    for (const auto& b : blocks_)
        if (!read(b)) return failed("read");
    if (std::exchange(parameters_changed_, false)) report_parameters();
    return true;
}

/// False if the connection is of no more use. An exception is the device's answer: it is there.
bool device::read(const block& b)
{
    std::vector<std::uint16_t> words(static_cast<std::size_t>(b.count));
    std::vector<std::uint8_t> bits(static_cast<std::size_t>(b.count));
    int got = -1;
    switch (b.table) {
    case table::holding: got = modbus_read_registers(wire_, b.address, b.count, words.data()); break;
    case table::input: got = modbus_read_input_registers(wire_, b.address, b.count, words.data()); break;
    case table::coil: got = modbus_read_bits(wire_, b.address, b.count, bits.data()); break;
    case table::discrete: got = modbus_read_input_bits(wire_, b.address, b.count, bits.data()); break;
    }
    if (got != b.count) {
        if (!is_exception(errno)) return false;
        const auto word = word_of(errno);
        for (const auto i : b.registers) {
            auto& p = places_[i];
            intake_.reject(node_.now(), what_.name, p.what.tag, word, "register " + std::to_string(p.what.address));
            if (auto s = intake_.go_stale(p.target)) forwarding_.put(std::move(*s));
        }
        const std::lock_guard lock(mutex_);
        ++figures_.exceptions[word];
        return true;
    }
    for (const auto i : b.registers) {
        const auto offset = static_cast<std::size_t>(places_[i].what.address - what_.base - b.address);
        take(places_[i], words.data() + offset, bits[offset] != 0);
    }
    return true;
}

void device::take(place& p, const std::uint16_t* words, bool bit)
{
    const auto where = *table_of(p.what.table);
    const bool is_bit = where == table::coil || where == table::discrete;
    const double value = is_bit ? (bit ? 1 : 0) : decode(words, *format_of(p.what.format), *order_of(p.what.order));
    if (p.what.role == "state") {
        if (p.told == value) return;
        p.told = value;
        const auto state = machine::packml_of(static_cast<std::int64_t>(value));
        if (state)
            say_(p.machine, make_message(machine::report_state{*state, ""}));
        else
            intake_.reject(node_.now(), what_.name, "state", "wrong_type", "is no state of PackML");
        return;
    }
    if (p.what.role == "set_point") {
        const double now = p.target.to_sample.of(value);
        auto& known = set_points_[p.machine.text];
        const auto before = known.find(p.what.tag);
        if (!std::isfinite(now) || (before != known.end() && before->second == now)) return;
        known[p.what.tag] = now;
        parameters_changed_ = true;
        return;
    }
    const bool moved = !p.told || !(std::abs(value - *p.told) <= p.what.dead_band);
    if (!moved && p.what.dead_band > 0) return;
    p.told = value;
    const bool boolean = is_bit || p.target.boolean;
    if (auto s = intake_.take(p.target, {value, std::nullopt, 192, false, boolean && p.target.boolean}, node_.now(),
                              what_.name, p.what.tag))
        forwarding_.put(std::move(*s));
}

void device::all_stale()
{
    for (auto& p : places_) {
        if (p.what.role == "sample") p.told.reset();
        if (auto s = intake_.go_stale(p.target)) forwarding_.put(std::move(*s));
    }
    forwarding_.flush();
}

void device::report_parameters()
{
    for (const auto& [key, values] : set_points_)
        say_(machine_id(key), make_message(machine::report_parameters{"", values}));
}

} // namespace takt::modbus
