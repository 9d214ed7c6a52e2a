#include <catch2/catch.hpp>

#include "scheduling/improve.hpp"
#include "scheduling/repair.hpp"
#include "tests/scheduling/random_shop.hpp"

using namespace takt::scheduling;
using takt::test::described;
using takt::test::random_shop;
using takt::test::shop;

namespace {

/// Two jobs on one lathe, one of which is late.
shop two_jobs()
{
    shop s;
    s.machine("lathe").machine("mill");
    s.job("A", 1000);
    s.operation({{"lathe", "", 0, 10}});
    s.operation({{"mill", "", 0, 10}});
    s.job("B", 5);
    s.operation({{"lathe", "", 0, 10}});
    return s;
}

plan_result in_order(const char* first, const char* second)
{
    plan_result plan;
    plan.assignments = {{first, std::string(first) + ".1", "lathe", "", 0, 0, 10},
                        {second, std::string(second) + ".1", "lathe", "", 10, 10, 20}};
    const time_ms mill = first == std::string("A") ? 10 : 20;
    plan.assignments.push_back({"A", "A.2", "mill", "", mill, mill, mill + 10});
    plan.job_end = {{"A", mill + 10}, {"B", first == std::string("A") ? 20 : 10}};
    return plan;
}

} // namespace

TEST_CASE("what stood in the frozen window and could have stayed may not be moved", "[checker][frozen]")
{
    auto s = two_jobs();
    const auto in_force = in_order("A", "B"), other = in_order("B", "A");
    CHECK(described(violations(s.p, other, &in_force)).empty()); // nothing is frozen
    s.p.frozen_until = 5;
    CHECK(described(violations(s.p, in_force, &in_force)).empty());
    const auto found = violations(s.p, other, &in_force);
    REQUIRE(found.size() == 1);
    CHECK(found.front().rule == "frozen");
    CHECK(found.front().job == "A");
    CHECK(found.front().operation == "A.1");
    CHECK(found.front().resource == "lathe");
}

TEST_CASE("what cannot stay in the frozen window may move, with what waits for it", "[checker][frozen]")
{
    auto s = two_jobs();
    s.p.frozen_until = 100;
    const auto in_force = in_order("B", "A");
    s.p.jobs[0].release = 13; // A's first start is gone, and its second operation must follow
    const auto after = repair(s.p, in_force);
    CHECK(described(violations(s.p, after.plan, &in_force)).empty());
    auto wrong = after.plan;
    for (auto& a : wrong.assignments)
        if (a.job == "B") a.start = a.setup_end = 40, a.end = 50;
    wrong.job_end["B"] = 50;
    CHECK(described(violations(s.p, wrong, &in_force)) == "frozen: B.1: could have stayed and was moved\n");
}

TEST_CASE("neither repair nor improvement moves what is frozen and could stay", "[checker][frozen][random]")
{
    std::size_t moves = 0;
    for (std::uint32_t seed = 1; seed <= 600; ++seed) {
        auto p = random_shop(seed).make();
        const auto in_force = plan(p);
        change what;
        what.now = p.now + 50;
        what.down.push_back({"M0", p.now + 200});
        what.late.push_back({"steel", "R", p.now + 900});
        apply(p, what);
        p.frozen_until = p.now + 300;
        const auto mended = repair(p, in_force);
        moves += mended.moved.operations.size();
        if (const auto found = violations(p, mended.plan, &in_force); !found.empty())
            FAIL("repair, seed " << seed << ":\n" << described(found));
        const auto better = improve(p, in_force, {}, {40, seed, {}, {}, {}});
        if (const auto found = violations(p, better.plan, &in_force); !found.empty())
            FAIL("improve, seed " << seed << ":\n" << described(found));
    }
    CHECK(moves > 600);
}
