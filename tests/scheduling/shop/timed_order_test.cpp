#include "scheduling/shop/timed_order.hpp"

#include <catch2/catch.hpp>

#include "tests/scheduling/shop/examples.hpp"

using namespace takt::scheduling::shop;
using takt::test::random_problem;
using takt::test::traits;

namespace {

std::int64_t decoded(const instance& p, const sequence& s, objective goal) { return cost_of(p, decode(p, s)).of(goal); }

/// Random changes, some taken back, each compared with decoding the whole order.
void check_changes(const traits& t, std::uint32_t seed, objective goal)
{
    const auto p = random_problem(t, seed);
    random_source random(seed);
    timed_order table(p, goal);
    table.load(dispatch(p, random, {goal, 0.5}));
    for (int i = 0; i < 300; ++i) {
        const auto before = table.now();
        const auto value = table.value();
        const int a = random.below(p.operations()), b = random.below(p.operations());
        const int first = std::min(a, b), last = std::max(a, b);
        const bool behind = random.bits() & 1U;
        const int o = before.order[instance::at(behind ? first : last)];
        const bool other_way = random.bits() & 1U;
        const int operation = other_way ? o : -1, way = other_way ? random.below(p.choices(o)) : 0;
        if (behind)
            table.put_behind(first, last, operation, way);
        else
            table.put_before(first, last, operation, way);
        INFO("seed " << seed << ", change " << i << ", choices " << t.choices << ", workers " << t.workers
                     << ", operators " << t.operators << ", setups " << t.setups);
        REQUIRE(table.value() == decoded(p, table.now(), goal));
        if (random.bits() & 1U) {
            table.undo();
            REQUIRE(table.now().order == before.order);
            REQUIRE(table.now().choice == before.choice);
            REQUIRE(table.value() == value);
        } else {
            const auto changed = table.value();
            table.keep();
            REQUIRE(table.value() == decoded(p, table.now(), goal));
            if (p.operators == 0) REQUIRE(table.value() == changed);
        }
        for (int x = 0; x < p.operations(); ++x) REQUIRE(table.now().order[instance::at(table.place(x))] == x);
    }
}

} // namespace

TEST_CASE("a changed order has the times of its sequence, and gets its old ones back", "[shop][timed_order][random]")
{
    const traits kinds[] = {{5, 3, 5},
                            {5, 3, 5, 3},
                            {5, 4, 4, 2, 0, 0, true},
                            {5, 3, 5, 3, 3, 0, false, true},
                            {5, 4, 5, 1, 0, 2, false, true},
                            {5, 4, 4, 2, 2, 2, true, true}};
    for (const auto& t : kinds)
        for (std::uint32_t seed = 1; seed <= 8; ++seed)
            for (const auto goal : {objective::makespan, objective::weighted_tardiness}) check_changes(t, seed, goal);
}
