#pragma once

#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/qms/inspection_plan.hpp"

/// control_chart/<series>:<characteristic>: what inspections measured of one characteristic, or how many pieces they
/// found defective, in order.
namespace takt::control_chart {

BOOST_DEFINE_ENUM_CLASS(chart, i_mr, xbar_r, xbar_s, p)

struct add_values {
    static constexpr std::string_view doc = "From sampling: what an inspection measured, one value a piece.";
    std::string series;
    inspection_id inspection;
    qms::characteristic characteristic;
    std::vector<double> values;
};
BOOST_DESCRIBE_STRUCT(add_values, (), (series, inspection, characteristic, values))

struct add_count {
    static constexpr std::string_view doc = "From sampling: how many of the pieces were defective.";
    std::string series;
    inspection_id inspection;
    std::int64_t inspected = 0, defects = 0;
};
BOOST_DESCRIBE_STRUCT(add_count, (), (series, inspection, inspected, defects))

struct restart {
    static constexpr std::string_view doc =
        "Door (quality): the process is another one; limits are learned anew from the points to come.";
    std::string by, reason;
};
BOOST_DESCRIBE_STRUCT(restart, (), (by, reason))

struct begun {
    static constexpr std::string_view doc = "The chart has its first point.";
    std::string series;
    std::string characteristic;
    control_chart::chart chart = control_chart::chart::xbar_r;
};
BOOST_DESCRIBE_STRUCT(begun, (), (series, characteristic, chart))

struct plotted {
    static constexpr std::string_view doc = "One more point. Its limits and what it says are in it.";
    inspection_id inspection;
    instant at;
    int size = 1;            ///< values or pieces
    double value = 0;        ///< mean of the values, the value, or the defective share
    double spread = 0;       ///< range, standard deviation, or moving range
    double squares = 0;      ///< sum of squared deviations of the values from their mean
    std::optional<double> z; ///< distance from the centre in standard deviations of a point; none while it is learned
    int test = 0;            ///< of Nelson's that it failed; 9: the spread is above its limit; 0: none
    std::optional<double> lower, upper; ///< limits of the characteristic at that time
};
BOOST_DESCRIBE_STRUCT(plotted, (), (inspection, at, size, value, spread, squares, z, test, lower, upper))

struct limits_set {
    static constexpr std::string_view doc = "Enough points are there: later ones are judged by these.";
    double centre = 0, sigma = 0; ///< of one value; of a p chart: the mean share, and 0
    instant at;
};
BOOST_DESCRIBE_STRUCT(limits_set, (), (centre, sigma, at))

struct restarted {
    static constexpr std::string_view doc = "The points so far belong to another process.";
    std::string by, reason;
    instant at;
};
BOOST_DESCRIBE_STRUCT(restarted, (), (by, reason, at))

} // namespace takt::control_chart
