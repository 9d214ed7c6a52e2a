#include "bench/bench.hpp"

#include <iostream>
#include <memory>

#include "app/commands.hpp"
#include "bench/detect.hpp"
#include "bench/loop.hpp"
#include "bench/policies.hpp"
#include "bench/schedule.hpp"
#include "messages/core/json_write.hpp"

namespace takt::app {
namespace {

void show(const std::string& name, boost::json::object figures, bool json)
{
    figures.emplace("machine", bench::machine());
    if (json)
        std::cout << to_json(figures) << '\n';
    else
        bench::print_table(name, figures);
}

/// A benchmark with its options: `run` is called with them when the command line names it.
template <class Options> CLI::App* add(CLI::App& parent, const std::string& name, const std::string& about,
                                       std::shared_ptr<Options> o, boost::json::object (*run)(const Options&))
{
    auto* command = parent.add_subcommand(name, about);
    auto json = std::make_shared<bool>(false);
    command->add_option("--data", o->directory, "Where to write (default: a new folder here, removed afterwards)");
    command->add_flag("--json", *json, "Print JSON");
    command->callback([name, o, json, run] { show(name, run(*o), *json); });
    return command;
}

void add_plan(CLI::App& parent)
{
    auto* command = parent.add_subcommand("plan", "Plans, repairs and promises for made-up plants");
    auto o = std::make_shared<bench::plan_options>();
    auto json = std::make_shared<bool>(false);
    command->add_option("--operations", o->operations, "How many, one or several")
        ->delimiter(',')
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--seed", o->seed, "Another one gives another plant")->capture_default_str();
    command->add_option("--iterations", o->iterations, "Of improvement")->capture_default_str();
    command->add_flag("--json", *json, "Print JSON");
    command->callback([o, json] {
        const auto figures = bench::plan(*o);
        if (!*json) bench::print_plan_table(figures);
        if (*json) show("plan", figures, true);
    });
}

void add_shops(CLI::App& parent)
{
    auto* command = parent.add_subcommand("schedule", "The shop engine against the best values known");
    auto o = std::make_shared<bench::schedule_options>();
    auto json = std::make_shared<bool>(false);
    command->add_option("--instances", o->instances, "Folder with the problems")->required();
    command->add_option("--bounds", o->bounds, "Files {family: {instance: {ub, file}}}")->required();
    command->add_option("--family", o->families, "Only these families");
    command->add_option("--limit", o->limit, "So many of each family, spread over it");
    command->add_option("--seconds", o->seconds, "For each problem")->check(CLI::PositiveNumber)->capture_default_str();
    command->add_option("--threads", o->threads, "For each problem")->check(CLI::PositiveNumber)->capture_default_str();
    command->add_option("--operators", o->operators, "Identical people; each running operation takes one");
    command->add_option("--format", o->format, "What the files are (default: by family)")
        ->check(CLI::IsMember({"jsp", "fjsp", "fjsp-sdst", "fjsp-twt", "fjsp-workers"}));
    command->add_option("--seed", o->seed, "Of the random numbers")->capture_default_str();
    command->add_option("--svg", o->svg, "Draw the mean gaps over time into this file");
    command->add_flag("--json", *json, "Print JSON");
    command->footer(
        "Example:\n  takt bench schedule --instances jsp --bounds jsp/bounds.json --family ta --seconds 60");
    command->callback([o, json] {
        const auto figures = bench::schedule(*o);
        if (!*json) bench::print_schedule_table(figures);
        if (*json) show("schedule", figures, true);
    });
}

void add_detect(CLI::App& parent)
{
    auto* command = parent.add_subcommand("detect", "Detectors against a public data set with labelled failures");
    auto o = std::make_shared<bench::detect_options>();
    auto json = std::make_shared<bool>(false);
    command->add_option("--records", o->records, "The AI4I 2020 records")->capture_default_str();
    command->add_option("--plant", o->plant, "The plant file with the rules")->capture_default_str();
    command->add_option("--training", o->training, "Records on which the rules were tuned; not judged")
        ->capture_default_str();
    command->add_option("--data", o->directory, "Where to write (default: a new folder here, removed afterwards)");
    command->add_flag("--json", *json, "Print JSON");
    command->footer("Example:\n  takt bench detect --json");
    command->callback([o, json] {
        const auto figures = bench::detect(*o);
        if (!*json) bench::print_detect_table(figures);
        if (*json) show("detect", figures, true);
    });
}

void add_loop(CLI::App& parent)
{
    auto* command =
        parent.add_subcommand("loop", "From a faulty sample to the held machine, the new plan, the promise");
    auto o = std::make_shared<bench::loop_options>();
    auto json = std::make_shared<bool>(false);
    command->add_option("--machines", o->machines, "Machines and their sensors")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--rate", o->rate, "Samples a second, over a mosquitto that it starts")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--faults", o->faults, "How many, each at another machine that works")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--every", o->every, "Seconds between two faults")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--operations", o->operations, "Open in the schedule when it begins")->capture_default_str();
    command->add_option("--plant", o->plant, "The plant file that is repeated")->capture_default_str();
    command->add_option("--fill-seconds", o->fill_seconds, "At most, to fill the plant with work")
        ->capture_default_str();
    command->add_option("--data", o->directory, "Where to write (default: a new folder here, removed afterwards)");
    command->add_flag("--json", *json, "Print JSON");
    command->footer("Example:\n  takt bench loop --machines 400 --rate 10000 --json");
    command->callback([o, json] {
        const auto figures = bench::loop(*o);
        if (!*json) bench::print_loop_table(figures);
        if (*json) show("loop", figures, true);
    });
}

