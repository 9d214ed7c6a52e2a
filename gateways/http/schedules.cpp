#include "gateways/http/schedules.hpp"

#include "gateways/http/areas.hpp"
#include "gateways/http/state_reader.hpp"

namespace takt::http {

std::vector<std::pair<std::string, schedule::state>> schedules_of(runtime::node& node)
{
    std::vector<std::pair<std::string, schedule::state>> all;
    if (node.kinds().find("schedule") == nullptr) return all;
    const auto state_of = states_of(node);
    for (const auto& area : areas_of(node)) {
        auto plan = read_state<schedule::state>(state_of, entity_ref("schedule", area));
        if (plan && plan->is_defined) all.emplace_back(area, std::move(*plan));
    }
    return all;
}

} // namespace takt::http
