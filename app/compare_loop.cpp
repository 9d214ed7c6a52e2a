#include "app/compare_loop.hpp"

#include <cstdio>
#include <stdexcept>
#include <thread>

#include "actors/anomaly/playbook.hpp"
#include "actors/kinds.hpp"
#include "gateways/plant/plant_file.hpp"
#include "messages/core/json_write.hpp"
#include "sim/outcome.hpp"
#include "sim/spread.hpp"

namespace takt::app {
namespace {

constexpr milliseconds a_day{86'400'000};

template <class T> T usable(checked<T> read, const std::string& what)
{
    if (!read) throw std::runtime_error(what + ": " + describe(read.error()));
    return std::move(*read);
}

boost::json::object run(const plant::file& plant, const sim::scenario& how, const compare_options& o)
{
    const auto kinds = all_kinds();
    sim::virtual_plant there(kinds, plant, how, *parse_rfc3339("2026-01-12T05:00:00Z"));
    there.define();
    there.run_for(a_day * o.warm_up_days);
    sim::spread trouble(there);
    const sim::observation seen(there, plant);
    there.run_for(a_day * o.days);
    boost::json::object all;
    for (const auto& part : {parse_json(to_json(trouble.so_far())), parse_json(to_json(seen.so_far()))})
        for (const auto& [name, value] : part->as_object()) all.emplace(name, value);
    return all;
}

} // namespace

plant::file without_loop(plant::file plant)
{
    for (const auto kind : playbook::kinds_with_steps) {
        const auto same = [&](const plant::playbook& p) { return p.kind == kind; };
        auto known = std::find_if(plant.playbooks.begin(), plant.playbooks.end(), same);
        if (known == plant.playbooks.end())
            known = plant.playbooks.insert(plant.playbooks.end(),
                                           plant::playbook{std::string(kind), playbook::built_in(kind)});
        known->what.steps.clear();
    }
    return plant;
}

boost::json::object compare_loop(const compare_options& o)
{
    const auto plant = usable(plant::load(o.plant), o.plant);
    auto how = usable(sim::load_scenario(o.scenario), o.scenario);
    how.seed = o.seed;
    boost::json::object with, without;
    std::thread other([&] { without = run(without_loop(plant), how, o); });
    with = run(plant, how, o);
    other.join();
    return {{"plant", plant.name},
            {"days", o.days},
            {"seed", o.seed},
            {"with_loop", std::move(with)},
            {"without_loop", std::move(without)}};
}

void print_comparison(const boost::json::object& figures)
{
    const auto at = [](const boost::json::value& v, const std::string& path) {
        boost::system::error_code none;
        const auto* found = v.find_pointer(path, none);
        if (found == nullptr || !found->is_number()) return std::string("-");
        std::array<char, 24> text{};
        std::snprintf(text.data(), text.size(), "%.1f", found->to_number<double>());
        return std::string(text.data());
    };
    static constexpr std::array<std::pair<const char*, const char*>, 12> rows{
        {{"cases opened", "/cases/all/opened"},
         {"cases closed", "/cases/all/closed"},
         {"mean time to acknowledge, s", "/cases/all/mtta_s"},
         {"mean time to close, s", "/cases/all/mttr_s"},
         {"lots and work orders stopped", "/cases/all/stopped"},
         {"of them found bad", "/cases/all/stopped_bad"},
         {"breakdowns", "/breakdowns"},
         {"downtime of machines, h", "/downtime_h"},
         {"work orders in a machine that broke", "/suspect_work_orders"},
         {"their pieces at customers, uninspected", "/suspect_pieces_shipped"},
         {"orders on time, %", "/on_time_percent"},
         {"lateness, order hours", "/tardiness_h"}}};
    std::printf("%s, %s days, seed %s\n%-42s %12s %12s\n", figures.at("plant").as_string().c_str(),
                to_json(figures.at("days")).c_str(), to_json(figures.at("seed")).c_str(), "", "with loop", "without");
    for (const auto& [name, path] : rows)
        std::printf("%-42s %12s %12s\n", name, at(figures.at("with_loop"), path).c_str(),
                    at(figures.at("without_loop"), path).c_str());
}

} // namespace takt::app
