#pragma once

#include <functional>

#include "scheduling/build.hpp"

namespace takt::scheduling {

/// A plan in force by the numbers of a model: the assignment of each node, or null. Refers to the plan.
std::vector<const assignment*> by_node(const model& m, const plan_result& plan);

/// Nodes with a place in the plan by their start, then the others by urgency: who had its material keeps it.
std::vector<int> by_start(const model& m, const std::vector<const assignment*>& places);

/// Books what still holds of a plan, where it stands: first what starts in the frozen window, then by start. What is
/// pinned elsewhere, has other times by now, or is in the way of what came before it stays open. Precedence is not
/// looked at. What runs now must be booked already.
void book_what_holds(const model& m, builder& b, const std::vector<const assignment*>& places);

} // namespace takt::scheduling
