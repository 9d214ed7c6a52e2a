#include "tests/scheduling/shop.hpp"

#include <catch2/catch.hpp>

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

std::vector<std::string> reasons(const plan_result& result)
{
    std::vector<std::string> all;
    for (const auto& u : result.left_out) all.push_back(u.operation + " " + u.reason);
    return all;
}

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("an operation starts when the one before it ends", "[plan]")
{
    shop s;
    s.machine("lathe").machine("mill").job("A", 100);
    s.operation({{"lathe", "", 0, 10}});
    s.operation({{"mill", "", 0, 5}});
    const auto result = planned(s);
    CHECK(of(result, "A.2").start == 10);
    CHECK(result.job_end.at("A") == 15);
}

TEST_CASE("nothing starts before now, its job's release, its material, or the end of a breakdown", "[plan]")
{
    shop s;
    s.p.now = 5;
    s.machine("lathe").machine("mill").job("A", 100);
    s.p.machines[1].down_until = 70;
    s.operation({{"lathe", "", 0, 10}});
    s.job("B", 100).p.jobs.back().release = 30;
    s.operation({{"lathe", "", 0, 10}});
    s.job("C", 100);
    s.operation({{"lathe", "", 0, 10}}).earliest = 50;
    s.job("D", 100);
    s.operation({{"mill", "", 0, 10}});
    const auto result = planned(s);
    CHECK(of(result, "A.1").start == 5);
    CHECK(of(result, "B.1").start == 30);
    CHECK(of(result, "C.1").start == 50);
    CHECK(of(result, "D.1").start == 70);
}

TEST_CASE("of two jobs the more urgent one goes first", "[plan]")
{
    shop s;
    s.machine("lathe").job("late", 1000);
    s.operation({{"lathe", "", 0, 10}});
    s.job("soon", 12);
    s.operation({{"lathe", "", 0, 10}});
    CHECK(of(planned(s), "soon.1").start == 0);
}

TEST_CASE("of two jobs with the same date the one of more weight goes first", "[plan]")
{
    shop s;
    s.machine("lathe").job("usual", 10, 1);
    s.operation({{"lathe", "", 0, 10}});
    s.job("important", 10, 3);
    s.operation({{"lathe", "", 0, 10}});
    CHECK(of(planned(s), "important.1").start == 0);
}

TEST_CASE("a component inherits the urgency of the job that waits for it", "[plan]")
{
    shop s;
    s.machine("lathe").job("component", 1000);
    s.operation({{"lathe", "", 0, 10}});
    s.job("other", 60);
    s.operation({{"lathe", "", 0, 10}});
    s.job("assembly", 20);
    s.operation({{"lathe", "", 0, 5}}).predecessors = {"component.1"};
    const auto result = planned(s);
    CHECK(of(result, "component.1").start == 0);
    CHECK(of(result, "assembly.1").start == 10);
}

TEST_CASE("the way that ends earliest is taken, not the fastest machine", "[plan]")
{
    shop s;
    s.machine("fast").machine("slow").job("A", 10, 2);
    s.operation({{"fast", "", 0, 10}, {"slow", "", 0, 15}});
    s.job("B", 20);
    s.operation({{"fast", "", 0, 10}, {"slow", "", 0, 15}});
    const auto result = planned(s);
    CHECK(of(result, "A.1").machine == "fast");
    CHECK(of(result, "B.1").machine == "slow");
}

TEST_CASE("an operator does one thing at a time", "[plan]")
{
    shop s;
    s.machine("lathe").machine("mill").person("Ann", {"metal"}).job("A", 10);
    s.operation({{"lathe", "metal", 0, 10}});
    s.job("B", 20);
    s.operation({{"mill", "metal", 0, 10}});
    const auto result = planned(s);
    CHECK(of(result, "B.1").start == 10);
    CHECK(of(result, "B.1").person == "Ann");
}

