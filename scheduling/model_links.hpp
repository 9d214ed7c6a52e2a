#pragma once

#include "scheduling/model.hpp"

namespace takt::scheduling {

/// Links nodes from `first` on with their predecessors, names those on cycles, finds which must be placed together, and
/// how urgent each is.
void link_nodes(model& m, std::size_t first);

} // namespace takt::scheduling
