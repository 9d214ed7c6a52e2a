#include <catch2/catch.hpp>

#include "actors/mes/schedule_parts.hpp"
#include "scheduling/checker.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;
using namespace std::chrono_literals;
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
    CHECK(std::any_of(plan.shifted.begin(), plan.shifted.end(), [](const auto& j) { return j.later_ms > 0ms; }));
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

namespace {

/// How often a machine was told what is next.
std::size_t told(const shop_floor& f, const std::string& machine)
{
    const auto is_told = [&](const std::string& record) {
        return record.find("next_noted") != std::string::npos &&
               record.find("\"machine/" + machine + '"') != std::string::npos;
    };
    return static_cast<std::size_t>(std::count_if(f.host.journal().begin(), f.host.journal().end(), is_told));
}

} // namespace

TEST_CASE("a machine is told what is next before it is to be done, and only again when that changes")
{
    shop_floor f;
    f.controllers = f.picks = false;
    f.stock("BAR", "L-1", 100);
    for (int i = 0; i < 6; ++i) f.say("SHAFT", material::replenish{pieces(8), test::in_hours(6 + i)});
    f.work(5);
    const auto& known = f.machine("LATHE-1").next;
    const auto& queue = f.schedule().machines.at(machine_id("LATHE-1")).queue;
    REQUIRE(queue.size() >= 3);
    REQUIRE(known.size() == 3);
    for (std::size_t i = 0; i < known.size(); ++i) {
        CHECK(known[i].work_order == queue[i].work_order);
        CHECK(known[i].operation == queue[i].operation);
        CHECK(known[i].item == item_id("SHAFT"));
    }
    CHECK(f.machine("LATHE-1").jobs.empty());

    f.say("plant", schedule::replan{});
    const auto before = told(f, "LATHE-1");
    f.say("plant", schedule::replan{});
    CHECK(told(f, "LATHE-1") == before); // the same plan again
    f.say(known.front().work_order.text, work_order::cancel{"not wanted"});
    f.work(5);
    CHECK(told(f, "LATHE-1") == before + 1);
    CHECK(f.machine("LATHE-1").next.front().operation == queue.front().operation);
    CHECK(f.machine("LATHE-1").next.front().work_order == queue.front().work_order);
}

TEST_CASE("what is dispatched is next no more, at the machine and in the schedule")
{
    shop_floor f;
    f.stock("BAR", "L-1", 100);
    for (int i = 0; i < 6; ++i) f.say("SHAFT", material::replenish{pieces(8), test::in_hours(6 + i)});
    REQUIRE(f.work_until([&] { return !f.machine("LATHE-1").jobs.empty(); }));
    const auto& at_work = f.machine("LATHE-1").jobs.front().spec;
    for (const auto& n : f.machine("LATHE-1").next)
        CHECK((n.work_order != at_work.work_order || n.operation != at_work.operation));
    REQUIRE(f.work_until([&] {
        return f.machine("LATHE-1").jobs.empty() && f.machine("LATHE-2").jobs.empty() && f.schedule().jobs.empty();
    }));
    for (const auto* machine : {"LATHE-1", "LATHE-2", "GRINDER"}) {
        CHECK(f.machine(machine).next.empty());
        CHECK(f.schedule().machines.at(machine_id(machine)).told.empty());
        CHECK(told(f, machine) < 12); // not once for every plan
    }
}

TEST_CASE("a plan says what it is worth, by the engine's names")
{
    planned_shop s;
    std::size_t i = 0;
    boost::mp11::mp_for_each<members_of<schedule::objectives>>([&](auto member) {
        CHECK(std::string(member.name) == scheduling::name_of(static_cast<scheduling::objective>(i++)));
    });
    CHECK(i == scheduling::objectives_count);
    REQUIRE(s.state.worth);
    CHECK(s.state.worth->makespan > 0);
    CHECK(s.replan().worth->makespan == s.state.worth->makespan);
}
