#include "bench/detect.hpp"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <stdexcept>
#include <thread>

#include "actors/kinds.hpp"
#include "bench/bench.hpp"
#include "bench/labelled_records.hpp"
#include "gateways/plant/plant_file.hpp"
#include "messages/core/json_read.hpp"
#include "messages/mes/machine.hpp"
#include "runtime/caf_node.hpp"

namespace takt::bench {
namespace {

using steady = std::chrono::steady_clock;

/// From the record that raised an alarm to the one that cleared it.
struct alarm_time {
    instant from, to;
    bool covers(instant at) const { return from <= at && at < to; }
};

/// Hands the records to the machine as its door does: in batches, waiting when its inbox is full.
void replay(runtime::node& node, const entity_ref& machine, const std::vector<labelled_record>& records)
{
    constexpr std::size_t batch_most = 600;
    std::vector<scada::sample> batch;
    const auto deliver = [&] {
        while (!node.observe(machine, batch)) std::this_thread::yield();
        batch.clear();
    };
    for (const auto& r : records) {
        for (const auto& [tag, value] : r.values) batch.push_back({machine, tag, value, r.at, 192});
        if (batch.size() >= batch_most) deliver();
    }
    if (!batch.empty()) deliver();
    node.view(machine); // behind all of them
}

/// What the journal says of the machine's alarms, by detector. One that still stands ends with the data.
std::map<std::string, std::vector<alarm_time>> alarms_of(runtime::node& node, const entity_ref& machine, instant end)
{
    std::map<std::string, std::vector<alarm_time>> all;
    std::uint64_t after = 0;
    while (true) {
        const auto facts = node.history(machine, after, 1000);
        if (facts.empty()) return all;
        for (const auto& f : facts) {
            after = f.revision;
            if (f.type == "alarm_raised") {
                const auto e = read_json_text<machine::alarm_raised>(f.data, strictness::from_storage).value();
                all[e.detection.detector].push_back({e.detection.to, end});
            } else if (f.type == "alarm_cleared") {
                const auto e = read_json_text<machine::alarm_cleared>(f.data, strictness::from_storage).value();
                all[e.recovery.detector].back().to = e.recovery.at;
            }
        }
    }
}

struct judged {
    std::int64_t failures = 0, found = 0;        ///< records with the label; while an alarm stood
    std::int64_t alarms = 0, right = 0;          ///< raised; that had a failure while they stood
    std::int64_t flagged = 0, flagged_right = 0; ///< records while an alarm stood; with the label
    std::vector<double> lead_minutes;            ///< from the alarm to the first failure in it
};

/// Alarms against labels, of the records from `first` to before `last`.
judged judge(const std::vector<alarm_time>& alarms, const std::vector<labelled_record>& records, std::size_t first,
             std::size_t last, const std::function<bool(const labelled_record&)>& failed)
{
    judged j;
    std::vector<std::optional<instant>> first_failure(alarms.size());
    for (std::size_t i = first; i < last; ++i) {
        const auto& r = records[i];
        bool stands = false;
        for (std::size_t a = 0; a < alarms.size(); ++a) {
            if (!alarms[a].covers(r.at)) continue;
            stands = true;
            if (failed(r) && !first_failure[a]) first_failure[a] = r.at;
        }
        j.failures += failed(r) ? 1 : 0;
        j.flagged += stands ? 1 : 0;
        j.found += stands && failed(r) ? 1 : 0;
    }
    j.flagged_right = j.found;
    for (std::size_t a = 0; a < alarms.size(); ++a) {
        if (alarms[a].from < records[first].at || alarms[a].from > records[last - 1].at) continue;
        ++j.alarms;
        if (!first_failure[a]) continue;
        ++j.right;
        j.lead_minutes.push_back(static_cast<double>((*first_failure[a] - alarms[a].from).count()) / 60'000.0);
    }
    return j;
}

boost::json::value share(std::int64_t part, std::int64_t whole)
{
    if (whole == 0) return nullptr;
    return std::round(1000.0 * static_cast<double>(part) / static_cast<double>(whole)) / 1000.0;
}

boost::json::value median(std::vector<double> all)
{
    if (all.empty()) return nullptr;
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
}

boost::json::object figures_of(const judged& j)
{
    return {{"failures", j.failures},
            {"alarms", j.alarms},
            {"precision", share(j.right, j.alarms)},
            {"recall", share(j.found, j.failures)},
            {"record_precision", share(j.flagged_right, j.flagged)},
            {"lead_minutes_median", median(j.lead_minutes)}};
}

std::string lower(std::string_view text)
{
    std::string small(text);
    for (auto& c : small) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return small;
}

boost::json::object mode(const std::string& name, const std::vector<alarm_time>& alarms,
                         const std::vector<labelled_record>& records, std::size_t training,
                         const std::function<bool(const labelled_record&)>& failed)
{
    boost::json::object m{{"name", name}};
    for (auto& [key, value] : figures_of(judge(alarms, records, training, records.size(), failed)))
        m.emplace(key, value);
    if (training > 0) m.emplace("training", figures_of(judge(alarms, records, 0, training, failed)));
    return m;
}

plant::file load_plant(const std::string& path)
{
    auto plant = plant::load(path);
    if (!plant) throw std::runtime_error(path + ": " + describe(plant.error()));
    if (plant->machines.size() != 1) throw std::runtime_error(path + " must have one machine");
    return std::move(*plant);
}

} // namespace

boost::json::object detect(const detect_options& o)
{
    const auto plant = load_plant(o.plant);
    const entity_ref machine("machine", plant.machines.front().key.text);
    const scratch_folder folder(o.directory);
    const auto kinds = all_kinds();
    runtime::node_options options;
    options.directory = folder.path() + "/node";
    options.plant_start = *parse_rfc3339("2026-01-05T06:00:00Z");
    runtime::caf_node node(kinds, options);
    for (auto& definition : plant::definitions(plant)) {
        const auto a = node.ask(std::move(definition));
        if (a.result != runtime::outcome::accepted) throw std::runtime_error(o.plant + ": " + a.detail);
    }
    const auto records = read_ai4i(o.records, node.now());
    if (o.training >= records.size()) throw std::runtime_error("all records are training: nothing is left to judge");

    const auto began = steady::now();
    replay(node, machine, records);
    const double took = std::chrono::duration<double>(steady::now() - began).count();
    const auto found = alarms_of(node, machine, records.back().at + milliseconds(1));

    boost::json::array modes;
    std::vector<alarm_time> any;
    for (std::size_t i = 0; i < ai4i_modes.size(); ++i) {
        const auto alarms = found.find(lower(ai4i_modes[i]));
        const auto own = alarms == found.end() ? std::vector<alarm_time>() : alarms->second;
        any.insert(any.end(), own.begin(), own.end());
        modes.push_back(mode(std::string(ai4i_modes[i]), own, records, o.training,
                             [i](const labelled_record& r) { return r.failed[i]; }));
    }
    modes.push_back(mode("any", any, records, o.training, [](const labelled_record& r) {
        return std::any_of(r.failed.begin(), r.failed.end(), [](bool f) { return f; });
    }));
    return {{"records", records.size()},
            {"training_records", o.training},
            {"judged_records", records.size() - o.training},
            {"samples", node.counters().samples},
            {"seconds", took},
            {"modes", std::move(modes)}};
}

void print_detect_table(const boost::json::object& figures)
{
    const auto cell = [](const boost::json::value& v) {
        std::array<char, 16> text{'-'};
        if (v.is_number()) std::snprintf(text.data(), text.size(), "%.4g", v.to_number<double>());
        return std::string(text.data());
    };
    std::printf("%s records judged, rules tuned on the first %s\n", cell(figures.at("judged_records")).c_str(),
                cell(figures.at("training_records")).c_str());
    std::printf("%-6s %9s %7s %10s %7s %17s %13s\n", "mode", "failures", "alarms", "precision", "recall",
                "record precision", "lead minutes");
    for (const auto& one : figures.at("modes").as_array()) {
        const auto& m = one.as_object();
        std::printf("%-6s %9s %7s %10s %7s %17s %13s\n", m.at("name").as_string().c_str(),
                    cell(m.at("failures")).c_str(), cell(m.at("alarms")).c_str(), cell(m.at("precision")).c_str(),
                    cell(m.at("recall")).c_str(), cell(m.at("record_precision")).c_str(),
                    cell(m.at("lead_minutes_median")).c_str());
    }
}

} // namespace takt::bench
