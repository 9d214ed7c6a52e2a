#include "scheduling/shop/plan_text.hpp"

#include <catch2/catch.hpp>

#include "tests/scheduling/shop/examples.hpp"

using namespace takt::scheduling::shop;
using Catch::Matchers::Contains;
using takt::test::random_problem;

namespace {

std::string why(const instance& p, const std::string& text)
{
    try {
        read_plan(p, text);
    } catch (const unreadable_plan& error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("a plan survives being written and read", "[shop][plan_text]")
{
    for (std::uint32_t seed = 1; seed <= 50; ++seed) {
        // No two alternatives alike: of those, a text says only what it means in effect.
        const auto p = random_problem({4, 3, 4, 1, seed % 2 == 0 ? 2 : 0}, seed);
        random_source random(seed);
        const auto made = decode(p, dispatch(p, random, {objective::makespan, 0.5}));
        INFO("seed " << seed);
        CHECK(read_plan(p, to_text(p, made)) == made);
    }
}

TEST_CASE("a plan's columns may come in any order, and some may be missing", "[shop][plan_text]")
{
    const auto p = read(format::jsp, "1 2\n0 3 1 4\n");
    CHECK(read_plan(p, "# mine\nstart, machine,operation,job\n\n3,1,1,0\n0,0,0,0\n").start == std::vector<int>{0, 3});
}

TEST_CASE("a text that is no plan of the problem is refused with its line", "[shop][plan_text]")
{
    const auto p = read(format::jsp, "1 2\n0 3 1 4\n");
    const std::string names = "job,operation,machine,start,end\n";
    CHECK_THAT(why(p, "job,machine,start\n"), Contains("line 1") && Contains("there is no operation"));
    CHECK_THAT(why(p, names + "0,0,0,0,3\n"), Contains("job 0 operation 1") && Contains("ends without it"));
    CHECK_THAT(why(p, names + "0,0,0,0,3\n0,0,0,0,3\n"), Contains("line 3") && Contains("twice"));
    CHECK_THAT(why(p, names + "0,2,0,0,3\n"), Contains("operation from 0 to 1, found '2'"));
    CHECK_THAT(why(p, names + "0,0,1,0,3\n"), Contains("cannot be performed there"));
    CHECK_THAT(why(p, names + "0,0,0,0,4\n"), Contains("start + 3"));
    CHECK_THAT(why(p, names + "0,0,0\n"), Contains("expected 5 fields, found 3"));
    CHECK_THAT(why(p, names + "0,0,0,x,3\n"), Contains("start") && Contains("found 'x'"));
    CHECK_THAT(why(p, ""), Contains("column names"));
}
