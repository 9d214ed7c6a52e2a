#include "bench/loop.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "actors/mes/schedule.hpp"
#include "app/running_plant.hpp"
#include "bench/bench.hpp"
#include "bench/broker.hpp"
#include "bench/loop_sensors.hpp"
#include "bench/loop_watch.hpp"
#include "gateways/plant/plant_file.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"
#include "messages/erp/order.hpp"

/// One node, one broker, machines that obey, sensors that do not stop: how long from the sample to each consequence.
namespace takt::bench {
namespace {

using steady = std::chrono::steady_clock;
constexpr std::chrono::milliseconds look_every{200};
constexpr std::chrono::seconds patience{60};

double since(steady::time_point began) { return std::chrono::duration<double>(steady::now() - began).count(); }

/// The plant with sensors on each machine, the first of them watched by a detector of high priority.
plant::file with_sensors(const loop_options& o)
{
    auto loaded = plant::load(o.plant);
    if (!loaded) throw std::runtime_error(o.plant + ": " + describe(loaded.error()));
    auto p = plant::scaled(*loaded, o.machines);
    for (auto& m : p.machines) {
        auto& d = m.detectors.emplace_back();
        d.key = "bearing";
        d.tag = loop_sensors::tag(0);
        d.high = loop_sensors::limit;
        d.priority = scada::alarm_priority::high;
    }
    auto& row = p.feeds.sparkplug.emplace_back();
    row.metric = "*";
    row.source = "machine/{device}";
    row.tag = "{metric}";
    return p;
}

void write(const std::string& path, const std::string& text)
{
    std::ofstream file(path);
    file << text << '\n';
    if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

std::size_t open_operations(runtime::node& node)
{
    const auto view = node.view({"schedule", std::string(mes::whole_plant)});
    const auto s = read_json_text<schedule::state>(view.state, strictness::from_storage);
    if (!s) return 0;
    std::size_t open = 0;
    for (const auto& [key, job] : s->jobs)
        open +=
            static_cast<std::size_t>(std::count_if(job.operations.begin(), job.operations.end(), [](const auto& one) {
                return one.what.status != mes::operation_status::done;
            }));
    return open;
}

std::vector<machine_id> executing(runtime::node& node)
{
    const auto rows = node.list("machine", "", 100'000, [](const runtime::row& r) {
        const auto* now = r.state->if_contains("packml");
        const auto* blocked = r.state->if_contains("blocked");
        return now != nullptr && now->is_string() && now->get_string() == "execute" &&
               (blocked == nullptr || blocked->is_null());
    });
    std::vector<machine_id> all;
    for (const auto& r : rows) all.emplace_back(r.key);
    return all;
}

/// Customers' orders until the schedule has enough to do. The plant works on them meanwhile.
void fill(runtime::node& node, const plant::file& plant, const loop_options& o)
{
    constexpr std::size_t at_once = 20;
    const auto began = steady::now();
    const auto wanted = static_cast<std::size_t>(o.operations);
    const auto due = node.now() + std::chrono::hours(24 * 5);
    std::size_t n = 0;
    while (since(began) < o.fill_seconds) {
        const auto open = open_operations(node);
        if (open >= wanted && executing(node).size() >= static_cast<std::size_t>(o.faults)) return;
        for (std::size_t i = 0; open < wanted && i < at_once; ++i, ++n) {
            const auto& d = plant.demand[n % plant.demand.size()];
            const auto quantity = quantity::of(d.quantity_maximum * 4);
            const order::place command{plant.customers[n % plant.customers.size()].key, d.product, quantity, due, 5};
            node.ask({entity_ref("order", "B-" + std::to_string(n + 1)), make_message(command), {}, 0, 0, {}});
        }
        std::this_thread::sleep_for(std::chrono::seconds(1));
    }
}

template <class Condition> void wait_until(const std::string& what, Condition holds)
{
    const auto began = steady::now();
    while (!holds()) {
        if (steady::now() - began > patience) throw std::runtime_error("it did not happen that " + what);
        std::this_thread::sleep_for(look_every);
    }
}

/// {p50, p99, count}, nearest rank.
boost::json::object spread(std::vector<double> ms)
{
    std::sort(ms.begin(), ms.end());
    const auto at = [&](double share) -> boost::json::value {
        if (ms.empty()) return nullptr;
        const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(ms.size())));
        return std::round(ms[std::max<std::size_t>(rank, 1) - 1] * 10) / 10;
    };
    return {{"p50", at(0.5)}, {"p99", at(0.99)}, {"count", ms.size()}};
}

using consequence = std::optional<fault_passage::time> fault_passage::*;

boost::json::object spread_of(const std::map<std::string, fault_passage>& all, consequence what)
{
    std::vector<double> ms;
    for (const auto& [machine, p] : all)
        if (p.*what) ms.push_back(std::chrono::duration<double, std::milli>(*(p.*what) - p.sample).count());
    return spread(std::move(ms));
}

