#pragma once

#include <map>
#include <mutex>

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "runtime/node.hpp"

namespace takt::http {

/// What was made, and how time was spent.
struct output {
    std::int64_t good = 0, scrap = 0; ///< pieces of all operations
    milliseconds run_ms{0}, setup_ms{0}, down_ms{0};
    milliseconds ideal_ms{0}; ///< the time that the pieces should have taken
};
BOOST_DESCRIBE_STRUCT(output, (), (good, scrap, run_ms, setup_ms, down_ms, ideal_ms))

struct output_hour : output {
    instant from; ///< to an hour later
};
BOOST_DESCRIBE_STRUCT(output_hour, (output), (from))

/// Indicators after ISO 22400-2: the availability is run time of planned busy time, the effectiveness ideal of run
/// time, the quality ratio good of all pieces, and OEE their product. None where its denominator is 0.
struct effectiveness : output {
    milliseconds planned_ms{0}; ///< by the calendar, until now
    std::optional<double> availability, effectiveness_ratio, quality_ratio, oee;
};
BOOST_DESCRIBE_STRUCT(effectiveness, (output), (planned_ms, availability, effectiveness_ratio, quality_ratio, oee))

struct line_effectiveness : effectiveness {
    work_center_id work_center;
};
BOOST_DESCRIBE_STRUCT(line_effectiveness, (effectiveness), (work_center))

struct machine_effectiveness : effectiveness {
    machine_id machine;
};
BOOST_DESCRIBE_STRUCT(machine_effectiveness, (effectiveness), (machine))

/// What GET /api/v1/production answers.
struct production_of_day {
    static constexpr std::string_view doc = "What machines made since the local day began, by hour, with OEE and its "
                                            "parts after ISO 22400-2 for the plant, each work center and machine.";
    instant from, to;
    effectiveness plant;
    std::vector<line_effectiveness> work_centers;
    std::vector<machine_effectiveness> machines;
    std::vector<output_hour> hours;
};
BOOST_DESCRIBE_STRUCT(production_of_day, (), (from, to, plant, work_centers, machines, hours))

/// Follows one machine through its events: what it did in each hour since a day began.
class machine_day {
public:
    /// `before` is the machine as it was when the day began.
    machine_day(const runtime::entity_view& before, instant begin);
    void take(const runtime::fact& f);
    std::uint64_t revision() const { return revision_; }
    /// Hours since the day began until `to`; what lasts is counted until then.
    std::vector<output> hours(instant to) const;

private:
    struct run {
        bool running = false; ///< set up
        bool batch = false;
        milliseconds piece{0}; ///< ideal; of a batch, of all its pieces
        std::int64_t good = 0, scrap = 0;
    };
    void pass(instant until);
    void count(run& r, std::int64_t good, std::int64_t scrap, instant at);
    static void spend(std::vector<output>& hours, instant begin, instant from, instant to, milliseconds output::*as);
    milliseconds output::*doing() const;
    output& hour_of(instant at);

    instant begin_, reached_;
    std::uint64_t revision_;
    bool up_ = true;
    std::map<std::int64_t, run> runs_; ///< by number
    std::vector<output> hours_;
};

/// Remembers what it has read, so that only new events are read the next time. Any thread.
class production {
public:
    /// Takes long the first time of a day: on a reader thread.
    production_of_day today(runtime::node& node);

private:
    const machine_day& follow(runtime::node& node, const machine_id& machine);

    std::mutex mutex_;
    instant begin_;
    std::map<std::string, machine_day> machines_;
};

} // namespace takt::http
