#include "metrics/machine_watch.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "messages/core/json_write.hpp"
#include "messages/mes/schedule_events.hpp"

using namespace takt;
using namespace takt::metrics;
using namespace std::chrono_literals;

namespace {

const instant monday = *parse_rfc3339("2026-01-05T06:00:00Z");

/// A lathe that works from six to two, and its watch.
struct watched_lathe {
    machine_watch watch;
    instant now = monday;

    explicit watched_lathe(const std::string& work_center = "turning")
    {
        schedule::define plant;
        plant.zone = "UTC";
        plant.shifts = {{"early", {hrm::weekday::mon}, "06:00", "14:00", {}, false}};
        watch.take_calendar(plant);
        machine::define lathe;
        lathe.work_center = work_center;
        lathe.shifts = {"early"};
        happen(machine::defined{lathe});
    }

    template <class Event> void happen(const Event& e)
    {
        runtime::fact f;
        f.entity = entity_ref("machine", "T-1");
        f.at = now;
        f.type = type_name<Event>();
        f.data = to_json(e);
        watch.take_machine(f);
    }
    void after(milliseconds time) { now += time; }

    /// `takt_x` or `takt_x/value`, of the first label beside the work centre.
    double value(const std::string& name, const std::string& label = {})
    {
        watch.advance(now);
        std::vector<prometheus::MetricFamily> all;
        watch.add_families(all);
        for (const auto& f : all)
            for (const auto& m : f.metric)
                if (f.name == name && (label.empty() || m.label.back().value == label)) return m.counter.value;
        FAIL("there is no " << name << ' ' << label);
        return 0;
    }
    double seconds(const std::string& element) { return value("takt_machine_time_seconds_total", element); }
};

mes::job_spec ten_pieces()
{
    mes::job_spec j;
    j.work_order = "WO-1";
    j.operation = "10";
    j.run = 1;
    j.quantity = quantity::of(10);
    j.machine = "T-1";
    j.run_time_ms = 60s;
    return j;
}
const mes::run_ref run{"WO-1", "10", 1};

} // namespace

TEST_CASE("the time of a machine is booked by what it does", "[metrics]")
{
    watched_lathe f;
    f.after(10min);
    f.happen(machine::dispatched{ten_pieces(), f.now});
    f.after(5min); // given to it, not begun
    f.happen(machine::job_confirmed{run, f.now});
    f.after(20min);
    f.happen(machine::setup_done{run, f.now});
    f.after(6min);
    f.happen(machine::went_down{"spindle", {}, f.now});
    f.after(30min);
    f.happen(machine::came_up{30min, f.now});
    f.after(3min);
    f.happen(machine::state_changed{machine::packml_state::execute, machine::packml_state::held, "help", f.now});
    f.after(2min);
    f.happen(machine::state_changed{machine::packml_state::held, machine::packml_state::execute, "", f.now});
    f.after(4min);
    f.happen(machine::job_completed{run, 9, 1, 20min, 13min, {}, f.now});
    f.after(7min);
    CHECK(f.seconds("idle") == (10 + 5 + 7) * 60);
    CHECK(f.seconds("setup") == 20 * 60);
    CHECK(f.seconds("production") == (6 + 3 + 4) * 60);
    CHECK(f.seconds("delay") == (30 + 2) * 60);
    CHECK(f.value("takt_machine_breakdowns_total") == 1);
    CHECK(f.value("takt_machine_planned_busy_seconds_total") == 87 * 60);
}

TEST_CASE("pieces are counted as they are told, once, with the time they should have taken", "[metrics]")
{
    watched_lathe f;
    f.happen(machine::dispatched{ten_pieces(), f.now});
    f.happen(machine::job_confirmed{run, f.now});
    f.happen(machine::setup_done{run, f.now});
    f.happen(machine::progressed{run, 3, 0});
    f.happen(machine::progressed{run, 3, 1});
    CHECK(f.value("takt_pieces_total", "good") == 3);
    CHECK(f.value("takt_machine_ideal_seconds_total") == 4 * 60);
    f.happen(machine::job_completed{run, 9, 1, 0ms, 0ms, {}, f.now});
    CHECK(f.value("takt_pieces_total", "good") == 9);
    CHECK(f.value("takt_pieces_total", "scrap") == 1);
    CHECK(f.value("takt_machine_ideal_seconds_total") == 10 * 60);
}

TEST_CASE("time outside of shifts and planned maintenance is not planned busy time", "[metrics]")
{
    watched_lathe f;
    f.watch.plan_downtime("T-1", "oil", monday + 1h, monday + 3h);
    f.after(24h);
    CHECK(f.value("takt_machine_planned_busy_seconds_total") == (8 - 2) * 3600);
}

TEST_CASE("ten thousand machines in a thousand work centres are a bounded number of series", "[metrics]")
{
    machine_watch watch;
    const auto row = [](int i) {
        machine::define d;
        d.work_center = "WC-" + std::to_string(i % 1000);
        std::string definition;
        write_json(definition, d);
        return boost::json::object{{"definition", boost::json::parse(definition)}, {"up", true}};
    };
    for (int i = 0; i < 10'000; ++i) watch.take_row("M-" + std::to_string(i), row(i), monday);
    watch.advance(monday + 1h);
    std::vector<prometheus::MetricFamily> all;
    watch.add_families(all);
    std::size_t series = 0;
    double idle = 0;
    for (const auto& f : all) {
        series += f.metric.size();
        for (const auto& m : f.metric)
            if (m.label.back().value == "idle") idle += m.counter.value;
    }
    CHECK(series == 51 * 9); // fifty by name, the rest as one
    CHECK(idle == 10'000 * 3600.0);
}
