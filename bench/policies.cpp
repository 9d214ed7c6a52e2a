#include "bench/policies.hpp"

#include <atomic>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "actors/kinds.hpp"
#include "actors/mes/schedule.hpp"
#include "app/signals.hpp"
#include "gateways/plant/plant_areas.hpp"
#include "gateways/plant/plant_file.hpp"
#include "messages/core/json_write.hpp"
#include "sim/outcome.hpp"

namespace takt::bench {
namespace {

constexpr milliseconds a_day{86'400'000};

template <class T> T usable(checked<T> read, const std::string& what)
{
    if (!read) throw std::runtime_error(what + ": " + describe(read.error()));
    return std::move(*read);
}

/// Half the width of the 95 % confidence interval of a mean of n values, in standard errors (Student's t).
double t_95(std::size_t n)
{
    static constexpr std::array values{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
                                       2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093};
    if (n < 2) return 0;
    return n - 2 < values.size() ? values[n - 2] : 1.96;
}

double rounded(double v) { return std::round(v * 1000) / 1000; }

boost::json::object interval(const std::vector<double>& values)
{
    double mean = 0, squares = 0;
    const auto n = static_cast<double>(values.size());
    for (const double v : values) mean += v / n;
    for (const double v : values) squares += (v - mean) * (v - mean);
    const double error = n > 1 ? std::sqrt(squares / (n - 1) / n) * t_95(values.size()) : 0;
    return {{"mean", rounded(mean)}, {"low", rounded(mean - error)}, {"high", rounded(mean + error)}};
}

/// What one figure was, for each seed.
using series = std::map<std::string, std::vector<double>>;

class experiment {
public:
    explicit experiment(const policies_options& o)
        : o_(o),
          kinds_(all_kinds()),
          plant_(usable(plant::load(o.plant), o.plant)),
          how_(usable(sim::load_scenario(o.scenario), o.scenario))
    {
        if (o.orders_per_day > 0) how_.orders_per_day = o.orders_per_day;
        for (const auto& name : o.policies) {
            auto rule = schedule::dispatching::plan;
            if (!boost::describe::enum_from_string(name.c_str(), rule))
                throw std::runtime_error("there is no policy '" + name + "'; there are plan, fifo, edd, atc");
            rules_.push_back(rule);
        }
        outcomes_.resize(rules_.size() * static_cast<std::size_t>(o.seeds));
    }

    boost::json::object run()
    {
        std::vector<std::thread> workers;
        for (int i = 0; i < o_.threads; ++i) workers.emplace_back([this] { work(); });
        for (auto& w : workers) w.join();
        if (failed_) std::rethrow_exception(failed_);
        return summary();
    }

private:
    void work()
    try {
        for (auto i = next_++; i < outcomes_.size(); i = next_++) {
            const auto seed = i / rules_.size(), rule = i % rules_.size();
            outcomes_[i] = one(rules_[rule], seed + 1);
            const std::lock_guard lock(mutex_);
            std::cerr << "seed " << seed + 1 << ", " << o_.policies[rule] << ": "
                      << rounded(outcomes_[i].on_time_percent) << " % of " << outcomes_[i].orders_due
                      << " orders on time\n";
        }
    } catch (...) {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        failed_ = std::current_exception();
    }

    plant::outcome one(schedule::dispatching rule, std::uint64_t seed)
    {
        auto how = how_;
        how.seed = seed;
        sim::virtual_plant plant(kinds_, plant_, how, *parse_rfc3339("2026-01-12T05:00:00Z"));
        plant.define();
        auto& host = plant.node().host();
        for (const auto& area : plant::areas_of(plant_)) {
            auto definition = host.state<schedule::state>(entity_ref("schedule", area)).definition;
            definition.dispatching = rule;
            host.ask(area, definition);
        }
        run_days(plant, o_.warm_up_days);
        const sim::observation watched(plant, plant_);
        run_days(plant, o_.days);
        return watched.so_far();
    }

    /// The signal reaches one thread; it tells the others.
    void run_days(sim::virtual_plant& plant, int days)
    {
        for (int i = 0; i < days; ++i) {
            if (app::stop_requested_within(std::chrono::milliseconds(0))) stopping_ = true;
            if (stopping_) throw std::runtime_error("interrupted");
            plant.run_for(a_day);
        }
    }

    series series_of(std::size_t rule) const
    {
        series all;
        for (std::size_t i = rule; i < outcomes_.size(); i += rules_.size()) {
            const auto figures = boost::json::parse(to_json(outcomes_[i])).as_object();
            for (const auto& f : figures) all[f.key()].push_back(f.value().to_number<double>());
        }
        return all;
    }

    boost::json::object summary() const
    {
        boost::json::array all;
        const auto first = series_of(0);
        for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
            boost::json::object figures, against;
            for (const auto& [name, values] : series_of(rule)) {
                figures.emplace(name, interval(values));
                auto differences = values;
                for (std::size_t i = 0; i < values.size(); ++i) differences[i] -= first.at(name)[i];
                against.emplace(name, interval(differences));
            }
            all.push_back(boost::json::object{
                {"name", o_.policies[rule]}, {"figures", figures}, {"against_" + o_.policies[0], against}});
        }
        return {{"plant", plant_.name},
                {"scenario", how_.name},
                {"days", o_.days},
                {"seeds", o_.seeds},
                {"orders_per_day", how_.orders_per_day.value_or(plant_.orders_per_day)},
                {"policies", all}};
    }

    const policies_options& o_;
    const kind_registry kinds_;
    const plant::file plant_;
    sim::scenario how_;
    std::vector<schedule::dispatching> rules_;
    std::vector<plant::outcome> outcomes_; ///< by seed, then policy
    std::atomic<std::size_t> next_ = 0;
    std::mutex mutex_;
    std::atomic<bool> stopping_ = false;
    std::exception_ptr failed_; ///< the last that failed
};

} // namespace

boost::json::object policies(const policies_options& o) { return experiment(o).run(); }

void print_policies_table(const boost::json::object& figures)
{
    static constexpr std::array<std::string_view, 9> shown{"orders_due",          "on_time_percent",  "tardiness_h",
                                                           "weighted_tardiness",  "setup_percent",    "setup_h",
                                                           "utilisation_percent", "work_in_progress", "flow_time_h"};
    const auto& all = figures.at("policies").as_array();
    std::cout << std::left << std::setw(22) << "" << std::right;
    for (const auto& p : all) std::cout << std::setw(22) << std::string(p.at("name").as_string());
    std::cout << "\n" << std::fixed << std::setprecision(1);
    for (const auto& name : shown) {
        std::cout << "  " << std::left << std::setw(20) << std::string(name) << std::right;
        for (const auto& p : all) {
            const auto& f = p.at("figures").as_object().at(name);
            const double mean = f.at("mean").to_number<double>();
            std::ostringstream cell;
            cell << std::fixed << std::setprecision(1) << mean << " ± " << f.at("high").to_number<double>() - mean;
            std::cout << std::setw(23) << cell.str(); // one more: ± is two bytes
        }
        std::cout << '\n';
    }
}

} // namespace takt::bench
