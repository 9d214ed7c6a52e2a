#include "scheduling/improve.hpp"

#include <algorithm>
#include <numeric>

#include <catch2/catch.hpp>

#include "tests/scheduling/random_shop.hpp"

using namespace takt::scheduling;
using takt::test::described;
using takt::test::of;
using takt::test::random_shop;
using takt::test::shop;

namespace {

const goal tardiness{{{objective::weighted_tardiness, 1}}, false};
constexpr time_ms hour = 3'600'000;

struct task {
    time_ms run = 0, due = 0;
    double weight = 1;
};

shop one_machine(const std::vector<task>& tasks)
{
    shop s;
    s.machine("lathe");
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        s.job("J" + std::to_string(i), tasks[i].due * hour, tasks[i].weight);
        s.operation({{"lathe", "", 0, tasks[i].run * hour}});
    }
    return s;
}

/// Of all orders in which one machine could do them.
double least_tardiness(const std::vector<task>& tasks)
{
    std::vector<std::size_t> order(tasks.size());
    std::iota(order.begin(), order.end(), 0U);
    double least = 1e18;
    do {
        double sum = 0;
        time_ms at = 0;
        for (const auto i : order) {
            at += tasks[i].run;
            sum += tasks[i].weight * static_cast<double>(std::max<time_ms>(0, at - tasks[i].due));
        }
        least = std::min(least, sum);
    } while (std::next_permutation(order.begin(), order.end()));
    return least;
}

} // namespace

TEST_CASE("on one machine the search finds what trying all orders finds", "[improve]")
{
    std::mt19937 dice(7);
    const auto number = [&](int least, int most) {
        return least + static_cast<int>(dice() % static_cast<unsigned>(most - least + 1));
    };
    for (int round = 0; round < 20; ++round) {
        std::vector<task> tasks;
        for (int i = 0; i < 7; ++i) tasks.push_back({number(1, 12), number(2, 45), static_cast<double>(number(1, 5))});
        const auto s = one_machine(tasks);
        const auto result = improve(s.p, plan(s.p), tardiness, {2500, 1, {}});
        INFO("round " << round << ", before " << result.before[objective::weighted_tardiness]);
        CHECK(result.after[objective::weighted_tardiness] == Approx(least_tardiness(tasks)));
    }
}

TEST_CASE("no improved plan of a random shop breaks a rule or is worse, and the same seed gives the same plan",
          "[improve][random]")
{
    double before = 0, after = 0;
    for (std::uint32_t seed = 1; seed <= 250; ++seed) {
        const auto p = random_shop(seed).make();
        const auto first = plan(p);
        const auto result = improve(p, first, tardiness, {60, seed, {}});
        INFO("seed " << seed);
        if (const auto found = violations(p, result.plan); !found.empty()) FAIL(described(found));
        CHECK(!better(tardiness, result.before, result.after));
        before += result.before[objective::weighted_tardiness];
        after += result.after[objective::weighted_tardiness];
        if (seed % 10 == 0)
            CHECK(improve(p, first, tardiness, {60, seed, {}}).plan.assignments == result.plan.assignments);
    }
    CHECK(after < 0.98 * before);
}

TEST_CASE("improvement stops when it is told to", "[improve]")
{
    const auto s = one_machine({{3, 1}, {2, 1}, {1, 1}});
    int asked = 0;
    const auto result = improve(s.p, plan(s.p), tardiness, {1000, 1, [&] { return ++asked > 5; }});
    CHECK(result.iterations == 5);
}

TEST_CASE("what stands in the frozen window is not improved away", "[improve]")
{
    auto s = one_machine({{10, 1, 1}, {1, 1, 9}});
    plan_result in_force;
    in_force.assignments = {{"J0", "J0.1", "lathe", "", 0, 0, 10 * hour},
                            {"J1", "J1.1", "lathe", "", 10 * hour, 10 * hour, 11 * hour}};
    in_force.job_end = {{"J0", 10 * hour}, {"J1", 11 * hour}};
    CHECK(of(improve(s.p, in_force, tardiness, {100, 1, {}}).plan, "J1.1").start == 0);
    s.p.frozen_until = hour;
    CHECK(of(improve(s.p, in_force, tardiness, {100, 1, {}}).plan, "J1.1").start == 10 * hour);
}

TEST_CASE("a plan is not stirred for a gain that is not worth its moves", "[improve]")
{
    const auto s = one_machine({{10, 10, 1}, {1, 10, 1.5}});
    plan_result in_force;
    in_force.assignments = {{"J0", "J0.1", "lathe", "", 0, 0, 10 * hour},
                            {"J1", "J1.1", "lathe", "", 10 * hour, 10 * hour, 11 * hour}};
    in_force.job_end = {{"J0", 10 * hour}, {"J1", 11 * hour}};
    // J1 first would save half an hour of weighted tardiness, and move eleven hours of starts.
    const goal calm{{{objective::weighted_tardiness, 1}, {objective::stability, 0.1}}, false};
    CHECK(improve(s.p, in_force, calm, {100, 1, {}}).plan.assignments == in_force.assignments);
    CHECK(of(improve(s.p, in_force, tardiness, {100, 1, {}}).plan, "J1.1").start == 0);
}

TEST_CASE("late jobs that run together in a furnace are improved around", "[improve]")
{
    shop s;
    s.machine("furnace", 4).machine("grinder").machine("mill");
    s.p.now = 100;
    for (const auto* key : {"A", "B", "C"}) {
        s.job(key, 0);
        auto& hot = s.operation({{"furnace", "", 0, 60}});
        hot.batch = true;
        hot.setup_family = "920";
        hot.status = operation_status::running;
        hot.running_machine = "furnace";
        hot.started = key == std::string("C") ? 40 : 50;
        hot.remaining = 10;
        s.operation({{"grinder", "", 0, 30}, {"mill", "", 0, 50}});
    }
    const auto result = improve(s.p, plan(s.p), tardiness, {200, 1, {}});
    CHECK(described(violations(s.p, result.plan)).empty());
    CHECK(result.iterations == 200);
}
