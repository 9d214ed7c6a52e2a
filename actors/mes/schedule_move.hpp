#pragma once

#include "actors/mes/schedule_parts.hpp"

/// Operations that a planner moves by hand: tried on a copy of the plan, then done.
namespace takt::schedule {

/// A plan with one operation at another place.
struct tried_move {
    move_effect effect;
    state after;               ///< with the operation pinned
    planning_task task;        ///< of that
    scheduling::repaired next; ///< if it is feasible
};

/// What would become of the plan. Changes nothing; takes as long as a repair.
tried_move try_move(const state& s, const move& what, instant now);

} // namespace takt::schedule
