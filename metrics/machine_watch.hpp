#pragma once

#include <map>
#include <optional>

#include <boost/json/object.hpp>
#include <prometheus/metric_family.h>

#include "messages/mes/schedule.hpp"
#include "metrics/bounded_label.hpp"
#include "runtime/node.hpp"
#include "scheduling/calendar.hpp"

namespace takt::metrics {

/// What machines did with their time and how many pieces came of it, summed by work centre: the numerators and
/// denominators of OEE after ISO 22400-2. A pure function of what it is told, in plant time. Not thread-safe.
///
///     planned busy   PBT   in a shift of the machine, without planned maintenance
///     production     APT   a job runs and the machine executes
///     setup          AUST  a job is being set up
///     delay          ADET  a job was begun, and the machine is down, held, suspended or stopped
///     idle           ADOT  no job was begun
class machine_watch {
public:
    /// Shifts, holidays and time zone of the plant.
    void take_calendar(const schedule::define& plant);
    /// A machine as its row shows it when the watch begins.
    void take_row(const std::string& machine, const boost::json::object& state, instant now);
    /// An event of a machine.
    void take_machine(const runtime::fact& f);
    /// An event of the schedule: maintenance is planned, moved or done.
    void take_schedule(const runtime::fact& f);
    /// A time in which a machine is kept free.
    void plan_downtime(const std::string& machine, const std::string& reference, instant from, instant to);
    /// Books all time up to now.
    void advance(instant now);

    void add_families(std::vector<prometheus::MetricFamily>& to) const;

private:
    enum class element { production, setup, delay, idle };
    struct job {
        bool begun = false, running = false, batch = false;
        double run_seconds = 0; ///< planned, per piece; per run for a batch
        std::int64_t good = 0, scrap = 0;
    };
    struct downtime {
        instant from, to;
    };
    struct machine {
        std::string work_center;
        std::vector<std::string> shifts;
        bool up = true, stopped = false; ///< stopped: its controller says that it does not execute
        std::map<std::string, job> jobs; ///< by run
        std::map<std::string, downtime> downtimes;
        instant since;         ///< time is booked up to here
        instant planned_until; ///< the same for planned time
    };
    struct sums {
        double planned = 0, production = 0, setup = 0, delay = 0, idle = 0, ideal = 0; ///< seconds
        double good = 0, scrap = 0, breakdowns = 0;
    };
    /// Working time of machines with the same shifts, for a while ahead.
    struct working {
        scheduling::calendar times;
        instant from, to;
    };

    void define(machine& m, const std::string& work_center, std::vector<std::string> shifts);
    void book(machine& m, instant until);
    void book_planned(machine& m, instant until);
    void count(machine& m, job& j, std::int64_t good, std::int64_t scrap);
    const scheduling::calendar& working_time(const std::vector<std::string>& shifts, instant from, instant to);
    static element doing(const machine& m);

    std::optional<hrm::work_calendar> plant_;
    std::map<std::string, machine> machines_;
    std::map<std::string, sums> by_center_;
    std::map<std::vector<std::string>, working> calendars_;
    bounded_label centers_{50};
};

} // namespace takt::metrics
