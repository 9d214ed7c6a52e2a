// What a plant's problem knows beyond machines, people and calendars: one test for each rule.
#include <catch2/catch.hpp>

#include "tests/scheduling/shop.hpp"

using namespace takt::scheduling;
using takt::test::described;
using takt::test::of;
using takt::test::shop;

namespace {

plan_result planned(const shop& s)
{
    auto result = plan(s.p);
    CHECK(described(violations(s.p, result)).empty());
    return result;
}

mode on(const char* machine, time_ms run) { return {machine, "", 0, run}; }

} // namespace

TEST_CASE("a setup matrix says what a change of families takes, and in which direction", "[plan]")
{
    shop s;
    s.machine("press").p.machines[0].setup_family = "white";
    s.p.machines[0].setup_matrix = "colours";
    s.p.setup_matrices = {{"colours", {{"white", "black", 5}, {"black", "white", 40}, {"black", "black", 2}}}};
    for (const auto* key : {"A", "B", "C", "D"}) {
        s.job(key, 1000);
        s.operation({{"press", "", 10, 20}}).setup_family = key == std::string("C")   ? "white"
                                                            : key == std::string("D") ? "red"
                                                                                      : "black";
        s.p.jobs.back().operations.back().pinned_start = 100 * (key[0] - 'A');
    }
    const auto result = planned(s);
    CHECK(of(result, "A.1").setup_end - of(result, "A.1").start == 5);
    CHECK(of(result, "B.1").setup_end - of(result, "B.1").start == 2);
    CHECK(of(result, "C.1").setup_end - of(result, "C.1").start == 40);
    CHECK(of(result, "D.1").setup_end - of(result, "D.1").start == 10); // the matrix does not know red
}

TEST_CASE("who sets up is needed for the setup only, and the operator behind it", "[plan]")
{
    shop s;
    s.machine("one").machine("two").person("Sue", {"setting"}).person("Ann", {"turning"}).person("Bob", {"turning"});
    for (const auto* machine : {"one", "two"}) {
        s.job(machine, 100);
        s.operation({{machine, "turning", 10, 30}}).modes[0].setup_skill = "setting";
    }
    const auto result = planned(s);
    CHECK(of(result, "one.1").setter == "Sue");
    CHECK(of(result, "two.1").start == 10); // when Sue is free, not at 40
    CHECK(of(result, "two.1").end == 50);
}

TEST_CASE("without a setup nobody sets up", "[plan]")
{
    shop s;
    s.machine("one").person("Sue", {"setting"}).p.machines[0].setup_family = "shaft";
    s.job("A", 100);
    auto& op = s.operation({{"one", "", 10, 30}});
    op.modes[0].setup_skill = "setting";
    op.setup_family = "shaft";
    CHECK(of(planned(s), "A.1").setter.empty());
}

TEST_CASE("as many operations share a tool as there are of it", "[plan]")
{
    shop s;
    s.machine("one").machine("two").machine("three").p.tools = {{"hob", 2}};
    for (const auto* machine : {"one", "two", "three"}) {
        s.job(machine, 100);
        s.operation({on(machine, 10)}).modes[0].tool = "hob";
    }
    auto result = planned(s);
    CHECK(result.assignments.back().start == 10);
    CHECK(result.assignments.back().tool == "hob");
    s.p.tools[0].down_until = 7;
    CHECK(planned(s).assignments.front().start == 7);
}

TEST_CASE("people may be planned as a number", "[plan]")
{
    shop s;
    s.machine("one").machine("two").machine("three").person("crew", {"metal"}).p.people[0].count = 2;
    for (const auto* machine : {"one", "two", "three"}) {
        s.job(machine, 100);
        s.operation({{machine, "metal", 0, 10}});
    }
    const auto result = planned(s);
    CHECK(of(result, "one.1").start == 0);
    CHECK(of(result, "two.1").start == 0);
    CHECK(of(result, "three.1").start == 10);
}

TEST_CASE("where skills do not matter nobody is asked for", "[plan]")
{
    shop s;
    s.machine("one").job("A", 10);
    s.operation({{"one", "welding", 0, 10}});
    s.p.skills_matter = false;
    CHECK(of(planned(s), "A.1").person.empty());
}

