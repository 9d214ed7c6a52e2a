#include <iostream>
#include <memory>

#include "app/commands.hpp"
#include "app/duration.hpp"
#include "app/exit_code.hpp"
#include "app/log_options.hpp"
#include "app/running_plant.hpp"
#include "app/signals.hpp"

namespace takt::app {
namespace {

struct run_options {
    plant_options plant;
    bool sim = false;
    std::string scenario = "normal";
    std::uint64_t seed = 0;
};

exit_code run(run_options o)
{
    if (o.sim) o.plant.scenario = o.scenario;
    o.plant.begins_monday = o.sim || o.plant.speed != 1.0; // else it might be a weekend, and nobody comes
    if (o.seed != 0) o.plant.seed = o.seed;
    try {
        running_plant plant(o.plant);
        std::cout << "ready at " << plant.url() << ", plant time " << plant.plant_time() << '\n' << std::flush;
        while (!stop_requested_within(std::chrono::hours(1))) {}
        std::cout << "stopping\n" << std::flush;
    } catch (const unusable& error) {
        std::cerr << "takt: " << error.what() << '\n';
        return exit_code::unusable;
    } catch (const std::invalid_argument& error) {
        std::cerr << "takt: " << error.what() << '\n';
        return exit_code::usage;
    }
    return exit_code::done;
}

} // namespace

void add_run(CLI::App& takt)
{
    auto* command = takt.add_subcommand("run", "Run a node");
    auto o = std::make_shared<run_options>();
    command->add_option("--plant", o->plant.plant, "The plant file")->capture_default_str();
    command->add_option("--data", o->plant.data, "Where the journal is kept; made if missing")->required();
    command->add_option("--http", o->plant.http, "ADDRESS:PORT to listen on")->capture_default_str();
    command->add_option("--token-file", o->plant.token_file, "Ask for this token; needed for any but a local address");
    command
        ->add_option("--speed", o->plant.speed,
                     "Plant seconds in a second; a new plant with another speed than 1 begins on a Monday at 06:00")
        ->check(CLI::Range(0.01, 100'000.0))
        ->capture_default_str();
    command->add_flag(
        "--sim", o->sim,
        "Simulate machines, people, suppliers and customers; a new plant begins on a Monday at 06:00 then too");
    command->add_option("--scenario", o->scenario, "Of the simulator: a name or a file")->capture_default_str();
    command->add_option("--seed", o->seed, "Of the simulator");
    command->add_option("--mqtt", o->plant.mqtt, "Broker to listen to: mqtt://[user:password@]host[:port]");
    command
        ->add_option("--sparkplug-host", o->plant.sparkplug_host,
                     "Be a Sparkplug host application with this id there; with --sim its machines speak Sparkplug too")
        ->needs("--mqtt");
    command
        ->add_option_function<std::string>(
            "--keep-samples",
            [o](const std::string& text) {
                const auto time = parse_duration(text);
                if (!time || time->count() % 3600 != 0)
                    throw CLI::ValidationError("--keep-samples",
                                               "'" + text + "' is not a number of hours such as 168h");
                o->plant.keep_samples = std::chrono::duration_cast<std::chrono::hours>(*time);
            },
            "How long single samples are kept, in plant time: 168h; 0 keeps no telemetry (default: 720h)")
        ->type_name("HOURS");
    command->add_option("--machines", o->plant.machines, "Repeat the plant until it has so many machines");
    add_log_options(*command);
    command->footer("Stops at SIGINT or SIGTERM; what was acknowledged is on disk.\n\n"
                    "Examples:\n"
                    "  takt run --plant plants/gearworks.json --data /var/lib/takt\n"
                    "  takt run --plant plants/gearworks.json --data /tmp/plant --sim --speed 60 --seed 7\n"
                    "  takt run --data data --mqtt mqtt://broker:1883 --sparkplug-host plant1\n"
                    "  takt run --plant my.json --data /var/lib/takt --keep-samples 168h\n"
                    "  takt run --plant my.json --data /var/lib/takt --log-format json --log-level warning\n"
                    "  takt run --plant my.json --data data --http 0.0.0.0:8080 --token-file /etc/takt/token");
    command->callback([o] { finish(run(*o)); });
}

} // namespace takt::app
