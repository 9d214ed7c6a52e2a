#include "gateways/http/plant.hpp"

#include "actors/erp/material.hpp"
#include "actors/mes/machine.hpp"
#include "actors/mes/schedule.hpp"
#include "gateways/http/console.hpp"
#include "gateways/http/handlers.hpp"
#include "gateways/http/schedules.hpp"
#include "gateways/http/state_rows.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"

/// GET /api/v1/plant, GET /api/v1/pegging, and the console's own files.
namespace takt::http {
namespace {

plant_facts facts_of(runtime::node& node, std::string name)
{
    plant_facts facts;
    facts.name = std::move(name);
    facts.now = node.now();
    for (const auto& [area, plan] : schedules_of(node)) {
        facts.areas.push_back(area);
        facts.zone = plan.definition.zone;
        facts.shifts = plan.definition.shifts;
        facts.holidays = plan.definition.holidays;
        facts.power_caps = plan.definition.power_caps;
        facts.tariff = plan.definition.tariff;
    }
    each_state<machine::state>(node, "machine", [&](const std::string& key, const machine::state& m) {
        if (m.is_defined)
            facts.machines.push_back({machine_id(key), m.definition.name, m.definition.area, m.definition.work_center});
    });
    return facts;
}

pegging pegging_of(runtime::node& node)
{
    pegging all;
    each_state<material::state>(node, "material", [&](const std::string& key, const material::state& m) {
        for (const auto& [path, line] : m.demands)
            for (const auto& p : line.pegs) {
                const auto supply = m.supplies.find(p.supply.path());
                all.items.push_back({entity_ref(path), p.supply, item_id(key), p.quantity, line.priority, line.need_by,
                                     supply == m.supplies.end() ? std::nullopt : std::optional(supply->second.due)});
            }
    });
    return all;
}

} // namespace

answering get_plant(door& d, const request&)
{
    auto write = [&node = d.node, name = d.plant_name] { return to_json(facts_of(node, name)); };
    co_return json(200, co_await in_background(d, std::move(write))).with("Cache-Control", "no-cache");
}

answering get_pegging(door& d, const request&)
{
    auto write = [&node = d.node] { return to_json(pegging_of(node)); };
    co_return json(200, co_await in_background(d, std::move(write))).with("Cache-Control", "no-cache");
}

answering get_console(door& d, const request& r) { co_return d.pages->answer(r); }

} // namespace takt::http
