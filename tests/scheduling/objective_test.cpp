#include "scheduling/objective.hpp"

#include <catch2/catch.hpp>

#include "tests/scheduling/shop.hpp"

using namespace takt::scheduling;
using takt::test::shop;

namespace {

constexpr time_ms hour = 3'600'000;

/// Two operations of ten hours each, the first with an hour of setup, by Ann.
shop two_steps()
{
    shop s;
    s.machine("lathe").machine("mill").person("Ann", {"metal"}).job("A", 15 * hour, 3);
    s.operation({{"lathe", "metal", hour, 10 * hour}}).modes[0].power_kw = 8;
    s.operation({{"mill", "", 0, 10 * hour}});
    return s;
}

double valued(const shop& s, objective o, const plan_result* in_force = nullptr)
{
    return evaluate(s.p, plan(s.p), in_force).total[o];
}

} // namespace

TEST_CASE("every objective has a name that finds it again", "[objective]")
{
    for (std::size_t i = 0; i < objectives_count; ++i)
        CHECK(objective_named(name_of(static_cast<objective>(i))) == static_cast<objective>(i));
    CHECK(!objective_named("happiness"));
}

TEST_CASE("six hours late at weight three cost eighteen", "[objective]")
{
    const auto s = two_steps();
    CHECK(valued(s, objective::weighted_tardiness) == Approx(18));
    CHECK(valued(s, objective::number_late) == 1);
    CHECK(valued(s, objective::makespan) == Approx(21));
    CHECK(valued(s, objective::setup_time) == Approx(1));
    CHECK(valued(s, objective::work_in_progress) == Approx(21));
    CHECK(evaluate(s.p, plan(s.p)).by_job.at("A")[objective::weighted_tardiness] == Approx(18));
}

TEST_CASE("energy costs what the hour's tariff says", "[objective]")
{
    auto s = two_steps();
    s.p.base_price_per_kwh = 0.1;
    CHECK(valued(s, objective::energy_cost) == Approx(11 * 8 * 0.1));
    s.p.tariffs = {{{2 * hour, 4 * hour}, 0.3}};
    CHECK(valued(s, objective::energy_cost) == Approx(9 * 8 * 0.1 + 2 * 8 * 0.3));
}

TEST_CASE("work outside a person's regular time is overtime", "[objective]")
{
    auto s = two_steps();
    CHECK(valued(s, objective::operator_overtime) == 0);
    s.p.people[0].regular = {{0, 8 * hour}};
    CHECK(valued(s, objective::operator_overtime) == Approx(3));
}

TEST_CASE("moving work costs its hours, another machine four more, and released work ten times that", "[objective]")
{
    auto s = two_steps();
    auto in_force = plan(s.p);
    CHECK(valued(s, objective::stability, &in_force) == 0);
    in_force.assignments[0].start -= 2 * hour;
    CHECK(valued(s, objective::stability, &in_force) == Approx(2));
    in_force.assignments[0].machine = "mill";
    CHECK(valued(s, objective::stability, &in_force) == Approx(6));
    s.p.jobs[0].operations[0].released = true;
    CHECK(valued(s, objective::stability, &in_force) == Approx(60));
}

TEST_CASE("in a rank order a later objective counts only between equals", "[objective]")
{
    const goal ranked{{{objective::number_late, 1}, {objective::setup_time, 1}}, true};
    objective_values a, b;
    a[objective::number_late] = 1;
    b[objective::number_late] = 1;
    b[objective::setup_time] = 5;
    CHECK(better(ranked, a, b));
    CHECK(!better(ranked, b, a));
    b[objective::number_late] = 0;
    CHECK(better(ranked, b, a));
    const goal summed{{{objective::number_late, 1}, {objective::setup_time, 1}}, false};
    CHECK(better(summed, a, b));
}
