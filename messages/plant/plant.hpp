#pragma once

#include "messages/anomaly/playbook.hpp"
#include "messages/eam/asset.hpp"
#include "messages/ems/meter.hpp"
#include "messages/hrm/shift.hpp"
#include "messages/mes/constraints.hpp"
#include "messages/mes/machine.hpp"
#include "messages/mes/schedule.hpp"
#include "messages/plant/feeds.hpp"
#include "messages/plm/routing.hpp"

/// A whole plant as it stands in a plant file: plants/gearworks.json, explained in docs/plant.md. Sections refer to
/// each other by key. Durations are milliseconds and say so in their names; power is kW; money is one currency.
namespace takt::plant {

struct area {
    static constexpr std::string_view doc = "A part of the plant that has a schedule of its own.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"name"});
    std::string key;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(area, (), (key, name))

struct work_center {
    static constexpr std::string_view doc = "Machines that do the same kind of work.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"area"});
    work_center_id key;
    std::string name;
    std::string area{mes::whole_plant};
};
BOOST_DESCRIBE_STRUCT(work_center, (), (key, name, area))

struct skill {
    static constexpr std::string_view doc = "What an operator may be qualified for.";
    std::string key;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(skill, (), (key, name))

struct machine_behaviour {
    static constexpr std::string_view doc = "How the machine really is; only the simulator reads it.";
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"run_time_spread", "scrap_rate", "time_between_failures_ms", "failure_shape",
                                         "time_to_repair_ms", "idle_power_kw"});
    double run_time_spread = 0.05;                      ///< standard deviation as a share of the planned time
    double scrap_rate = 0.005;                          ///< share of pieces, 0 to 0.5
    milliseconds time_between_failures_ms{720'000'000}; ///< mean, of running time
    double failure_shape = 1.3;                         ///< Weibull: above 1 wears out
    milliseconds time_to_repair_ms{2'700'000};          ///< mean
    double idle_power_kw = 0.5;
};
BOOST_DESCRIBE_STRUCT(machine_behaviour, (),
                      (run_time_spread, scrap_rate, time_between_failures_ms, failure_shape, time_to_repair_ms,
                       idle_power_kw))

struct machine {
    static constexpr std::string_view doc = "A machine or a work place. Without shifts it is available always.";
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"capacity", "rated_power_kw", "setup_matrix", "behaviour"});
    machine_id key;
    std::string name;
    work_center_id work_center;
    int capacity = 1;          ///< work orders in one batch run (furnace)
    double rated_power_kw = 1; ///< while running
    std::string setup_matrix;  ///< key; none: the steps' own setup times hold
    std::vector<std::string> shifts;
    std::vector<takt::machine::limit> limits; ///< telemetry outside of them raises an alarm
    std::vector<scada::detector> detectors;   ///< what else is watched for
    std::vector<scada::computed_tag> computed;
    machine_behaviour behaviour;
};
BOOST_DESCRIBE_STRUCT(machine, (),
                      (key, name, work_center, capacity, rated_power_kw, setup_matrix, shifts, limits, detectors,
                       computed, behaviour))

struct person {
    static constexpr std::string_view doc = "An operator.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"team", "area"});
    operator_id key;
    std::string name;
    std::string team;
    std::vector<std::string> skills;
    std::vector<std::string> shifts;
    std::string area{mes::whole_plant};
};
BOOST_DESCRIBE_STRUCT(person, (), (key, name, team, skills, shifts, area))

struct asset {
    static constexpr std::string_view doc =
        "A thing that is maintained: a machine, what it consists of, where it stands.";
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"name", "machine", "level", "criticality", "life", "downtime_cost_per_hour"});
    asset_id key;
    std::string name;
    machine_id machine; ///< empty: above or below machines
    eam::asset_level level = eam::asset_level::unit;
    std::optional<asset_id> parent; ///< that it is a part of
    eam::criticality criticality = eam::criticality::medium;
    eam::life_state life = eam::life_state::in_service; ///< when the plant begins
    std::vector<eam::maintenance_plan> maintenance;
    std::vector<eam::spare> spares;    ///< what its faults need
    double downtime_cost_per_hour = 0; ///< while its machine stands for maintenance
    std::optional<eam::expected_life> expected_life;
};
BOOST_DESCRIBE_STRUCT(asset, (),
                      (key, name, machine, level, parent, criticality, life, maintenance, spares,
                       downtime_cost_per_hour, expected_life))

