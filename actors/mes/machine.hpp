#pragma once

#include "actors/kind.hpp"
#include "actors/scada/detect/bank.hpp"
#include "messages/mes/machine.hpp"
#include "messages/mes/machine_repair.hpp"

/// A machine takes jobs up to its capacity and declines what is more, so that it never does two things at once. What
/// its controller reports of a job it has not got is refused; what it reports again changes nothing.
///
///     job: sent --confirm_job--> setup --report_setup_done--> running --report_completed--> (gone)
///           └── not confirmed in time: told again, then given back
namespace takt::machine {

BOOST_DEFINE_ENUM_CLASS(job_phase, sent, setup, running)

struct job {
    mes::job_spec spec;
    job_phase phase = job_phase::sent;
    std::int64_t good = 0, scrap = 0;
    int repeats = 0; ///< how often the controller was told again
    instant dispatched_at;
    std::optional<instant> confirmed_at, running_at;
};
BOOST_DESCRIBE_STRUCT(job, (), (spec, phase, good, scrap, repeats, dispatched_at, confirmed_at, running_at))

/// What the controller is to do now; see machine_control.cpp.
struct control_in_force {
    control_order order;
    std::string reason, asked_by;
    bool confirmed = false; ///< the controller has got it
    instant requested_at;
};
BOOST_DESCRIBE_STRUCT(control_in_force, (), (order, reason, asked_by, confirmed, requested_at))

/// A run that is over.
struct past_run {
    mes::run_ref job;
    item_id item;
    instant from, to;
};
BOOST_DESCRIBE_STRUCT(past_run, (), (job, item, from, to))

/// A detection that stands.
struct standing_alarm {
    std::string tag;
    double value = 0; ///< that was seen first
    instant since;
};
BOOST_DESCRIBE_STRUCT(standing_alarm, (), (tag, value, since))

struct state {
    static constexpr auto defaulted = std::to_array<std::string_view>({"definitions"});
    bool is_defined = false;
    define definition;
    std::int64_t definitions = 0; ///< how often it was defined
    bool up = true;
    packml_state packml = packml_state::idle;
    std::string reason; ///< of the PackML state, or of the breakdown
    std::optional<instant> down_since;
    std::string setup_family;
    std::vector<job> jobs;
    std::vector<next_operation> next;             ///< planned after them, as the schedule last told
    bool unconfirmed = false;                     ///< a job was not confirmed in time, and none has been since
    std::map<std::string, standing_alarm> alarms; ///< by detector
    std::int64_t good = 0, scrap = 0, completed = 0, breakdowns = 0;
    milliseconds setup_ms{0}, run_ms{0}, down_ms{0};
    double energy_kwh = 0; ///< as its jobs reported
    std::optional<control_in_force> control;
    std::int64_t controls = 0;                  ///< the number of the last one
    bool control_trouble = false;               ///< the last one failed
    std::optional<std::string> blocked;         ///< why it gets no new jobs
    std::string recipe;                         ///< as the controller reports
    std::map<std::string, double> set_points;   ///< the same
    std::vector<past_run> past;                 ///< the latest 20 runs
    std::optional<std::string> first_piece_for; ///< the case that waits for the next piece
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (is_defined, definition, definitions, up, packml, reason, down_since, setup_family, jobs, next,
                       unconfirmed, alarms, good, scrap, completed, breakdowns, setup_ms, run_ms, down_ms, energy_kwh,
                       control, controls, control_trouble, blocked, recipe, set_points, past, first_piece_for))

/// The latest value of a tag, and its values in the minute that runs.
struct tag_value {
    std::string tag;
    double value = 0;
    instant at;
    int quality = 192;
    std::int64_t minute = 0; ///< since the epoch
    double lowest = 0, highest = 0, sum = 0;
    std::int64_t count = 0;
    std::size_t place = detect::bank::nowhere; ///< in the bank of detectors
};
BOOST_DESCRIBE_STRUCT(tag_value, (), (tag, value, at, quality, minute, lowest, highest, sum, count))

struct live {
    std::vector<tag_value> tags;
    std::uint64_t samples = 0;
    detect::bank detectors;
    std::int64_t defined_for = -1; ///< the definition that the detectors are of
};
BOOST_DESCRIBE_STRUCT(live, (), (tags, samples))

/// Takes one sample in; what its detectors find in it is a command for the machine itself.
message observe(live&, const state&, const scada::sample&);
/// Whether time alone can tell something of this machine: its detectors listen for silence, or compute tags.
bool watched(const state&);
/// Time has gone by; what the detectors find then.
message watch(live&, const state&, instant now);

decision decide(const state&, const define&, const context&);
decision decide(const state&, const dispatch&, const context&);
decision decide(const state&, const withdraw_job&, const context&);
decision decide(const state&, const confirm_job&, const context&);
decision decide(const state&, const report_setup_done&, const context&);
decision decide(const state&, const report_progress&, const context&);
decision decide(const state&, const report_completed&, const context&);
decision decide(const state&, const report_state&, const context&);
decision decide(const state&, const report_down&, const context&);
decision decide(const state&, const report_up&, const context&);
decision decide(const state&, const note_detections&, const context&);
decision decide(const state&, const note_next&, const context&);
decision decide(const state&, const check_confirmed&, const context&);
decision decide(const state&, const control&, const context&);
decision decide(const state&, const confirm_control&, const context&);
decision decide(const state&, const refuse_control&, const context&);
decision decide(const state&, const report_parameters&, const context&);
decision decide(const state&, const check_control&, const context&);
decision decide(const state&, const report_made&, const context&);
decision decide(const state&, const block&, const context&);
decision decide(const state&, const unblock&, const context&);
decision decide(const state&, const introduce_asset&, const context&);
decision decide(const state&, const watch_first_piece&, const context&);

void apply(state&, const defined&);
void apply(state&, const dispatched&);
void apply(state&, const dispatch_declined&);
void apply(state&, const dispatch_repeated&);
void apply(state&, const job_confirmed&);
void apply(state&, const setup_done&);
void apply(state&, const progressed&);
void apply(state&, const job_completed&);
void apply(state&, const job_withdrawn&);
void apply(state&, const state_changed&);
void apply(state&, const went_down&);
void apply(state&, const came_up&);
void apply(state&, const next_noted&);
void apply(state&, const alarm_raised&);
void apply(state&, const alarm_cleared&);
void apply(state&, const control_requested&);
void apply(state&, const control_confirmed&);
void apply(state&, const control_done&);
void apply(state&, const control_failed&);
void apply(state&, const parameters_changed&);
void apply(state&, const blocked&);
void apply(state&, const unblocked&);
void apply(state&, const first_piece_awaited&);
void apply(state&, const first_piece_made&);

struct kind {
    static constexpr std::string_view name = "machine";
    static constexpr std::string_view doc = "A machine as its controller reports it, and the jobs given to it.";
    using state = machine::state;
    using live = machine::live;
    using commands = types<define, dispatch, withdraw_job, confirm_job, report_setup_done, report_progress,
                           report_completed, report_state, report_down, report_up, note_detections, note_next,
                           check_confirmed, control, confirm_control, refuse_control, report_parameters, check_control,
                           block, unblock, report_made, introduce_asset, watch_first_piece>;
    using events = types<defined, dispatched, dispatch_declined, dispatch_repeated, job_confirmed, setup_done,
                         progressed, job_completed, job_withdrawn, state_changed, went_down, came_up, next_noted,
                         alarm_raised, alarm_cleared, control_requested, control_confirmed, control_done,
                         control_failed, parameters_changed, blocked, unblocked, first_piece_awaited, first_piece_made>;
    using doors =
        types<define, confirm_job, report_setup_done, report_progress, report_completed, report_state, report_down,
              report_up, control, confirm_control, refuse_control, report_parameters, block, unblock>;
};

} // namespace takt::machine
