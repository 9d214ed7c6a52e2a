#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "gateways/equipment_link.hpp"

/// What a link reads out of a machine's state and events.
namespace takt::equipment {

struct machine_now {
    std::vector<assignment> jobs;
    std::optional<machine::control_order> control; ///< in force, and not confirmed yet
    bool down = false;
};

/// From a machine's state as JSON. The state of a machine that nobody has defined has no jobs.
checked<machine_now> read_machine(std::string_view state);

/// What an event of a machine tells its controller; nothing for the events that only report.
struct instruction {
    std::optional<assignment> run;
    std::optional<mes::run_ref> stop;
    std::optional<machine::control_order> control;
};

/// Nothing if the event cannot be read.
std::optional<instruction> read_instruction(const runtime::fact& f);

} // namespace takt::equipment
