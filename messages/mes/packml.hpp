#pragma once

#include "messages/core/describe.hpp"

/// The state model of machines after ISA-TR88.00.02 (PackML).
namespace takt::machine {

/// Acting states (starting, holding…) end by themselves. The numbers of StateCurrent are packml_number's.
BOOST_DEFINE_ENUM_CLASS(packml_state, stopped, idle, starting, execute, completing, complete, holding, held, suspended,
                        aborted, clearing, stopping, aborting, unholding, suspending, unsuspending, resetting)

/// What a controller can be told to do: the commands of PackML, and two that change no state. `resume` is unhold or
/// unsuspend, whichever the machine's state asks for.
BOOST_DEFINE_ENUM_CLASS(control_action, reset, start, stop, hold, unhold, suspend, unsuspend, abort, clear, resume,
                        set_point, download_recipe)

} // namespace takt::machine
