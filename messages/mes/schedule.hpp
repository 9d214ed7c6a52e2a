#pragma once

#include <boost/json/object.hpp>

#include "messages/hrm/shift.hpp"
#include "messages/mes/machine.hpp"
#include "messages/plm/routing.hpp"

/// schedule/plant: the one finite-capacity plan that all share. Machines, people and work orders tell it what is the
/// case; it replans a little later, tells work orders when they are planned, and dispatches what is next.
namespace takt::schedule {

inline constexpr std::string_view plant = "plant"; ///< key of the one schedule

/// An operation as its work order announces it.
struct planned_operation {
    std::string operation;
    std::vector<plm::operation_mode> modes;
    std::string setup_family;
    bool batch = false;
    bool interruptible = true;
    mes::operation_status status = mes::operation_status::waiting;
    takt::quantity quantity; ///< still to process
};
BOOST_DESCRIBE_STRUCT(planned_operation, (), (operation, modes, setup_family, batch, interruptible, status, quantity))

/// One operation's place in the plan, and why it is another one than before.
struct slot {
    static constexpr auto defaulted = std::to_array<std::string_view>({"setup_end", "cause", "subject", "old_machine"});
    work_order_id work_order;
    std::string operation;
    machine_id machine;
    operator_id person;
    instant start, end;
    instant setup_end;   ///< between them
    std::string cause;   ///< "operator", "duration", or one of scheduling/difference.hpp
    std::string subject; ///< the machine, operation or item behind the cause
    machine_id old_machine;
    std::optional<instant> old_start;
};
BOOST_DESCRIBE_STRUCT(slot, (),
                      (work_order, operation, machine, person, start, end, setup_end, cause, subject, old_machine,
                       old_start))

struct operation_key {
    work_order_id work_order;
    std::string operation;
    friend auto operator<=>(const operation_key&, const operation_key&) = default;
    friend bool operator==(const operation_key&, const operation_key&) = default;
};
BOOST_DESCRIBE_STRUCT(operation_key, (), (work_order, operation))

/// What a machine that is free begins: what the plan has next for it, or the first by a rule among everything that
/// stands ready for it. With a rule the plan only foretells dates.
///
///     fifo  the first that came
///     edd   the earliest due date
///     atc   apparent tardiness cost (Vepsalainen and Morton, Management Science 33, 1987)
BOOST_DEFINE_ENUM_CLASS(dispatching, plan, fifo, edd, atc)

struct define {
    static constexpr std::string_view doc = "Door (planning): time zone, holidays and shifts of the plant.";
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"dispatching", "replan_after_ms", "replan_interval_ms", "improve_interval_ms",
                                         "improve_iterations", "frozen_ms", "horizon_ms", "next_operations"});
    std::string zone;                  ///< IANA name: "Europe/Berlin"
    std::vector<std::string> holidays; ///< "2026-12-25", local
    std::vector<hrm::shift_pattern> shifts;
    schedule::dispatching dispatching = schedule::dispatching::plan;
    milliseconds replan_after_ms{5'000};         ///< facts are gathered for this long
    milliseconds replan_interval_ms{30'000};     ///< at least between two plans
    milliseconds improve_interval_ms{3'600'000}; ///< at least between two plans that move what need not move
    int improve_iterations = 60;                 ///< of the search in such a plan; 0: plans are only mended
    milliseconds frozen_ms{3'600'000};           ///< what starts sooner than this stays where it is while it can
    milliseconds horizon_ms{1'814'400'000};      ///< calendars reach this far: 3 weeks
    int next_operations = 3;                     ///< so many are told to each machine ahead of their dispatch
};
BOOST_DESCRIBE_STRUCT(define, (),
                      (zone, holidays, shifts, dispatching, replan_after_ms, replan_interval_ms, improve_interval_ms,
                       improve_iterations, frozen_ms, horizon_ms, next_operations))

struct register_machine {
    static constexpr std::string_view doc = "From machine: it is defined.";
    machine_id machine;
    work_center_id work_center;
    int capacity = 1;
    std::vector<std::string> shifts; ///< keys; none: always
    std::string setup_family;
};
BOOST_DESCRIBE_STRUCT(register_machine, (), (machine, work_center, capacity, shifts, setup_family))

struct register_person {
    static constexpr std::string_view doc = "From operator: defined.";
    operator_id person;
    std::vector<std::string> skills;
    std::vector<std::string> shifts; ///< keys; none: always
};
BOOST_DESCRIBE_STRUCT(register_person, (), (person, skills, shifts))

struct note_machine {
    static constexpr std::string_view doc = "From machine: down, or up again.";
    machine_id machine;
    bool up = true;
    std::optional<milliseconds> expected_ms; ///< until it is up again, if someone knows
};
BOOST_DESCRIBE_STRUCT(note_machine, (), (machine, up, expected_ms))

struct note_machine_free {
    static constexpr std::string_view doc = "From machine: this run ended; it is set up for this family.";
    machine_id machine;
    mes::run_ref job;
    std::string setup_family;
};
BOOST_DESCRIBE_STRUCT(note_machine_free, (), (machine, job, setup_family))

struct note_attendance {
    static constexpr std::string_view doc = "From operator: came or left.";
    operator_id person;
    bool present = true;
};
BOOST_DESCRIBE_STRUCT(note_attendance, (), (person, present))

struct note_person_free {
    static constexpr std::string_view doc = "From operator: off this run.";
    operator_id person;
    mes::run_ref job;
};
BOOST_DESCRIBE_STRUCT(note_person_free, (), (person, job))

struct announce_job {
    static constexpr std::string_view doc =
        "From work_order: it exists, with these operations in order; again when one is added.";
    work_order_id work_order;
    item_id item;
    instant due;
    int priority = 5;
    std::optional<instant> earliest; ///< components complete; missing: not known yet
    bool held = false;
    std::vector<planned_operation> operations;
};
BOOST_DESCRIBE_STRUCT(announce_job, (), (work_order, item, due, priority, earliest, held, operations))

struct update_job {
    static constexpr std::string_view doc = "From work_order: material date, due date, priority or hold has changed.";
    work_order_id work_order;
    instant due;
    int priority = 5;
    std::optional<instant> earliest;
    bool held = false;
};
BOOST_DESCRIBE_STRUCT(update_job, (), (work_order, due, priority, earliest, held))

struct update_operation {
    static constexpr std::string_view doc = "From work_order: an operation's status or what is left of it.";
    work_order_id work_order;
    std::string operation;
    mes::operation_status status = mes::operation_status::waiting;
    takt::quantity quantity; ///< still to process
    std::int64_t run = 0;    ///< the last one the work order knows of; it is over unless at a machine
};
BOOST_DESCRIBE_STRUCT(update_operation, (), (work_order, operation, status, quantity, run))

struct remove_job {
    static constexpr std::string_view doc = "From work_order: completed or cancelled.";
    work_order_id work_order;
};
BOOST_DESCRIBE_STRUCT(remove_job, (), (work_order))

struct decline_dispatch {
    static constexpr std::string_view doc = "From machine or operator: could not take it, or gave it back unbegun.";
    mes::run_ref job;
    std::string reason;
    bool person_free = true; ///< false: the operator says so separately
};
BOOST_DESCRIBE_STRUCT(decline_dispatch, (), (job, reason, person_free))

struct reserve_downtime {
    static constexpr std::string_view doc = "From asset: the machine needs maintenance as soon as its job is done.";
    machine_id machine;
    std::string reference;
    milliseconds duration_ms{0};
};
BOOST_DESCRIBE_STRUCT(reserve_downtime, (), (machine, reference, duration_ms))

struct end_downtime {
    static constexpr std::string_view doc = "From asset: maintenance is done.";
    machine_id machine;
    std::string reference;
};
BOOST_DESCRIBE_STRUCT(end_downtime, (), (machine, reference))

struct replan {
    static constexpr std::string_view doc = "From its own timer, or door (planning): plan anew now.";
};
BOOST_DESCRIBE_STRUCT(replan, (), ())

struct dispatch_due {
    static constexpr std::string_view doc =
        "From itself after a fact, or its timer: look again what can be dispatched.";
    std::optional<machine_id> machine; ///< missing: all
};
BOOST_DESCRIBE_STRUCT(dispatch_due, (), (machine))

struct defined {
    static constexpr std::string_view doc = "Calendars and replanning were set.";
    static constexpr int version =
        4; ///< 3 knew no rules, 2 told machines nothing ahead, 1 knew no improvement; the defaults hold
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    define definition;
};
BOOST_DESCRIBE_STRUCT(defined, (), (definition))

struct machine_registered {
    static constexpr std::string_view doc = "A machine can be planned.";
    machine_id machine;
    work_center_id work_center;
    int capacity = 1;
    std::vector<std::string> shifts; ///< keys; none: always
    std::string setup_family;
};
BOOST_DESCRIBE_STRUCT(machine_registered, (), (machine, work_center, capacity, shifts, setup_family))

struct person_registered {
    static constexpr std::string_view doc = "A person can be planned.";
    operator_id person;
    std::vector<std::string> skills;
    std::vector<std::string> shifts; ///< keys; none: always
};
BOOST_DESCRIBE_STRUCT(person_registered, (), (person, skills, shifts))

struct machine_noted {
    static constexpr std::string_view doc = "A machine is down or up again.";
    machine_id machine;
    bool up = true;
    instant down_until; ///< planned to be up again
};
BOOST_DESCRIBE_STRUCT(machine_noted, (), (machine, up, down_until))

struct machine_freed {
    static constexpr std::string_view doc = "A run has left its machine.";
    machine_id machine;
    mes::run_ref job;
    std::string setup_family;
};
BOOST_DESCRIBE_STRUCT(machine_freed, (), (machine, job, setup_family))

struct attendance_noted {
    static constexpr std::string_view doc = "A person came or left.";
    operator_id person;
    bool present = true;
};
BOOST_DESCRIBE_STRUCT(attendance_noted, (), (person, present))

struct person_freed {
    static constexpr std::string_view doc = "A person is off a run.";
    operator_id person;
    mes::run_ref job;
};
BOOST_DESCRIBE_STRUCT(person_freed, (), (person, job))

struct job_announced {
    static constexpr std::string_view doc = "A work order is to be planned.";
    announce_job job;
};
BOOST_DESCRIBE_STRUCT(job_announced, (), (job))

struct job_updated {
    static constexpr std::string_view doc = "A work order's dates, priority or hold changed.";
    update_job job;
};
BOOST_DESCRIBE_STRUCT(job_updated, (), (job))

struct operation_updated {
    static constexpr std::string_view doc = "An operation's status or remaining quantity changed.";
    work_order_id work_order;
    std::string operation;
    mes::operation_status status = mes::operation_status::waiting;
    takt::quantity quantity;
    std::int64_t run = 0;
    instant at;
};
BOOST_DESCRIBE_STRUCT(operation_updated, (), (work_order, operation, status, quantity, run, at))

struct job_removed {
    static constexpr std::string_view doc = "A work order is no longer planned.";
    work_order_id work_order;
};
BOOST_DESCRIBE_STRUCT(job_removed, (), (work_order))

struct operation_sent {
    static constexpr std::string_view doc = "An operation was dispatched to a machine and a person.";
    mes::run_ref job;
    machine_id machine;
    operator_id person;
    milliseconds expected_ms{0}; ///< set-up and run
    instant at;
};
BOOST_DESCRIBE_STRUCT(operation_sent, (), (job, machine, person, expected_ms, at))

struct dispatch_returned {
    static constexpr std::string_view doc = "A dispatch was not taken; it is tried again later.";
    mes::run_ref job;
    std::string reason;
    bool person_free = true;
    instant not_before;
};
BOOST_DESCRIBE_STRUCT(dispatch_returned, (), (job, reason, person_free, not_before))

struct downtime_reserved {
    static constexpr std::string_view doc = "A machine is kept free for maintenance.";
    machine_id machine;
    std::string reference;
    instant from, to;
};
BOOST_DESCRIBE_STRUCT(downtime_reserved, (), (machine, reference, from, to))

struct downtime_ended {
    static constexpr std::string_view doc = "A machine's maintenance is done.";
    machine_id machine;
    std::string reference;
};
BOOST_DESCRIBE_STRUCT(downtime_ended, (), (machine, reference))

struct replan_needed {
    static constexpr std::string_view doc = "The plan in force no longer fits the facts.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"cause"});
    static constexpr int version = 2; ///< 1 did not say why
    static void upcast(boost::json::object& document, int /*from*/) { document["cause"] = ""; }
    instant at;        ///< when it will be mended
    std::string cause; ///< the first fact that does not fit: "machine M-104 down", "job WO-7 new"
};
BOOST_DESCRIBE_STRUCT(replan_needed, (), (at, cause))

/// Why an operation has no place in the plan.
struct left_out {
    work_order_id work_order;
    std::string operation;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(left_out, (), (work_order, operation, reason))

/// When a work order was told that it is made.
struct told_times {
    work_order_id work_order;
    instant start, end;
};
BOOST_DESCRIBE_STRUCT(told_times, (), (work_order, start, end))

/// By how much a work order ends later than in the plan before; less than 0: earlier.
struct job_shift {
    work_order_id work_order;
    milliseconds later_ms{0};
};
BOOST_DESCRIBE_STRUCT(job_shift, (), (work_order, later_ms))

/// An operation that its machine was told of ahead.
struct told_operation {
    operation_key key;
    operator_id person;
    instant start;
};
BOOST_DESCRIBE_STRUCT(told_operation, (), (key, person, start))

struct told_next {
    machine_id machine;
    std::vector<told_operation> operations;
};
BOOST_DESCRIBE_STRUCT(told_next, (), (machine, operations))

/// What a plan is worth; less is better. The names are those of scheduling/objective.hpp.
struct objectives {
    double weighted_tardiness = 0; ///< hours late × priority
    double number_late = 0;        ///< work orders
    double makespan = 0;           ///< hours until the last end
    double setup_time = 0;         ///< hours
    double stability = 0;          ///< hours moved since the plan before; more for another machine
    double energy_cost = 0;        ///< money
    double work_in_progress = 0;   ///< hours between first starts and last ends
    double operator_overtime = 0;  ///< hours
};
BOOST_DESCRIBE_STRUCT(objectives, (),
                      (weighted_tardiness, number_late, makespan, setup_time, stability, energy_cost, work_in_progress,
                       operator_overtime))

BOOST_DEFINE_ENUM_CLASS(planning, repair, improvement)

struct planned {
    static constexpr std::string_view doc = "A new plan is in force, as its difference to the one before.";
    static constexpr int version = 3; ///< 1 said neither why nor whom it concerns, 2 not what it is worth
    static void upcast(boost::json::object& document, int from)
    {
        if (from > 1) return;
        document["how"] = "repair";
        document["cause"] = "";
        document["shifted"] = boost::json::array();
        document["told"] = boost::json::array();
    }
    std::int64_t number = 0;
    instant at;
    planning how = planning::repair;    ///< an improvement moved what need not have moved
    std::string cause;                  ///< the first fact that the plan before did not fit
    std::vector<slot> placed;           ///< new, or moved
    std::vector<operation_key> cleared; ///< no longer in the plan
    std::vector<left_out> unplanned;    ///< newly without a place, or for another reason
    std::vector<job_shift> shifted;     ///< work orders that end at another time
    std::vector<told_times> told;       ///< work orders to whom that matters
    std::vector<told_next> next;        ///< machines whose next operations are others now
    std::optional<objectives> worth;    ///< missing: not known
};
BOOST_DESCRIBE_STRUCT(planned, (), (number, at, how, cause, placed, cleared, unplanned, shifted, told, next, worth))

} // namespace takt::schedule
