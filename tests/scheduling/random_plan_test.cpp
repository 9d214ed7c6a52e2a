#include "tests/scheduling/random_shop.hpp"

#include <catch2/catch.hpp>

using namespace takt::scheduling;
using takt::test::described;
using takt::test::random_shop;

TEST_CASE("no plan of a random shop breaks a rule", "[plan][random]")
{
    for (std::uint32_t seed = 1; seed <= 3000; ++seed) {
        const auto p = random_shop(seed).make();
        const auto result = plan(p);
        const auto found = violations(p, result);
        if (!found.empty()) FAIL("seed " << seed << ":\n" << described(found));
    }
}

TEST_CASE("the same problem gives the same plan", "[plan][random]")
{
    for (std::uint32_t seed = 1; seed <= 100; ++seed) {
        const auto p = random_shop(seed).make();
        const auto first = plan(p), again = plan(p);
        INFO("seed " << seed);
        CHECK(first.assignments == again.assignments);
        CHECK(first.left_out == again.left_out);
    }
}

TEST_CASE("the checker finds what is moved by hand", "[plan][random]")
{
    // Whatever start is brought forward by a millisecond breaks a rule, unless there was slack by chance.
    std::size_t moved = 0, found = 0;
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        const auto p = random_shop(seed).make();
        const auto result = plan(p);
        for (std::size_t i = 0; i < result.assignments.size(); ++i) {
            auto wrong = result;
            wrong.assignments[i].start -= 1;
            ++moved;
            found += violations(p, wrong).empty() ? 0U : 1U;
        }
    }
    CHECK(moved > 1000);
    CHECK(found * 500 >= moved * 499);
}
