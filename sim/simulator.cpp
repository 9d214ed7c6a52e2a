#include "sim/simulator.hpp"

#include "sim/floor.hpp"
#include "sim/http_port.hpp"
#include "sim/people.hpp"

namespace takt::sim {

struct simulator::parts {
    parts(std::unique_ptr<equipment::port> port, const std::string& url, const std::string& token, plant::file p,
          scenario s)
        : plant(std::move(p)),
          how(std::move(s)),
          link(std::move(port)),
          machines(plant, how, link,
                   [this](const machine_id& m, milliseconds work, const std::string& what) {
                       everybody.call_technician(m, work, what);
                   }),
          everybody(
              url, token, plant, how, [this] { return link.now(); }, machines)
    {
    }

    const plant::file plant;
    const scenario how;
    equipment::link link;
    floor machines;
    people everybody;
    bool running = false;
};

simulator::simulator(runtime::node& node, const std::string& url, plant::file plant, scenario how, std::string token)
    : parts_(std::make_unique<parts>(equipment::port_to(node), url, token, std::move(plant), std::move(how)))
{
}

simulator::simulator(const std::string& url, plant::file plant, scenario how, std::string token)
    : parts_(std::make_unique<parts>(http_port_to(url, token), url, token, std::move(plant), std::move(how)))
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
    p.link.attach(p.machines, all);
    p.everybody.start();
}

void simulator::stop()
{
    auto& p = *parts_;
    if (!std::exchange(p.running, false)) return;
    p.everybody.stop();
    p.machines.stop();
    p.link.detach();
}

figures simulator::counted() const
{
    auto f = parts_->everybody.counted();
    const auto m = parts_->machines.counted();
    f.jobs_begun = m.machines.jobs_begun;
    f.jobs_ended = m.machines.jobs_ended;
    f.pieces = m.machines.pieces;
    f.scrap = m.machines.scrap;
    f.machines_running = m.running;
    f.machines_down = m.down;
    const auto l = parts_->link.counted();
    f.samples = l.samples;
    f.samples_dropped = l.samples_dropped;
    f.reports = l.reports;
    f.reports_refused = l.refused;
    f.reports_repeated = l.repeated;
    return f;
}

} // namespace takt::sim
