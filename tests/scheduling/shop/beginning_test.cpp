#include <catch2/catch.hpp>

#include "scheduling/shop/bound.hpp"
#include "tests/scheduling/shop/examples.hpp"

using namespace takt::scheduling::shop;

TEST_CASE("a thrifty beginning waits for the machine that takes less time", "[shop][sequence]")
{
    const auto p = read(format::fjsp, "2 2\n1 2 1 3 2 5\n1 2 1 3 2 5\n");
    random_source random(1);
    const auto eager = dispatch(p, random, {}), thrifty = dispatch(p, random, {objective::makespan, 0, 1});
    CHECK(cost_of(p, decode(p, eager)).makespan == 5);
    CHECK(cost_of(p, decode(p, thrifty)).makespan == 6);
    CHECK(thrifty.choice == std::vector<int>{0, 0});
}

TEST_CASE("all machines together do all the work, however many sets of them there are", "[shop][bound]")
{
    // Every operation may go to another pair of 40 machines: 780 pairs.
    std::string text = "780 40\n";
    for (int a = 1; a <= 40; ++a)
        for (int b = a + 1; b <= 40; ++b) text += "1 2 " + std::to_string(a) + " 20 " + std::to_string(b) + " 20\n";
    CHECK(lower_bound(read(format::fjsp, text), objective::makespan) == 780 * 20 / 40);
}
