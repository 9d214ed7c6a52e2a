#include <catch2/catch.hpp>

#include "tests/actors/plant/floor.hpp"

using namespace takt;
using namespace std::chrono_literals;
using test::in_hours;
using test::pieces;
using test::shop_floor;

namespace {

const machine_id lathe("LATHE-1");

/// Both lathes have work for the next hour.
struct busy_floor : shop_floor {
    busy_floor()
    {
        stock("BAR", "L-1", 100);
        for (int i = 0; i < 6; ++i) say("SHAFT", material::replenish{pieces(8), in_hours(6 + i)});
        work(2);
    }

    const schedule::machine_entry& entry() { return schedule().machines.at(lathe); }
    instant last_end()
    {
        instant last = host.now();
        for (const auto& [key, job] : schedule().jobs)
            for (const auto& o : job.operations)
                if (o.planned && o.planned->machine == lathe) last = std::max(last, o.planned->end);
        return last;
    }
    runtime::answer plan(milliseconds length, instant earliest, instant latest)
    {
        return say("plant", schedule::plan_downtime{lathe, "oil", length, earliest, latest});
    }
};

template <class Event> const Event* recorded(const decision& d)
{
    for (const auto& e : d.events())
        if (const auto* found = e.as<Event>()) return found;
    return nullptr;
}

} // namespace

TEST_CASE("maintenance goes where it moves nothing, if its window has such a place")
{
    busy_floor f;
    REQUIRE(f.entry().queue.size() >= 2);
    const auto end = f.last_end();
    REQUIRE(f.plan(1h, f.host.now(), f.host.now() + 12h).result == runtime::outcome::accepted);
    REQUIRE(f.entry().downtimes.size() == 1);
    const auto& d = f.entry().downtimes.front();
    CHECK(d.from >= end - 1min);
    CHECK(d.to == d.from + 1h);
    CHECK(d.to <= *d.latest);
}

TEST_CASE("maintenance whose window is narrow is done then, and the work goes around it")
{
    busy_floor f;
    const auto now = f.host.now();
    REQUIRE(f.plan(1h, now + 30min, now + 100min).result == runtime::outcome::accepted);
    const auto d = f.entry().downtimes.front();
    CHECK(d.from >= now + 30min);
    CHECK(d.to <= now + 100min);
    CHECK(f.plan(1h, now, now + 12h).reason == "already_planned");
    while (f.host.now() < d.to + 10min) {
        f.work(1);
        for (const auto& j : f.machine("LATHE-1").jobs) // what had begun may still be there; nothing begins
            CHECK((j.dispatched_at < d.from || f.host.now() < d.from));
    }
    f.say("plant", schedule::end_downtime{lathe, "oil"});
    CHECK(f.entry().downtimes.empty());
    CHECK(f.work_until([&] { return f.schedule().jobs.empty(); }));
    CHECK(f.violations() == "");
}

TEST_CASE("maintenance that cannot begin, as its machine is at work for longer, is put later and says so")
{
    busy_floor f;
    REQUIRE(f.work_until([&] { return !f.entry().runs.empty(); }, 60));
    auto state = f.schedule();
    const auto now = f.host.now();
    const auto run = state.machines.at(lathe).runs.front();
    for (auto& o : state.jobs.at(run.work_order).operations)
        if (o.what.operation == run.operation) o.sent.expected_ms = 3h;
    schedule::apply(state, schedule::downtime_planned{lathe, "oil", now + 10min, now + 70min, now, now + 12h});
    const auto d = schedule::decide(state, schedule::replan{}, {now, entity_ref("schedule/plant"), "timer/replan"});
    const auto* moved = recorded<schedule::downtime_moved>(d);
    REQUIRE(moved != nullptr);
    CHECK(moved->reason == "machine_busy");
    CHECK(moved->from > now + 2h);
    CHECK(moved->to == moved->from + 1h);
}

TEST_CASE("maintenance without room, length or machine is refused")
{
    busy_floor f;
    const auto now = f.host.now();
    CHECK(f.plan(2h, now, now + 1h).reason == "window_too_short");
    CHECK(f.plan(1h, now - 10h, now + 30min).reason == "window_too_short");
    CHECK(f.plan(0h, now, now + 1h).reason == "not_positive");
    CHECK(f.say("plant", schedule::plan_downtime{machine_id("LATHE-9"), "oil", 1h, now, now + 2h}).reason ==
          "unknown_machine");
}
