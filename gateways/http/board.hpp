#pragma once

#include "actors/mes/schedule.hpp"

namespace takt::http {

struct board_span {
    instant from, to;
};
BOOST_DESCRIBE_STRUCT(board_span, (), (from, to))

/// When those work who have these shifts, around now.
struct board_calendar {
    std::vector<std::string> shifts;
    std::vector<board_span> working; ///< none: always
};
BOOST_DESCRIBE_STRUCT(board_calendar, (), (shifts, working))

struct board_machine {
    machine_id machine;
    work_center_id work_center;
    int capacity = 1;
    std::vector<std::string> shifts;
    bool up = true;
    std::optional<instant> down_until;
    std::vector<schedule::downtime> downtimes;
};
BOOST_DESCRIBE_STRUCT(board_machine, (), (machine, work_center, capacity, shifts, up, down_until, downtimes))

struct board_person {
    operator_id person;
    std::vector<std::string> skills, shifts;
    bool present = false;
};
BOOST_DESCRIBE_STRUCT(board_person, (), (person, skills, shifts, present))

struct board_operation {
    std::string operation;
    mes::operation_status status = mes::operation_status::waiting;
    takt::quantity quantity; ///< still to process
    std::string setup_family;
    std::optional<machine_id> machine; ///< where it is, or is planned; missing: nowhere
    operator_id person;
    std::optional<instant> start, setup_end, end;
    std::string unplanned;         ///< why it has no place
    bool pinned = false;           ///< by a planner
    std::vector<machine_id> modes; ///< machines that can do it
};
BOOST_DESCRIBE_STRUCT(board_operation, (),
                      (operation, status, quantity, setup_family, machine, person, start, setup_end, end, unplanned,
                       pinned, modes))

struct board_job {
    work_order_id work_order;
    item_id item;
    instant due;
    int priority = 5;
    bool held = false;
    std::optional<instant> earliest; ///< its material is complete
    std::vector<board_operation> operations;
};
BOOST_DESCRIBE_STRUCT(board_job, (), (work_order, item, due, priority, held, earliest, operations))

/// What GET /api/v1/schedules/{area}/board answers.
struct board {
    static constexpr std::string_view doc =
        "The plan in force with all that a planning board draws: machines and people with their calendars and "
        "downtimes, the frozen zone, every operation by its work order, the next plan and what is offered.";
    std::int64_t number = 0;    ///< of the plan
    std::uint64_t revision = 0; ///< of the schedule
    instant now, planned_at;
    instant frozen_until;             ///< what starts before it stays while it can
    std::optional<instant> replan_at; ///< the plan no longer fits; it is mended then
    std::string replan_cause;
    std::vector<board_calendar> calendars; ///< of the sets of shifts that machines and people have
    std::vector<board_machine> machines;
    std::vector<board_person> people;
    std::vector<board_job> jobs;
    std::optional<schedule::objectives> worth;
    std::optional<schedule::improvement> offered;
};
BOOST_DESCRIBE_STRUCT(board, (),
                      (number, revision, now, planned_at, frozen_until, replan_at, replan_cause, calendars, machines,
                       people, jobs, worth, offered))

board board_of(const schedule::state& s, instant now);

} // namespace takt::http
