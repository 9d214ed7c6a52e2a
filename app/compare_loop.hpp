#pragma once

#include <cstdint>
#include <string>

#include <boost/json/object.hpp>

#include "messages/plant/plant.hpp"

namespace takt::app {

struct compare_options {
    std::string plant, scenario;
    std::uint64_t seed = 1;
    int days = 10, warm_up_days = 2; ///< of plant time
};

/// The plant in which cases are only noted: their playbooks have no steps, whoever owns them is told.
plant::file without_loop(plant::file plant);

/// The same plant with the same seed twice in virtual time, with and without the closed loop:
/// {"with_loop": {...}, "without_loop": {...}}, each with sim::spread_figures and plant::outcome.
boost::json::object compare_loop(const compare_options& o);
void print_comparison(const boost::json::object& figures);

} // namespace takt::app
