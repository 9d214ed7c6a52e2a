#include <catch2/catch.hpp>

#include "actors/mes/schedule_parts.hpp"
#include "actors/plm/product.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;
using namespace std::chrono_literals;
using test::pieces;
using test::shop_floor;

namespace {

/// The small plant with shafts to be made, and what else its plan shall observe.
struct limited_floor : shop_floor {
    explicit limited_floor(const schedule::define& limits, const std::string& tool = {})
    {
        REQUIRE(say("plant", limits).result == runtime::outcome::accepted);
        for (const auto* key : {"LATHE-1", "LATHE-2"}) {
            machine::define lathe;
            lathe.work_center = "WC";
            lathe.rated_power_kw = 10;
            if (!limits.setup_matrices.empty()) lathe.setup_matrix = limits.setup_matrices.front().key;
            say(key, lathe);
        }
        auto shaft = host.state<product::state>({"product", "SHAFT"}).revisions.back().content;
        shaft.revision = "B";
        shaft.routing[0].modes[0].tool = shaft.routing[0].modes[1].tool = tool;
        shaft.routing[1].within_ms = 4h;
        REQUIRE(say("SHAFT", shaft).result == runtime::outcome::accepted);
        stock("BAR", "L-1", 100);
        for (int i = 0; i < 4; ++i) say("SHAFT", material::replenish{pieces(8), test::in_hours(6 + i)});
    }

    bool both_lathes_work() { return !machine("LATHE-1").jobs.empty() && !machine("LATHE-2").jobs.empty(); }
    bool all_done() { return schedule().jobs.empty(); }
};

schedule::define in_utc()
{
    schedule::define d;
    d.zone = "UTC";
    return d;
}

} // namespace

TEST_CASE("without limits both lathes work at the same time")
{
    limited_floor f(in_utc());
    CHECK(f.work_until([&] { return f.both_lathes_work(); }, 600));
}

TEST_CASE("a setup matrix says what a change of families takes, in the plan and on the floor")
{
    auto limits = in_utc();
    limits.setup_matrices = {{"lathes", {{"shaft", "shaft", 7min}}}};
    limited_floor f(limits);
    REQUIRE(f.work_until([&] { return !f.machine("LATHE-1").jobs.empty(); }, 600));
    CHECK(f.machine("LATHE-1").jobs.front().spec.setup_time_ms == 5min); // from nothing known
    REQUIRE(f.work_until([&] { return f.machine("LATHE-1").completed == 1 && !f.machine("LATHE-1").jobs.empty(); }));
    CHECK(f.machine("LATHE-1").jobs.front().spec.setup_time_ms == 7min);
}

TEST_CASE("a tool of which there is one is in use on one machine at a time")
{
    auto limits = in_utc();
    limits.tools = {{"chuck", "", 1}};
    limited_floor f(limits, "chuck");
    bool together = false;
    CHECK(f.work_until([&] {
        together = together || f.both_lathes_work();
        return f.all_done();
    }));
    CHECK_FALSE(together);
    CHECK(f.machine("LATHE-1").completed + f.machine("LATHE-2").completed == 4);
}

TEST_CASE("a power cap keeps machines from running together")
{
    auto limits = in_utc();
    limits.power_caps = {{"always", "00:00", "00:00", 15}};
    limited_floor f(limits);
    bool together = false;
    CHECK(f.work_until([&] {
        together = together || f.both_lathes_work();
        return f.all_done();
    }));
    CHECK_FALSE(together);
    CHECK(f.schedule().worth->energy_cost == 0); // no tariff
}

TEST_CASE("what is on its way to the next work center does not begin there before it arrives")
{
    auto limits = in_utc();
    limits.transport_times = {{"WC", "HEAT", 20min}};
    limited_floor f(limits);
    f.stock("BOLT", "L-2", 100);
    f.place("O-1", "GEAR", 2, test::in_hours(48));
    instant done, begun;
    REQUIRE(f.work_until([&] {
        for (const auto& w : f.all("work_order")) {
            const auto& s = f.host.state<work_order::state>(w);
            if (s.item != item_id("GEAR") || s.operations.size() < 2 || !s.operations[1].started) continue;
            done = s.operations[0].ended.value();
            begun = s.operations[1].started.value();
        }
        return begun.ms > 0;
    }));
    CHECK(begun - done >= 20min);
}

TEST_CASE("what must follow soon, and what energy costs, are in the plant's problem")
{
    auto limits = in_utc();
    limits.base_price_per_kwh = 0.2;
    limits.tariff = {{"peak", "08:00", "12:00", 0.3}};
    limited_floor f(limits);
    f.controllers = false;
    f.work(5);
    const auto p = schedule::problem_of(f.schedule(), f.host.now());
    REQUIRE_FALSE(p.jobs.empty());
    REQUIRE(p.jobs.front().operations.back().links.size() == 1);
    CHECK(p.jobs.front().operations.back().links.front().most == milliseconds(4h).count());
    CHECK(p.jobs.front().operations.front().modes.front().power_kw == 10);
    REQUIRE_FALSE(p.tariffs.empty());
    for (std::size_t i = 1; i < p.tariffs.size(); ++i) CHECK(p.tariffs[i - 1].when.end <= p.tariffs[i].when.start);
    CHECK(f.schedule().worth->energy_cost > 0);
}
