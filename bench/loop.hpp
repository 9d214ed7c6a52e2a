#pragma once

#include <string>

#include <boost/json/object.hpp>

namespace takt::bench {

struct loop_options {
    std::string plant = "plants/gearworks.json";
    int machines = 400;
    double rate = 10'000;     ///< samples a second over the broker
    int faults = 60;          ///< injected, each at another machine
    double every = 1;         ///< seconds between two faults
    int operations = 2'000;   ///< open in the schedule before the first fault
    double fill_speed = 240;  ///< plant seconds a second while the plant fills with work
    double fill_seconds = 90; ///< at most
    std::string directory;
};
/// From the sample that shows a fault to what follows from it, each {p50, p99, count} in ms: hold_ms (the command to
/// the controller is on the wire), maintenance_order_ms, quarantine_ms (all that the machine made is stopped),
/// dispatched_schedule_ms (a plan without the machine is in force), promise_ms (the first customer's date that moves
/// with it): on disk. Also faults, cases, samples_per_s, samples_lost, open_operations.
boost::json::object loop(const loop_options& o);
void print_loop_table(const boost::json::object& figures);

} // namespace takt::bench
