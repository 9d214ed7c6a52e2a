#include "scheduling/shop/graph.hpp"

#include <catch2/catch.hpp>

#include <numeric>

#include "scheduling/shop/relink.hpp"
#include "tests/scheduling/shop/examples.hpp"

using namespace takt::scheduling::shop;
using takt::test::random_problem;

namespace {

constexpr auto at = instance::at;

/// Random moves, each checked against decoding the order that the graph keeps.
template <bool Setups, bool Workers> void check_moves(std::uint32_t seed)
{
    const auto p = random_problem({6, 3, 5, 3, Workers ? 3 : 0, 0, Setups, true}, seed);
    random_source random(seed);
    graph<Setups, Workers> g(p);
    g.load(dispatch(p, random, {objective::makespan, 0.5}));
    int refused = 0;
    for (int i = 0; i < 200; ++i) {
        const int o = random.below(p.operations()), way = random.below(p.choices(o));
        const auto& list = g.on_machine[at(p.way(o, way).machine)];
        const bool home = g.machine[at(o)] == p.way(o, way).machine;
        int worker_to = 0;
        if constexpr (Workers) {
            const auto& worker_list = g.on_worker[at(p.way(o, way).worker)];
            const bool same = g.worker[at(o)] == p.way(o, way).worker;
            worker_to = random.below(static_cast<int>(worker_list.size()) + (same ? 0 : 1));
        }
        const auto before = g.save();
        if (!g.move(o, way, random.below(static_cast<int>(list.size()) + (home ? 0 : 1)), worker_to)) {
            ++refused;
            CHECK(g.save().order == before.order);
            CHECK(g.save().choice == before.choice);
        }
        const auto made = decode(p, g.save());
        INFO("seed " << seed << ", move " << i);
        for (int x = 0; x < p.operations(); ++x) {
            REQUIRE(g.start(x) == made.start[at(x)]);
            REQUIRE(g.order()[at(g.nodes[at(x)].place)] == x);
            REQUIRE(g.nodes[at(x)].end + g.nodes[at(x)].tail - g.nodes[at(x)].duration <= g.makespan());
        }
        REQUIRE(g.makespan() == cost_of(p, made).makespan);
        std::vector<int> path;
        g.critical_path(path, random);
        REQUIRE(!path.empty());
        for (const int x : path)
            CHECK(g.nodes[at(x)].end + g.nodes[at(x)].tail - g.nodes[at(x)].duration == g.makespan());
    }
    CHECK(refused > 0);
}

} // namespace

TEST_CASE("a graph knows the longest paths after every move, and refuses cycles", "[shop][graph][random]")
{
    for (std::uint32_t seed = 1; seed <= 15; ++seed) {
        check_moves<false, false>(seed);
        check_moves<true, false>(seed);
        check_moves<false, true>(seed);
        check_moves<true, true>(seed);
    }
}

TEST_CASE("a solution between two others keeps the jobs' orders", "[shop][relink][random]")
{
    for (std::uint32_t seed = 1; seed <= 30; ++seed) {
        const auto p = random_problem({6, 3, 5, 3}, seed);
        random_source random(seed);
        const auto a = dispatch(p, random, {objective::makespan, 1}), b = dispatch(p, random, {objective::makespan, 1});
        INFO("seed " << seed);
        CHECK(distance(p, between(a, b, 0, random), a) == 0);
        CHECK(distance(p, between(a, b, 1, random), b) == 0);
        const auto middle = between(a, b, 0.5, random);
        int place = 0;
        std::vector<int> places(middle.order.size());
        for (const int o : middle.order) places[at(o)] = place++;
        for (int j = 0; j < p.jobs; ++j)
            CHECK(std::is_sorted(places.begin() + p.job_begin[at(j)], places.begin() + p.job_begin[at(j) + 1]));
    }
}
