#include "gateways/modbus/gateway.hpp"

#include "gateways/modbus/device.hpp"
#include "messages/core/json_write.hpp"

namespace takt::modbus {

struct gateway::parts final : equipment::controller {
    parts(runtime::node& node, const plant::file& plant) : link(equipment::port_to(node))
    {
        const auto& f = plant.feeds;
        for (const auto& d : f.modbus) {
            auto one =
                std::make_unique<device>(node, d, f.late_ms, f.early_ms, [this](const machine_id& m, message what) {
                    link.report(m, std::move(what));
                });
            for (const auto& m : one->driven()) by_machine[m.text] = one.get();
            devices.push_back(std::move(one));
        }
    }

    // A device of registers does no jobs: only its state and its commands are of interest here.
    void synchronise(const machine_id& m, const std::vector<equipment::assignment>& /*all*/, bool /*down*/) override
    {
        by_machine.at(m.text)->tell_again();
    }
    void assign(const machine_id& /*m*/, const equipment::assignment& /*a*/) override {}
    void withdraw(const machine_id& /*m*/, const mes::run_ref& /*job*/) override {}
    void control(const machine_id& m, const machine::control_order& order) override
    {
        by_machine.at(m.text)->control(m, order);
    }

    std::vector<std::unique_ptr<device>> devices;
    std::map<std::string, device*> by_machine;
    equipment::link link;
    bool running = false;
};

gateway::gateway(runtime::node& node, const plant::file& plant) : parts_(std::make_shared<parts>(node, plant)) {}

gateway::~gateway() { stop(); }

void gateway::start()
{
    auto& p = *parts_;
    p.running = true;
    std::vector<machine_id> machines;
    for (const auto& [key, d] : p.by_machine) machines.emplace_back(key);
    if (!machines.empty()) p.link.attach(p, machines);
    for (auto& d : p.devices) d->start();
}

void gateway::stop()
{
    auto& p = *parts_;
    if (!std::exchange(p.running, false)) return;
    for (auto& d : p.devices) d->stop();
    p.link.detach();
}

std::string gateway::report() const
{
    std::vector<device_report> all;
    for (const auto& d : parts_->devices) all.push_back(d->report());
    return to_json(all);
}

} // namespace takt::modbus