/// Heats machines that work, one after the other.
std::size_t inject(runtime::node& node, loop_sensors& sensors, loop_watch& watch, const loop_options& o)
{
    std::size_t injected = 0;
    auto next = steady::now();
    const auto end =
        next + std::chrono::duration_cast<steady::duration>(std::chrono::duration<double>(o.every * o.faults + 30));
    while (injected < static_cast<std::size_t>(o.faults) && steady::now() < end) {
        const auto known = watch.passages();
        const auto working = executing(node);
        const auto one =
            std::find_if(working.begin(), working.end(), [&](const machine_id& m) { return !known.contains(m.text); });
        if (one != working.end()) {
            watch.begin(*one, steady::now());
            sensors.overheat(*one);
            ++injected;
        }
        next += std::chrono::duration_cast<steady::duration>(std::chrono::duration<double>(o.every));
        std::this_thread::sleep_until(next);
    }
    return injected;
}

boost::json::object measure(const app::plant_options& options, const plant::file& plant, const loop_options& o,
                            const broker& hub)
{
    app::running_plant running(options);
    auto& node = running.node();
    loop_watch watch(node, hub.where());
    loop_sensors sensors(hub.where(), plant, o.rate, [&node] { return node.now(); });
    wait_until("sensors and watcher are connected", [&] { return sensors.connected() && watch.connected(); });
    wait_until("machines work", [&] { return executing(node).size() >= static_cast<std::size_t>(o.faults); });

    const auto open = open_operations(node);
    const auto before = node.counters();
    const auto began = steady::now();
    sensors.start();
    std::this_thread::sleep_for(std::chrono::seconds(2)); // all series have begun
    const auto injected = inject(node, sensors, watch, o);
    std::this_thread::sleep_for(std::chrono::seconds(3)); // what follows from the last one
    sensors.stop();
    const double took = since(began);
    node.settle(std::chrono::seconds(5));
    const auto after = node.counters();
    const auto said = sensors.said(), taken = after.samples - before.samples;
    const auto all = watch.passages();
    const auto cases =
        node.list("anomaly", "", 100'000, [](const runtime::row& r) { return r.key.starts_with("machine_fault:"); });
    return {{"machines", plant.machines.size()},
            {"open_operations", open},
            {"faults", injected},
            {"cases", cases.size()},
            {"samples", said},
            {"samples_per_s", std::round(static_cast<double>(said) / took)},
            {"samples_lost", said - std::min(said, taken)},
            {"hold_ms", spread_of(all, &fault_passage::hold)},
            {"maintenance_order_ms", spread_of(all, &fault_passage::maintenance_order)},
            {"quarantine_ms", spread_of(all, &fault_passage::quarantine)},
            {"dispatched_schedule_ms", spread_of(all, &fault_passage::schedule)},
            {"promise_ms", spread_of(all, &fault_passage::promise)},
            {"write_and_sync_ms",
             std::round((after.fsync_seconds_sum - before.fsync_seconds_sum) /
                        static_cast<double>(std::max<std::uint64_t>(after.blocks - before.blocks, 1)) * 1e5) /
                 100}};
}

} // namespace

boost::json::object loop(const loop_options& o)
{
    const scratch_folder folder(o.directory);
    std::filesystem::create_directories(folder.path());
    const auto plant = with_sensors(o);
    write(folder.path() + "/plant.json", to_json(plant));
    write(folder.path() + "/scenario.json", R"({"name": "bench", "opening_orders": 0, "orders_per_day": 0,
        "failure_factor": 0, "absence_rate": 0, "lateness_share": 0, "sample_interval_ms": 36000000})");
    app::plant_options options;
    options.plant = folder.path() + "/plant.json";
    options.scenario = folder.path() + "/scenario.json";
    options.data = folder.path() + "/node";
    options.http = "127.0.0.1:0";
    options.begins_monday = true;
    options.speed = o.fill_speed;
    {
        app::running_plant filling(options);
        fill(filling.node(), plant, o);
        filling.quiesce();
    }
    const broker hub;
    options.speed = 1;
    options.mqtt = hub.url();
    options.sparkplug_host = "bench";
    return measure(options, plant, o, hub);
}

void print_loop_table(const boost::json::object& figures)
{
    const auto number = [&](const char* name) { return to_json(figures.at(name)); };
    std::printf("%s machines, %s open operations, %s samples/s over the broker (%s lost), %s faults, %s cases\n",
                number("machines").c_str(), number("open_operations").c_str(), number("samples_per_s").c_str(),
                number("samples_lost").c_str(), number("faults").c_str(), number("cases").c_str());
    std::printf("%-32s %10s %10s %7s\n", "ms from the sample until", "p50", "p99", "count");
    const std::array<std::pair<const char*, const char*>, 5> rows{
        {{"hold_ms", "hold command on the wire"},
         {"maintenance_order_ms", "maintenance order on disk"},
         {"quarantine_ms", "all it made is quarantined"},
         {"dispatched_schedule_ms", "new plan in force"},
         {"promise_ms", "first promise moved"}}};
    for (const auto& [name, what] : rows) {
        const auto& s = figures.at(name).as_object();
        std::printf("%-32s %10s %10s %7s\n", what, to_json(s.at("p50")).c_str(), to_json(s.at("p99")).c_str(),
                    to_json(s.at("count")).c_str());
    }
    std::printf("%-32s %10s\n", "a block written and synced", number("write_and_sync_ms").c_str());
}

} // namespace takt::bench
