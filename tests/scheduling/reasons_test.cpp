// Every reason for which an operation is left out, with what it names; what is beside it is planned all the same.
#include <catch2/catch.hpp>

#include "tests/scheduling/shop.hpp"

using namespace takt::scheduling;
using takt::test::described;
using takt::test::of;
using takt::test::shop;

namespace {

/// A lathe, a weekday machine that works until 50, Ann who turns, one hob; job A is what cannot be planned.
shop plant()
{
    shop s;
    s.machine("lathe").machine("weekday").person("Ann", {"turning"});
    s.p.machines[1].available = {{0, 50}};
    s.p.tools = {{"hob", 1}};
    s.p.materials = {{"steel", 5}};
    s.job("fine", 100);
    s.operation({{"lathe", "", 0, 10}});
    s.job("A", 100);
    return s;
}

/// "reason subject" of each that is left out.
std::vector<std::string> left_out(const shop& s)
{
    const auto result = plan(s.p);
    CHECK(described(violations(s.p, result)).empty());
    CHECK(of(result, "fine.1").end <= 30);
    std::vector<std::string> all;
    for (const auto& u : result.left_out) all.push_back(u.operation + " " + u.reason + " " + u.subject);
    return all;
}

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("a machine that is not there is named", "[plan]")
{
    auto s = plant();
    s.operation({{"laser", "", 0, 10}});
    s.operation({{"lathe", "", 0, 10}});
    CHECK(left_out(s) == texts{"A.1 machine_unknown laser", "A.2 predecessor_unplanned A.1"});
}

TEST_CASE("a skill that nobody has is named", "[plan]")
{
    auto s = plant();
    s.operation({{"lathe", "welding", 0, 10}});
    CHECK(left_out(s) == texts{"A.1 skill_missing welding"});
    s.p.jobs.back().operations[0].modes[0].skill.clear();
    s.p.jobs.back().operations[0].modes[0].setup_skill = "setting";
    CHECK(left_out(s) == texts{"A.1 skill_missing setting"});
}

TEST_CASE("an operator who is not there, or cannot do it, is named", "[plan]")
{
    auto s = plant();
    s.operation({{"lathe", "turning", 0, 10}}).running_operator = "Zoe";
    CHECK(left_out(s) == texts{"A.1 operator_unknown Zoe"});
}

TEST_CASE("a tool that is not there is named", "[plan]")
{
    auto s = plant();
    s.operation({{"lathe", "", 0, 10}}).modes[0].tool = "broach";
    CHECK(left_out(s) == texts{"A.1 tool_missing broach"});
}

TEST_CASE("material that nobody knows, or that is short for good, is named", "[plan]")
{
    auto s = plant();
    s.operation({{"lathe", "", 0, 10}}).needs = {{"gold", 1}};
    CHECK(left_out(s) == texts{"A.1 material_unknown gold"});
    s.p.jobs.back().operations[0].needs = {{"steel", 6}};
    CHECK(left_out(s) == texts{"A.1 material_short steel"});
}

TEST_CASE("a cycle is named, and what is behind it waits for it", "[plan]")
{
    auto s = plant();
    s.operation({{"lathe", "", 0, 10}}).predecessors = {"A.2"};
    s.operation({{"lathe", "", 0, 10}});
    s.operation({{"lathe", "", 0, 10}});
    CHECK(left_out(s) ==
          texts{"A.1 predecessor_cycle A.2", "A.2 predecessor_cycle A.1", "A.3 predecessor_unplanned A.2"});
}

TEST_CASE("a calendar that ends before there is room is named by its machine", "[plan]")
{
    auto s = plant();
    s.operation({{"weekday", "", 0, 60}});
    CHECK(left_out(s) == texts{"A.1 calendar_ends weekday"});
}

TEST_CASE("what cannot follow soon enough is left out, what it follows is not", "[plan]")
{
    auto s = plant();
    s.operation({{"lathe", "", 0, 10}}).earliest = 20;
    s.operation({{"weekday", "", 0, 10}}).links = {{"A.1", 0, 5}};
    s.p.machines[1].available = {{0, 15}, {900, 950}};
    s.p.machines[0].available = {{0, 60}};
    CHECK(left_out(s) == texts{"A.2 lag_exceeded A.1"});
}

TEST_CASE("what is pinned before what it waits for, or where another one runs, is a conflict", "[plan]")
{
    auto s = plant();
    s.operation({{"lathe", "", 0, 10}});
    s.operation({{"weekday", "", 0, 10}}).pinned_start = 5;
    CHECK(left_out(s) == texts{"A.2 pinned_conflict A.1"});

    auto t = plant();
    t.operation({{"weekday", "", 0, 20}}).pinned_start = 5;
    t.job("B", 100);
    t.operation({{"weekday", "", 0, 20}}).pinned_start = 15;
    CHECK(left_out(t) == texts{"B.1 pinned_conflict weekday"});
}

TEST_CASE("a machine that draws more than the cap for good is named", "[plan]")
{
    auto s = plant();
    s.operation({{"weekday", "", 0, 10}}).modes[0].power_kw = 50;
    s.p.power_caps = {{{0, 1000}, 20}};
    CHECK(left_out(s) == texts{"A.1 power_exceeded weekday"});
}

TEST_CASE("a load that no batch run can take is named by its machine", "[plan]")
{
    auto s = plant();
    auto& op = s.operation({{"lathe", "", 0, 10}});
    op.batch = true;
    op.load = 3;
    CHECK(left_out(s) == texts{"A.1 load_too_large lathe"});
}

TEST_CASE("a duration that cannot be is named by its machine", "[plan]")
{
    auto s = plant();
    s.operation({{"lathe", "", 0, -10}});
    CHECK(left_out(s) == texts{"A.1 duration_invalid lathe"});
    s.p.jobs.back().operations[0].modes[0].run = std::numeric_limits<time_ms>::max();
    CHECK(left_out(s) == texts{"A.1 duration_invalid lathe"});
}

TEST_CASE("a key that occurs twice is left out the second time", "[plan]")
{
    auto s = plant();
    s.operation({{"lathe", "", 0, 10}}).key = "fine.1";
    CHECK(left_out(s) == texts{"fine.1 key_repeated fine.1"});
}

TEST_CASE("a long chain that cannot hold together is given up in parts, and soon", "[plan]")
{
    auto s = plant();
    s.p.machines[0].available.clear();
    s.p.machines[1].available.clear();
    for (time_ms d = 0; d < 400; ++d) s.p.machines[1].available.push_back({d * 50, d * 50 + 20});
    for (int i = 0; i < 150; ++i) {
        auto& op = s.operation({{i % 2 == 0 ? "lathe" : "weekday", "", 0, 7}});
        if (i > 0) op.links = {{"A." + std::to_string(i), 0, 1}};
        op.interruptible = false;
    }
    const auto result = plan(s.p);
    CHECK(described(violations(s.p, result)).empty());
    CHECK(!result.left_out.empty());
    CHECK(result.assignments.size() > 2);
}
