#include <catch2/catch.hpp>

#include "scheduling/objective.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;
using namespace std::chrono_literals;
using schedule::improvement_end;
using schedule::improvement_policy;
using test::pieces;
using test::shop_floor;

namespace {

/// A plan in which the work order that stands last has become urgent: repair leaves it there, improvement would not.
struct improvable : shop_floor {
    explicit improvable(improvement_policy policy)
    {
        controllers = picks = false;
        stock("BAR", "L-1", 100);
        for (int i = 0; i < 6; ++i) say("SHAFT", material::replenish{pieces(8), test::in_hours(6 + i)});
        work(5);
        state = schedule();
        state.definition.improvements = policy;
        state.definition.improve_iterations = 300;
        state.definition.frozen_ms = 0ms;
        state.improved_at = {};
        now = state.planned_at;
        for (auto& [key, machine] : state.machines) machine.told.clear();
        for (const auto& [key, job] : state.jobs)
            if (urgent.empty() || start_of(key) > start_of(urgent)) urgent = key;
        schedule::apply(state, schedule::job_updated{{urgent, now + 30min, 9, now, false}});
    }

    instant start_of(const work_order_id& job) const { return state.jobs.at(job).operations.front().planned->start; }

    /// Decides and applies; what was recorded.
    template <class Command> decision decide(const Command& what)
    {
        auto d = schedule::decide(state, what, {now, entity_ref("schedule/plant"), "key/test"});
        for (const auto& e : d.events()) {
            if (const auto* p = e.template as<schedule::planned>()) schedule::apply(state, *p);
            if (const auto* b = e.template as<schedule::improvement_sought>()) schedule::apply(state, *b);
            if (const auto* o = e.template as<schedule::improvement_offered>()) schedule::apply(state, *o);
            if (const auto* c = e.template as<schedule::improvement_closed>()) schedule::apply(state, *c);
        }
        return d;
    }

    /// Plans, and what the search that follows proposes.
    message sought()
    {
        const auto d = decide(schedule::replan{});
        REQUIRE(d.calculations().size() == 1);
        return d.calculations().front()({});
    }
    decision improve()
    {
        const auto found = sought();
        return found ? decide(*found.as<schedule::propose_improvement>()) : decision();
    }

    schedule::state state;
    instant now;
    work_order_id urgent;
};

template <class Event> const Event* recorded(const decision& d)
{
    for (const auto& e : d.events())
        if (const auto* found = e.as<Event>()) return found;
    return nullptr;
}

} // namespace

TEST_CASE("a better plan is put in force, or offered, as the plant wants it")
{
    improvable applied(improvement_policy::apply);
    const auto before = applied.start_of(applied.urgent);
    const auto d = applied.improve();
    REQUIRE(recorded<schedule::planned>(d) != nullptr);
    CHECK(recorded<schedule::planned>(d)->how == schedule::planning::improvement);
    CHECK(applied.start_of(applied.urgent) < before);
    CHECK_FALSE(applied.state.offered);

    improvable offered(improvement_policy::offer);
    const auto o = offered.improve();
    CHECK(recorded<schedule::planned>(o) == nullptr);
    CHECK(offered.start_of(offered.urgent) == before);
    REQUIRE(offered.state.offered);
    CHECK(offered.state.offered->after.weighted_tardiness < offered.state.offered->before.weighted_tardiness);
    CHECK_FALSE(offered.state.offered->placed.empty());
    offered.state.improved_at = {};
    CHECK(offered.decide(schedule::replan{}).calculations().empty()); // nobody has answered yet
}

TEST_CASE("an improvement that is accepted is the plan, one that is rejected is not")
{
    improvable s(improvement_policy::offer);
    CHECK(s.decide(schedule::accept_improvement{}).why().reason == "no_proposal");
    s.improve();
    const auto before = s.start_of(s.urgent);
    const auto number = s.state.offered->number;
    CHECK(s.decide(schedule::accept_improvement{number + 1}).why().reason == "another_proposal");

    const auto kept = s.state;
    const auto no = s.decide(schedule::reject_improvement{number, "not today"});
    CHECK(recorded<schedule::improvement_closed>(no)->how == improvement_end::rejected);
    CHECK_FALSE(s.state.offered);
    CHECK(s.start_of(s.urgent) == before);

    s.state = kept;
    const auto yes = s.decide(schedule::accept_improvement{number});
    CHECK(recorded<schedule::improvement_closed>(yes)->how == improvement_end::accepted);
    CHECK(recorded<schedule::planned>(yes)->how == schedule::planning::improvement);
    CHECK(s.start_of(s.urgent) < before);
    CHECK_FALSE(s.state.offered);
    for (const auto& p : kept.offered->placed) {
        const auto& o = s.state.jobs.at(p.work_order).operations;
        const auto at =
            std::find_if(o.begin(), o.end(), [&](const auto& e) { return e.what.operation == p.operation; });
        CHECK(at->planned->start == p.start);
        CHECK(at->planned->machine == p.machine);
    }
}

