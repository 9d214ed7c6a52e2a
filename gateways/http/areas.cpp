#include "gateways/http/areas.hpp"

#include <limits>
#include <set>

#include "messages/mes/area.hpp"

namespace takt::http {
namespace {

std::string area_in(const boost::json::object& machine)
{
    const auto* definition = machine.if_contains("definition");
    const auto* area = definition == nullptr ? nullptr : definition->as_object().if_contains("area");
    return area == nullptr ? std::string(mes::whole_plant) : std::string(area->as_string());
}

} // namespace

std::vector<std::string> areas_of(runtime::node& node)
{
    std::set<std::string> all;
    node.list("machine", {}, std::numeric_limits<std::size_t>::max(), [&](const runtime::row& machine) {
        all.insert(area_in(*machine.state));
        return false;
    });
    if (all.empty()) all.emplace(mes::whole_plant);
    return {all.begin(), all.end()};
}

std::optional<std::string> area_of(runtime::node& node, std::string_view machine)
{
    const auto row = node.find(entity_ref("machine", machine));
    if (!row) return std::nullopt;
    return area_in(*row->state);
}

} // namespace takt::http
