#pragma once

#include "messages/ems/meter.hpp"
#include "messages/hrm/shift.hpp"
#include "messages/mes/area.hpp"
#include "messages/mes/constraints.hpp"
#include "messages/mes/machine.hpp"
#include "messages/mes/objectives.hpp"
#include "messages/plm/routing.hpp"

/// schedule/<area>: the one finite-capacity plan that all of a scheduling area share. Machines, people and work orders
/// tell it what is the case; it replans a little later, tells work orders when they are planned, and dispatches what is
/// next.
namespace takt::schedule {

/// An operation as its work order announces it.
struct planned_operation {
    std::string operation;
    std::vector<plm::operation_mode> modes;
    std::string setup_family;
    bool batch = false;
    bool interruptible = true;
    mes::operation_status status = mes::operation_status::waiting;
    takt::quantity quantity;                 ///< still to process
    std::optional<milliseconds> within_ms{}; ///< begins at most so long after the end of the operation before
};
BOOST_DESCRIBE_STRUCT(planned_operation, (),
                      (operation, modes, setup_family, batch, interruptible, status, quantity, within_ms))

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

/// What becomes of a plan that would be better than the one in force: it takes its place, or a planner decides.
BOOST_DEFINE_ENUM_CLASS(improvement_policy, apply, offer)

/// How the plan is made and kept. Every member has a default that suits a job shop with shifts.
struct planning_rules {
    static constexpr auto defaulted = std::to_array<std::string_view>(
        {"replan_after_ms", "replan_interval_ms", "improve_interval_ms", "improve_iterations", "frozen_ms",
         "horizon_ms", "next_operations", "improvements", "released_tolerance_ms", "dispatching", "goal_by_rank",
         "shift_notice_ms", "shift_ahead_ms"});
    milliseconds replan_after_ms{5'000};         ///< facts are gathered for this long
    milliseconds replan_interval_ms{30'000};     ///< at least between two plans
    milliseconds improve_interval_ms{1'200'000}; ///< at least between two searches for a better plan
    int improve_iterations = 500;                ///< of such a search; 0: plans are only mended
    milliseconds frozen_ms{3'600'000};           ///< what starts sooner than this stays where it is while it can
    milliseconds horizon_ms{1'814'400'000};      ///< calendars reach this far: 3 weeks
    int next_operations = 3;                     ///< so many are told to each machine ahead of their dispatch
    improvement_policy improvements = improvement_policy::apply;
    milliseconds released_tolerance_ms{600'000}; ///< no improvement moves what the floor knows of by more
    schedule::dispatching dispatching = schedule::dispatching::plan;
    std::vector<goal_term> goal{};            ///< what a better plan is better in; none: see docs/scheduling.md
    bool goal_by_rank = false;                ///< the first counts, the next only between equals, and so on
    milliseconds shift_notice_ms{86'400'000}; ///< people are called in to an optional shift so long ahead, or longer
    milliseconds shift_ahead_ms{604'800'000}; ///< but by no more than this
};
BOOST_DESCRIBE_STRUCT(planning_rules, (),
                      (replan_after_ms, replan_interval_ms, improve_interval_ms, improve_iterations, frozen_ms,
                       horizon_ms, next_operations, improvements, released_tolerance_ms, dispatching, goal,
                       goal_by_rank, shift_notice_ms, shift_ahead_ms))

struct define : planning_rules {
    static constexpr std::string_view doc = "Door (planning): time zone, holidays and shifts of the plant.";
    static constexpr auto defaulted = std::to_array<std::string_view>(
        {"replan_after_ms", "replan_interval_ms", "improve_interval_ms", "improve_iterations", "frozen_ms",
         "horizon_ms", "next_operations", "improvements", "released_tolerance_ms", "dispatching", "goal_by_rank",
         "shift_notice_ms", "shift_ahead_ms", "base_price_per_kwh"});
    std::string zone;                  ///< IANA name: "Europe/Berlin"
    std::vector<std::string> holidays; ///< "2026-12-25", local
    std::vector<hrm::shift_pattern> shifts;
    std::vector<mes::setup_matrix> setup_matrices{};
    std::vector<mes::tool> tools{};
    std::vector<mes::transport_time> transport_times{};
    std::vector<mes::power_cap> power_caps{};
    std::vector<ems::tariff_window> tariff{};
    double base_price_per_kwh = 0; ///< outside all tariff windows
};
BOOST_DESCRIBE_STRUCT(define, (planning_rules),
                      (zone, holidays, shifts, setup_matrices, tools, transport_times, power_caps, tariff,
                       base_price_per_kwh))

struct register_machine {
    static constexpr std::string_view doc = "From machine: it is defined.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"setup_matrix", "rated_power_kw"});
    machine_id machine;
    work_center_id work_center;
    int capacity = 1;
    std::vector<std::string> shifts; ///< keys; none: always
    std::string setup_family;
    std::string setup_matrix;  ///< of the plant's
    double rated_power_kw = 0; ///< while it runs
};
BOOST_DESCRIBE_STRUCT(register_machine, (),
                      (machine, work_center, capacity, shifts, setup_family, setup_matrix, rated_power_kw))

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
    static constexpr std::string_view doc = "From asset, or door (maintenance): it is done.";
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

} // namespace takt::schedule
