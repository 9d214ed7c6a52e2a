#include <catch2/catch.hpp>

#include "actors/scada/detect/control_chart.hpp"
#include "actors/scada/detect/nelson.hpp"

/// Control charts against the tables of the books that they come from.
using namespace takt;
using namespace takt::detect;

namespace {

/// Montgomery, Statistical Quality Control, 6th edition, table 9.1: twenty points of N(10, 1), then ten of N(11, 1).
const std::vector<double> table_9_1{9.45,  7.99,  9.29,  11.66, 12.16, 10.18, 8.04,  11.46, 9.20,  10.34,
                                    9.03,  11.47, 10.51, 9.40,  10.08, 9.37,  10.62, 10.31, 8.52,  10.84,
                                    10.90, 9.33,  12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52};

scada::detector detector_of(scada::rule rule)
{
    scada::detector d;
    d.rule = rule;
    d.tag = "diameter_mm";
    return d;
}

} // namespace

TEST_CASE("the tabular cusum of Montgomery's table 9.2 signals at period 29, after seven periods of shift")
{
    auto d = detector_of(scada::rule::cusum);
    d.slack = 0.5;
    d.decision = 5;
    cusum_chart chart;
    std::vector<double> up, down;
    std::vector<bool> deviant;
    for (const double x : table_9_1) {
        deviant.push_back(chart.judge(d, 10, 1, x).deviant());
        up.push_back(chart.up);
        down.push_back(chart.down);
        if (deviant.size() == 29) CHECK(chart.up_for == 7);
    }
    // The printed columns, rounded to two places.
    const std::vector<double> printed_up{0,    0,    0,    1.16, 2.82, 2.50, 0.04, 1.00, 0,    0,
                                         0,    0.97, 0.98, 0,    0,    0,    0.12, 0,    0,    0.34,
                                         0.74, 0,    1.79, 2.79, 2.89, 3.47, 3.35, 4.47, 5.28, 5.30};
    for (std::size_t i = 0; i < up.size(); ++i) {
        INFO("period " << i + 1);
        CHECK(up[i] == Approx(printed_up[i]).margin(0.0051));
        CHECK(deviant[i] == (i + 1 >= 29));
    }
    CHECK(down[1] == Approx(1.56).margin(1e-9)); // 0.05 and 2.01 - 0.5
    CHECK(down[2] == Approx(1.77).margin(1e-9));
}

TEST_CASE("the EWMA of Montgomery's table 9.10 leaves its limits at period 29")
{
    auto d = detector_of(scada::rule::ewma);
    d.weight = 0.10;
    d.width = 2.7;
    ewma_chart chart;
    std::vector<judgement> all;
    for (const double x : table_9_1) all.push_back(chart.judge(d, 10, 1, x));
    CHECK(*all[0].statistic == Approx(9.945));
    CHECK(*all[1].statistic == Approx(9.7495));
    CHECK(*all[0].high == Approx(10.27)); // 10 + 2.7 * 0.1
    CHECK(*all[0].low == Approx(9.73));
    CHECK(*all[1].high == Approx(10.36).margin(0.005));
    CHECK(*all[29].high == Approx(10.62).margin(0.005)); // where the limits settle
    CHECK(*all[29].low == Approx(9.38).margin(0.005));
    for (std::size_t i = 0; i < all.size(); ++i) {
        INFO("period " << i + 1);
        CHECK(all[i].deviant() == (i + 1 >= 29));
    }
    CHECK(*all[27].statistic == Approx(10.5731).margin(0.00005));
    CHECK(*all[28].statistic == Approx(10.6468).margin(0.00005));
    CHECK(*all[29].statistic == Approx(10.6341).margin(0.00005));
}

TEST_CASE("the EWMA of the NIST/SEMATECH handbook, 6.3.2.4, is what is printed there, and in control")
{
    const std::vector<double> data{52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5,
                                   49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1};
    const std::vector<double> printed{50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33,
                                      50.11, 49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99};
    auto d = detector_of(scada::rule::ewma);
    d.weight = 0.3;
    d.width = 3;
    ewma_chart chart;
    judgement last;
    for (std::size_t i = 0; i < data.size(); ++i) {
        last = chart.judge(d, 50, 2.0539, data[i]);
        INFO("point " << i + 1);
        CHECK(*last.statistic == Approx(printed[i]).margin(0.0051));
        CHECK_FALSE(last.deviant());
    }
    CHECK(*last.high == Approx(52.5884).margin(0.005)); // the handbook uses the limits at infinity
    CHECK(*last.low == Approx(47.4115).margin(0.005));
}

