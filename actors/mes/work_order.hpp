#pragma once

#include "actors/kind.hpp"
#include "messages/mes/work_order.hpp"
#include "messages/mes/work_order_quarantine.hpp"

/// A work order asks the ledgers for its components, is staged when the kit is complete, goes through its operations
/// as the schedule dispatches them, and ends as a lot. Pieces balance at every operation:
/// quantity = good + scrap + still to do, and the next operation's quantity is the good of the one before.
///
///     waiting_material --kit complete--> released --all picked--> staged --first set-up--> in_progress --> completed
///            ^───────────stock withdrawn────┘──────────────────────┘
///     operation: waiting -> ready -> dispatched -> setup -> running -> (inspecting ->) done
///                             ^──────run ended early, or given back─────┘
namespace takt::work_order {

struct component {
    item_id item;
    takt::quantity required;
    std::optional<instant> promised;
};
BOOST_DESCRIBE_STRUCT(component, (), (item, required, promised))

struct operation {
    std::string key, name;
    work_center_id work_center;
    std::vector<plm::operation_mode> modes;
    std::string setup_family;
    bool batch = false;
    bool interruptible = true;
    std::optional<qms::inspection_plan> inspection;
    std::optional<milliseconds> within_ms; ///< of the end of the operation before
    std::vector<std::string> rework_route; ///< of its rejected pieces; empty: itself
    bool rework = false;
    mes::operation_status status = mes::operation_status::waiting;
    takt::quantity quantity, good, scrap;
    std::int64_t run_good = 0, run_scrap = 0; ///< of the run under way
    std::int64_t run = 0;                     ///< the latest
    machine_id machine;                       ///< of the latest run
    operator_id person;
    std::optional<instant> started, ended;
    milliseconds setup_ms{0}, run_ms{0}, labour_ms{0};
    double energy_kwh = 0;
    inspection_id inspected_by; ///< while inspecting
    bool rejected = false;      ///< and waits until it is said what becomes of its pieces
};
BOOST_DESCRIBE_STRUCT(operation, (),
                      (key, name, work_center, modes, setup_family, batch, interruptible, inspection, within_ms,
                       rework_route, rework, status, quantity, good, scrap, run_good, run_scrap, run, machine, person,
                       started, ended, setup_ms, run_ms, labour_ms, energy_kwh, inspected_by, rejected))

struct state {
    work_order_status status = work_order_status::none;
    item_id item;
    takt::quantity quantity; ///< pieces started
    takt::quantity good;     ///< in the end
    takt::quantity scrap;    ///< of all operations so far
    instant due;
    int priority = 5;
    std::string revision;
    std::string area{mes::whole_plant}; ///< whose schedule plans it
    bool held = false;
    bool held_before = false; ///< its quarantine
    std::string quarantine;   ///< the case that has stopped it; empty: none
    std::string reason;       ///< of a hold, a cancellation, or why it cannot go on
    std::optional<instant> planned_start, planned_end;
    std::optional<lot_id> lot;
    std::vector<component> components;
    std::vector<wms::lot_amount> to_pick; ///< set aside, still in the warehouse
    std::vector<wms::lot_amount> picking; ///< on the way to the line
    std::vector<wms::lot_amount> revoked; ///< on the way, but withdrawn meanwhile
    std::vector<wms::lot_amount> staged;  ///< at the line
    std::vector<wms::parent_lot> consumed;
    std::vector<wms::parent_lot> revoked_used; ///< of them, withdrawn meanwhile
    std::string scrap_due; ///< the non-conformance by which all is thrown away once the run under way has ended
    std::vector<operation> operations;
    bin_id staging_bin, output_bin;
    instant created_at;
    std::optional<instant> completed_at;
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (status, item, quantity, good, scrap, due, priority, revision, area, held, held_before,
                       quarantine, reason, planned_start, planned_end, lot, components, to_pick, picking, revoked,
                       staged, consumed, revoked_used, scrap_due, operations, staging_bin, output_bin, created_at,
                       completed_at))

decision decide(const state&, const create&, const context&);
decision decide(const state&, const promise&, const context&);
decision decide(const state&, const allocate&, const context&);
decision decide(const state&, const withdraw&, const context&);
decision decide(const state&, const relocate&, const context&);
decision decide(const state&, const reject_demand&, const context&);
decision decide(const state&, const confirm_pick&, const context&);
decision decide(const state&, const confirm_staged&, const context&);
decision decide(const state&, const confirm_issue&, const context&);
decision decide(const state&, const decline_issue&, const context&);
decision decide(const state&, const plan_times&, const context&);
decision decide(const state&, const note_dispatched&, const context&);
decision decide(const state&, const note_started&, const context&);
decision decide(const state&, const note_running&, const context&);
decision decide(const state&, const note_progress&, const context&);
decision decide(const state&, const note_ended&, const context&);
decision decide(const state&, const book_labour&, const context&);
decision decide(const state&, const take_inspection&, const context&);
decision decide(const state&, const quarantine&, const context&);
decision decide(const state&, const lift_quarantine&, const context&);
decision decide(const state&, const report_origin&, const context&);
decision decide(const state&, const take_disposition&, const context&);
decision decide(const state&, const check_staged&, const context&);
decision decide(const state&, const hold&, const context&);
decision decide(const state&, const resume&, const context&);
decision decide(const state&, const prioritise&, const context&);
decision decide(const state&, const split&, const context&);
decision decide(const state&, const cancel&, const context&);

void apply(state&, const created&);
void apply(state&, const component_promised&);
void apply(state&, const component_unknown&);
void apply(state&, const allocated&);
void apply(state&, const withdrawn&);
void apply(state&, const relocated&);
void apply(state&, const released&);
void apply(state&, const kit_broken&);
void apply(state&, const pick_confirmed&);
void apply(state&, const pick_declined&);
void apply(state&, const component_staged&);
void apply(state&, const kit_staged&);
void apply(state&, const times_planned&);
void apply(state&, const operation_ready&);
void apply(state&, const operation_dispatched&);
void apply(state&, const operation_started&);
void apply(state&, const operation_running&);
void apply(state&, const components_consumed&);
void apply(state&, const operation_progressed&);
void apply(state&, const run_ended&);
void apply(state&, const inspection_requested&);
void apply(state&, const inspection_taken&);
void apply(state&, const rework_added&);
void apply(state&, const pieces_scrapped&);
void apply(state&, const operation_done&);
void apply(state&, const labour_booked&);
void apply(state&, const completed&);
void apply(state&, const work_order::held&);
void apply(state&, const resumed&);
void apply(state&, const quarantined&);
void apply(state&, const quarantine_lifted&);
void apply(state&, const conceded&);
void apply(state&, const scrap_due&);
void apply(state&, const consumption_declined&);
void apply(state&, const withdrawn_late&);
void apply(state&, const prioritised&);
void apply(state&, const split_off&);
void apply(state&, const cancelled&);

struct kind {
    static constexpr std::string_view name = "work_order";
    static constexpr std::string_view doc = "An amount of one product on its way through the plant.";
    using state = work_order::state;
    using commands = types<create, promise, allocate, withdraw, relocate, reject_demand, confirm_pick, confirm_staged,
                           confirm_issue, decline_issue, plan_times, note_dispatched, note_started, note_running,
                           note_progress, note_ended, book_labour, take_inspection, hold, resume, prioritise, split,
                           cancel, quarantine, lift_quarantine, report_origin, take_disposition, check_staged>;
    using events =
        types<created, component_promised, component_unknown, allocated, withdrawn, relocated, released, kit_broken,
              pick_confirmed, pick_declined, component_staged, kit_staged, times_planned, operation_ready,
              operation_dispatched, operation_started, operation_running, components_consumed, operation_progressed,
              run_ended, inspection_requested, inspection_taken, rework_added, pieces_scrapped, operation_done,
              labour_booked, completed, work_order::held, resumed, prioritised, split_off, cancelled, quarantined,
              quarantine_lifted, conceded, work_order::scrap_due, consumption_declined, withdrawn_late>;
    using doors = types<confirm_pick, hold, resume, prioritise, split, cancel>;
};

} // namespace takt::work_order
