#pragma once

#include <set>

#include "gateways/plant/plant_file.hpp"
#include "tests/support.hpp"

namespace takt::test {

/// Gearworks with a schedule for the parts and one for the gear units.
inline plant::file gearworks_in_two_areas()
{
    auto f = plant::load(source_path("plants/gearworks.json")).value();
    const std::set<std::string> units = {"assembly", "test", "packing"};
    f.areas = {{"machining", "Parts"}, {"assembly", "Gear units"}};
    for (auto& w : f.work_centers) w.area = units.contains(w.key.text) ? "assembly" : "machining";
    for (auto& one : f.operators) {
        const auto assembles = std::any_of(one.skills.begin(), one.skills.end(), [](const std::string& s) {
            return s == "assembly" || s == "packing" || s == "inspection";
        });
        one.area = assembles ? "assembly" : "machining";
    }
    for (auto& c : f.power_caps) c.area = "machining";
    return f;
}

} // namespace takt::test
