#include <cmath>
#include <thread>

#include "actors/kinds.hpp"
#include "bench/bench.hpp"
#include "messages/mes/machine.hpp"
#include "runtime/caf_node.hpp"

namespace takt::bench {
namespace {

using steady = std::chrono::steady_clock;

double since(steady::time_point began) { return std::chrono::duration<double>(steady::now() - began).count(); }

entity_ref machine_at(std::size_t i) { return {"machine", "B-" + std::to_string(i)}; }

void define_machines(runtime::node& node, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        machine::define definition;
        definition.name = "Bench machine";
        definition.work_center = "BENCH";
        definition.limits = {{"spindle_temperature_celsius", std::nullopt, 90.0}};
        node.ask({machine_at(i), make_message(definition), {}, 0, 0, {}});
    }
}

/// One second of a machine: four tags, ever the same values but for a little.
std::vector<scada::sample> batch_of(const entity_ref& source, std::size_t size, instant at)
{
    constexpr std::array<const char*, 4> tags{"power_kw", "spindle_temperature_celsius", "spindle_speed_rpm",
                                              "good_count"};
    std::vector<scada::sample> batch(size);
    for (std::size_t i = 0; i < size; ++i)
        batch[i] = {source, tags[i % tags.size()], 20.0 + static_cast<double>(i % 7),
                    at + milliseconds(static_cast<std::int64_t>(i)), 192};
    return batch;
}

/// What the evaluation alone takes: no inbox, no actor, no thread.
double raw_samples_per_s(std::size_t size)
{
    const auto kinds = all_kinds();
    const auto* kind = kinds.find("machine");
    const auto state = kind->make_state();
    const auto live = kind->live->make();
    std::size_t done = 0;
    const auto began = steady::now();
    for (instant at{0}; since(began) < 1.0; at += std::chrono::seconds(1)) {
        for (const auto& s : batch_of(machine_at(0), size, at)) kind->live->observe(live.get(), state.get(), s);
        done += size;
    }
    return static_cast<double>(done) / since(began);
}

} // namespace

boost::json::object samples(const samples_options& o)
{
    const scratch_folder folder(o.directory);
    const auto kinds = all_kinds();
    runtime::node_options options;
    options.directory = folder.path() + "/node";
    runtime::caf_node node(kinds, options);
    define_machines(node, o.machines);

    std::uint64_t refused = 0;
    const auto began = steady::now();
    auto at = node.now();
    while (since(began) < o.seconds) {
        at += std::chrono::seconds(1);
        for (std::size_t m = 0; m < o.machines; ++m) {
            const auto source = machine_at(m);
            while (!node.observe(source, batch_of(source, o.batch, at))) { // its inbox is full: the door waits
                ++refused;
                std::this_thread::yield();
            }
        }
    }
    for (std::size_t m = 0; m < o.machines; ++m) node.view(machine_at(m)); // behind all of its samples
    const double took = since(began);
    const auto counted = node.counters();
    const auto evaluated = counted.samples;
    return {{"machines", o.machines},
            {"batch", o.batch},
            {"seconds", std::round(took * 10) / 10},
            {"samples", evaluated},
            {"samples_per_s", std::round(static_cast<double>(evaluated) / took)},
            {"batches_that_waited", refused},
            {"kept", counted.samples_stored},
            {"not_kept", counted.samples_lost},
            {"raw_per_s", std::round(raw_samples_per_s(o.batch))},
            {"machine", machine()}};
}

} // namespace takt::bench
