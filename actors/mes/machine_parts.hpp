#pragma once

#include "actors/mes/machine.hpp"

/// What the files of machine/… share.
namespace takt::machine {

/// Ends the control that is in force if this state of the controller shows that it is done, or can no longer be.
void follow_control(decision& d, const state& s, packml_state now, const context& about);

/// The job goes back to the schedule; of a begun one, what was made counts.
void give_back(decision& d, const state& s, const job& j, const std::string& reason, const context& about);

/// If a case waits for the first piece since the machine was released, and this job has made one more, it is told.
void tell_first_piece(decision& d, const state& s, const job& j, std::int64_t pieces, const context& about);

} // namespace takt::machine