struct meter {
    static constexpr std::string_view doc = "An electricity meter of a machine.";
    meter_id key;
    machine_id machine;
};
BOOST_DESCRIBE_STRUCT(meter, (), (key, machine))

struct supplier_behaviour {
    static constexpr std::string_view doc = "How the supplier really is; only the simulator reads it.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"late_share", "short_share", "defect_rate"});
    double late_share = 0.05;   ///< share of deliveries that come late
    double short_share = 0.02;  ///< share of deliveries that miss something
    double defect_rate = 0.002; ///< share of delivered units
};
BOOST_DESCRIBE_STRUCT(supplier_behaviour, (), (late_share, short_share, defect_rate))

struct supplier {
    static constexpr std::string_view doc = "Who delivers bought materials.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"behaviour"});
    supplier_id key;
    std::string name;
    milliseconds lead_time_ms{0}; ///< from order to dock
    supplier_behaviour behaviour;
};
BOOST_DESCRIBE_STRUCT(supplier, (), (key, name, lead_time_ms, behaviour))

struct bin {
    static constexpr std::string_view doc = "A place in the warehouse or at the line.";
    bin_id key;
    std::string zone; ///< "receiving", "raw", "line", "parts", "finished", "quarantine"
};
BOOST_DESCRIBE_STRUCT(bin, (), (key, zone))

struct opening_lot {
    static constexpr std::string_view doc = "Stock that is there when the plant begins.";
    lot_id lot;
    takt::quantity quantity;
    bin_id bin;
    std::optional<instant> expiry;
};
BOOST_DESCRIBE_STRUCT(opening_lot, (), (lot, quantity, bin, expiry))

struct planning {
    static constexpr std::string_view doc = "How much of an item is ordered at once. 0: no such rule.";
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"safety_stock", "lot_minimum", "lot_multiple", "lot_maximum"});
    quantity safety_stock, lot_minimum, lot_multiple, lot_maximum;
};
BOOST_DESCRIBE_STRUCT(planning, (), (safety_stock, lot_minimum, lot_multiple, lot_maximum))

struct material {
    static constexpr std::string_view doc = "A bought item.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"unit", "unit_cost", "inspection", "planning"});
    item_id key;
    std::string name;
    std::string unit = "pcs";
    supplier_id supplier;
    std::optional<milliseconds> lead_time_ms; ///< missing: the supplier's
    double unit_cost = 0;
    bin_id receiving_bin;
    std::string inspection; ///< key of the plan for deliveries; empty: none
    takt::plant::planning planning;
    std::vector<opening_lot> stock;
    std::vector<supplier_id> alternative_suppliers{}; ///< who else sells it, the best first
};
BOOST_DESCRIBE_STRUCT(material, (),
                      (key, name, unit, supplier, lead_time_ms, unit_cost, receiving_bin, inspection, planning, stock,
                       alternative_suppliers))

struct routing_step {
    static constexpr std::string_view doc = "One operation; the next begins when it is done and inspected.";
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"setup_family", "batch", "interruptible", "inspection"});
    std::string operation; ///< unique in the routing: "10", "20"
    std::string name;
    work_center_id work_center;
    std::string setup_family;
    bool batch = false;
    bool interruptible = true;
    std::string inspection; ///< key of a plan; empty: none
    std::vector<plm::operation_mode> modes;
    std::optional<milliseconds> within_ms{}; ///< begins at most so long after the end of the step before
    std::vector<std::string> rework{};       ///< operations that rejected pieces go through again; none: this one
};
BOOST_DESCRIBE_STRUCT(routing_step, (),
                      (operation, name, work_center, setup_family, batch, interruptible, inspection, modes, within_ms,
                       rework))

