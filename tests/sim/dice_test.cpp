#include <catch2/catch.hpp>

#include "sim/dice.hpp"

using takt::sim::dice;

TEST_CASE("chances hang on seed, subject and purpose, and on nothing else")
{
    CHECK(dice(1, "T-101", "failure").bits() == dice(1, "T-101", "failure").bits());
    CHECK(dice(1, "T-101", "failure").bits() != dice(2, "T-101", "failure").bits());
    CHECK(dice(1, "T-101", "failure").bits() != dice(1, "T-102", "failure").bits());
    CHECK(dice(1, "T-101", "failure").bits() != dice(1, "T-101", "repair").bits());
    const dice d(1, "T-101", "failure");
    CHECK(d.of(3).bits() == d.of(3).bits());
    CHECK(d.of(3).bits() != d.of(4).bits());
}

TEST_CASE("distributions have the mean they are asked for")
{
    dice d(7, "any", "mean");
    constexpr int n = 40'000;
    double unit = 0, log_normal = 0, weibull = 0, exponential = 0, squares = 0, normal = 0;
    for (int i = 0; i < n; ++i) {
        unit += d.unit();
        const double l = d.log_normal(0.5);
        log_normal += l;
        squares += (l - 1) * (l - 1);
        weibull += d.weibull(1.4);
        exponential += d.exponential();
        normal += d.normal();
    }
    CHECK(unit / n == Approx(0.5).margin(0.01));
    CHECK(log_normal / n == Approx(1.0).margin(0.015));
    CHECK(std::sqrt(squares / n) == Approx(0.5).margin(0.03));
    CHECK(weibull / n == Approx(1.0).margin(0.015));
    CHECK(exponential / n == Approx(1.0).margin(0.02));
    CHECK(normal / n == Approx(0.0).margin(0.02));
    CHECK(dice(3, "lot", "defects").binomial(100'000, 0.03) == Approx(3000).margin(200));
}
