#pragma once

#include <boost/json/object.hpp>

#include "messages/mes/area.hpp"
#include "messages/mes/job.hpp"
#include "messages/mes/machine_control.hpp"
#include "messages/scada/detector.hpp"

/// machine/<key>: a machine as its controller reports it, and the jobs that are given to it. Its controller follows
/// the events `dispatched`, `dispatch_repeated`, `job_withdrawn` and `control_requested`; after a lost connection it
/// reads `jobs` and `control` of the state.
namespace takt::machine {

/// A tag must stay within these: the short form of a detector with the rule `limit` and what it has by default.
struct limit {
    std::string tag; ///< "spindle_temperature_celsius"
    std::optional<double> low, high;
};
BOOST_DESCRIBE_STRUCT(limit, (), (tag, low, high))

/// An operation that is planned here, told ahead of its dispatch so that material, tools and people can be there.
struct next_operation {
    work_order_id work_order;
    std::string operation;
    item_id item;
    takt::quantity quantity;
    operator_id person;
    std::string setup_family;
    instant start, setup_end, end; ///< as planned
};
BOOST_DESCRIBE_STRUCT(next_operation, (),
                      (work_order, operation, item, quantity, person, setup_family, start, setup_end, end))

struct define {
    static constexpr std::string_view doc = "Door (engineering): a machine and what it can do.";
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"name", "area", "capacity", "rated_power_kw", "setup_family", "setup_matrix"});
    std::string name;
    std::string area{mes::whole_plant}; ///< whose schedule gives it work
    work_center_id work_center;
    int capacity = 1;                ///< jobs at a time (furnace)
    std::vector<std::string> shifts; ///< keys of the shifts it may run in; none: always
    double rated_power_kw = 0;
    std::string setup_family;      ///< what it is set up for at first
    std::string setup_matrix;      ///< of the plant's; empty: the operations' own setup times hold
    std::optional<asset_id> asset; ///< told of runtime, cycles and breakdowns
    std::vector<limit> limits;
    std::vector<scada::detector> detectors;
    std::vector<scada::computed_tag> computed; ///< tags for the detectors
};
BOOST_DESCRIBE_STRUCT(define, (),
                      (name, area, work_center, capacity, shifts, rated_power_kw, setup_family, setup_matrix, asset,
                       limits, detectors, computed))

/// All that is watched for: limits first, then detectors.
inline std::vector<scada::detector> detectors_of(const define& d)
{
    std::vector<scada::detector> all;
    all.reserve(d.limits.size() + d.detectors.size());
    for (const auto& l : d.limits) {
        auto& one = all.emplace_back();
        one.tag = l.tag;
        one.low = l.low;
        one.high = l.high;
    }
    all.insert(all.end(), d.detectors.begin(), d.detectors.end());
    return all;
}

struct dispatch {
    static constexpr std::string_view doc =
        "From schedule, or the operator assigned: do this job. Accepted or declined.";
    mes::job_spec job;
};
BOOST_DESCRIBE_STRUCT(dispatch, (), (job))

struct withdraw_job {
    static constexpr std::string_view doc = "From work_order: do not do this job, or stop it.";
    mes::run_ref job;
};
BOOST_DESCRIBE_STRUCT(withdraw_job, (), (job))

struct confirm_job {
    static constexpr std::string_view doc = "Door (controller): has got the job and begins to set up.";
    mes::run_ref job;
};
BOOST_DESCRIBE_STRUCT(confirm_job, (), (job))

struct report_setup_done {
    static constexpr std::string_view doc = "Door (controller): set up; the run begins.";
    mes::run_ref job;
};
BOOST_DESCRIBE_STRUCT(report_setup_done, (), (job))

struct report_progress {
    static constexpr std::string_view doc = "Door (controller): pieces so far, counted from the beginning of the job.";
    mes::run_ref job;
    std::int64_t good = 0, scrap = 0;
};
BOOST_DESCRIBE_STRUCT(report_progress, (), (job, good, scrap))

struct report_completed {
    static constexpr std::string_view doc = "Door (controller): ended, with all its pieces; fewer than ordered if it "
                                            "had to stop.";
    mes::run_ref job;
    std::int64_t good = 0, scrap = 0;
    std::optional<double> energy_kwh;
};
BOOST_DESCRIBE_STRUCT(report_completed, (), (job, good, scrap, energy_kwh))

