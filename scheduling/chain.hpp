#pragma once

#include "scheduling/explain.hpp"
#include "scheduling/timetable.hpp"

namespace takt::scheduling {

/// The chain of explain.hpp for one placed operation.
std::vector<binding> binding_chain(const model& m, const timetable& t, int node);

} // namespace takt::scheduling