TEST_CASE("whoever can do little else is asked first", "[plan]")
{
    shop s;
    s.machine("lathe").machine("grinder").person("Ann", {"turning", "grinding"}).person("Bob", {"turning"});
    s.job("A", 10, 9);
    s.operation({{"lathe", "turning", 0, 10}});
    s.job("B", 20);
    s.operation({{"grinder", "grinding", 0, 10}});
    const auto result = planned(s);
    CHECK(of(result, "A.1").person == "Bob");
    CHECK(of(result, "B.1").start == 0);
}

TEST_CASE("work stops at the end of a shift and goes on in the next", "[plan]")
{
    shop s;
    s.machine("lathe").person("Ann", {"turning"}).job("A", 100);
    s.p.people[0].available = {{0, 30}, {100, 130}};
    s.operation({{"lathe", "turning", 10, 40}});
    const auto result = planned(s);
    CHECK(of(result, "A.1").setup_end == 10);
    CHECK(of(result, "A.1").end == 120);
}

TEST_CASE("what may not be interrupted waits for a shift that holds it", "[plan]")
{
    shop s;
    s.machine("furnace").person("Ann", {"hardening"}).job("A", 100);
    s.p.people[0].available = {{0, 30}, {100, 180}};
    s.operation({{"furnace", "hardening", 10, 40}}).interruptible = false;
    CHECK(of(planned(s), "A.1").start == 100);
}

TEST_CASE("a machine is set up only when the family changes", "[plan]")
{
    shop s;
    s.machine("lathe").p.machines[0].setup_family = "shaft";
    for (const auto* key : {"A", "B", "C"}) {
        s.job(key, 1000);
        s.operation({{"lathe", "", 10, 20}}).setup_family = key == std::string("C") ? "flange" : "shaft";
    }
    const auto result = planned(s);
    CHECK(of(result, "A.1").setup_end == of(result, "A.1").start);
    CHECK(of(result, "B.1").setup_end == of(result, "B.1").start);
    CHECK(of(result, "C.1").setup_end == of(result, "C.1").start + 10);
}

TEST_CASE("an operation is put behind a run of its family when that ends earlier than a setup of its own", "[plan]")
{
    shop s;
    s.machine("lathe").job("A", 0, 9);
    s.operation({{"lathe", "", 10, 20}}).setup_family = "shaft";
    s.p.jobs.back().operations.back().earliest = 35; // leaves a gap in which C fits only with a setup
    s.job("C", 1000);
    s.operation({{"lathe", "", 100, 5}}).setup_family = "shaft";
    const auto result = planned(s);
    CHECK(of(result, "C.1").start == of(result, "A.1").end);
    CHECK(of(result, "C.1").setup_end == of(result, "C.1").start);
}

TEST_CASE("an operation without a family is set up every time", "[plan]")
{
    shop s;
    s.machine("lathe");
    for (const auto* key : {"A", "B"}) {
        s.job(key, 1000);
        s.operation({{"lathe", "", 10, 20}});
    }
    CHECK(of(planned(s), "B.1").end == 60);
}

TEST_CASE("a batch run takes operations of its family up to the machine's capacity", "[plan]")
{
    shop s;
    s.machine("furnace", 2).person("Ann", {"hardening"});
    for (const auto* key : {"A", "B", "C", "D"}) {
        s.job(key, 1000);
        auto& op = s.operation({{"furnace", "hardening", 0, 60}});
        op.batch = true;
        op.interruptible = false;
        op.setup_family = key == std::string("D") ? "nitriding" : "carburising";
    }
    const auto result = planned(s);
    CHECK(of(result, "A.1").start == of(result, "B.1").start);
    CHECK(result.assignments.back().end == 180);
}

