#include "sim/simulator.hpp"

#include <iostream>
#include <memory>

#include "app/commands.hpp"
#include "app/exit_code.hpp"
#include "app/log_options.hpp"
#include "app/signals.hpp"
#include "gateways/http/access.hpp"
#include "gateways/plant/plant_file.hpp"

namespace takt::app {
namespace {

struct sim_options {
    std::string url = "http://127.0.0.1:8080", plant = "plants/gearworks.json", scenario = "normal", token_file, mqtt,
                modbus;
    std::uint64_t seed = 0;
    int machines = 0;
    double orders_per_day = 0, seconds = 0;
};

void print_figures(const sim::figures& f)
{
    std::cout << "orders " << f.orders_placed << "  shipments " << f.shipments << "  deliveries " << f.deliveries
              << "  picks " << f.picks << "  jobs " << f.jobs_ended << "  pieces " << f.pieces << "  scrap " << f.scrap
              << "  breakdowns " << f.breakdowns << "  samples " << f.samples << "  running " << f.machines_running
              << "  refused " << f.requests_refused + f.reports_refused << '\n'
              << std::flush;
}

exit_code unusable_because(const std::string& what, const problems& found)
{
    std::cerr << "takt: " << what << ": " << describe(found) << '\n';
    return exit_code::unusable;
}

exit_code sim(const sim_options& o)
{
    auto plant = plant::load(o.plant);
    if (!plant) return unusable_because(o.plant, plant.error());
    auto scenario = sim::load_scenario(o.scenario);
    if (!scenario) return unusable_because(o.scenario, scenario.error());
    if (o.seed != 0) scenario->seed = o.seed;
    if (o.orders_per_day > 0) scenario->orders_per_day = o.orders_per_day;
    if (o.machines > 0) *plant = plant::scaled(*plant, o.machines);

    std::optional<mqtt::endpoint> broker;
    if (!o.mqtt.empty()) {
        broker = mqtt::read_url(o.mqtt);
        if (!broker) throw CLI::ValidationError("--mqtt", "'" + o.mqtt + "' is not mqtt://[user:password@]host[:port]");
    }
    const auto token = o.token_file.empty() ? std::string() : http::read_token_file(o.token_file);
    sim::simulator world(o.url, std::move(*plant), *scenario, token, broker, o.modbus);
    world.start();
    const auto until = std::chrono::steady_clock::now() + std::chrono::duration<double>(o.seconds);
    while (!stop_requested_within(std::chrono::seconds(5))) {
        print_figures(world.counted());
        if (o.seconds > 0 && std::chrono::steady_clock::now() >= until) break;
    }
    world.stop();
    print_figures(world.counted());
    return exit_code::done;
}

} // namespace

void add_sim(CLI::App& takt)
{
    auto* command =
        takt.add_subcommand("sim", "Be the plant around a running node: machines, people, suppliers, customers");
    auto o = std::make_shared<sim_options>();
    command->add_option("--url", o->url, "The node's HTTP address")->capture_default_str()->envname("TAKT_URL");
    command->add_option("--token-file", o->token_file, "File with the node's token")->envname("TAKT_TOKEN_FILE");
    command->add_option("--plant", o->plant, "The plant file that the node runs")->capture_default_str();
    command->add_option("--scenario", o->scenario, "A name or a file")->capture_default_str();
    command->add_option("--seed", o->seed, "Instead of the scenario's");
    command->add_option("--machines", o->machines, "As the node was told");
    command->add_option("--orders-per-day", o->orders_per_day, "Instead of the plant's");
    command->add_option("--mqtt", o->mqtt,
                        "Machines speak Sparkplug over this broker, to the host application of the node there");
    command->add_option("--modbus", o->modbus,
                        "HOST:PORT: be the Modbus TCP devices of the plant file's feeds, each a unit of one server");
    command->add_option("--seconds", o->seconds, "Stop after so long (default: at SIGINT or SIGTERM)");
    add_log_options(*command);
    command->footer("Examples:\n"
                    "  takt sim --plant plants/gearworks.json --scenario rush --seed 7\n"
                    "  takt sim --mqtt mqtt://broker:1883\n"
                    "  takt sim --plant press_shop.json --modbus 0.0.0.0:5020\n"
                    "  takt sim --url http://plant:8080 --token-file token --orders-per-day 200");
    command->callback([o] { finish(sim(*o)); });
}

} // namespace takt::app