TEST_CASE("what cools waits for its least lag", "[plan]")
{
    shop s;
    s.machine("furnace").machine("mill").job("A", 100);
    s.operation({on("furnace", 10)});
    s.operation({on("mill", 5)}).links = {{"A.1", 25}};
    CHECK(of(planned(s), "A.2").start == 35);
}

TEST_CASE("what must follow soon makes its predecessor wait", "[plan]")
{
    shop s;
    s.machine("furnace").machine("grinder").job("busy", 1, 9);
    s.operation({on("grinder", 100)});
    s.job("A", 200);
    s.operation({on("furnace", 10)});
    s.operation({on("grinder", 5)}).links = {{"A.1", 0, 20}};
    const auto result = planned(s);
    CHECK(of(result, "A.2").start == 100);
    CHECK(of(result, "A.1").start >= 70);
}

TEST_CASE("an overlapping operation starts with the first transfer batch and ends behind the last", "[plan]")
{
    shop s;
    s.machine("lathe").machine("mill").machine("drill").job("A", 200);
    s.operation({on("lathe", 100)});
    s.operation({on("mill", 100)}).links = {{"A.1", 0, unlimited, 0.2}};
    s.job("B", 200);
    s.operation({on("lathe", 100)}).pinned_start = 200;
    s.operation({on("drill", 10)}).links = {{"B.1", 0, unlimited, 0.2}};
    const auto result = planned(s);
    CHECK(of(result, "A.2").start == 20);
    CHECK(of(result, "B.2").end == 302); // faster than what feeds it: starts later, so as not to run dry
}

TEST_CASE("material goes to the more urgent first, and the other waits for the receipt", "[plan]")
{
    shop s;
    s.machine("one").machine("two").p.materials = {{"steel", 12, 4, {{"PO-1", 50, 10}}}};
    s.job("usual", 1000, 1);
    s.operation({on("one", 10)}).needs = {{"steel", 6}};
    s.job("urgent", 20, 1);
    s.operation({on("two", 10)}).needs = {{"steel", 6}};
    const auto result = planned(s);
    CHECK(of(result, "urgent.1").start == 0);
    CHECK(of(result, "usual.1").start == 50);
}

TEST_CASE("families that are compatible share a batch, and count as the first of them", "[plan]")
{
    shop s;
    s.machine("furnace", 3).p.machines[0].compatible = {{"steel", "iron"}};
    for (const auto* family : {"steel", "iron", "brass"}) {
        s.job(family, 1000);
        auto& op = s.operation({{"furnace", "", 5, 60}});
        op.batch = true;
        op.setup_family = family;
    }
    const auto result = planned(s);
    CHECK(of(result, "steel.1").start == of(result, "iron.1").start);
    CHECK(of(result, "brass.1").start != of(result, "iron.1").start);
}

TEST_CASE("a batch takes loads up to its places", "[plan]")
{
    shop s;
    s.machine("furnace", 3);
    for (const int load : {2, 1, 1}) {
        s.job("J" + std::to_string(s.p.jobs.size()), 1000);
        auto& op = s.operation({on("furnace", 60)});
        op.batch = true;
        op.setup_family = "steel";
        op.load = load;
    }
    const auto result = planned(s);
    CHECK(of(result, "J1.1").start == 0);
    CHECK(of(result, "J2.1").start == 60);
}

TEST_CASE("no more runs at once than the power cap allows", "[plan]")
{
    shop s;
    s.machine("one").machine("two");
    for (const auto* machine : {"one", "two"}) {
        s.job(machine, 1000);
        s.operation({on(machine, 10)}).modes[0].power_kw = 6;
    }
    s.p.power_caps = {{{0, 500}, 10}};
    CHECK(planned(s).assignments.back().start == 10);
    s.p.power_caps = {{{5, 8}, 5}};
    CHECK(planned(s).assignments.front().start == 8);
}

TEST_CASE("a pinned start is kept, and what it waits for goes before it", "[plan]")
{
    shop s;
    s.machine("lathe").machine("mill").job("A", 1000);
    s.operation({on("lathe", 10)});
    s.operation({on("mill", 10)}).pinned_start = 40;
    const auto result = planned(s);
    CHECK(of(result, "A.1").end == 10);
    CHECK(of(result, "A.2").start == 40);
}
