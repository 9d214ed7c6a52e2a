#pragma once

#include "actors/kind.hpp"
#include "messages/mes/schedule_downtime.hpp"
#include "messages/mes/schedule_events.hpp"
#include "messages/mes/schedule_load.hpp"
#include "messages/mes/schedule_move.hpp"
#include "messages/mes/schedule_people.hpp"

/// The schedule knows machines, people and jobs only from what they tell it, and decides from that alone. It counts a
/// machine's run and a person's job from the moment it sends them until they say that they are free, so neither is
/// given two things at once, whatever overtakes what.
namespace takt::schedule {

struct downtime {
    std::string reference;
    instant from, to;
    std::optional<instant> earliest, latest; ///< its window, if it may still be moved; else as soon as possible
    std::string skill{};                     ///< of whom it waits for
    bool begun = false;
};
BOOST_DESCRIBE_STRUCT(downtime, (), (reference, from, to, earliest, latest, skill, begun))

struct machine_entry {
    static constexpr auto defaulted = std::to_array<std::string_view>({"setup_matrix", "rated_power_kw"});
    work_center_id work_center;
    int capacity = 1;
    std::vector<std::string> shifts;
    std::string setup_family;
    std::string setup_matrix;
    double rated_power_kw = 0;
    bool up = true;
    instant down_until; ///< expected, while down
    std::vector<mes::run_ref> runs;
    std::vector<downtime> downtimes;
    std::vector<operation_key> queue; ///< planned here, in order; may name operations that are over
    std::vector<told_operation> told; ///< of the queue, what the machine knows ahead
};
BOOST_DESCRIBE_STRUCT(machine_entry, (),
                      (work_center, capacity, shifts, setup_family, setup_matrix, rated_power_kw, up, down_until, runs,
                       downtimes, queue, told))

/// Time for which somebody is called in.
struct extra_time {
    instant from, to;
};
BOOST_DESCRIBE_STRUCT(extra_time, (), (from, to))

struct person_entry {
    std::vector<std::string> skills;
    std::vector<std::string> shifts;
    bool present = false;
    std::optional<mes::run_ref> job;
    std::optional<instant> missing_until; ///< should be there, until then
    std::optional<instant> excused_until; ///< nobody counts on them until then
    std::vector<extra_time> extra;
};
BOOST_DESCRIBE_STRUCT(person_entry, (), (skills, shifts, present, job, missing_until, excused_until, extra))

/// A run that was sent and of which the work order has not yet said that it is over.
struct sent_run {
    std::int64_t run = 0; ///< 0: none
    machine_id machine;
    operator_id person;
    instant at;
    milliseconds expected_ms{0};
};
BOOST_DESCRIBE_STRUCT(sent_run, (), (run, machine, person, at, expected_ms))

/// A place in the plan.
struct place {
    static constexpr auto defaulted = std::to_array<std::string_view>({"setup_end"});
    machine_id machine;
    operator_id person;
    instant start, end;
    instant setup_end;
};
BOOST_DESCRIBE_STRUCT(place, (), (machine, person, start, end, setup_end))

/// Where a planner wants an operation to begin. Once that time is over, only the machine holds.
struct pinned_place {
    machine_id machine;
    instant start;
};
BOOST_DESCRIBE_STRUCT(pinned_place, (), (machine, start))

struct operation_entry {
    static constexpr auto defaulted = std::to_array<std::string_view>({"ready_at"});
    planned_operation what;
    sent_run sent;
    instant ready_at;   ///< when it could first begin; 0: it was ready when it was announced, or is not yet
    instant not_before; ///< tried again from then on
    std::optional<place> planned;
    std::string unplanned;          ///< why it has no place
    std::optional<instant> done_at; ///< its pieces are on their way to the next
    std::optional<pinned_place> pinned;
};
BOOST_DESCRIBE_STRUCT(operation_entry, (), (what, sent, ready_at, not_before, planned, unplanned, done_at, pinned))

struct job_entry {
    item_id item;
    instant due;
    int priority = 5;
    std::optional<instant> earliest;
    bool held = false;
    std::vector<operation_entry> operations;
    std::optional<told_times> told; ///< what its work order knows of the plan
};
BOOST_DESCRIBE_STRUCT(job_entry, (), (item, due, priority, earliest, held, operations, told))

struct state {
    bool is_defined = false;
    define definition;
    std::map<machine_id, machine_entry> machines;
    std::map<operator_id, person_entry> people;
    std::map<work_order_id, job_entry> jobs;
    std::int64_t plan_number = 0;
    instant planned_at;
    instant improved_at;              ///< or tried to
    std::optional<instant> replan_at; ///< the plan no longer fits; it is mended then
    std::string replan_cause;
    std::optional<objectives> worth; ///< of the plan in force, when it was made
    std::optional<improvement> offered;
    std::int64_t last_run = 0;
    std::vector<opened_shift> opened; ///< optional shifts that are worked
    std::optional<load_shed> shed;    ///< machines that hold to save power
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (is_defined, definition, machines, people, jobs, plan_number, planned_at, improved_at, replan_at,
                       replan_cause, worth, offered, last_run, opened, shed))

decision decide(const state&, const define&, const context&);
decision decide(const state&, const register_machine&, const context&);
decision decide(const state&, const register_person&, const context&);
decision decide(const state&, const note_machine&, const context&);
decision decide(const state&, const note_machine_free&, const context&);
decision decide(const state&, const note_attendance&, const context&);
decision decide(const state&, const note_person_free&, const context&);
decision decide(const state&, const announce_job&, const context&);
decision decide(const state&, const update_job&, const context&);
decision decide(const state&, const update_operation&, const context&);
decision decide(const state&, const remove_job&, const context&);
decision decide(const state&, const decline_dispatch&, const context&);
decision decide(const state&, const reserve_downtime&, const context&);
decision decide(const state&, const plan_downtime&, const context&);
decision decide(const state&, const begin_downtime&, const context&);
decision decide(const state&, const end_downtime&, const context&);
decision decide(const state&, const propose_improvement&, const context&);
decision decide(const state&, const accept_improvement&, const context&);
decision decide(const state&, const reject_improvement&, const context&);
decision decide(const state&, const open_shift&, const context&);
decision decide(const state&, const close_shift&, const context&);
decision decide(const state&, const open_next_shift&, const context&);
decision decide(const state&, const find_substitute&, const context&);
decision decide(const state&, const plan_without&, const context&);
decision decide(const state&, const check_person&, const context&);
decision decide(const state&, const shed_load&, const context&);
decision decide(const state&, const restore_load&, const context&);
decision decide(const state&, const move&, const context&);
decision decide(const state&, const pin&, const context&);
decision decide(const state&, const unpin&, const context&);
decision decide(const state&, const replan&, const context&);
decision decide(const state&, const dispatch_due&, const context&);

void apply(state&, const defined&);
void apply(state&, const machine_registered&);
void apply(state&, const person_registered&);
void apply(state&, const machine_noted&);
void apply(state&, const machine_freed&);
void apply(state&, const attendance_noted&);
void apply(state&, const person_freed&);
void apply(state&, const job_announced&);
void apply(state&, const job_updated&);
void apply(state&, const operation_updated&);
void apply(state&, const job_removed&);
void apply(state&, const operation_sent&);
void apply(state&, const dispatch_returned&);
void apply(state&, const downtime_reserved&);
void apply(state&, const downtime_planned&);
void apply(state&, const downtime_moved&);
void apply(state&, const downtime_begun&);
void apply(state&, const downtime_ended&);
void apply(state&, const replan_needed&);
void apply(state&, const planned&);
void apply(state&, const improvement_sought&);
void apply(state&, const improvement_offered&);
void apply(state&, const improvement_closed&);
void apply(state&, const shift_opened&);
void apply(state&, const shift_closed&);
void apply(state&, const person_missed&);
void apply(state&, const person_excused&);
void apply(state&, const substitute_called&);
void apply(state&, const miss_ended&);
void apply(state&, const load_shed&);
void apply(state&, const load_restored&);
void apply(state&, const operation_pinned&);
void apply(state&, const operation_unpinned&);

struct kind {
    static constexpr std::string_view name = "schedule";
    static constexpr std::string_view doc = "The one finite-capacity plan of machines, people and work orders.";
    static constexpr bool listed = false; // one large entity; its events are differences
    using state = schedule::state;
    using commands =
        types<define, register_machine, register_person, note_machine, note_machine_free, note_attendance,
              note_person_free, announce_job, update_job, update_operation, remove_job, decline_dispatch,
              reserve_downtime, plan_downtime, begin_downtime, end_downtime, propose_improvement, accept_improvement,
              reject_improvement, open_shift, close_shift, move, pin, unpin, open_next_shift, find_substitute,
              plan_without, check_person, shed_load, restore_load, replan, dispatch_due>;
    using events = types<defined, machine_registered, person_registered, machine_noted, machine_freed, attendance_noted,
                         person_freed, job_announced, job_updated, operation_updated, job_removed, operation_sent,
                         dispatch_returned, downtime_reserved, downtime_planned, downtime_moved, downtime_begun,
                         downtime_ended, replan_needed, planned, improvement_sought, improvement_offered,
                         improvement_closed, shift_opened, shift_closed, operation_pinned, operation_unpinned,
                         person_missed, person_excused, substitute_called, miss_ended, load_shed, load_restored>;
    using doors = types<define, plan_downtime, end_downtime, open_shift, close_shift, move, pin, unpin, replan,
                        accept_improvement, reject_improvement>;
};

} // namespace takt::schedule
