#include "gateways/http/dispatch_list.hpp"

#include <catch2/catch.hpp>

#include "tests/actors/plant/floor.hpp"

using namespace takt;
using test::pieces;
using test::shop_floor;

namespace {

const machine_id lathe("LATHE-1");

http::dispatch_list list_of(shop_floor& f, const machine_id& machine)
{
    return http::dispatch_list_of(f.schedule(), machine, f.host.now()).value();
}

bool waits_for(const http::dispatch_row& row, const std::string& reason)
{
    return std::any_of(row.waits_for.begin(), row.waits_for.end(), [&](const auto& o) { return o.reason == reason; });
}

/// Shafts to be turned and then ground, with bars for all of them.
struct busy_floor : shop_floor {
    busy_floor()
    {
        stock("BAR", "L-1", 100);
        for (int i = 0; i < 6; ++i) say("SHAFT", material::replenish{pieces(8), test::in_hours(6 + i)});
    }
};

} // namespace

TEST_CASE("a dispatch list has what the machine is at and what is next, in the order of the plan")
{
    busy_floor f;
    REQUIRE(f.work_until([&] { return !f.machine("LATHE-1").jobs.empty(); }));
    const auto list = list_of(f, lathe);
    REQUIRE(list.running.size() == 1);
    CHECK(list.running.front().work_order == f.machine("LATHE-1").jobs.front().spec.work_order);
    CHECK(list.running.front().expected_end > list.running.front().since);
    REQUIRE(list.next.size() >= 2);
    for (std::size_t i = 1; i < list.next.size(); ++i) CHECK(list.next[i - 1].start <= list.next[i].start);
    for (const auto& row : list.next) CHECK(waits_for(row, "machine_busy"));
    CHECK_FALSE(http::dispatch_list_of(f.schedule(), machine_id("LATHE-9"), f.host.now()));
}

TEST_CASE("a dispatch list says why something cannot begin yet")
{
    busy_floor f;
    f.picks = false;
    f.work(5);
    for (const auto& row : list_of(f, lathe).next) {
        CHECK_FALSE(row.material_ready);
        CHECK(waits_for(row, "picking"));
        CHECK_FALSE(waits_for(row, "operation"));
    }
    const auto grinder = list_of(f, machine_id("GRINDER"));
    REQUIRE_FALSE(grinder.next.empty());
    for (const auto& row : grinder.next) CHECK(waits_for(row, "operation"));

    f.picks = true;
    f.say("LATHE-1", machine::report_down{"spindle", {}});
    f.work(30);
    const auto broken = list_of(f, lathe);
    CHECK_FALSE(broken.up);
    for (const auto& row : broken.next) CHECK(waits_for(row, "machine_down"));
}
