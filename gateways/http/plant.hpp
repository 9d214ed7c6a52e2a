#pragma once

#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/quantity.hpp"
#include "messages/ems/meter.hpp"
#include "messages/hrm/shift.hpp"
#include "messages/mes/constraints.hpp"

namespace takt::http {

struct plant_machine {
    machine_id key;
    std::string name, area;
    work_center_id work_center;
};
BOOST_DESCRIBE_STRUCT(plant_machine, (), (key, name, area, work_center))

/// What GET /api/v1/plant answers.
struct plant_facts {
    static constexpr std::string_view doc = "What all that looks at the plant must know: its name, the zone of its "
                                            "times, its time now, shifts and machines.";
    std::string name;
    std::string zone; ///< IANA name; empty: nothing is defined yet
    instant now;
    std::vector<std::string> areas; ///< each with a schedule of its own
    std::vector<hrm::shift_pattern> shifts;
    std::vector<std::string> holidays;
    std::vector<mes::power_cap> power_caps;
    std::vector<ems::tariff_window> tariff;
    std::vector<plant_machine> machines;
};
BOOST_DESCRIBE_STRUCT(plant_facts, (), (name, zone, now, areas, shifts, holidays, power_caps, tariff, machines))

/// What waits for what.
struct peg_row {
    static constexpr std::string_view doc = "A demand waits for this much of a supply.";
    entity_ref demand; ///< an order, or a work order that needs a component
    entity_ref supply; ///< a work order, purchase order or lot
    item_id item;
    takt::quantity quantity;
    int priority = 5;
    instant need_by;
    std::optional<instant> expected; ///< when the supply comes
};
BOOST_DESCRIBE_STRUCT(peg_row, (), (demand, supply, item, quantity, priority, need_by, expected))

struct pegging {
    static constexpr std::string_view doc =
        "Who waits for what: every demand with the supplies that it is pegged to, by item.";
    std::vector<peg_row> items;
};
BOOST_DESCRIBE_STRUCT(pegging, (), (items))

} // namespace takt::http
