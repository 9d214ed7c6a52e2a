#include "sim/modbus_field.hpp"

#include <algorithm>
#include <cerrno>
#include <map>
#include <mutex>
#include <poll.h>
#include <set>
#include <stdexcept>
#include <thread>
#include <unistd.h>

#include <modbus/modbus.h>

#include "actors/mes/packml.hpp"
#include "gateways/feeds/dictionary.hpp"
#include "gateways/modbus/registers.hpp"
#include "messages/core/log.hpp"
#include "sim/modbus_unit.hpp"

namespace takt::sim {
namespace {

constexpr int clients_most = 16;
constexpr int look_every_ms = 100;

class field final : public equipment::uplink, public equipment::controller {
public:
    field(const std::string& address, const plant::file& plant, std::unique_ptr<equipment::uplink> inner)
        : inner_(std::move(inner))
    {
        for (const auto& d : plant.feeds.modbus) units_.emplace(d.unit_id, std::make_unique<modbus_unit>(d));
        for (const auto& [id, unit] : units_)
            for (const auto& m : unit->driven()) driven_.insert(m.text);
        listen(address);
    }
    ~field() override { close_all(); }

    // equipment::uplink
    void attach(equipment::controller& who, const std::vector<machine_id>& machines) override
    {
        who_ = &who;
        inner_->attach(*this, machines);
        server_ = std::thread([this] { serve(); });
    }
    void detach() override
    {
        stopping_ = true;
        if (server_.joinable()) server_.join();
        inner_->detach();
    }
    void report(const machine_id& machine, message command) override
    {
        if (driven_.contains(machine.text)) {
            const std::lock_guard lock(mutex_);
            bool mine = false;
            for (const auto& [id, unit] : units_) mine = unit->take(machine, command) || mine;
            if (mine) return;
        }
        inner_->report(machine, std::move(command));
    }
    void measure(std::vector<scada::sample> samples) override
    {
        {
            const std::lock_guard lock(mutex_);
            std::erase_if(samples, [&](const scada::sample& s) {
                bool mine = false;
                for (const auto& [id, unit] : units_) mine = unit->take(s) || mine;
                return mine;
            });
        }
        if (!samples.empty()) inner_->measure(std::move(samples));
    }
    instant now() const override { return inner_->now(); }
    equipment::link_figures counted() const override { return inner_->counted(); }

    // equipment::controller: what the inner link says
    void synchronise(const machine_id& m, const std::vector<equipment::assignment>& all, bool down) override
    {
        who_->synchronise(m, all, down);
    }
    void assign(const machine_id& m, const equipment::assignment& a) override { who_->assign(m, a); }
    void withdraw(const machine_id& m, const mes::run_ref& job) override { who_->withdraw(m, job); }
    void control(const machine_id& m, const machine::control_order& order) override
    {
        if (!driven_.contains(m.text)) who_->control(m, order); // else it comes by its registers
    }

private:
    void listen(const std::string& address);
    void serve();
    bool answer(int client);
    void close_all();

    std::unique_ptr<equipment::uplink> inner_;
    equipment::controller* who_ = nullptr;
    std::mutex mutex_; ///< of the units
    std::map<int, std::unique_ptr<modbus_unit>> units_;
    std::set<std::string> driven_;
    modbus_t* wire_ = nullptr;
    std::vector<pollfd> sockets_; ///< the first listens
    std::int64_t orders_ = 0;
    std::atomic<bool> stopping_ = false;
    std::thread server_;
};

void field::listen(const std::string& address)
{
    const auto colon = address.rfind(':');
    const auto port = colon == std::string::npos ? 0 : std::atoi(address.c_str() + colon + 1);
    if (port <= 0 || port > 65535) throw std::invalid_argument("'" + address + "' is not HOST:PORT");
    const auto host = address.substr(0, colon);
    wire_ = modbus_new_tcp(host.empty() ? "0.0.0.0" : host.c_str(), port);
    const int socket = wire_ == nullptr ? -1 : modbus_tcp_listen(wire_, clients_most);
    if (socket < 0) {
        const std::string why = modbus_strerror(errno);
        close_all();
        throw std::runtime_error("cannot listen on " + address + ": " + why);
    }
    sockets_.push_back({socket, POLLIN, 0});
    log_info("modbus_field_listens", {{"address", address}, {"units", units_.size()}});
}

void field::serve()
{
    while (!stopping_) {
        if (::poll(sockets_.data(), sockets_.size(), look_every_ms) <= 0) continue;
        const auto ready = sockets_;
        for (const auto& s : ready) {
            if (s.revents == 0) continue;
            if (s.fd != sockets_.front().fd) {
                if (answer(s.fd)) continue;
                ::close(s.fd);
                std::erase_if(sockets_, [&](const pollfd& one) { return one.fd == s.fd; });
                continue;
            }
            int listening = s.fd;
            const int client = modbus_tcp_accept(wire_, &listening);
            if (client < 0) continue;
            if (sockets_.size() > clients_most)
                ::close(client);
            else
                sockets_.push_back({client, POLLIN, 0});
        }
    }
}

/// One request. False if the client is gone. An unknown unit is not answered, as a gateway would do.
bool field::answer(int client)
{
    std::array<std::uint8_t, MODBUS_TCP_MAX_ADU_LENGTH> request{};
    modbus_set_socket(wire_, client);
    const int length = modbus_receive(wire_, request.data());
    if (length < 0) return false;
    if (length == 0) return true;
    const auto header = static_cast<std::size_t>(modbus_get_header_length(wire_));
    std::vector<modbus_unit::order> orders;
    {
        const std::lock_guard lock(mutex_);
        const auto unit = units_.find(request.at(header - 1));
        if (unit == units_.end()) return true;
        if (modbus_reply(wire_, request.data(), length, unit->second->mapping()) < 0) return false;
        orders = unit->second->written();
    }
    for (auto& o : orders) {
        o.what.number = ++orders_;
        o.what.due = now() + std::chrono::minutes(1);
        who_->control(o.machine, o.what);
    }
    return true;
}

void field::close_all()
{
    for (const auto& s : sockets_) ::close(s.fd);
    sockets_.clear();
    if (wire_ != nullptr) modbus_free(wire_);
    wire_ = nullptr;
}

} // namespace

std::unique_ptr<equipment::uplink> modbus_field(const std::string& address, const plant::file& plant,
                                                std::unique_ptr<equipment::uplink> inner)
{
    if (plant.feeds.modbus.empty()) throw std::invalid_argument("the plant file has no Modbus devices (feeds.modbus)");
    return std::make_unique<field>(address, plant, std::move(inner));
}

} // namespace takt::sim
