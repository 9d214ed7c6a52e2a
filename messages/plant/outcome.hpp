#pragma once

#include <cstdint>
#include <string_view>

#include "messages/core/describe.hpp"

namespace takt::plant {

/// What became of a plant between two instants: what one compares two ways of running it by.
struct outcome {
    static constexpr std::string_view doc = "What became of a plant in a span of plant time.";
    std::int64_t orders_due = 0;     ///< in the span
    std::int64_t orders_on_time = 0; ///< of those: shipped completely by their due date
    double on_time_percent = 0;      ///< 100 when none was due
    double tardiness_h = 0;         ///< of those, together; what has not been shipped is late until the end of the span
    double weighted_tardiness = 0;  ///< hours × priority
    double setup_h = 0, run_h = 0;  ///< of all machines
    double setup_percent = 0;       ///< of both
    double utilisation_percent = 0; ///< set-up and run, of the machines' shifts
    double work_in_progress = 0;    ///< work orders begun and not completed, on average over time
    double flow_time_h = 0;         ///< mean from the first set-up to completion, of those completed in the span
    std::int64_t completed = 0;     ///< work orders
    double energy_kwh = 0;          ///< as jobs reported
};
BOOST_DESCRIBE_STRUCT(outcome, (),
                      (orders_due, orders_on_time, on_time_percent, tardiness_h, weighted_tardiness, setup_h, run_h,
                       setup_percent, utilisation_percent, work_in_progress, flow_time_h, completed, energy_kwh))

} // namespace takt::plant
