#pragma once

#include <string>
#include <vector>

#include <boost/json/object.hpp>

namespace takt::bench {

struct policies_options {
    std::string plant = "plants/gearworks.json", scenario = "normal";
    std::vector<std::string> policies{"plan", "atc", "edd", "fifo"};
    int days = 30;             ///< that are measured
    int warm_up_days = 3;      ///< before that: a plant begins empty
    int seeds = 5;             ///< each policy meets the same ones
    double orders_per_day = 0; ///< instead of the plant's; 0: the plant's
    int threads = 2;
};
/// A plant under each policy, with the same chances: policies[] with name, and for each figure of plant::outcome
/// {mean, low, high} (95 % confidence), and `against_plan` {mean, low, high} of the paired differences to the first.
boost::json::object policies(const policies_options& o);
void print_policies_table(const boost::json::object& figures);

} // namespace takt::bench
