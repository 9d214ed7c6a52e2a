#include <catch2/catch.hpp>

#include "actors/mes/schedule_parts.hpp"
#include "scheduling/checker.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;
using test::pieces;
using test::shop_floor;

namespace {

/// A shop with a planned queue at both lathes, of which nothing has been sent yet.
struct planned_shop : shop_floor {
    planned_shop()
    {
        controllers = picks = false;
        stock("BAR", "L-1", 100);
        for (int i = 0; i < 6; ++i) say("SHAFT", material::replenish{pieces(8), test::in_hours(6 + i)});
        work(5);
        state = schedule();
        state.definition.improve_iterations = 0;
        now = state.planned_at; // nothing has begun late
    }

    schedule::planned replan() const
    {
        const auto d = schedule::decide(state, schedule::replan{}, {now, entity_ref("schedule/plant"), "timer/replan"});
        for (const auto& e : d.events())
            if (const auto* p = e.as<schedule::planned>()) return *p;
        return {};
    }
    std::size_t planned_on(const machine_id& machine) const
    {
        std::size_t n = 0;
        for (const auto& [key, job] : state.jobs)
            for (const auto& o : job.operations) n += o.planned && o.planned->machine == machine ? 1 : 0;
        return n;
    }

    schedule::state state;
    instant now;
};

} // namespace

TEST_CASE("a machine that breaks down moves its own work and what waits for it, and says why")
{
    planned_shop s;
    const machine_id broken("LATHE-1");
    REQUIRE(s.planned_on(broken) > 0);
    REQUIRE(s.planned_on(machine_id("LATHE-2")) > 0);
    schedule::apply(s.state, schedule::machine_noted{broken, false, test::in_hours(8)});
    s.state.definition.improve_iterations = 60; // it is time for that, but not now
    s.state.improved_at = {};

    const auto plan = s.replan();
    CHECK(plan.how == schedule::planning::repair);
    std::size_t off_the_broken = 0;
    for (const auto& p : plan.placed) {
        INFO(p.work_order.text << '/' << p.operation << " from " << p.old_machine.text << " because of " << p.cause);
        CHECK_FALSE(p.cause.empty());
        CHECK(p.old_machine != machine_id("LATHE-2")); // the other lathe's queue stays where it is
        if (p.old_machine != broken) continue;
        ++off_the_broken;
        CHECK(p.cause == "machine_down");
        CHECK(p.subject == "LATHE-1");
        CHECK((p.machine != broken || p.start >= test::in_hours(8)));
    }
    CHECK(off_the_broken == s.planned_on(broken));
    for (const auto& j : plan.shifted) CHECK(j.later_ms > milliseconds{0});
}

TEST_CASE("a plan that still holds is left alone")
{
    planned_shop s;
    const auto plan = s.replan();
    CHECK(plan.placed.empty());
    CHECK(plan.cleared.empty());
    CHECK(plan.shifted.empty());
    CHECK(plan.how == schedule::planning::repair);
}

TEST_CASE("a plan says which fact it was made for")
{
    planned_shop s;
    s.state.replan_at.reset();
    const auto d = schedule::decide(s.state, schedule::note_machine{machine_id("LATHE-2"), false, std::nullopt},
                                    {s.now, entity_ref("schedule/plant"), "machine/LATHE-2"});
    const schedule::replan_needed* needed = nullptr;
    for (const auto& e : d.events())
        if (const auto* r = e.as<schedule::replan_needed>()) needed = r;
    REQUIRE(needed != nullptr);
    CHECK(needed->cause == "machine LATHE-2 down");
    schedule::apply(s.state, *needed);
    CHECK(s.replan().cause == "machine LATHE-2 down");
}

TEST_CASE("the plant's problem can be taken away as a file, with the plan in force")
{
    const planned_shop s;
    const auto file = scheduling::read_problem(scheduling::to_json(schedule::problem_of(s.state, s.now)));
    REQUIRE(file.has_value());
    CHECK(file->jobs.size() == s.state.jobs.size());
    REQUIRE(file->in_force);
    CHECK(file->in_force->assignments.size() == s.planned_on(machine_id("LATHE-1")) +
                                                    s.planned_on(machine_id("LATHE-2")) +
                                                    s.planned_on(machine_id("GRINDER")));
    CHECK(scheduling::violations(*file, *file->in_force).empty());
}
