#include "bench/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <sstream>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "scheduling/shop/check.hpp"
#include "scheduling/shop/read.hpp"
#include "scheduling/shop/solve.hpp"

namespace takt::bench {
namespace {

namespace shop = scheduling::shop;
namespace fs = std::filesystem;
namespace json = boost::json;

std::string contents(const fs::path& name)
{
    std::ifstream file(name, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf())) throw std::runtime_error(name.string() + ": cannot be read, or is empty");
    return text.str();
}

/// One problem of the bounds, and what is known of it.
struct known {
    std::string family, name, file;
    double best;
};

/// What a search did on it.
struct run {
    known of;
    shop::solution found;
    shop::objective goal = shop::objective::makespan;
    bool feasible = false;

    double gap(double value) const { return of.best > 0 ? 100 * (value - of.best) / of.best : value - of.best; }

    /// The gap of what was there after some time; nothing, if nothing was.
    std::optional<double> gap_at(double seconds) const
    {
        std::optional<double> last;
        for (const auto& m : found.trajectory)
            if (m.seconds <= seconds) last = gap(static_cast<double>(m.value));
        return last;
    }
};

std::vector<known> known_of(const std::string& bounds)
{
    std::vector<known> all;
    try {
        const auto document = json::parse(contents(bounds));
        for (const auto& family : document.as_object())
            for (const auto& instance : family.value().as_object()) {
                const auto& entry = instance.value().as_object();
                const auto* best = entry.if_contains("ub");
                const auto* file = entry.if_contains("file");
                if (best == nullptr || !best->is_number() || (file != nullptr && file->is_null())) continue;
                all.push_back({family.key(), instance.key(),
                               file == nullptr ? std::string() : std::string(file->as_string()),
                               best->to_number<double>()});
            }
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error(bounds + ": " + error.what());
    } catch (const std::invalid_argument& error) {
        throw std::runtime_error(bounds + ": expected {family: {instance: {ub, file}}}: " + error.what());
    }
    return all;
}

/// The base problem of those that only add due dates, such as la16 of la16_f1.3.
std::string base_of(const known& k) { return k.family == "jsp_twt" ? k.name.substr(0, k.name.find("_f")) : k.name; }

std::optional<fs::path> file_of(const std::string& folder, const known& k)
{
    const auto base = base_of(k);
    const auto letters = base.substr(0, base.find_first_of("0123456789"));
    const std::vector<std::string> names =
        k.file.empty() ? std::vector{k.family + '/' + k.name + ".fjs", k.family + '/' + k.name + ".txt",
                                     letters + '/' + base + ".txt"}
                       : std::vector{k.file};
    for (const char* part : {".", "jsp", "fjsp", "extra", "../jsp"})
        for (const auto& name : names)
            if (auto path = fs::path(folder) / part / name; fs::exists(path)) return path;
    return std::nullopt;
}

/// Those asked for: of each family at most `limit`, spread over it.
std::vector<known> chosen(const schedule_options& o)
{
    std::vector<known> all;
    for (const auto& bounds : o.bounds)
        for (auto& k : known_of(bounds))
            if (o.families.empty() || std::count(o.families.begin(), o.families.end(), k.family) > 0)
                all.push_back(std::move(k));
    std::map<std::string, std::size_t> missing, size, seen;
    std::erase_if(all, [&](const known& k) { return !file_of(o.instances, k) && ++missing[k.family] > 0; });
    for (const auto& [family, count] : missing)
        std::cerr << family << ": left out " << count << " without a file in " << o.instances << '\n';
    for (const auto& k : all) ++size[k.family];
    std::erase_if(all, [&](const known& k) {
        const auto n = size[k.family], i = seen[k.family]++;
        return o.limit > 0 && n > o.limit && (i * o.limit) / n == ((i + 1) * o.limit) / n;
    });
    if (all.empty()) throw std::runtime_error("no instance of these families has a file and an upper bound");
    return all;
}

shop::format format_of(const schedule_options& o, const std::string& family)
{
    const auto begins = [&](const char* with) { return family.starts_with(with); };
    if (o.format == "jsp") return shop::format::jsp;
    if (o.format == "fjsp") return shop::format::fjsp;
    if (o.format == "fjsp-sdst" || begins("sdst")) return shop::format::fjsp_sdst;
    if (o.format == "fjsp-twt" || begins("fjsp_twt")) return shop::format::fjsp_twt;
    if (o.format == "fjsp-workers" || begins("fjssp")) return shop::format::fjsp_workers;
    for (const char* flexible : {"mk", "hurink", "dpp", "barnes", "kacem", "fattahi", "behnke", "fjsp"})
        if (begins(flexible)) return shop::format::fjsp;
    return shop::format::jsp;
}

/// Singer and Pinedo take the first ten jobs of larger problems.
void keep_jobs(shop::instance& problem, int jobs)
{
    if (problem.jobs <= jobs) return;
    problem.jobs = jobs;
    problem.job_begin.resize(static_cast<std::size_t>(jobs) + 1);
    problem.alternative_begin.resize(static_cast<std::size_t>(problem.operations()) + 1);
    problem.alternatives.resize(static_cast<std::size_t>(problem.alternative_begin.back()));
}

shop::instance problem_of(const schedule_options& o, const known& k)
{
    const auto path = file_of(o.instances, k).value();
    const auto base = base_of(k);
    try {
        auto problem = shop::read(format_of(o, k.family), contents(path));
        problem.operators = o.operators;
        if (base == k.name) return problem;
        constexpr int jobs = 10;
        keep_jobs(problem, jobs);
        shop::set_due_dates(problem, std::stod(k.name.substr(base.size() + 2)));
        return problem;
    } catch (const shop::unreadable& error) {
        throw std::runtime_error(path.string() + ": " + error.what());
    }
}

run measure(const schedule_options& o, const known& k)
{
    const auto problem = problem_of(o, k);
    run r{k, {}};
    shop::solve_options options;
    options.goal = problem.due.empty() ? shop::objective::makespan : shop::objective::weighted_tardiness;
    options.seconds = o.seconds;
    options.threads = o.threads;
    options.seed = o.seed;
    r.goal = options.goal;
    r.found = shop::solve(problem, options);
    r.feasible = shop::violations(problem, r.found.best).empty();
    std::cerr << k.family << ' ' << k.name << "  " << r.found.value.of(r.goal) << "  best known "
              << std::llround(k.best) << "  gap " << std::fixed << std::setprecision(2)
              << r.gap(static_cast<double>(r.found.value.of(r.goal))) << " %  " << std::defaultfloat << r.found.seconds
              << " s" << (r.feasible ? "" : "  NOT FEASIBLE") << '\n';
    return r;
}

double rounded(double percent)
{
    constexpr double places = 1000;
    return std::round(percent * places) / places;
}

/// The mean over those that had a plan by then.
std::optional<double> mean_gap(const std::vector<run>& runs, double seconds)
{
    double sum = 0;
    int count = 0;
    for (const auto& r : runs)
        if (const auto gap = r.gap_at(seconds)) sum += *gap, ++count;
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

std::string label(double seconds)
{
    std::ostringstream text;
    text << seconds;
    return text.str();
}

std::vector<double> checkpoints(double seconds)
{
    std::vector<double> all;
    for (const double t : {1.0, 10.0, 60.0})
        if (t < seconds) all.push_back(t);
    all.push_back(seconds);
    return all;
}

json::object family_row(const std::string& name, const std::vector<run>& runs, double seconds)
{
    json::object gaps;
    for (const double t : checkpoints(seconds)) // a search ends a moment after its time
        if (const auto gap = mean_gap(runs, t < seconds ? t : 2 * t + 1)) gaps[label(t)] = rounded(*gap);
    const auto reached = std::count_if(runs.begin(), runs.end(), [](const run& r) {
        return static_cast<double>(r.found.value.of(r.goal)) <= r.of.best;
    });
    const bool feasible = std::all_of(runs.begin(), runs.end(), [](const run& r) { return r.feasible; });
    return {{"name", name},
            {"instances", runs.size()},
            {"best_known_reached", reached},
            {"feasible", feasible},
            {"gap_percent", std::move(gaps)}};
}

json::object instance_row(const run& r, double seconds)
{
    json::object gaps;
    for (const double t : checkpoints(seconds))
        if (const auto gap = r.gap_at(t < seconds ? t : 2 * t + 1)) gaps[label(t)] = rounded(*gap);
    return {{"family", r.of.family},
            {"name", r.of.name},
            {"best_known", r.of.best},
            {"value", r.found.value.of(r.goal)},
            {"lower_bound", r.found.lower_bound},
            {"feasible", r.feasible},
            {"seconds", rounded(r.found.seconds)},
            {"iterations", r.found.iterations},
            {"gap_percent", std::move(gaps)}};
}

gap_curve curve_of(const std::string& name, const std::vector<run>& runs, double seconds)
{
    constexpr double first = 0.1, step = 1.1;
    gap_curve curve{name, {}};
    for (double t = first; t < seconds * step; t *= step) {
        const double at = std::min(t, seconds);
        if (const auto gap = mean_gap(runs, at)) curve.points.emplace_back(at, *gap);
    }
    return curve;
}

} // namespace

json::object schedule(const schedule_options& o)
{
    std::vector<std::string> order;
    std::map<std::string, std::vector<run>> families;
    for (const auto& k : chosen(o)) {
        if (families.count(k.family) == 0) order.push_back(k.family);
        families[k.family].push_back(measure(o, k));
    }
    json::array summary, rows;
    std::vector<gap_curve> curves;
    for (const auto& name : order) {
        summary.push_back(family_row(name, families[name], o.seconds));
        for (const auto& r : families[name]) rows.push_back(instance_row(r, o.seconds));
        curves.push_back(curve_of(name, families[name], o.seconds));
    }
    if (!o.svg.empty() && !(std::ofstream(o.svg) << gap_plot(curves) << std::flush))
        throw std::runtime_error(o.svg + ": cannot be written");
    return {{"seconds", o.seconds},
            {"threads", o.threads},
            {"seed", o.seed},
            {"families", std::move(summary)},
            {"rows", std::move(rows)}};
}

void print_schedule_table(const json::object& figures)
{
    constexpr int name_width = 16, width = 10;
    std::cout << std::left << std::setw(name_width) << "family" << std::right << std::setw(width) << "instances"
              << std::setw(width) << "reached";
    const auto points = checkpoints(figures.at("seconds").to_number<double>());
    for (const double t : points) std::cout << std::setw(width) << label(t) + " s";
    std::cout << "   mean gap in %\n";
    for (const auto& f : figures.at("families").as_array()) {
        std::cout << std::left << std::setw(name_width) << std::string(f.at("name").as_string()) << std::right
                  << std::setw(width) << f.at("instances").to_number<int>() << std::setw(width)
                  << f.at("best_known_reached").to_number<int>() << std::fixed << std::setprecision(2);
        for (const double t : points) {
            const auto* gap = f.at("gap_percent").as_object().if_contains(label(t));
            std::cout << std::setw(width);
            if (gap != nullptr)
                std::cout << gap->to_number<double>();
            else
                std::cout << '-';
        }
        std::cout << std::defaultfloat << (f.at("feasible").as_bool() ? "" : "   NOT FEASIBLE") << '\n';
    }
}

} // namespace takt::bench
