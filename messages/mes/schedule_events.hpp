#pragma once

#include <boost/json/object.hpp>

#include "messages/mes/schedule_improvement.hpp"

/// What the schedule records.
namespace takt::schedule {

struct defined {
    static constexpr std::string_view doc = "Calendars and replanning were set.";
    static constexpr int version = 8; ///< fewer members before; the defaults hold
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    define definition;
};
BOOST_DESCRIBE_STRUCT(defined, (), (definition))

struct machine_registered {
    static constexpr std::string_view doc = "A machine can be planned.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"setup_matrix", "rated_power_kw"});
    static constexpr int version = 2; ///< 1 knew neither matrix nor power
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    machine_id machine;
    work_center_id work_center;
    int capacity = 1;
    std::vector<std::string> shifts; ///< keys; none: always
    std::string setup_family;
    std::string setup_matrix;
    double rated_power_kw = 0;
};
BOOST_DESCRIBE_STRUCT(machine_registered, (),
                      (machine, work_center, capacity, shifts, setup_family, setup_matrix, rated_power_kw))

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
    static constexpr int version = 2; ///< 1 knew no tools
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
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
