#pragma once

#include "scheduling/calendar.hpp"
#include "sim/world.hpp"

namespace takt::sim {

/// Customers order by chance, as often as the scenario says, in office hours of working days.
class customers {
public:
    explicit customers(world& w);

    /// Counts what has been ordered already, and goes on from there.
    void begin();

private:
    void place(std::uint64_t number);
    void plan_next(std::uint64_t number, instant after);
    instant office_time(instant from, double hours);

    world& world_;
    double per_hour_ = 0;
    double shares_ = 0;
    std::optional<instant> until_;
    scheduling::calendar office_;
    std::int64_t office_end_ = 0; ///< of the calendar
};

} // namespace takt::sim
