#include "sim/simulator.hpp"

#include "sim/floor.hpp"
#include "sim/http_port.hpp"
#include "sim/modbus_field.hpp"
#include "sim/people.hpp"
#include "sim/sparkplug_field.hpp"

namespace takt::sim {
namespace {

std::unique_ptr<equipment::uplink> uplink_by(std::unique_ptr<equipment::port> port, const plant::file& plant,
                                             const std::optional<mqtt::endpoint>& broker, const std::string& modbus)
{
    std::unique_ptr<equipment::uplink> link;
    if (broker)
        link = sparkplug_field(*broker, plant, std::move(port));
    else
        link = std::make_unique<equipment::link>(std::move(port));
    return modbus.empty() ? std::move(link) : modbus_field(modbus, plant, std::move(link));
}

} // namespace

struct simulator::parts {
    parts(std::unique_ptr<equipment::port> port, const std::string& url, const std::string& token, plant::file p,
          scenario s, const std::optional<mqtt::endpoint>& broker, const std::string& modbus = {})
        : plant(std::move(p)),
          how(std::move(s)),
          link(uplink_by(std::move(port), plant, broker, modbus)),
          machines(plant, how, *link,
                   [this](const machine_id& m, milliseconds work, const std::string& what) {
                       everybody.call_technician(m, work, what);
                   }),
          everybody(
              way_to(url, token), plant, how, [this] { return link->now(); }, machines)
    {
    }

    const plant::file plant;
    const scenario how;
    std::unique_ptr<equipment::uplink> link;
    floor machines;
    people everybody;
    bool running = false;
};

simulator::simulator(runtime::node& node, const std::string& url, plant::file plant, scenario how, std::string token,
                     const std::optional<mqtt::endpoint>& broker)
    : parts_(std::make_unique<parts>(equipment::port_to(node), url, token, std::move(plant), std::move(how), broker))
{
}

simulator::simulator(const std::string& url, plant::file plant, scenario how, std::string token,
                     const std::optional<mqtt::endpoint>& broker, const std::string& modbus)
    : parts_(std::make_unique<parts>(http_port_to(url, token), url, token, std::move(plant), std::move(how), broker,
                                     modbus))
{
}

simulator::~simulator() { stop(); }

void simulator::start()
{
    auto& p = *parts_;
    if (std::exchange(p.running, true)) return;
    std::vector<machine_id> all;
    for (const auto& m : p.plant.machines) all.push_back(m.key);
    p.machines.start();
    p.link->attach(p.machines, all);
    p.everybody.start();
}

void simulator::stop()
{
    auto& p = *parts_;
    if (!std::exchange(p.running, false)) return;
    p.everybody.stop();
    p.machines.stop();
    p.link->detach();
}

figures simulator::counted() const { return figures_of(parts_->everybody, parts_->machines, *parts_->link); }

} // namespace takt::sim