struct product {
    static constexpr std::string_view doc = "An item that is made: sold to customers, or a part of others.";
    static constexpr auto defaulted = std::to_array<std::string_view>(
        {"finished", "revision", "unit", "unit_cost", "lead_time_ms", "scrap_allowance", "planning"});
    item_id key;
    std::string name;
    bool finished = false;
    std::string revision = "A";
    std::string unit = "pcs";
    double unit_cost = 0;
    milliseconds lead_time_ms{0}; ///< usual time from order to stock, until the schedule knows better
    double scrap_allowance = 0;   ///< 0 to 0.5
    bin_id staging_bin;           ///< line-side
    bin_id output_bin;
    takt::plant::planning planning;
    std::vector<plm::bom_line> bom;
    std::vector<routing_step> routing;
    std::vector<opening_lot> stock;
};
BOOST_DESCRIBE_STRUCT(product, (),
                      (key, name, finished, revision, unit, unit_cost, lead_time_ms, scrap_allowance, staging_bin,
                       output_bin, planning, bom, routing, stock))

struct playbook {
    static constexpr std::string_view doc = "What is done about one kind of case, instead of the built-in playbook.";
    std::string kind; ///< "machine_fault"
    takt::playbook::define what;
};
BOOST_DESCRIBE_STRUCT(playbook, (), (kind, what))

struct customer {
    static constexpr std::string_view doc = "Who orders.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"country"});
    customer_id key;
    std::string name;
    std::string country;
};
BOOST_DESCRIBE_STRUCT(customer, (), (key, name, country))

struct demand {
    static constexpr std::string_view doc = "What customers order of one product; only the simulator reads it.";
    item_id product;
    double share = 1; ///< weight among all demands
    int quantity_minimum = 1, quantity_maximum = 1;
};
BOOST_DESCRIBE_STRUCT(demand, (), (product, share, quantity_minimum, quantity_maximum))

/// Where the plant gets its power from, and what it may draw there.
struct grid_connection {
    static constexpr std::string_view doc =
        "A connection to the power grid, with the demand that is not to be exceeded.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"window_ms", "area"});
    std::string key;
    double limit_kw = 0;             ///< mean power of a window
    milliseconds window_ms{900'000}; ///< as it is billed
    std::string area{mes::whole_plant};
};
BOOST_DESCRIBE_STRUCT(grid_connection, (), (key, limit_kw, window_ms, area))

struct file {
    static constexpr std::string_view doc = "A plant: everything that a node is told about it when it begins.";
    static constexpr auto defaulted = std::to_array<std::string_view>(
        {"maintenance_rate_per_hour", "base_price_per_kwh", "scheduling", "orders_per_day", "feeds"});
    std::string name;
    std::string time_zone;             ///< IANA name
    std::vector<std::string> holidays; ///< local dates, "2026-12-25"
    std::vector<hrm::shift_pattern> shifts;
    std::vector<area> areas; ///< none: the whole plant has one schedule
    std::vector<skill> skills;
    std::vector<work_center> work_centers;
    std::vector<machine> machines;
    std::vector<person> operators;
    std::vector<asset> assets;
    double maintenance_rate_per_hour = 0; ///< of labour
    std::vector<meter> meters;
    std::vector<grid_connection> grid_connections;
    std::vector<mes::setup_matrix> setup_matrices;
    std::vector<mes::tool> tools;
    std::vector<mes::transport_time> transport_times;
    double base_price_per_kwh = 0; ///< outside of all tariff windows
    std::vector<ems::tariff_window> tariff;
    std::vector<mes::power_cap> power_caps;
    schedule::planning_rules scheduling;
    std::vector<supplier> suppliers;
    std::vector<bin> bins;
    std::vector<qms::inspection_plan> inspection_plans;
    std::vector<material> materials;
    std::vector<product> products;
    std::vector<customer> customers;
    std::vector<playbook> playbooks;
    std::vector<takt::plant::demand> demand; ///< for the simulator
    double orders_per_day = 40;              ///< for the simulator
    takt::plant::feeds feeds;                ///< the data dictionary
};
BOOST_DESCRIBE_STRUCT(file, (),
                      (name, time_zone, holidays, shifts, areas, skills, work_centers, machines, operators, assets,
                       maintenance_rate_per_hour, meters, grid_connections, setup_matrices, tools, transport_times,
                       base_price_per_kwh, tariff, power_caps, scheduling, suppliers, bins, inspection_plans, materials,
                       products, customers, playbooks, demand, orders_per_day, feeds))

} // namespace takt::plant
