#pragma once

#include <cstdint>

namespace takt::equipment {
class uplink;
}

namespace takt::sim {

class people;
class floor;

/// What has happened since the start. Numbers only rise, except those that say "now".
struct figures {
    std::uint64_t orders_placed = 0, shipments = 0;
    std::uint64_t picks = 0, wrong_picks = 0, put_aways = 0;
    std::uint64_t deliveries = 0, late_deliveries = 0, short_deliveries = 0;
    std::uint64_t inspections = 0, defects_found = 0;
    std::uint64_t clock_ins = 0, absences = 0;
    std::uint64_t jobs_begun = 0, jobs_ended = 0, pieces = 0, scrap = 0;
    std::uint64_t breakdowns = 0, repairs = 0, maintenance = 0;
    std::uint64_t samples = 0, samples_dropped = 0;
    std::uint64_t reports = 0, reports_refused = 0, reports_repeated = 0;
    std::uint64_t requests = 0, requests_refused = 0, requests_repeated = 0;
    std::uint64_t machines_running = 0, machines_down = 0, people_present = 0; ///< now
};

figures figures_of(const people& everybody, const floor& machines, const equipment::uplink& link);

} // namespace takt::sim
