#include "actors/eam/weibull.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace takt::reliability;

namespace {

struct group {
    int count;
    bool failed;
    double hours;
};

/// Bearing cages of 1703 aircraft engines, six of which broke: table C.5 of Meeker and Escobar, Statistical Methods for
/// Reliability Data (1998), after Abernethy and others (1983). Their example 8.16 has a shape of 2.035 and a B10 life
/// of 3903 hours.
std::vector<one_life> bearing_cages()
{
    const std::vector<group> all{
        {288, false, 50},   {148, false, 150}, {1, true, 230},    {124, false, 250}, {1, true, 334},
        {111, false, 350},  {1, true, 423},    {106, false, 450}, {99, false, 550},  {110, false, 650},
        {114, false, 750},  {119, false, 850}, {127, false, 950}, {1, true, 990},    {1, true, 1009},
        {123, false, 1050}, {93, false, 1150}, {47, false, 1250}, {41, false, 1350}, {27, false, 1450},
        {1, true, 1510},    {11, false, 1550}, {6, false, 1650},  {1, false, 1850},  {2, false, 2050}};
    std::vector<one_life> lives;
    for (const auto& g : all) lives.insert(lives.end(), static_cast<std::size_t>(g.count), {g.hours, g.failed});
    return lives;
}

} // namespace

TEST_CASE("the life of bearing cages of which few have failed is estimated as it is published")
{
    const auto found = estimate(bearing_cages());
    REQUIRE(found);
    CHECK(found->shape == Approx(2.035).margin(0.001));
    CHECK(found->scale == Approx(11792).epsilon(0.0005));
    CHECK(life_of_share(*found, 0.1) == Approx(3903).epsilon(0.001));
}

TEST_CASE("a life is not estimated from too little")
{
    CHECK_FALSE(estimate({}));
    CHECK_FALSE(estimate({{100, true}, {200, false}}));
    CHECK_FALSE(estimate({{100, true}, {100, true}, {100, true}})); // no distribution has a width of nothing
    CHECK(estimate({{100, true}, {200, true}}));
}

TEST_CASE("what does not wear is as likely to fail tomorrow as it was when it was new")
{
    const weibull random{1, 100};
    CHECK(failure_within(random, 0, 10) == Approx(1 - std::exp(-0.1)));
    CHECK(failure_within(random, 500, 10) == Approx(1 - std::exp(-0.1)));
    CHECK(remaining_life(random, 0) == Approx(100).epsilon(0.001));
    CHECK(remaining_life(random, 500) == Approx(100).epsilon(0.001));
}

TEST_CASE("what wears out fails the sooner the longer it has run")
{
    const weibull worn{3, 1000};
    CHECK(failure_within(worn, 0, 100) == Approx(1 - std::exp(-0.001)));
    CHECK(failure_within(worn, 900, 100) == Approx(1 - std::exp(0.729 - 1)));
    CHECK(remaining_life(worn, 0) == Approx(1000 * std::tgamma(1 + 1.0 / 3)).epsilon(0.001)); // the mean life
    CHECK(remaining_life(worn, 900) < remaining_life(worn, 300));
    const weibull infant{0.5, 1000};
    CHECK(remaining_life(infant, 0) == Approx(2000).epsilon(0.002));
    CHECK(remaining_life(infant, 900) > remaining_life(infant, 300));
}
