#pragma once

#include "messages/mes/schedule_events.hpp"

namespace takt::http {

/// One operation's bar in a Gantt chart.
struct gantt_row {
    static constexpr std::string_view doc = "One operation's bar in a Gantt chart.";
    work_order_id work_order;
    std::string operation;
    item_id item;
    machine_id machine;
    operator_id person;
    instant start, end;
    mes::operation_status status = mes::operation_status::waiting;
    takt::quantity quantity; ///< still to process
    instant due;             ///< of the work order
    std::string area;        ///< whose schedule has it
};
BOOST_DESCRIBE_STRUCT(gantt_row, (),
                      (work_order, operation, item, machine, person, start, end, status, quantity, due, area))

/// The plan that one area's schedule has in force.
struct area_plan {
    std::string area;
    std::int64_t number = 0;
    instant planned_at;
};
BOOST_DESCRIBE_STRUCT(area_plan, (), (area, number, planned_at))

/// What GET /api/v1/schedule answers.
struct schedule_rows {
    static constexpr std::string_view doc = "The plan in force, by start, then machine.";
    std::int64_t number = 0; ///< of the plan; with several areas, the sum of theirs
    instant planned_at;      ///< the latest of them
    std::vector<area_plan> areas;
    std::vector<gantt_row> items;
    std::vector<schedule::left_out> unplanned; ///< with the reason why
};
BOOST_DESCRIBE_STRUCT(schedule_rows, (), (number, planned_at, areas, items, unplanned))

} // namespace takt::http
