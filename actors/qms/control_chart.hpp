#pragma once

#include "actors/kind.hpp"
#include "messages/qms/control_chart.hpp"

/// A Shewhart chart that learns its limits from its first points, judges every later one by Nelson's tests, and tells
/// the series' case of quality. Limits of the points and capability stand in the state.
namespace takt::control_chart {

struct point {
    inspection_id inspection;
    instant at;
    int size = 1;
    double value = 0, spread = 0;
    double lower_control = 0, upper_control = 0; ///< of its size; 0 while limits are learned
    std::optional<double> z;
    int test = 0; ///< that it failed; see `plotted`
};
BOOST_DESCRIBE_STRUCT(point, (), (inspection, at, size, value, spread, lower_control, upper_control, z, test))

/// Of all values since the chart (re)started.
struct sums {
    std::int64_t points = 0, values = 0;
    double mean = 0, squares = 0; ///< of the values, and of their deviations from it
    double sigmas = 0;            ///< sum over the points of the sigma that each shows within itself
    std::int64_t spreads = 0;     ///< points that show one
    double defects = 0;           ///< of a p chart
};
BOOST_DESCRIBE_STRUCT(sums, (), (points, values, mean, squares, sigmas, spreads, defects))

struct state {
    std::string series, characteristic;
    control_chart::chart chart = control_chart::chart::xbar_r;
    std::optional<double> centre, sigma; ///< once they are learned
    std::vector<point> points;           ///< the latest 100
    std::int64_t out_of_control = 0;     ///< points that failed a test
    sums all;
    std::optional<double> lower, upper;     ///< limits of the characteristic
    std::optional<double> cp, cpk, pp, ppk; ///< of all values so far
    bool capability_is_sound = false;       ///< 25 points or more, and the latest 25 in control
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (series, characteristic, chart, centre, sigma, points, out_of_control, all, lower, upper, cp, cpk,
                       pp, ppk, capability_is_sound))

decision decide(const state&, const add_values&, const context&);
decision decide(const state&, const add_count&, const context&);
decision decide(const state&, const restart&, const context&);

void apply(state&, const begun&);
void apply(state&, const plotted&);
void apply(state&, const limits_set&);
void apply(state&, const restarted&);

struct kind {
    static constexpr std::string_view name = "control_chart";
    static constexpr std::string_view doc = "What inspections found of one characteristic, in order, and its limits.";
    using state = control_chart::state;
    using commands = types<add_values, add_count, restart>;
    using events = types<begun, plotted, limits_set, restarted>;
    using doors = types<restart>;
};

} // namespace takt::control_chart
