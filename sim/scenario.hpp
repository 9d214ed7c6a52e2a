#pragma once

#include <filesystem>

#include "messages/core/json_read.hpp"

namespace takt::sim {

/// How the world around the plant behaves: the part of a simulation that is not in the plant file. Factors multiply
/// what the plant file says of its machines and suppliers. A file may leave out any member; docs/simulator.md explains
/// each.
struct scenario {
    static constexpr std::string_view doc = "What happens to a plant from outside, and how well things go in it.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"name",
                                                                       "description",
                                                                       "seed",
                                                                       "opening_orders",
                                                                       "quantity_factor",
                                                                       "due_days_minimum",
                                                                       "due_days_maximum",
                                                                       "urgent_share",
                                                                       "run_time_factor",
                                                                       "scrap_factor",
                                                                       "failure_factor",
                                                                       "repair_factor",
                                                                       "late_factor",
                                                                       "short_factor",
                                                                       "defect_factor",
                                                                       "process_defect_rate",
                                                                       "absence_rate",
                                                                       "lateness_share",
                                                                       "mistake_rate",
                                                                       "pick_seconds",
                                                                       "sample_interval_ms",
                                                                       "progress_interval_ms"});

    std::string name = "normal";
    std::string description;
    std::uint64_t seed = 1;

    std::optional<double> orders_per_day; ///< missing: the plant's
    int opening_orders = 10;              ///< that are in the post when the plant begins
    double quantity_factor = 1;           ///< of ordered quantities
    double due_days_minimum = 1.5;        ///< from order to due date, calendar days
    double due_days_maximum = 7;
    double urgent_share = 0.1; ///< of orders, with priority 8 instead of 5

    double run_time_factor = 1;
    double scrap_factor = 1;
    double failure_factor = 1; ///< 2: breaks down twice as often
    double repair_factor = 1;

    double late_factor = 1; ///< of the suppliers' shares of late, short and defective
    double short_factor = 1;
    double defect_factor = 1;
    double process_defect_rate = 0.0015; ///< of pieces that an in-process or final inspection looks at

    double absence_rate = 0.03;   ///< share of shifts that somebody does not come to
    double lateness_share = 0.06; ///< share of shifts to which somebody comes late
    double mistake_rate = 0.01;   ///< share of picks with the wrong lot scanned first
    double pick_seconds = 15;     ///< mean, of one line of a pick list

    milliseconds sample_interval_ms{30'000};   ///< plant time between two samples of a tag
    milliseconds progress_interval_ms{60'000}; ///< plant time between two reports of counts
    std::optional<milliseconds> duration_ms;   ///< plant time after which nothing is ordered any more
};
BOOST_DESCRIBE_STRUCT(scenario, (),
                      (name, description, seed, orders_per_day, opening_orders, quantity_factor, due_days_minimum,
                       due_days_maximum, urgent_share, run_time_factor, scrap_factor, failure_factor, repair_factor,
                       late_factor, short_factor, defect_factor, process_defect_rate, absence_rate, lateness_share,
                       mistake_rate, pick_seconds, sample_interval_ms, progress_interval_ms, duration_ms))

/// Reads a scenario and checks its ranges. Unknown members are refused; every problem is named with its JSON pointer.
checked<scenario> read_scenario(std::string_view text);

/// `name` is a path, or the name of a file in sim/scenarios: "normal", "rush", "bad_supplier", "breakdowns". Those are
/// looked for below the working directory, beside the executable, and in ../share/takt from there. "normal" is built
/// in and needs no file.
checked<scenario> load_scenario(const std::string& name);

} // namespace takt::sim
