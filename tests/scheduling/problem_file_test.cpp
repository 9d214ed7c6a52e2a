#include "scheduling/problem_file.hpp"

#include <catch2/catch.hpp>

#include "scheduling/lower_bound.hpp"
#include "tests/scheduling/random_shop.hpp"

using namespace takt::scheduling;
using takt::test::random_shop;

namespace {

constexpr const char* small = R"({
    "now": 0,
    "machines": [{"key": "saw"}],
    "jobs": [{"key": "A", "due": 5, "operations": [{"key": "A/10", "modes": [{"machine": "saw", "run": 60}]}]}]
})";

std::string with(std::string what, const std::string& instead)
{
    std::string text = small;
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), instead);
}

std::string complaint(const std::string& text)
{
    const auto read = read_problem(text);
    return read ? "" : describe(read.error());
}

} // namespace

TEST_CASE("a problem is the same after it was written and read", "[problem_file][random]")
{
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        problem_file p;
        static_cast<problem&>(p) = random_shop(seed).make();
        p.in_force = plan(p);
        const auto text = to_json(p);
        const auto read = read_problem(text);
        INFO("seed " << seed);
        REQUIRE(read.has_value());
        CHECK(to_json(*read) == text);
        const auto again = plan(*read);
        CHECK(again.assignments == p.in_force->assignments);
        CHECK(again.left_out == p.in_force->left_out);
        CHECK(read->in_force->assignments == p.in_force->assignments);
    }
}

TEST_CASE("a file says only what the plant has", "[problem_file]")
{
    const auto p = read_problem(small);
    REQUIRE(p.has_value());
    const auto found = plan(*p);
    REQUIRE(found.assignments.size() == 1);
    CHECK(found.assignments.front().end == 60);
    CHECK(p->goal.terms.size() == 1);
    CHECK_FALSE(p->in_force);
}

TEST_CASE("what is wrong in a file is named with its place", "[problem_file]")
{
    CHECK(complaint(with("\"run\": 60", "\"rum\": 60"))
              .find("#/jobs/0/operations/0/modes/0/run: is missing; #/jobs/0/operations/0/modes/0/rum: is not known") ==
          0);
    CHECK(complaint(with("{\"key\": \"saw\"}", "{\"key\": \"saw\"}, {\"key\": \"saw\"}")) ==
          "#/machines/1/key: is there twice");
    CHECK(complaint(with("\"key\": \"saw\"",
                         R"("key": "saw", "available": [{"start": 9, "end": 12}, {"start": 5, "end": 7}])"))
              .find("#/machines/0/available/1: ") == 0);
    CHECK(complaint(with("\"now\": 0", R"("now": 0, "goal": {"terms": [{"what": "beauty"}]})"))
              .find("#/goal/terms/0/what: 'beauty' is not one of weighted_tardiness, ") == 0);
    CHECK(complaint(with("\"key\": \"A/10\"", R"("key": "A/10", "status": "running")")) ==
          "#/jobs/0/operations/0/running_machine: names no machine");
}

TEST_CASE("a plan may be said in few words", "[problem_file]")
{
    const auto plan =
        read_plan(R"({"assignments": [{"job": "A", "operation": "A/10", "machine": "saw", "start": 5, "end": 65}]})");
    REQUIRE(plan.has_value());
    CHECK(plan->assignments.front().setup_end == 5);
    CHECK_FALSE(read_plan(R"({"assignments": [{"job": "A"}]})").has_value());
}

TEST_CASE("no complete plan is better than the lower bound, and a job alone reaches it", "[lower_bound][random]")
{
    std::size_t complete = 0;
    for (std::uint32_t seed = 1; seed <= 1000; ++seed) {
        const auto p = random_shop(seed).make();
        const auto found = plan(p);
        if (!found.left_out.empty()) continue;
        ++complete;
        const auto least = lower_bound(p);
        const auto is = evaluate(p, found).total;
        INFO("seed " << seed);
        for (std::size_t i = 0; i < objectives_count; ++i) CHECK(least.all[i] <= is.all[i] + 1e-9);
    }
    CHECK(complete > 300);
    const auto p = read_problem(small).value();
    const auto is = evaluate(p, plan(p)).total;
    for (const auto o : {objective::makespan, objective::weighted_tardiness, objective::number_late})
        CHECK(lower_bound(p)[o] == is[o]);
}