void add_policies(CLI::App& parent)
{
    auto* command = parent.add_subcommand("policies", "A simulated plant run by the plan, and by dispatching rules");
    auto o = std::make_shared<bench::policies_options>();
    auto json = std::make_shared<bool>(false);
    command->add_option("--plant", o->plant, "The plant file")->capture_default_str();
    command->add_option("--scenario", o->scenario, "A name or a file")->capture_default_str();
    command->add_option("--policy", o->policies, "plan, atc, edd, fifo; the others are compared with the first")
        ->delimiter(',')
        ->capture_default_str();
    command->add_option("--days", o->days, "Plant days that are measured")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--warm-up", o->warm_up_days, "Plant days before that: a plant begins empty")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command->add_option("--seeds", o->seeds, "How many; each policy meets the same ones")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--orders-per-day", o->orders_per_day, "Instead of the plant's");
    command->add_option("--threads", o->threads, "Plants at a time")->check(CLI::PositiveNumber)->capture_default_str();
    command->add_flag("--json", *json, "Print JSON");
    command->footer("Example:\n  takt bench policies --orders-per-day 60 --seeds 5");
    command->callback([o, json] {
        const auto figures = bench::policies(*o);
        if (!*json) bench::print_policies_table(figures);
        if (*json) show("policies", figures, true);
    });
}

} // namespace

void add_bench(CLI::App& takt)
{
    auto* command = takt.add_subcommand("bench", "Measure this machine with this program");
    command->require_subcommand(1);
    command->footer("Examples:\n"
                    "  takt bench durable --entities 100000 --clients 64 --seconds 5 --json\n"
                    "  takt bench entities --count 1000000\n"
                    "  takt bench samples --machines 40\n"
                    "  takt bench detect\n"
                    "  takt bench loop --machines 400 --rate 10000\n"
                    "  takt bench plan --operations 2000,20000\n"
                    "  takt bench policies --days 30 --seeds 5\n"
                    "  takt bench schedule --instances jsp --bounds jsp/bounds.json --family ft --seconds 5");

    auto d = std::make_shared<bench::durable_options>();
    auto* durable = add(*command, "durable", "Commands acknowledged after their fsync", d, &bench::durable);
    durable->add_option("--entities", d->entities, "Entities that are written to at random")->capture_default_str();
    durable->add_option("--clients", d->clients, "Clients that each wait for their answer")->capture_default_str();
    durable->add_option("--seconds", d->seconds, "How long")->capture_default_str();
    durable->add_option("--workers", d->workers, "Threads that run entities (0: one for each core)");

    auto e = std::make_shared<bench::entities_options>();
    auto* entities = add(*command, "entities", "Memory of entities, activation, restart", e, &bench::entities);
    entities->add_option("--count", e->count, "How many")->capture_default_str();

    auto s = std::make_shared<bench::samples_options>();
    auto* samples = add(*command, "samples", "Telemetry from the door to the machine's state", s, &bench::samples);
    samples->add_option("--machines", s->machines, "Sources")->capture_default_str();
    samples->add_option("--batch", s->batch, "Samples in a batch")->capture_default_str();
    samples->add_option("--seconds", s->seconds, "How long")->capture_default_str();

    add_detect(*command);
    add_loop(*command);
    add_plan(*command);
    add_policies(*command);
    add_shops(*command);
}

} // namespace takt::app