struct report_state {
    static constexpr std::string_view doc = "Door (controller): its PackML state.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"reason"});
    packml_state state = packml_state::idle;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(report_state, (), (state, reason))

struct report_down {
    static constexpr std::string_view doc =
        "Door (controller, operator): broken down. A begun job stays and goes on later.";
    std::string reason;
    std::optional<milliseconds> expected_ms; ///< until it is up again, if someone knows
};
BOOST_DESCRIBE_STRUCT(report_down, (), (reason, expected_ms))

struct report_up {
    static constexpr std::string_view doc = "Door (controller, operator): works again.";
};
BOOST_DESCRIBE_STRUCT(report_up, (), ())

struct note_detections {
    static constexpr std::string_view doc = "From its own telemetry: what its detectors have found.";
    std::vector<scada::detection> raised;
    std::vector<scada::recovery> recovered;
};
BOOST_DESCRIBE_STRUCT(note_detections, (), (raised, recovered))

struct note_next {
    static constexpr std::string_view doc =
        "From schedule: what is planned here next, in this order. Not yet to be done.";
    std::vector<next_operation> next;
};
BOOST_DESCRIBE_STRUCT(note_next, (), (next))

struct check_confirmed {
    static constexpr std::string_view doc = "From its own timer: has the controller confirmed this job?";
    std::int64_t run = 0;
};
BOOST_DESCRIBE_STRUCT(check_confirmed, (), (run))

struct defined {
    static constexpr std::string_view doc = "The machine's master data was set.";
    static constexpr int version = 4; ///< 1 knew no setup matrix, 2 no detectors, 3 no areas
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    define definition;
};
BOOST_DESCRIBE_STRUCT(defined, (), (definition))

struct dispatched {
    static constexpr std::string_view doc = "The machine is to do this job; its controller confirms.";
    mes::job_spec job;
    instant at;
};
BOOST_DESCRIBE_STRUCT(dispatched, (), (job, at))

struct dispatch_declined {
    static constexpr std::string_view doc = "The machine could not take a job.";
    mes::run_ref job;
    std::string reason; ///< "machine_down", "machine_blocked", "machine_busy", "batch_running", "wrong_machine"
};
BOOST_DESCRIBE_STRUCT(dispatch_declined, (), (job, reason))

struct dispatch_repeated {
    static constexpr std::string_view doc = "The controller did not confirm in time; it is told again.";
    mes::job_spec job;
    instant at;
};
BOOST_DESCRIBE_STRUCT(dispatch_repeated, (), (job, at))

struct job_confirmed {
    static constexpr std::string_view doc = "The controller has begun to set up.";
    mes::run_ref job;
    instant at;
};
BOOST_DESCRIBE_STRUCT(job_confirmed, (), (job, at))

struct setup_done {
    static constexpr std::string_view doc = "The run has begun.";
    mes::run_ref job;
    instant at;
};
BOOST_DESCRIBE_STRUCT(setup_done, (), (job, at))

struct progressed {
    static constexpr std::string_view doc = "More pieces were made.";
    mes::run_ref job;
    std::int64_t good = 0, scrap = 0; ///< from the beginning of the job
};
BOOST_DESCRIBE_STRUCT(progressed, (), (job, good, scrap))

struct job_completed {
    static constexpr std::string_view doc = "A job ended at the machine.";
    mes::run_ref job;
    std::int64_t good = 0, scrap = 0;
    milliseconds setup_ms{0}, run_ms{0}; ///< as they took
    std::optional<double> energy_kwh;
    instant at;
};
BOOST_DESCRIBE_STRUCT(job_completed, (), (job, good, scrap, setup_ms, run_ms, energy_kwh, at))

struct job_withdrawn {
    static constexpr std::string_view doc = "The machine is no longer to do a job; the controller stops it.";
    mes::run_ref job;
    std::string reason;
    instant at;
};
BOOST_DESCRIBE_STRUCT(job_withdrawn, (), (job, reason, at))

struct state_changed {
    static constexpr std::string_view doc = "The controller is in another PackML state.";
    packml_state from = packml_state::idle, to = packml_state::idle;
    std::string reason;
    instant at;
};
BOOST_DESCRIBE_STRUCT(state_changed, (), (from, to, reason, at))

struct went_down {
    static constexpr std::string_view doc = "The machine broke down.";
    std::string reason;
    std::optional<milliseconds> expected_ms;
    instant at;
};
BOOST_DESCRIBE_STRUCT(went_down, (), (reason, expected_ms, at))

struct came_up {
    static constexpr std::string_view doc = "The machine works again.";
    milliseconds down_ms{0};
    instant at;
};
BOOST_DESCRIBE_STRUCT(came_up, (), (down_ms, at))

struct next_noted {
    static constexpr std::string_view doc = "What is planned at the machine next has changed: it can be prepared.";
    std::vector<next_operation> next;
};
BOOST_DESCRIBE_STRUCT(next_noted, (), (next))

struct alarm_raised {
    static constexpr std::string_view doc = "A detector found that a tag behaves as it should not.";
    static constexpr int version = 2; ///< 1 knew limits only, and no times
    static void upcast(boost::json::object& document, int from);
    scada::detection detection;
    instant at;
};
BOOST_DESCRIBE_STRUCT(alarm_raised, (), (detection, at))

struct alarm_cleared {
    static constexpr std::string_view doc = "A tag behaves again as it should, or is no longer watched.";
    static constexpr int version = 2; ///< as alarm_raised
    static void upcast(boost::json::object& document, int from);
    scada::recovery recovery;
    instant at;
};
BOOST_DESCRIBE_STRUCT(alarm_cleared, (), (recovery, at))

} // namespace takt::machine
