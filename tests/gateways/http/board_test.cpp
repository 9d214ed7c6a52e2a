#include "gateways/http/board.hpp"

#include <catch2/catch.hpp>

#include "tests/actors/plant/floor.hpp"

using namespace takt;
using test::pieces;
using test::shop_floor;

namespace {

struct busy_floor : shop_floor {
    busy_floor()
    {
        stock("BAR", "L-1", 100);
        for (int i = 0; i < 4; ++i) say("SHAFT", material::replenish{pieces(8), test::in_hours(6 + i)});
    }
    http::board board() { return http::board_of(schedule(), host.now()); }
};

const http::board_operation* at_work(const http::board& b)
{
    for (const auto& j : b.jobs)
        for (const auto& o : j.operations)
            if (o.status == mes::operation_status::running || o.status == mes::operation_status::setup) return &o;
    return nullptr;
}

} // namespace

TEST_CASE("a board has every planned operation with its machine, its times and who else could do it")
{
    busy_floor f;
    f.controllers = false;
    f.work(5);
    const auto b = f.board();
    REQUIRE(b.jobs.size() == 4);
    CHECK(b.number == f.schedule().plan_number);
    CHECK(b.frozen_until == f.host.now() + f.schedule().definition.frozen_ms);
    for (const auto& j : b.jobs) {
        REQUIRE(j.operations.size() == 2);
        const auto& turning = j.operations.front();
        REQUIRE(turning.machine);
        CHECK(*turning.start <= *turning.setup_end);
        CHECK(*turning.setup_end <= *turning.end);
        CHECK(turning.modes.size() == 2); // both lathes
        CHECK_FALSE(turning.pinned);
    }
}

TEST_CASE("what is at a machine stands on the board from when it was sent there")
{
    busy_floor f;
    http::board b;
    REQUIRE(f.work_until([&] { return at_work(b = f.board()) != nullptr; }));
    const auto* o = at_work(b);
    REQUIRE(o->start);
    CHECK(*o->start <= f.host.now());
    CHECK(*o->start <= *o->setup_end);
    CHECK(*o->setup_end <= *o->end);
}

TEST_CASE("a board says when machines and people work, once for each set of shifts")
{
    busy_floor f;
    f.work(5);
    const auto b = f.board();
    for (const auto& m : b.machines)
        CHECK(std::count_if(b.calendars.begin(), b.calendars.end(),
                            [&](const auto& c) { return c.shifts == m.shifts; }) == 1);
    for (const auto& c : b.calendars)
        for (const auto& w : c.working) CHECK(w.from <= w.to);
}

TEST_CASE("a machine that is down says on the board until when")
{
    busy_floor f;
    f.work(5);
    f.say("LATHE-1", machine::report_down{"chuck", std::chrono::hours(3)});
    f.work(1);
    const auto b = f.board();
    const auto found =
        std::find_if(b.machines.begin(), b.machines.end(), [](const auto& m) { return m.machine == "LATHE-1"; });
    REQUIRE(found != b.machines.end());
    CHECK_FALSE(found->up);
    CHECK(found->down_until > f.host.now());
}
