#pragma once

#include "actors/kind.hpp"
#include "messages/eam/maintenance_order.hpp"
#include "messages/eam/maintenance_part.hpp"
#include "messages/wms/stock.hpp"

/// Its parts are reserved first; planned work then gets a time from the schedule, and when the machine is free for it,
/// or at once if it is a repair, somebody of the crew.
///
///     none --create--> waiting_parts --> planned --> waiting --assign--> assigned --start--> in_progress --> done
///                          |    ^----------´            ^                                        ^
///                          `---- a repair --------------´ `----------------- start --------------´
///                       (any but done) --cancel--> cancelled
namespace takt::maintenance_order {

/// Stock that is reserved.
struct reserved_stock {
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
    double unit_cost = 0;
};
BOOST_DESCRIBE_STRUCT(reserved_stock, (), (lot, bin, quantity, unit_cost))

struct part_line {
    item_id item;
    takt::quantity needed;
    std::vector<reserved_stock> reserved;
    std::optional<instant> promised; ///< of what is missing
    bool left_out = false;           ///< what is missing is not waited for
};
BOOST_DESCRIBE_STRUCT(part_line, (), (item, needed, reserved, promised, left_out))

struct state {
    order_status status = order_status::none;
    machine_id machine;
    std::string task;
    anomaly::severity priority = anomaly::severity::warning;
    entity_ref origin;
    std::optional<asset_id> asset;
    bool asset_asked = false; ///< and has not answered
    std::string plan;         ///< empty: a repair
    std::string skill;
    std::string area; ///< the schedule's
    milliseconds duration_ms{0};
    std::optional<instant> earliest, latest;         ///< its window
    std::optional<instant> planned_from, planned_to; ///< in the schedule
    bool downtime_open = false;                      ///< the schedule has been asked for a time
    std::optional<instant> stands_since;
    int urgency = 0;
    std::vector<part_line> parts;
    std::vector<item_id> missing; ///< that it waits for
    std::string person;
    std::string cause, remark;
    instant created_at;
    std::optional<instant> assigned_at, started_at, ended_at;
    double labour_rate_per_hour = 0, downtime_cost_per_hour = 0;
    milliseconds labour_ms{0}, downtime_ms{0};
    eam::cost cost;
    std::vector<eam::part> used;
    std::vector<wms::lot_amount> taking; ///< asked of their bins, which have not answered
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (status, machine, task, priority, origin, asset, asset_asked, plan, skill, area, duration_ms,
                       earliest, latest, planned_from, planned_to, downtime_open, stands_since, urgency, parts, missing,
                       person, cause, remark, created_at, assigned_at, started_at, ended_at, labour_rate_per_hour,
                       downtime_cost_per_hour, labour_ms, downtime_ms, cost, used, taking))

decision decide(const state&, const create&, const context&);
decision decide(const state&, const take_asset&, const context&);
decision decide(const state&, const take_downtime&, const context&);
decision decide(const state&, const decline_downtime&, const context&);
decision decide(const state&, const check_begin&, const context&);
decision decide(const state&, const assign&, const context&);
decision decide(const state&, const start&, const context&);
decision decide(const state&, const report_done&, const context&);
decision decide(const state&, const cancel&, const context&);
decision decide(const state&, const promise&, const context&);
decision decide(const state&, const allocate&, const context&);
decision decide(const state&, const withdraw&, const context&);
decision decide(const state&, const relocate&, const context&);
decision decide(const state&, const reject_demand&, const context&);
decision decide(const state&, const confirm_issue&, const context&);
decision decide(const state&, const decline_issue&, const context&);
decision decide(const state&, const add_part&, const context&);
decision decide(const state&, const waive_parts&, const context&);

void apply(state&, const created&);
void apply(state&, const asset_known&);
void apply(state&, const downtime_asked&);
void apply(state&, const downtime_set&);
void apply(state&, const postponed&);
void apply(state&, const released&);
void apply(state&, const assigned&);
void apply(state&, const started&);
void apply(state&, const done&);
void apply(state&, const cancelled&);
void apply(state&, const part_promised&);
void apply(state&, const part_reserved&);
void apply(state&, const part_withdrawn&);
void apply(state&, const part_relocated&);
void apply(state&, const part_left_out&);
void apply(state&, const part_added&);
void apply(state&, const part_consumed&);
void apply(state&, const part_not_found&);

struct kind {
    static constexpr std::string_view name = "maintenance_order";
    static constexpr std::string_view doc = "Work on a machine that somebody of the maintenance crew does.";
    using state = maintenance_order::state;
    using commands = types<create, take_asset, take_downtime, decline_downtime, check_begin, assign, start, report_done,
                           cancel, promise, allocate, withdraw, relocate, reject_demand, confirm_issue, decline_issue,
                           add_part, waive_parts>;
    using events = types<created, asset_known, downtime_asked, downtime_set, postponed, released, assigned, started,
                         done, cancelled, part_promised, part_reserved, part_withdrawn, part_relocated, part_left_out,
                         part_added, part_consumed, part_not_found>;
    using doors = types<start, report_done, cancel, add_part, waive_parts>;
};

} // namespace takt::maintenance_order
