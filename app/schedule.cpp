#include <atomic>
#include <chrono>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>
#include <thread>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "app/commands.hpp"
#include "app/exit_code.hpp"
#include "app/schedule_takt.hpp"
#include "app/signals.hpp"
#include "messages/core/json_write.hpp"
#include "scheduling/shop/bound.hpp"
#include "scheduling/shop/check.hpp"
#include "scheduling/shop/plan_text.hpp"
#include "scheduling/shop/read.hpp"
#include "scheduling/shop/solve.hpp"

namespace takt::app {
namespace {

namespace shop = scheduling::shop;

struct solve_command {
    std::string file, format, objective, out, check, begin_with;
    double seconds = 10, due_factor = 0;
    std::int64_t iterations = 0;
    int threads = 1, operators = 0;
    std::uint64_t seed = 1;
    bool json = false;
};

/// A file that cannot be used; the text says why.
struct unusable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::string contents(const std::string& name)
{
    std::ifstream file(name, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf())) throw unusable(name + ": cannot be read, or is empty");
    return text.str();
}

shop::instance read_instance(const solve_command& o)
{
    static const std::vector<std::pair<std::string, shop::format>> formats{
        {"jsp", shop::format::jsp},
        {"fjsp", shop::format::fjsp},
        {"fjsp-sdst", shop::format::fjsp_sdst},
        {"fjsp-twt", shop::format::fjsp_twt},
        {"fjsp-workers", shop::format::fjsp_workers}};
    for (const auto& [name, format] : formats) {
        if (name != o.format) continue;
        auto problem = shop::read(format, contents(o.file));
        problem.operators = o.operators;
        if (o.due_factor > 0) shop::set_due_dates(problem, o.due_factor);
        return problem;
    }
    throw unusable("--format " + o.format + ": unknown");
}

shop::objective goal_of(const solve_command& o)
{
    const bool dates = o.format == "fjsp-twt" || o.due_factor > 0;
    return o.objective == "weighted_tardiness" || (o.objective.empty() && dates) ? shop::objective::weighted_tardiness
                                                                                 : shop::objective::makespan;
}

/// What is printed about a plan, in both forms.
struct outcome {
    shop::solution found;
    std::vector<std::string> broken;
    shop::objective goal;
};

boost::json::object to_object(const outcome& r)
{
    boost::json::object o;
    o["objective"] = {{"makespan", r.found.value.makespan}, {"weighted_tardiness", r.found.value.weighted_tardiness}};
    o["minimised"] = r.goal == shop::objective::makespan ? "makespan" : "weighted_tardiness";
    o["lower_bound"] = r.found.lower_bound;
    o["optimal"] = r.broken.empty() && r.found.value.of(r.goal) <= r.found.lower_bound;
    o["feasible"] = r.broken.empty();
    boost::json::array violations;
    for (const auto& b : r.broken) violations.emplace_back(b);
    o["violations"] = std::move(violations);
    o["seconds"] = r.found.seconds;
    o["iterations"] = r.found.iterations;
    boost::json::array trajectory;
    for (const auto& m : r.found.trajectory)
        trajectory.push_back(boost::json::object{{"seconds", m.seconds}, {"objective", m.value}});
    o["trajectory"] = std::move(trajectory);
    return o;
}

template <class Value> void row(const char* name, const Value& value)
{
    constexpr int width = 22;
    std::cout << std::left << std::setw(width) << name << ' ' << value << '\n';
}

void print_table(const outcome& r)
{
    const auto value = r.found.value.of(r.goal), bound = r.found.lower_bound;
    row("makespan", r.found.value.makespan);
    row("weighted tardiness", r.found.value.weighted_tardiness);
    row("lower bound", std::to_string(bound) + (value <= bound && r.broken.empty() ? " (the plan is optimal)" : ""));
    row("feasible", r.broken.empty() ? "yes" : "no");
    for (const auto& b : r.broken) row("", b);
    if (r.found.trajectory.empty()) return;
    row("seconds", r.found.seconds);
    row("iterations", r.found.iterations);
    row("first / last gain", std::to_string(r.found.trajectory.front().value) + " after " +
                                 std::to_string(r.found.trajectory.front().seconds) + " s / after " +
                                 std::to_string(r.found.trajectory.back().seconds) + " s");
}

exit_code print(const outcome& r, bool json)
{
    if (json)
        std::cout << to_json(to_object(r)) << '\n';
    else
        print_table(r);
    return r.broken.empty() ? exit_code::done : exit_code::violation;
}

/// Searches on another thread, while this one waits for a signal and tells of progress.
shop::solution search(const shop::instance& problem, shop::solve_options options, bool tell)
{
    using namespace std::chrono_literals;
    std::atomic<bool> stop{false}, done{false};
    std::atomic<std::int64_t> best{-1};
    options.stop = &stop;
    options.improved = [&](const shop::moment& m) { best = m.value; };
    shop::solution found;
    std::exception_ptr failure;
    std::thread searcher([&] {
        try {
            found = shop::solve(problem, options);
        } catch (...) {
            failure = std::current_exception();
        }
        done = true;
    });
    const auto from = std::chrono::steady_clock::now();
    std::int64_t told = -1;
    for (auto next = from + 1s; !done;) {
        if (stop_requested_within(10ms)) stop = true;
        const auto now = std::chrono::steady_clock::now();
        if (!tell || now < next) continue;
        next += 1s;
        if (best != told)
            std::cerr << std::setw(6) << std::chrono::duration_cast<std::chrono::seconds>(now - from).count() << " s  "
                      << (told = best) << '\n';
    }
    searcher.join();
    if (failure) std::rethrow_exception(failure);
    return found;
}

exit_code check_plan(const solve_command& o, const shop::instance& problem)
{
    outcome r;
    r.goal = goal_of(o);
    r.found.best = shop::read_plan(problem, contents(o.check));
    r.found.value = shop::cost_of(problem, r.found.best);
    r.found.lower_bound = shop::lower_bound(problem, r.goal);
    r.broken = shop::violations(problem, r.found.best);
    return print(r, o.json);
}

exit_code solve_takt(const solve_command& o)
{
    if (o.threads != 1 || o.operators != 0 || o.due_factor > 0)
        throw unusable("--threads, --operators and --due-factor are of the other formats");
    return solve_plant({o.file, o.objective, o.out, o.check, o.begin_with, o.seconds, o.iterations,
                        static_cast<std::uint32_t>(o.seed), o.json});
}

exit_code solve(const solve_command& o)
{
    if (o.format == "takt") return solve_takt(o);
    if (!o.objective.empty() && o.objective != "makespan" && o.objective != "weighted_tardiness")
        throw unusable("--objective " + o.objective + " is of --format takt");
    const auto problem = read_instance(o);
    if (!o.check.empty()) return check_plan(o, problem);
    constexpr double short_enough = 2;
    shop::solve_options options;
    options.goal = goal_of(o);
    options.seconds = o.seconds;
    options.iterations = o.iterations;
    options.threads = o.threads;
    options.seed = o.seed;
    if (!o.begin_with.empty()) {
        options.begin_with = shop::read_plan(problem, contents(o.begin_with));
        const auto broken = shop::violations(problem, *options.begin_with, 1);
        if (!broken.empty()) throw unusable(o.begin_with + ": " + broken.front());
    }
    outcome r;
    r.goal = options.goal;
    r.found = search(problem, options, !o.json && (o.seconds > short_enough || o.iterations > 0));
    r.broken = shop::violations(problem, r.found.best);
    if (!o.out.empty() && !(std::ofstream(o.out) << shop::to_text(problem, r.found.best) << std::flush))
        throw unusable(o.out + ": cannot be written");
    return print(r, o.json);
}

exit_code solve_or_complain(const solve_command& o)
{
    try {
        return solve(o);
    } catch (const shop::unreadable& error) {
        std::cerr << "takt: " << o.file << ": " << error.what() << '\n';
    } catch (const shop::unreadable_plan& error) {
        std::cerr << "takt: " << (o.check.empty() ? o.begin_with : o.check) << ": " << error.what() << '\n';
    } catch (const unusable& error) {
        std::cerr << "takt: " << error.what() << '\n';
    }
    return exit_code::unusable;
}

void add_solve(CLI::App& schedule)
{
    constexpr int threads_most = 256, operators_most = 1'000'000;
    constexpr double seconds_most = 1e6, factor_most = 1e3;
    auto* command =
        schedule.add_subcommand("solve", "Find a good plan for a shop's or a plant's problem, or check one");
    auto o = std::make_shared<solve_command>();
    command->add_option("file", o->file, "The problem")->required();
    command->add_option("--format", o->format, "What the file is")
        ->required()
        ->check(CLI::IsMember({"jsp", "fjsp", "fjsp-sdst", "fjsp-twt", "fjsp-workers", "takt"}));
    command->add_option("--objective", o->objective, "What is to be small (default: what the format is about)")
        ->check(CLI::IsMember({"makespan", "weighted_tardiness", "number_late", "setup_time", "stability",
                               "energy_cost", "work_in_progress", "operator_overtime"}));
    command->add_option("--due-factor", o->due_factor, "Jobs are due after this many times their work, weights 4, 2, 1")
        ->check(CLI::Range(0.0, factor_most));
    command->add_option("--operators", o->operators, "Identical people; each running operation takes one")
        ->check(CLI::Range(0, operators_most));
    command->add_option("--seconds", o->seconds, "How long to search")
        ->check(CLI::Range(0.0, seconds_most))
        ->capture_default_str();
    command->add_option("--iterations", o->iterations, "Search that many steps in each thread instead: repeatable")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--threads", o->threads, "Searches at the same time")
        ->check(CLI::Range(1, threads_most))
        ->capture_default_str();
    command->add_option("--seed", o->seed, "Of the random numbers")->capture_default_str();
    command->add_option("--begin-with", o->begin_with, "A plan to improve");
    command->add_option("--out", o->out,
                        "Where to write the plan (job,operation,machine,worker,start,end from 0; takt: JSON)");
    command->add_option("--check", o->check, "Search nothing: say whether this plan can be carried out");
    command->add_flag("--json", o->json, "Print JSON");
    command->footer("Ctrl-C ends the search; what was found by then is printed.\n"
                    "Examples:\n"
                    "  takt schedule solve ft10.txt --format jsp --seconds 10 --threads 2\n"
                    "  takt schedule solve mk05.fjs --format fjsp --seconds 30 --out plan.csv --json\n"
                    "  takt schedule solve mk05.fjs --format fjsp --check plan.csv\n"
                    "  takt schedule solve la16.txt --format jsp --due-factor 1.3 --iterations 1000000 --seed 7\n"
                    "  takt schedule solve la16.txt --format jsp --operators 6\n"
                    "  takt schedule solve plant.json --format takt --seconds 30 --out plan.json");
    command->callback([o] { finish(solve_or_complain(*o)); });
}

} // namespace

void add_schedule(CLI::App& takt)
{
    auto* command = takt.add_subcommand("schedule", "Solve scheduling problems");
    command->require_subcommand(1);
    add_solve(*command);
    add_schedule_export(*command);
}

} // namespace takt::app
