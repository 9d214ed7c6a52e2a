#include <algorithm>
#include <chrono>
#include <cmath>
#include <iomanip>
#include <iostream>

#include <boost/json/array.hpp>

#include "bench/bench.hpp"
#include "bench/plant_problem.hpp"
#include "scheduling/checker.hpp"
#include "scheduling/improve.hpp"
#include "scheduling/promise.hpp"
#include "scheduling/repair.hpp"

namespace takt::bench {
namespace {

using steady = std::chrono::steady_clock;

constexpr std::size_t most_checked = 20'000; ///< the checker is plain and slow
constexpr std::uint32_t questions = 500;
constexpr scheduling::time_ms breakdown = 6 * 3'600'000;

double seconds_since(steady::time_point began) { return std::chrono::duration<double>(steady::now() - began).count(); }
double rounded(double value) { return std::round(value * 10'000) / 10'000; }

std::size_t late_jobs(const scheduling::problem& p, const scheduling::plan_result& result)
{
    return static_cast<std::size_t>(std::count_if(p.jobs.begin(), p.jobs.end(), [&](const auto& j) {
        const auto end = result.job_end.find(j.key);
        return end != result.job_end.end() && end->second > j.due;
    }));
}

/// Milliseconds of each answer, in order of size.
std::vector<double> answer_times(const scheduling::problem& p, const scheduling::plan_result& in_force,
                                 std::uint32_t seed)
{
    scheduling::promiser who(p, in_force);
    std::vector<double> all;
    for (std::uint32_t i = 0; i < questions; ++i) {
        const auto wanted = probe_job(p, seed + i);
        const auto began = steady::now();
        who.ask(wanted, 1 + i % 20);
        all.push_back(seconds_since(began) * 1000);
    }
    std::sort(all.begin(), all.end());
    return all;
}

/// Seconds to explain the end of the job that is latest.
double explanation_s(const scheduling::problem& p, const scheduling::plan_result& in_force)
{
    const scheduling::job* latest = nullptr;
    scheduling::time_ms most = 0;
    for (const auto& j : p.jobs) {
        const auto end = in_force.job_end.find(j.key);
        if (end == in_force.job_end.end() || (latest != nullptr && end->second - j.due <= most)) continue;
        latest = &j;
        most = end->second - j.due;
    }
    const auto began = steady::now();
    if (latest != nullptr) scheduling::why_late(p, in_force, latest->key);
    return seconds_since(began);
}

boost::json::object one_size(std::size_t operations, const plan_options& o)
{
    std::cerr << "planning " << operations << " operations …\n";
    auto p = plant_problem(operations, o.seed);
    auto began = steady::now();
    const auto first = scheduling::plan(p);
    boost::json::object run{{"operations", first.assignments.size() + first.left_out.size()},
                            {"first_plan_s", rounded(seconds_since(began))}};
    const bool checked = operations <= most_checked;
    auto violations = checked ? scheduling::violations(p, first).size() : 0;

    const auto times = answer_times(p, first, o.seed);
    const auto explained_s = explanation_s(p, first);
    const scheduling::goal wanted{
        {{scheduling::objective::weighted_tardiness, 1}, {scheduling::objective::stability, 0.001}}, false};
    began = steady::now();
    const auto improved = scheduling::improve(p, first, wanted, {o.iterations, o.seed, {}});
    const double improve_s = seconds_since(began);
    if (checked) violations += scheduling::violations(p, improved.plan).size();

    scheduling::change broken;
    broken.down.push_back({p.machines.front().key, p.now + breakdown});
    apply(p, broken);
    began = steady::now();
    const auto after = scheduling::repair(p, first);
    run["repair_s"] = rounded(seconds_since(began));
    if (checked) violations += scheduling::violations(p, after.plan).size();

    run["moved_operations"] = after.moved.operations.size();
    run["promise_p50_ms"] = rounded(times[times.size() / 2]);
    run["promise_p99_ms"] = rounded(times[times.size() * 99 / 100]);
    run["why_late_s"] = rounded(explained_s);
    run["left_out"] = first.left_out.size();
    run["jobs"] = p.jobs.size();
    run["late_jobs"] = late_jobs(p, first);
    run["weighted_tardiness"] = std::round(improved.before[scheduling::objective::weighted_tardiness]);
    run["improve_s"] = rounded(improve_s);
    run["improved_tardiness"] = std::round(improved.after[scheduling::objective::weighted_tardiness]);
    run["violations"] = checked ? boost::json::value(violations) : boost::json::value(nullptr);
    return run;
}

} // namespace

boost::json::object plan(const plan_options& o)
{
    boost::json::array runs;
    for (const auto operations : o.operations) runs.push_back(one_size(operations, o));
    return {{"seed", o.seed}, {"runs", std::move(runs)}};
}

void print_plan_table(const boost::json::object& figures)
{
    const auto& runs = figures.at("runs").as_array();
    if (runs.empty()) return;
    for (const auto& f : runs.front().as_object()) {
        std::cout << "  " << std::left << std::setw(26) << std::string(f.key()) << std::right;
        for (const auto& run : runs) {
            const auto& value = run.as_object().at(f.key());
            std::cout << std::setw(12);
            if (value.is_null())
                std::cout << "-";
            else if (value.is_double())
                std::cout << value.as_double();
            else
                std::cout << value.to_number<std::int64_t>();
        }
        std::cout << '\n';
    }
}

} // namespace takt::bench