TEST_CASE("a batch operation that comes later does not join a run that has begun", "[plan]")
{
    shop s;
    s.machine("furnace", 2).job("A", 1000, 9);
    for (const time_ms earliest : {0, 10}) {
        if (earliest > 0) s.job("B", 1000);
        auto& op = s.operation({{"furnace", "", 0, 60}});
        op.batch = true;
        op.setup_family = "carburising";
        op.earliest = earliest;
    }
    CHECK(of(planned(s), "B.1").start == 60);
}

TEST_CASE("a running operation stays where it is and ends when its remaining work is done", "[plan]")
{
    shop s;
    s.p.now = 100;
    s.machine("lathe").machine("mill").person("Ann", {"metal"}).job("A", 1000);
    auto& running = s.operation({{"mill", "metal", 0, 50}});
    running.status = operation_status::running;
    running.running_machine = "lathe"; // moved by hand to a machine that its routing does not name
    running.running_operator = "Ann";
    running.started = 80;
    running.remaining = 25;
    s.job("B", 10);
    s.operation({{"mill", "metal", 0, 5}});
    const auto result = planned(s);
    CHECK(of(result, "A.1") == assignment{"A", "A.1", "lathe", "Ann", 80, 80, 125});
    CHECK(of(result, "B.1").start == 125);
}

TEST_CASE("a pinned operation keeps its machine and its operator", "[plan]")
{
    shop s;
    s.machine("one").machine("two").person("Ann", {"metal"}).person("Bob", {"metal"}).job("A", 10);
    auto& op = s.operation({{"one", "metal", 0, 10}, {"two", "metal", 0, 90}});
    op.running_machine = "two";
    op.running_operator = "Bob";
    const auto result = planned(s);
    CHECK(of(result, "A.1").machine == "two");
    CHECK(of(result, "A.1").person == "Bob");
}

TEST_CASE("a short job fills the gap before a more urgent one", "[plan]")
{
    shop s;
    s.machine("lathe").job("urgent", 50, 5);
    s.operation({{"lathe", "", 0, 10}}).earliest = 30;
    s.job("short", 1000);
    s.operation({{"lathe", "", 0, 20}});
    const auto result = planned(s);
    CHECK(of(result, "urgent.1").start == 30);
    CHECK(of(result, "short.1").start == 0);
}

TEST_CASE("what cannot be planned is named with its reason and the rest is planned", "[plan]")
{
    shop s;
    s.machine("lathe").person("Ann", {"turning"}).machine("weekday");
    s.p.machines[1].available = {{0, 50}};
    s.job("A", 10);
    s.operation({{"laser", "", 0, 10}});
    s.operation({{"lathe", "", 0, 10}});
    s.job("B", 10);
    s.operation({{"lathe", "welding", 0, 10}});
    s.job("C", 10);
    s.operation({{"weekday", "", 0, 60}});
    s.job("D", 10);
    s.operation({{"lathe", "", 0, 10}}).predecessors = {"D.1"};
    s.job("E", 10);
    s.operation({{"lathe", "turning", 0, 10}});
    const auto result = planned(s);
    CHECK(reasons(result) == texts{"A.1 machine_unknown", "A.2 predecessor_unplanned", "B.1 skill_missing",
                                   "C.1 calendar_ends", "D.1 predecessor_cycle"});
    CHECK(result.job_end.size() == 1);
    CHECK(of(result, "E.1").start == 0);
}

TEST_CASE("a predecessor that is done or gone is not waited for", "[plan]")
{
    shop s;
    s.machine("lathe").job("A", 10);
    s.operation({{"lathe", "", 0, 10}}).status = operation_status::done;
    s.operation({{"lathe", "", 0, 10}}).predecessors.emplace_back("long gone");
    const auto result = planned(s);
    CHECK(result.assignments.size() == 1);
    CHECK(of(result, "A.2").start == 0);
}

TEST_CASE("a plant without work has an empty plan", "[plan]")
{
    const auto result = planned(shop());
    CHECK(result.assignments.empty());
    CHECK(result.left_out.empty());
}
