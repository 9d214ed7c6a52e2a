#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

namespace takt::bench {

struct schedule_options {
    std::string instances;             ///< folder with the files that the bounds name
    std::vector<std::string> bounds;   ///< {family: {instance: {lb, ub, file}}}
    std::vector<std::string> families; ///< default: all
    std::size_t limit = 0;             ///< of each family, spread over it; 0: all
    double seconds = 10;
    int threads = 1;
    int operators = 0;
    std::uint64_t seed = 1;
    std::string format; ///< default: by family
    std::string svg;    ///< where to draw the mean gaps over time
};

/// families[].{name, instances, gap_percent: {"1", "10", "60", …}}, rows[]. The gap is (value - ub) / ub; where ub is
/// 0, the value itself counts as percent. Tells of every instance on stderr. Throws std::runtime_error for files that
/// cannot be used.
boost::json::object schedule(const schedule_options& o);
void print_schedule_table(const boost::json::object& figures);

/// A line of the plot: gaps in percent at times in seconds.
struct gap_curve {
    std::string name;
    std::vector<std::pair<double, double>> points;
};
/// Gaps over time (logarithmic) as an SVG picture.
std::string gap_plot(const std::vector<gap_curve>& curves);

} // namespace takt::bench
