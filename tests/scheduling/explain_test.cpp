#include "scheduling/explain.hpp"

#include <catch2/catch.hpp>

#include "tests/scheduling/random_shop.hpp"

using namespace takt::scheduling;
using takt::test::random_shop;
using takt::test::shop;

namespace {

std::vector<std::string> chain(const shop& s, const std::string& job)
{
    std::vector<std::string> texts;
    for (const auto& b : why_late(s.p, plan(s.p), job)) texts.push_back(b.operation + " " + b.kind + " " + b.subject);
    return texts;
}

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("a late job is explained from its end back to its root", "[explain]")
{
    shop s;
    s.machine("lathe").machine("mill").job("urgent", 10, 9);
    s.operation({{"lathe", "", 0, 50}});
    s.job("late", 40);
    s.operation({{"lathe", "", 0, 10}});
    s.operation({{"mill", "", 0, 10}});
    CHECK(chain(s, "late") == texts{"late.2 predecessor late.1", "late.1 machine lathe", "urgent.1 now "});
    const auto all = why_late(s.p, plan(s.p), "late");
    CHECK(all[1].other_job == "urgent");
    CHECK(all[1].other_weight == 9);
    CHECK(all[1].length == 50);
}

TEST_CASE("an explanation names operator, tool, calendar, release, breakdown, pin and setup", "[explain]")
{
    shop s;
    s.machine("one").machine("two").person("Ann", {"metal"}).job("A", 10, 9);
    s.operation({{"one", "metal", 0, 30}});
    s.job("B", 20);
    s.operation({{"two", "metal", 0, 10}});
    CHECK(chain(s, "B").front() == "B.1 operator Ann");

    s.p.people[0].available = {{0, 30}, {100, 200}};
    CHECK(chain(s, "B").front() == "B.1 calendar Ann");

    shop t;
    t.machine("one").machine("two");
    t.p.tools = {{"hob", 1}};
    for (const auto* key : {"A", "B"}) {
        t.job(key, 100);
        mode m{key == std::string("A") ? "one" : "two", "", 0, 10};
        m.tool = "hob";
        t.operation({m});
    }
    CHECK(chain(t, "B").front() == "B.1 tool hob");
    t.p.machines[1].down_until = 25;
    CHECK(chain(t, "B").front() == "B.1 machine_down two");
    t.p.jobs[1].release = 60;
    CHECK(chain(t, "B").front() == "B.1 release B");
    t.p.jobs[1].operations[0].pinned_start = 70;
    CHECK(chain(t, "B").front() == "B.1 pinned B.1");

    shop u;
    u.machine("one").p.machines[0].setup_family = "shaft";
    u.job("A", 10);
    u.operation({{"one", "", 7, 10}}).setup_family = "flange";
    CHECK(chain(u, "A") == texts{"A.1 setup shaft", "A.1 now "});
    u.p.frozen_until = 5;
    CHECK(chain(u, "A")[1] == "A.1 frozen A.1");
}

TEST_CASE("every planned job of a random shop has an explanation that ends", "[explain][random]")
{
    for (std::uint32_t seed = 1; seed <= 300; ++seed) {
        const auto p = random_shop(seed).make();
        const auto result = plan(p);
        INFO("seed " << seed);
        for (const auto& [job, end] : result.job_end) {
            const auto all = why_late(p, result, job);
            REQUIRE(!all.empty());
            CHECK(all.size() <= 100);
            for (const auto& b : all) CHECK(!b.kind.empty());
        }
    }
}
