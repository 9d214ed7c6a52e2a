#pragma once

#include <cstdint>
#include <vector>

#include "messages/mes/packml.hpp"

/// Which command a machine takes in which state, after ISA-TR88.00.02 and its OPC UA companion (which holds from more
/// states than execute).
namespace takt::machine {

/// As StateCurrent: 1 clearing, 2 stopped, 3 starting, 4 idle … 17 complete.
int packml_number(packml_state s);
std::optional<packml_state> packml_of(std::int64_t number);
/// As CntrlCmd: 1 reset … 9 clear; 0 for what is no command of PackML.
int command_number(control_action a);
std::optional<control_action> command_of(std::int64_t number);

bool is_allowed(control_action a, packml_state from);
std::vector<packml_state> allowed_from(control_action a);

/// The state that shows that a command is done, and the acting state on the way there. Nothing for set_point and
/// download_recipe, which change no state.
struct way {
    packml_state acting, target;
};
std::optional<way> way_of(control_action a);

} // namespace takt::machine
