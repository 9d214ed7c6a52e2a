#pragma once

#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/quantity.hpp"
#include "messages/qms/inspection_plan.hpp"

/// How a product is made: what goes in, and in which steps.
namespace takt::plm {

/// One component of a product.
struct bom_line {
    item_id item;
    quantity quantity_per; ///< units of the component for one piece
};
BOOST_DESCRIBE_STRUCT(bom_line, (), (item, quantity_per))

/// One way to do an operation.
struct operation_mode {
    static constexpr auto defaulted = std::to_array<std::string_view>({"skill", "setup_time_ms", "tool"});
    machine_id machine;
    std::string skill;             ///< of the operator; empty: runs unattended, as batch steps always do
    milliseconds setup_time_ms{0}; ///< when the machine's setup family changes
    milliseconds run_time_ms{0};   ///< per piece; for a batch step per run, whatever is in it
    std::string tool{};            ///< in use all the while; empty: none that is scarce
};
BOOST_DESCRIBE_STRUCT(operation_mode, (), (machine, skill, setup_time_ms, run_time_ms, tool))

/// One operation of a routing; the next begins when this one is done and, if it has a plan, inspected.
struct routing_step {
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"name", "work_center", "setup_family", "batch", "interruptible"});
    std::string operation; ///< unique in the routing: "10", "20"
    std::string name;      ///< "hob teeth"
    work_center_id work_center;
    std::vector<operation_mode> modes; ///< alternatives; the schedule chooses
    std::string setup_family;
    bool batch = false;        ///< several work orders of one family may share a run (furnace)
    bool interruptible = true; ///< may stop at the end of a shift
    std::optional<qms::inspection_plan> inspection;
    std::optional<milliseconds> within_ms{}; ///< begins at most so long after the end of the operation before
    std::vector<std::string> rework{};       ///< operations that rejected pieces go through again; none: this one
};
BOOST_DESCRIBE_STRUCT(routing_step, (),
                      (operation, name, work_center, modes, setup_family, batch, interruptible, inspection, within_ms,
                       rework))

} // namespace takt::plm
