#pragma once

#include "actors/mes/schedule.hpp"

namespace takt::http {

/// What an operation still waits for before it can begin.
struct obstacle {
    static constexpr std::string_view doc = "What an operation still waits for.";
    /// "held", "material", "picking", "operation", "returned", "machine_down", "maintenance", "machine_busy", "shift",
    /// "operator", "tool", "power", "transport"
    std::string reason;
    std::string subject; ///< operation, machine or person
    std::optional<instant> until;
};
BOOST_DESCRIBE_STRUCT(obstacle, (), (reason, subject, until))

struct running_row {
    static constexpr std::string_view doc = "What the machine has got.";
    work_order_id work_order;
    std::string operation;
    item_id item;
    takt::quantity quantity; ///< still to process
    operator_id person;
    mes::operation_status status = mes::operation_status::dispatched;
    instant since, expected_end;
};
BOOST_DESCRIBE_STRUCT(running_row, (), (work_order, operation, item, quantity, person, status, since, expected_end))

struct dispatch_row {
    static constexpr std::string_view doc = "What is planned next.";
    work_order_id work_order;
    std::string operation;
    item_id item;
    takt::quantity quantity;
    operator_id person; ///< empty: unattended
    std::string setup_family;
    instant start, setup_end, end; ///< as planned
    instant due;                   ///< of the work order
    int priority = 5;
    bool material_ready = false;     ///< the kit lies at the line, or the work is begun
    std::vector<obstacle> waits_for; ///< empty: it can begin now
};
BOOST_DESCRIBE_STRUCT(dispatch_row, (),
                      (work_order, operation, item, quantity, person, setup_family, start, setup_end, end, due,
                       priority, material_ready, waits_for))

/// What GET /api/v1/machines/{key}/dispatch_list answers.
struct dispatch_list {
    static constexpr std::string_view doc = "What a machine does and what is next, in the order of the plan.";
    machine_id machine;
    bool up = true;
    std::int64_t plan = 0; ///< its number
    std::vector<running_row> running;
    std::vector<dispatch_row> next;
};
BOOST_DESCRIBE_STRUCT(dispatch_list, (), (machine, up, plan, running, next))

/// Nothing if the schedule does not know the machine.
std::optional<dispatch_list> dispatch_list_of(const schedule::state& s, const machine_id& machine, instant now);

} // namespace takt::http
