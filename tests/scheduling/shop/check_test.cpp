#include "scheduling/shop/check.hpp"

#include <catch2/catch.hpp>

#include "scheduling/shop/read.hpp"

using namespace takt::scheduling::shop;
using Catch::Matchers::Contains;

namespace {

/// Two jobs of two operations; the first on machine 0 or 1, the second on machine 1.
instance two_jobs() { return read(format::fjsp, "2 2\n2 2 1 3 2 4 1 2 5\n2 2 1 3 2 4 1 2 5\n"); }

const plan good{{0, 0, 0, 0}, {0, 3, 3, 8}};

std::string first_of(const instance& p, const plan& made)
{
    const auto found = violations(p, made);
    return found.empty() ? "" : found.front();
}

plan moved(std::size_t operation, int start)
{
    plan p = good;
    p.start[operation] = start;
    return p;
}

} // namespace

TEST_CASE("a plan that keeps all rules has no findings", "[shop][check]")
{
    CHECK(violations(two_jobs(), good).empty());
    CHECK(violations(two_jobs(), {{1, 0, 0, 0}, {0, 4, 0, 9}}).empty());
}

TEST_CASE("each broken rule is named", "[shop][check]")
{
    auto p = two_jobs();
    CHECK_THAT(first_of(p, {{0}, {0}}), Contains("1 operations, the problem 4"));
    CHECK_THAT(first_of(p, {{2, 0, 0, 0}, {0, 3, 3, 8}}), Contains("alternative 2 of 2"));
    CHECK_THAT(first_of(p, moved(0, -1)), Contains("before 0"));
    CHECK_THAT(first_of(p, moved(1, 2)), Contains("before job 0 operation 0 ends at 3"));
    CHECK_THAT(first_of(p, moved(2, 2)), Contains("machine 0") && Contains("job 1 operation 0 starts at 2"));
    p.release = {0, 4};
    CHECK_THAT(first_of(p, good), Contains("release at 4"));
}

TEST_CASE("a setup that is too short is named", "[shop][check]")
{
    auto p = two_jobs();
    p.setup_kinds = 2;
    p.kind = {0, 0, 1, 1};
    p.setup = {0, 2, 0, 0, 0, 0, 0, 0};
    CHECK_THAT(first_of(p, good), Contains("machine 0") && Contains("the setup takes 2"));
    CHECK(violations(p, {{0, 0, 0, 0}, {0, 3, 5, 8}}).empty());
}

TEST_CASE("a worker does one thing at a time", "[shop][check]")
{
    const auto p = read(format::fjsp_workers, "2 2 1\n1 1 1 1 1 3\n1 1 2 1 1 3\n");
    CHECK_THAT(first_of(p, {{0, 0}, {0, 2}}), Contains("worker 0"));
    CHECK(violations(p, {{0, 0}, {0, 3}}).empty());
}

TEST_CASE("no more operations run than there are operators", "[shop][check]")
{
    auto p = read(format::jsp, "3 3\n0 3\n1 3\n2 3\n");
    p.operators = 2;
    CHECK_THAT(first_of(p, {{0, 0, 0}, {0, 1, 2}}), Contains("at 2 3 operations run"));
    CHECK(violations(p, {{0, 0, 0}, {0, 1, 3}}).empty());
}

TEST_CASE("operations without duration may share a moment, but not stand within another", "[shop][check]")
{
    const auto p = read(format::jsp, "2 1\n0 4\n0 0\n");
    CHECK(violations(p, {{0, 0}, {0, 0}}).empty());
    CHECK(violations(p, {{0, 0}, {0, 4}}).empty());
    CHECK_FALSE(violations(p, {{0, 0}, {0, 2}}).empty());
}
