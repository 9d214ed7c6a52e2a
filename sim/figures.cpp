#include "sim/figures.hpp"

#include "sim/floor.hpp"
#include "sim/people.hpp"

namespace takt::sim {

figures figures_of(const people& everybody, const floor& machines, const equipment::uplink& link)
{
    auto f = everybody.counted();
    const auto m = machines.counted();
    f.jobs_begun = m.machines.jobs_begun;
    f.jobs_ended = m.machines.jobs_ended;
    f.pieces = m.machines.pieces;
    f.scrap = m.machines.scrap;
    f.machines_running = m.running;
    f.machines_down = m.down;
    const auto l = link.counted();
    f.samples = l.samples;
    f.samples_dropped = l.samples_dropped;
    f.reports = l.reports;
    f.reports_refused = l.refused;
    f.reports_repeated = l.repeated;
    return f;
}

} // namespace takt::sim