TEST_CASE("a mean of a group is a point; a baseline has the mean and the standard deviation of its points")
{
    grouping g;
    CHECK_FALSE(g.add(1, 3));
    CHECK_FALSE(g.add(2, 3));
    CHECK(g.add(6, 3) == 3.0);
    CHECK_FALSE(g.add(5, 3));
    baseline b;
    for (const double x : {2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0}) b.add(x);
    CHECK(b.mean == Approx(5));
    CHECK(b.sigma() == Approx(2.13809).epsilon(1e-5));
}

namespace {

/// The test of 1 to 8 that fails at each point, when only it is looked at.
std::vector<bool> failures(int test, const std::vector<double>& points)
{
    nelson_tests n;
    std::vector<bool> all;
    for (const double z : points) all.push_back(n.add(z, {test}) == test);
    return all;
}

/// The pattern of one of Nelson's figures: it fails at its last point and not before.
void fails_at_last(int test, const std::vector<double>& points)
{
    const auto failed = failures(test, points);
    INFO("test " << test);
    for (std::size_t i = 0; i < failed.size(); ++i) {
        INFO("point " << i + 1);
        CHECK(failed[i] == (i + 1 == failed.size()));
    }
}

void never_fails(int test, const std::vector<double>& points)
{
    INFO("test " << test);
    for (const bool failed : failures(test, points)) CHECK_FALSE(failed);
}

} // namespace

TEST_CASE("each of Nelson's eight tests fails at the point that completes its pattern, and not at a point before")
{
    fails_at_last(1, {0.5, -2.9, 2.9, 3.01});
    fails_at_last(2, {-0.4, 0.3, 1.2, 0.4, 2.1, 0.2, 0.6, 0.1, 1.4, 0.5});
    fails_at_last(3, {0.2, -1.4, -0.9, -0.3, 0.4, 0.8, 1.7});
    fails_at_last(3, {1.9, 1.2, 0.3, -0.4, -0.9, -1.8});
    fails_at_last(4, {0.1, 0.9, -0.2, 1.1, 0.3, 0.8, -0.7, 0.2, -1.3, 0.4, 0.1, 1.2, -0.1, 0.6});
    fails_at_last(5, {0.3, 2.2, 0.1, 2.4});
    fails_at_last(5, {-2.1, -2.6});
    fails_at_last(6, {0.4, 1.3, 1.8, -0.2, 1.1, 1.4});
    fails_at_last(7, {0.1, -0.9, 0.5, 0.3, -0.4, -0.2, 0.8, 0.1, -0.6, 0.2, 0.4, -0.3, 0.9, -0.1, 0.7});
    fails_at_last(8, {1.2, -1.4, 1.8, 2.2, -1.1, -1.9, 1.3, -2.4});
}

TEST_CASE("what comes close to one of Nelson's patterns does not fail")
{
    never_fails(1, {3.0, -3.0});
    never_fails(2, {0.3, 1.2, 0.4, 2.1, 0.2, 0.6, 0.1, 1.4, 0.0, 0.5}); // one on the centre
    never_fails(3, {-1.4, -0.9, -0.3, 0.4, 0.4, 0.8, 1.7});             // one equal
    never_fails(4, {0.1, 0.9, -0.2, 1.1, 0.3, 0.8, -0.7, 0.2, -1.3, 0.4, 0.1, 1.2, 1.3, -0.5});
    never_fails(5, {2.1, -2.2, 0.1, 0.4, 2.3});
    never_fails(6, {1.3, 1.8, -0.2, 0.3, 1.4, 1.1});
    never_fails(7, {0.1, -0.9, 0.5, 0.3, -0.4, -0.2, 0.8, 1.1, -0.6, 0.2, 0.4, -0.3, 0.9, -0.1, 0.7});
    never_fails(8, {1.2, -1.4, 1.8, 2.2, 0.9, -1.9, 1.3, -2.4});
}

TEST_CASE("without a choice all eight tests are looked at, and the first that fails is named")
{
    nelson_tests n;
    CHECK(n.add(3.5, {}) == 1);
    CHECK(n.add(2.5, {}) == 5);
    CHECK(n.add(0.5, {1, 2, 3}) == 0);
}
