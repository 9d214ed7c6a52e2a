#include "gateways/modbus/gateway.hpp"

#include "gateways/modbus/device.hpp"
#include "messages/core/json_write.hpp"
#include "metrics/family.hpp"

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

    std::vector<device_report> reports() const
    {
        std::vector<device_report> all;
        for (const auto& d : devices) all.push_back(d->report());
        return all;
    }

    std::vector<std::unique_ptr<device>> devices;
    std::map<std::string, device*> by_machine;
    equipment::link link;
    bool running = false;
};

namespace {

/// Those that have values of their own; the rest is added up as "other".
constexpr std::size_t devices_by_name = 50;

/// One family of each kind, with a value for each device.
std::vector<prometheus::MetricFamily> families_of(const std::vector<device_report>& all)
{
    using prometheus::MetricType;
    std::vector<prometheus::MetricFamily> families;
    const auto add = [&](const char* name, const char* help, MetricType type, auto value_of) {
        auto f = metrics::family(name, help, type);
        double others = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto value = static_cast<double>(value_of(all[i]));
            if (i < devices_by_name)
                metrics::add_value(f, value, {{"device", all[i].name}});
            else
                others += value;
        }
        if (all.size() > devices_by_name) metrics::add_value(f, others, {{"device", "other"}});
        if (!all.empty()) families.push_back(std::move(f));
    };
    add("takt_modbus_connected", "1 while the device answers.", MetricType::Gauge,
        [](const device_report& d) { return d.state == connection_state::connected ? 1 : 0; });
    add("takt_modbus_polls_total", "Rounds of reading.", MetricType::Counter,
        [](const device_report& d) { return d.polls; });
    add("takt_modbus_timeouts_total", "Answers that did not come.", MetricType::Counter,
        [](const device_report& d) { return d.timeouts; });
    add("takt_modbus_exceptions_total", "Requests that the device refused.", MetricType::Counter,
        [](const device_report& d) {
            std::uint64_t sum = 0;
            for (const auto& [name, n] : d.exceptions) sum += n;
            return sum;
        });
    add("takt_modbus_samples_lost_total", "Samples lost while the node was busy.", MetricType::Counter,
        [](const device_report& d) { return d.lost; });
    return families;
}

struct device_metrics final : prometheus::Collectable {
    explicit device_metrics(std::function<std::vector<device_report>()> f) : read(std::move(f)) {}
    std::vector<prometheus::MetricFamily> Collect() const override { return families_of(read()); }
    std::function<std::vector<device_report>()> read;
};

} // namespace

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

std::string gateway::report() const { return to_json(parts_->reports()); }

std::shared_ptr<prometheus::Collectable> gateway::metrics() const
{
    return std::make_shared<device_metrics>([p = parts_] { return p->reports(); });
}

} // namespace takt::modbus