TEST_CASE("an improvement lapses when something that it would move has moved")
{
    improvable s(improvement_policy::offer);
    s.improve();
    REQUIRE(s.state.offered);
    const auto& would_move = s.state.offered->placed.front();
    const auto broken = would_move.old_machine;
    schedule::apply(s.state, schedule::machine_noted{broken, false, s.now + 8h});
    const auto d = s.decide(schedule::replan{});
    REQUIRE(recorded<schedule::improvement_closed>(d) != nullptr);
    CHECK(recorded<schedule::improvement_closed>(d)->how == improvement_end::lapsed);
    CHECK_FALSE(s.state.offered);
}

TEST_CASE("no improvement moves what the floor knows of beyond the tolerance")
{
    improvable s(improvement_policy::apply);
    s.state.definition.released_tolerance_ms = 1min;
    for (auto& [key, machine] : s.state.machines) // all of it is known
        for (const auto& k : machine.queue) machine.told.push_back({k, {}, {}});
    std::map<work_order_id, instant> before;
    for (const auto& [key, job] : s.state.jobs) before[key] = s.start_of(key);
    s.improve();
    for (const auto& [key, start] : before) CHECK(s.start_of(key) == start);

    s.state.definition.released_tolerance_ms = 24h;
    s.state.improved_at = {};
    for (auto& [key, machine] : s.state.machines) machine.told.clear();
    s.improve();
    CHECK(s.start_of(s.urgent) < before[s.urgent]);
}

TEST_CASE("facts that come while a better plan is sought are not undone by it")
{
    improvable s(improvement_policy::apply);
    const auto found = s.sought();
    REQUIRE(found);
    const auto broken = found.as<schedule::propose_improvement>()->found.placed.front().machine;
    schedule::apply(s.state, schedule::machine_noted{broken, false, s.now + 8h});
    s.decide(*found.as<schedule::propose_improvement>());
    for (const auto& [key, job] : s.state.jobs)
        for (const auto& o : job.operations)
            if (o.planned && o.planned->machine == broken && o.sent.run == 0) CHECK(o.planned->start >= s.now + 8h);

    improvable waits(improvement_policy::offer);
    const auto late = waits.sought();
    const auto moves = late.as<schedule::propose_improvement>()->found.placed.front();
    for (auto& o : waits.state.jobs.at(moves.work_order).operations)
        if (o.what.operation == moves.operation) o.planned->start = waits.now + 5h;
    CHECK(recorded<schedule::improvement_offered>(waits.decide(*late.as<schedule::propose_improvement>())) == nullptr);
}

TEST_CASE("a better plan is sought once in its interval, found or not")
{
    improvable s(improvement_policy::apply);
    s.state.definition.goal = {{schedule::objective::number_late, 1}};
    s.state.definition.improve_iterations = 1;
    CHECK(s.decide(schedule::replan{}).calculations().size() == 1);
    CHECK(s.decide(schedule::replan{}).calculations().empty());
    s.state.improved_at = s.now - s.state.definition.improve_interval_ms;
    CHECK(s.decide(schedule::replan{}).calculations().size() == 1);
}

TEST_CASE("objectives have the same names in the plan's rules as in the engine")
{
    const auto names = enum_names<schedule::objective>();
    REQUIRE(names.size() == scheduling::objectives_count);
    for (std::size_t i = 0; i < names.size(); ++i)
        CHECK(names[i] == scheduling::name_of(static_cast<scheduling::objective>(i)));
}

TEST_CASE("an objective is weighed once, and by no less than nothing")
{
    schedule::define plant;
    plant.zone = "Europe/Berlin";
    const context about{instant{0}, entity_ref("schedule/plant"), "key/test"};
    plant.goal = {{schedule::objective::makespan, 1}, {schedule::objective::makespan, 2}};
    CHECK(schedule::decide(schedule::state{}, plant, about).why().field == "goal");
    plant.goal = {{schedule::objective::makespan, -1}};
    CHECK(schedule::decide(schedule::state{}, plant, about).why().field == "goal");
    plant.goal = {{schedule::objective::makespan, 1}, {schedule::objective::energy_cost, 0.5}};
    CHECK_FALSE(schedule::decide(schedule::state{}, plant, about).refused());
}
