#pragma once

#include <string>

#include "app/tally.hpp"
#include "gateways/http/case_figures.hpp"
#include "runtime/verify.hpp"

namespace takt::app {

/// What a demo came to.
struct report {
    std::string plant, plant_time;
    double seconds = 0, speed = 0;
    std::uint64_t seed = 0;
    tally figures;
    std::optional<http::case_figures> cases; ///< if they were looked at
    runtime::verification audit;
};

boost::json::object to_json_object(const report& r);
void print(const report& r);

} // namespace takt::app
