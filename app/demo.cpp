#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include "app/audit.hpp"
#include "app/case_view.hpp"
#include "app/commands.hpp"
#include "app/compare_loop.hpp"
#include "app/demo_view.hpp"
#include "app/duration.hpp"
#include "app/log_options.hpp"
#include "app/report.hpp"
#include "app/running_plant.hpp"
#include "app/signals.hpp"
#include "messages/core/json_write.hpp"

namespace takt::app {
namespace {

struct demo_options {
    plant_options plant;
    std::string scenario = "normal", duration, report_file;
    std::uint64_t seed = 1;
    bool anomalies = false; ///< show cases as they come and go
    bool compare = false;   ///< with and without the closed loop, in virtual time
    int days = 10;          ///< of that
};

/// A folder for a plant that nobody wants to keep, gone at the end.
class temporary_data {
public:
    temporary_data()
    {
        auto pattern = (std::filesystem::temp_directory_path() / "takt-demo-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a folder " + pattern);
        path_ = pattern;
    }
    ~temporary_data()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    temporary_data(const temporary_data&) = delete;
    temporary_data& operator=(const temporary_data&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

/// Shows the plant every second until somebody ends it or the time is over.
void watch(running_plant& plant, double speed, std::optional<std::chrono::seconds> longest, bool cases)
{
    constexpr std::chrono::milliseconds refresh{1000};
    demo_view view;
    std::optional<case_view> seen;
    if (cases) seen.emplace(plant.node(), plant.plant().time_zone);
    const auto begun = std::chrono::steady_clock::now();
    auto before = plant.node().counters();
    auto counted_at = begun;
    while (!stop_requested_within(refresh)) {
        const auto real = std::chrono::steady_clock::now();
        const auto now = plant.node().counters();
        const double passed = std::chrono::duration<double>(real - counted_at).count();
        demo_moment m{plant.plant().name, plant.plant_time(), plant.url(), speed};
        m.events = now.events;
        m.events_per_s = static_cast<double>(now.events - before.events) / passed;
        m.commands_per_s = static_cast<double>(now.commands - before.commands) / passed;
        m.running = std::chrono::duration_cast<std::chrono::seconds>(real - begun);
        if (seen) seen->show();
        if (!seen || !view.on_terminal()) view.show(m, count(plant.node()));
        before = now;
        counted_at = real;
        if (longest && real - begun >= *longest) return;
    }
}

void write_report(const demo_options& o, const boost::json::object& report)
{
    if (o.report_file.empty()) return;
    std::ofstream file(o.report_file);
    file << to_json(report) << '\n';
    if (!file.flush()) throw std::runtime_error("cannot write " + o.report_file);
}

/// Runs the plant, and then audits what its journal says about it.
report run_and_audit(const demo_options& o, std::optional<std::chrono::seconds> longest)
{
    report r;
    r.speed = o.plant.speed;
    r.seed = o.seed;
    const auto begun = std::chrono::steady_clock::now();
    {
        running_plant plant(o.plant);
        watch(plant, o.plant.speed, longest, o.anomalies);
        plant.quiesce();
        r.plant = plant.plant().name;
        r.plant_time = plant.plant_time();
        r.figures = count(plant.node());
        if (o.anomalies)
            r.cases = http::figures_of(http::cases_of(plant.node(), {}, plant.node().now()), {}, plant.node().now());
    }
    r.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    std::cout << "verifying the journal…\n" << std::flush;
    r.audit = audit(o.plant.data);
    return r;
}

exit_code compare(const demo_options& o)
{
    const auto figures = compare_loop({o.plant.plant, o.scenario, o.seed, o.days});
    print_comparison(figures);
    write_report(o, figures);
    return exit_code::done;
}

exit_code demo(demo_options o)
{
    if (o.compare) return compare(o);
    std::optional<std::chrono::seconds> longest;
    if (!o.duration.empty()) {
        longest = parse_duration(o.duration);
        if (!longest) throw CLI::ValidationError("--for", "'" + o.duration + "' is not a time such as 90s or 5m");
    }
    std::optional<temporary_data> temporary;
    if (o.plant.data.empty()) o.plant.data = temporary.emplace().path();
    o.plant.begins_monday = true;
    o.plant.scenario = o.scenario;
    if (!o.plant.mqtt.empty()) o.plant.sparkplug_host = "takt-demo";
    o.plant.seed = o.seed;
    try {
        const auto r = run_and_audit(o, longest);
        print(r);
        write_report(o, to_json_object(r));
        return r.audit.ok ? exit_code::done : exit_code::violation;
    } catch (const unusable& error) {
        std::cerr << "takt: " << error.what() << '\n';
        return exit_code::unusable;
    }
}

} // namespace

void add_demo(CLI::App& takt)
{
    auto* command = takt.add_subcommand("demo", "Watch a simulated plant run, and end with a report");
    auto o = std::make_shared<demo_options>();
    o->plant.speed = 60;
    command->add_option("--for", o->duration, "Stop after this long: 90s, 5m (default: at Ctrl-C)");
    command->add_option("--report", o->report_file, "Write the report as JSON");
    command->add_option("--speed", o->plant.speed, "Plant seconds in a second")
        ->check(CLI::Range(0.01, 100'000.0))
        ->capture_default_str();
    command->add_option("--data", o->plant.data, "Keep the plant here, and go on with it the next time");
    command->add_option("--seed", o->seed, "The same seed makes the same chances")->capture_default_str();
    command->add_option("--plant", o->plant.plant, "The plant file")->capture_default_str();
    command->add_option("--scenario", o->scenario, "normal, rush, bad_supplier, breakdowns, or a file")
        ->capture_default_str();
    command->add_option("--http", o->plant.http, "ADDRESS:PORT to listen on")->capture_default_str();
    command->add_option("--mqtt", o->plant.mqtt, "Machines speak Sparkplug over this broker: mqtt://host:port");
    command->add_option("--machines", o->plant.machines, "Repeat the plant until it has so many machines");
    command->add_flag("--anomalies", o->anomalies, "Show cases as they are opened and closed, and their figures");
    command->add_flag("--no-loop", o->plant.no_loop, "Cases are only noted: nothing is done about them by itself");
    command->add_flag("--compare-loop", o->compare, "The plant in virtual time, with and without the closed loop");
    command->add_option("--days", o->days, "Plant days of the comparison")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    add_log_options(*command, log_level::warning); // the view shows what happens
    command->footer("Examples:\n"
                    "  takt demo --for 90s --report report.json\n"
                    "  takt demo --data /tmp/plant --seed 7 --speed 120\n"
                    "  takt demo --scenario breakdowns --anomalies\n"
                    "  takt demo --scenario breakdowns --compare-loop --days 10\n"
                    "  takt demo --mqtt mqtt://127.0.0.1:1883");
    command->callback([o] { finish(demo(*o)); });
}

} // namespace takt::app
