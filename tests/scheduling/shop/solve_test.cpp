#include "scheduling/shop/solve.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <thread>

#include "scheduling/shop/bound.hpp"
#include "scheduling/shop/check.hpp"
#include "tests/scheduling/shop/examples.hpp"

using namespace takt::scheduling::shop;
using takt::test::exhaustive;
using takt::test::published;
using takt::test::random_problem;
using takt::test::traits;

namespace {

solve_options steps(std::int64_t iterations, std::uint64_t seed = 1, objective goal = objective::makespan)
{
    solve_options o;
    o.iterations = iterations;
    o.seed = seed;
    o.goal = goal;
    return o;
}

/// Problems of every kind that the engine knows.
std::vector<traits> kinds()
{
    return {{3, 3, 3},       {2, 2, 3, 2},       {3, 2, 2, 2, 0, 0, true},      {3, 3, 3, 1, 0, 0, true},
            {2, 3, 3, 3, 2}, {3, 3, 3, 1, 0, 2}, {3, 2, 2, 2, 2, 2, true, true}};
}

} // namespace

TEST_CASE("published problems are solved to their optimum", "[shop]")
{
    CHECK(solve(published("ft06.txt", format::jsp), steps(20'000)).value.makespan == 55);
    CHECK(solve(published("la01.txt", format::jsp), steps(20'000)).value.makespan == 666);
    CHECK(solve(published("mk01.txt", format::fjsp), steps(100'000)).value.makespan == 40);
    CHECK(solve(published("ft10.txt", format::jsp), steps(300'000, 20)).value.makespan == 930);
}

TEST_CASE("small random problems of every kind are solved to their optimum", "[shop][random]")
{
    for (const auto& kind : kinds())
        for (std::uint32_t seed = 1; seed <= 12; ++seed)
            for (const auto goal : {objective::makespan, objective::weighted_tardiness}) {
                auto t = kind;
                t.dates = t.dates || goal == objective::weighted_tardiness;
                const auto problem = random_problem(t, seed);
                const auto found = solve(problem, steps(8'000, seed, goal));
                INFO("seed " << seed << ", choices " << t.choices << ", workers " << t.workers << ", operators "
                             << t.operators << ", setups " << t.setups << ", goal " << static_cast<int>(goal));
                const auto least = exhaustive(problem, goal).least();
                CHECK(found.value.of(goal) == least);
                CHECK(found.lower_bound <= least);
                CHECK(violations(problem, found.best).empty());
            }
}

TEST_CASE("every plan found for a random problem can be carried out", "[shop][random]")
{
    for (auto t : kinds()) {
        t.jobs += 4, t.machines += 2, t.operations += 3;
        for (std::uint32_t seed = 1; seed <= 15; ++seed)
            for (const auto goal : {objective::makespan, objective::weighted_tardiness}) {
                t.dates = seed % 2 == 0;
                const auto problem = random_problem(t, seed);
                const auto found = solve(problem, steps(1'500, seed, goal));
                const auto broken = violations(problem, found.best);
                INFO("seed " << seed << (broken.empty() ? "" : ": " + broken.front()));
                CHECK(broken.empty());
                CHECK(found.value.of(goal) == found.trajectory.back().value);
                CHECK(found.value.of(goal) >= found.lower_bound);
            }
    }
}

TEST_CASE("the same seed and number of steps give the same plan", "[shop]")
{
    const auto jsp = published("ft10.txt", format::jsp);
    auto o = steps(30'000, 7);
    o.threads = 2;
    const auto first = solve(jsp, o), again = solve(jsp, o);
    CHECK(first.best == again.best);
    CHECK(first.iterations == again.iterations);

    auto tardy = published("ft10.txt", format::jsp);
    set_due_dates(tardy, 1.3);
    o.goal = objective::weighted_tardiness;
    CHECK(solve(tardy, o).best == solve(tardy, o).best);

    const auto staffed = random_problem({12, 4, 6, 3, 4}, 1);
    CHECK(solve(staffed, steps(20'000, 3)).best == solve(staffed, steps(20'000, 3)).best);
}

TEST_CASE("a search that begins with a plan is never worse", "[shop]")
{
    const auto problem = published("ft10.txt", format::jsp);
    const auto good = solve(problem, steps(50'000));
    auto o = steps(2, 99);
    o.begin_with = good.best;
    const auto better = solve(problem, o);
    CHECK(better.value.makespan <= good.value.makespan);
    CHECK(violations(problem, better.best).empty());
}

TEST_CASE("a search ends soon after it is asked to, with a plan", "[shop]")
{
    const auto problem = published("ft10.txt", format::jsp);
    for (const auto goal : {objective::makespan, objective::weighted_tardiness}) {
        std::atomic<bool> stop{true}; // before it has begun
        solve_options o;
        o.seconds = 60;
        o.goal = goal;
        o.stop = &stop;
        const auto found = solve(problem, o);
        CHECK(violations(problem, found.best).empty());
        CHECK(found.seconds < 5);
    }
}

TEST_CASE("a search ends when nothing can be better", "[shop]")
{
    solve_options o;
    o.seconds = 60;
    const auto found = solve(published("la01.txt", format::jsp), o);
    CHECK(found.value.makespan == found.lower_bound);
    CHECK(found.seconds < 5);
}

TEST_CASE("an empty problem has an empty plan", "[shop]")
{
    instance none;
    none.job_begin = none.alternative_begin = {0};
    CHECK(solve(none, steps(10)).best.start.empty());
}
