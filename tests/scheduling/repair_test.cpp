#include "scheduling/repair.hpp"

#include <map>

#include <catch2/catch.hpp>

#include "tests/scheduling/random_shop.hpp"

using namespace takt::scheduling;
using takt::test::described;
using takt::test::of;
using takt::test::random_shop;
using takt::test::shop;

namespace {

/// Three jobs on two lathes; whoever is moved has another one to go to.
shop two_lathes()
{
    shop s;
    s.machine("one").machine("two");
    for (const auto* key : {"A", "B", "C"}) {
        s.job(key, 1000);
        s.operation({{"one", "", 0, 10}, {"two", "", 0, 14}});
    }
    return s;
}

std::string causes(const plan_difference& d)
{
    std::string all;
    for (const auto& m : d.operations) all += m.operation + " " + m.cause + " " + m.subject + "; ";
    return all;
}

} // namespace

TEST_CASE("a plan that still holds is not touched", "[repair]")
{
    const auto s = two_lathes();
    const auto in_force = plan(s.p);
    const auto same = repair(s.p, in_force);
    CHECK(same.plan.assignments == in_force.assignments);
    CHECK(same.moved.operations.empty());
}

TEST_CASE("when a machine breaks down, what stands on it goes elsewhere and the rest stays", "[repair]")
{
    const auto s = two_lathes();
    const auto in_force = plan(s.p);
    REQUIRE(of(in_force, "A.1").machine == "one");
    REQUIRE(of(in_force, "B.1").machine == "two");
    change broken;
    broken.down.push_back({"two", 500});
    const auto after = repair(s.p, in_force, broken);
    CHECK(causes(after.moved) == "B.1 machine_down two; ");
    CHECK(of(after.plan, "B.1").start == 20);
    CHECK(of(after.plan, "A.1") == of(in_force, "A.1"));
    CHECK(after.moved.later.size() == 1);
}

TEST_CASE("what waits for a moved operation moves only as far as it must", "[repair]")
{
    shop s;
    s.machine("lathe").machine("mill").job("A", 100);
    s.operation({{"lathe", "", 0, 10}});
    s.operation({{"mill", "", 0, 5}}).earliest = 40;
    s.job("B", 100);
    s.operation({{"lathe", "", 0, 10}});
    s.operation({{"mill", "", 0, 5}});
    const auto in_force = plan(s.p);
    change broken;
    broken.down.push_back({"lathe", 15});
    const auto after = repair(s.p, in_force, broken);
    CHECK(of(after.plan, "A.1").start == 15);
    CHECK(of(after.plan, "A.2") == of(in_force, "A.2"));
}

TEST_CASE("a late receipt moves whoever was to take from it, and nobody else", "[repair]")
{
    shop s;
    s.machine("lathe").machine("mill");
    s.p.materials = {{"steel", 5, 0, {{"PO-1", 20, 5}}}};
    for (const auto* key : {"A", "B"}) {
        s.job(key, 1000);
        s.operation({{"lathe", "", 0, 10}}).needs = {{"steel", 5}};
    }
    const auto in_force = plan(s.p);
    REQUIRE(of(in_force, "B.1").start == 20);
    change late;
    late.late.push_back({"steel", "PO-1", 70});
    const auto after = repair(s.p, in_force, late);
    CHECK(causes(after.moved) == "B.1 material steel; ");
    CHECK(of(after.plan, "B.1").start == 70);
}

TEST_CASE("a new job goes where there is room", "[repair]")
{
    auto s = two_lathes();
    const auto in_force = plan(s.p);
    change more;
    more.added.push_back({"D", 0, 5, 9, {}});
    more.added.back().operations.emplace_back();
    more.added.back().operations.back().key = "D.1";
    more.added.back().operations.back().modes = {{"one", "", 0, 10}};
    const auto after = repair(s.p, in_force, more);
    CHECK(causes(after.moved) == "D.1 fresh ; ");
    CHECK(of(after.plan, "D.1").start == 20);
}

TEST_CASE("no repaired plan of a random shop breaks a rule, and without a change nothing moves", "[repair][random]")
{
    for (std::uint32_t seed = 1; seed <= 2000; ++seed) {
        auto p = random_shop(seed).make();
        const auto in_force = plan(p);
        INFO("seed " << seed);
        const auto same = repair(p, in_force);
        for (const auto& m : same.moved.operations) CHECK(m.cause == "fresh");
        if (const auto found = violations(p, same.plan); !found.empty())
            FAIL("same, seed " << seed << ":\n" << described(found));

        change what;
        what.now = p.now + 50;
        what.down.push_back({"M0", p.now + 200});
        what.late.push_back({"steel", "R", p.now + 900});
        if (seed % 3 == 0) what.cancelled.push_back("J1");
        auto changed = p;
        apply(changed, what);
        const auto after = repair(changed, in_force);
        if (const auto found = violations(changed, after.plan); !found.empty())
            FAIL("seed " << seed << ":\n" << described(found));
    }
}
