#include <catch2/catch.hpp>

#include "actors/anomaly/anomaly.hpp"
#include "actors/ems/demand.hpp"
#include "actors/kinds.hpp"
#include "actors/mes/machine.hpp"
#include "actors/mes/schedule.hpp"
#include "runtime/replay_host.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;
using namespace std::chrono_literals;

namespace {

const entity_ref grid("demand", "GRID");

/// The main meter of a plant that may draw 100 kW.
struct main_meter {
    demand::state s;
    demand::live l;
    std::vector<message> told;

    main_meter()
    {
        s.is_defined = true;
        s.definition.limit_kw = 100;
    }
    /// So much from then on, measured every minute.
    void draw(double kw, int from_minute, int to_minute)
    {
        for (int m = from_minute; m < to_minute; ++m)
            if (auto news = demand::observe(l, s, {grid, "power_kw", kw, test::monday + m * 1min, 192}))
                told.push_back(std::move(news));
    }
    const demand::note_forecast* forecast(std::size_t i) { return told.at(i).as<demand::note_forecast>(); }
};

} // namespace

TEST_CASE("a window that will be above its limit if it goes on so is foretold, once")
{
    main_meter m;
    m.draw(90, 0, 5);
    CHECK(m.told.empty());
    m.draw(110, 5, 9); // (5 x 90 + 10 x 110) / 15 = 103.3
    REQUIRE(m.told.size() == 1);
    REQUIRE(m.forecast(0) != nullptr);
    CHECK(m.forecast(0)->above);
    CHECK(m.forecast(0)->expected_kw == Approx(103.3).epsilon(0.001));
    CHECK(m.forecast(0)->window_end == test::monday + 15min);
}

TEST_CASE("the first minutes of a window say nothing of it")
{
    main_meter m;
    m.draw(300, 0, 3);
    CHECK(m.told.empty());
}

TEST_CASE("a forecast well below the limit takes the warning back, and a window that is over is recorded")
{
    main_meter m;
    m.draw(110, 0, 5);
    REQUIRE(m.told.size() == 1);
    m.draw(60, 5, 15);
    REQUIRE(m.told.size() == 2);
    CHECK_FALSE(m.forecast(1)->above);
    m.draw(60, 15, 16);
    REQUIRE(m.told.size() == 3);
    const auto* record = m.told[2].as<demand::record_window>();
    REQUIRE(record != nullptr);
    CHECK(record->mean_kw == Approx((5 * 110.0 + 10 * 60.0) / 15));
}

TEST_CASE("a limit that cannot be is refused and says which member")
{
    const auto kinds = all_kinds();
    runtime::replay_host plant(kinds, test::monday);
    CHECK(plant.ask("GRID", demand::define{0, milliseconds(15min)}).field == "limit_kw");
    CHECK(plant.ask("GRID", demand::define{100, 5ms}).field == "window_ms");
}

TEST_CASE("load is shed where the work is least urgent until the window is over, and goes on by itself afterwards")
{
    test::shop_floor floor;
    floor.stock("BAR", "L-1", 100);
    floor.say("SHAFT", material::replenish{test::pieces(10), test::in_hours(8)});
    const auto working = [&] {
        const auto& m = floor.machine("LATHE-1");
        return !m.jobs.empty() && m.jobs.front().good > 0;
    };
    REQUIRE(floor.work_until(working));
    auto rated = floor.machine("LATHE-1").definition;
    rated.rated_power_kw = 20;
    floor.say("LATHE-1", rated);
    floor.say("LATHE-1", machine::report_state{machine::packml_state::execute, ""});
    floor.say("GRID", demand::define{100, milliseconds(15min)});
    const auto window_end = floor.host.now() + 10min;
    floor.host.tell("GRID", demand::note_forecast{window_end, 110, true});
    floor.host.settle();
    const entity_ref energy("anomaly", anomaly::key_of("energy", grid));
    REQUIRE(floor.host.state<anomaly::state>(energy).state == anomaly::case_state::open);
    REQUIRE(floor.schedule().shed);
    CHECK(floor.schedule().shed->machines == std::vector<machine_id>{machine_id("LATHE-1")});
    CHECK(floor.machine("LATHE-1").blocked);
    REQUIRE(floor.machine("LATHE-1").control); // its controller is told to hold
    floor.say("LATHE-1", machine::report_state{machine::packml_state::held, ""});

    floor.host.advance(11min);
    CHECK_FALSE(floor.machine("LATHE-1").blocked);
    CHECK(floor.machine("LATHE-1").control->order.action == machine::control_action::unhold);
    floor.host.tell("GRID", demand::record_window{window_end - 15min, window_end, 98});
    floor.host.settle();
    CHECK(floor.host.state<anomaly::state>(energy).state == anomaly::case_state::closed);
    CHECK(floor.host.state<anomaly::state>(energy).cause == "limit_kept");
    CHECK_FALSE(floor.host.first_that_differs_from_replay());
}
