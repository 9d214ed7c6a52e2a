#include "app/schedule_takt.hpp"

#include <chrono>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <limits>
#include <map>
#include <memory>
#include <sstream>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "app/remote.hpp"
#include "app/signals.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"
#include "messages/mes/area.hpp"
#include "scheduling/checker.hpp"
#include "scheduling/improve.hpp"
#include "scheduling/lower_bound.hpp"
#include "scheduling/problem_file.hpp"

namespace takt::app {
namespace {

using namespace scheduling;

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

/// What a file holds; throws with all that is wrong in it, a line each.
template <class T> T value_of(checked<T> read, const std::string& name)
{
    if (read) return std::move(*read);
    std::string all = name + ": cannot be used";
    for (const auto& [pointer, detail] : read.error()) all.append("\n  ").append(pointer).append(": ").append(detail);
    throw unusable(all);
}

struct moment {
    double seconds = 0, value = 0;
};

/// What is printed about a plan, in both forms.
struct outcome {
    plan_result plan;
    objective_values values;
    double value = 0, lower_bound = 0;
    std::string minimised;
    std::vector<violation> broken;
    double seconds = 0;
    std::uint64_t iterations = 0;
    std::vector<moment> trajectory;

    bool optimal() const
    {
        constexpr double rounding = 1e-6;
        return broken.empty() && plan.left_out.empty() && value <= lower_bound + rounding;
    }
};

/// One objective by its name, or all of the goal: "weighted_tardiness + 0.1 setup_time".
std::string text_of(const goal& g)
{
    std::string all;
    for (const auto& t : g.terms) {
        if (!all.empty()) all += g.by_rank ? ", " : " + ";
        if (!g.by_rank && t.weight != 1) all += takt::to_json(t.weight) + " ";
        all += name_of(t.what);
    }
    return all;
}

double worth(const goal& g, const objective_values& v) { return g.by_rank ? v[g.terms.front().what] : value(g, v); }

void judge(outcome& r, const problem_file& p, const goal& wanted)
{
    const auto* in_force = p.in_force ? &*p.in_force : nullptr;
    r.values = evaluate(p, r.plan, in_force).total;
    r.value = worth(wanted, r.values);
    r.lower_bound = worth(wanted, lower_bound(p));
    r.minimised = text_of(wanted);
    r.broken = violations(p, r.plan, in_force);
}

boost::json::object to_object(const outcome& r)
{
    boost::json::object o, values;
    for (std::size_t i = 0; i < objectives_count; ++i) values[name_of(static_cast<objective>(i))] = r.values.all[i];
    o["objective"] = std::move(values);
    o["minimised"] = r.minimised;
    o["value"] = r.value;
    o["lower_bound"] = r.lower_bound;
    o["optimal"] = r.optimal();
    o["feasible"] = r.broken.empty();
    boost::json::array broken, trajectory;
    for (const auto& v : r.broken)
        broken.push_back(boost::json::object{{"rule", v.rule},
                                             {"job", v.job},
                                             {"operation", v.operation},
                                             {"resource", v.resource},
                                             {"detail", v.detail}});
    o["violations"] = std::move(broken);
    o["unplanned"] = parse_json(to_json(r.plan.left_out)).value();
    o["seconds"] = r.seconds;
    o["iterations"] = r.iterations;
    for (const auto& m : r.trajectory)
        trajectory.push_back(boost::json::object{{"seconds", m.seconds}, {"objective", m.value}});
    o["trajectory"] = std::move(trajectory);
    return o;
}

template <class Value> void row(const std::string& name, const Value& value)
{
    constexpr int width = 22;
    std::cout << std::left << std::setw(width) << name << ' ' << value << '\n';
}

void print_table(const outcome& r)
{
    for (std::size_t i = 0; i < objectives_count; ++i) row(name_of(static_cast<objective>(i)), r.values.all[i]);
    row("minimised", r.minimised + ": " + takt::to_json(r.value));
    row("lower bound", takt::to_json(r.lower_bound) + (r.optimal() ? " (the plan is optimal)" : ""));
    row("planned", r.plan.assignments.size());
    std::map<std::string, std::size_t> reasons;
    for (const auto& u : r.plan.left_out) ++reasons[u.reason + (u.subject.empty() ? "" : " " + u.subject)];
    row("unplanned", r.plan.left_out.size());
    for (const auto& [reason, count] : reasons) row("", reason + ": " + std::to_string(count));
    row("feasible", r.broken.empty() ? "yes" : "no");
    for (const auto& v : r.broken)
        row("", v.rule + (v.resource.empty() ? "" : " (" + v.resource + ")") + ": " + v.detail);
    if (r.trajectory.empty()) return;
    row("seconds", r.seconds);
    row("iterations", r.iterations);
}

exit_code print(const outcome& r, bool json)
{
    if (json)
        std::cout << takt::to_json(to_object(r)) << '\n';
    else
        print_table(r);
    return r.broken.empty() ? exit_code::done : exit_code::violation;
}

/// The file's goal, or the one that was asked for. Without a plan in force nothing is unstable.
goal goal_of(const plant_solve& o, const problem_file& p)
{
    if (!o.objective.empty()) return {{{objective_named(o.objective).value(), 1}}, false};
    auto wanted = p.goal;
    if (!p.in_force) std::erase_if(wanted.terms, [](const goal::term& t) { return t.what == objective::stability; });
    if (wanted.terms.empty()) throw unusable(o.file + ": its goal is stability alone, and there is no plan in force");
    return wanted;
}

void search(outcome& r, const plant_solve& o, const problem_file& p, const goal& wanted)
{
    using namespace std::chrono_literals;
    using clock = std::chrono::steady_clock;
    const auto begun = clock::now();
    const auto passed = [&] { return std::chrono::duration<double>(clock::now() - begun).count(); };
    auto told = begun;
    improvement_limits limits;
    limits.seed = o.seed;
    limits.iterations =
        o.iterations > 0 ? static_cast<std::uint64_t>(o.iterations) : std::numeric_limits<std::uint64_t>::max();
    limits.stop = [&] { return stop_requested_within(0ms) || (o.iterations == 0 && passed() >= o.seconds); };
    if (o.iterations == 0) limits.progress = [&] { return passed() / o.seconds; };
    limits.found = [&](const objective_values& v) {
        r.trajectory.push_back({passed(), worth(wanted, v)});
        if (o.json || clock::now() - told < 1s) return;
        told = clock::now();
        std::cerr << std::setw(6) << static_cast<int>(passed()) << " s  " << r.trajectory.back().value << '\n';
    };
    auto found = improve(p, p.in_force ? *p.in_force : plan(p), wanted, limits);
    r.plan = std::move(found.plan);
    r.iterations = found.iterations;
    r.seconds = passed();
}

exit_code solve(const plant_solve& o)
{
    auto p = value_of(read_problem(contents(o.file)), o.file);
    if (!o.begin_with.empty()) p.in_force = value_of(read_plan(contents(o.begin_with)), o.begin_with);
    const auto wanted = goal_of(o, p);
    outcome r;
    if (o.check.empty())
        search(r, o, p, wanted);
    else
        r.plan = value_of(read_plan(contents(o.check)), o.check);
    judge(r, p, wanted);
    if (!o.out.empty() && !(std::ofstream(o.out) << to_json(r.plan) << '\n' << std::flush))
        throw unusable(o.out + ": cannot be written");
    return print(r, o.json);
}

exit_code export_problem(const std::string& area, const std::string& out, http::client& node)
{
    const auto answer = node.get("/api/v1/schedules/" + area + "/problem");
    if (!answer.ok()) return complain(answer);
    if (out.empty()) {
        std::cout << answer.body << '\n';
    } else if (!(std::ofstream(out) << answer.body << '\n' << std::flush)) {
        std::cerr << "takt: " << out << ": cannot be written\n";
        return exit_code::failed;
    }
    return exit_code::done;
}

} // namespace

exit_code solve_plant(const plant_solve& o)
{
    try {
        return solve(o);
    } catch (const unusable& error) {
        std::cerr << "takt: " << error.what() << '\n';
        return exit_code::unusable;
    }
}

void add_schedule_export(CLI::App& schedule)
{
    struct options {
        remote_options remote;
        std::string area{mes::whole_plant};
        std::string out;
    };
    auto* command =
        schedule.add_subcommand("export", "Write the problem that a running plant has, with its plan in force");
    auto o = std::make_shared<options>();
    command->add_option("--area", o->area, "The scheduling area, if the plant has several")->capture_default_str();
    command->add_option("--out", o->out, "Where to write it (default: stdout)");
    add_remote_options(*command, o->remote);
    command->footer("Examples:\n"
                    "  takt schedule export --out plant.json\n"
                    "  takt schedule solve plant.json --format takt --seconds 30 --out plan.json");
    command->callback(
        [o] { with_node(o->remote, [&](http::client& node) { return export_problem(o->area, o->out, node); }); });
}

} // namespace takt::app
