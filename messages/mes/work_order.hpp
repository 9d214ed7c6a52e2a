#pragma once

#include <boost/json/object.hpp>

#include "messages/mes/area.hpp"
#include "messages/mes/job.hpp"
#include "messages/plm/routing.hpp"
#include "messages/wms/stock.hpp"

/// work_order/<key>: an amount of one product on its way through the plant.
namespace takt::work_order {

BOOST_DEFINE_ENUM_CLASS(work_order_status,
                        none,             //
                        waiting_material, // not all components are set aside
                        released,         // complete kit set aside: to be picked
                        staged,           // kit lies at the line; the first operation may be dispatched
                        in_progress,      //
                        completed,        //
                        cancelled)

struct create {
    static constexpr std::string_view doc = "From product: make this, in this way.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"area"});
    item_id item;
    takt::quantity quantity; ///< pieces to start with
    instant due;
    int priority = 5;
    std::string revision;
    std::vector<plm::bom_line> bom;
    std::vector<plm::routing_step> routing;
    bin_id staging_bin, output_bin;
    std::string area{mes::whole_plant}; ///< whose schedule plans it
};
BOOST_DESCRIBE_STRUCT(create, (),
                      (item, quantity, due, priority, revision, bom, routing, staging_bin, output_bin, area))

struct promise {
    static constexpr std::string_view doc = "From material: when a component is expected to be complete.";
    item_id item;
    instant date;
};
BOOST_DESCRIBE_STRUCT(promise, (), (item, date))

struct allocate {
    static constexpr std::string_view doc = "From material: this stock is the work order's.";
    item_id item;
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(allocate, (), (item, lot, bin, quantity))

struct withdraw {
    static constexpr std::string_view doc =
        "From material: this stock is the work order's no more, unless used already.";
    item_id item;
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(withdraw, (), (item, lot, bin, quantity))

struct relocate {
    static constexpr std::string_view doc = "From material: allocated stock now lies in another bin.";
    item_id item;
    lot_id lot;
    bin_id from, to;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(relocate, (), (item, lot, from, to, quantity))

struct reject_demand {
    static constexpr std::string_view doc = "From material: nobody knows this component.";
    item_id item;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(reject_demand, (), (item, reason))

struct confirm_pick {
    static constexpr std::string_view doc = "Door (warehouse): has taken this lot from this bin to the line. The wrong "
                                            "lot or bin is refused.";
    lot_id lot;
    bin_id bin;
    std::optional<takt::quantity> quantity; ///< missing: all of the pick list's line
};
BOOST_DESCRIBE_STRUCT(confirm_pick, (), (lot, bin, quantity))

struct confirm_staged {
    static constexpr std::string_view doc = "From bin at the line: picked stock has arrived.";
    lot_id lot;
    bin_id from;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(confirm_staged, (), (lot, from, quantity))

struct confirm_issue {
    static constexpr std::string_view doc = "From bin: taken out of the bin.";
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
    std::int64_t request = 0;
};
BOOST_DESCRIBE_STRUCT(confirm_issue, (), (lot, bin, quantity, request))

struct decline_issue {
    static constexpr std::string_view doc = "From bin: not there, not free or held; the pick is open again.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"held"});
    lot_id lot;
    bin_id bin;
    takt::quantity quantity, available;
    std::int64_t request = 0;
    bool held = false; ///< the lot is
};
BOOST_DESCRIBE_STRUCT(decline_issue, (), (lot, bin, quantity, available, request, held))

struct plan_times {
    static constexpr std::string_view doc = "From schedule: when it is planned to be made.";
    instant start, end;
};
BOOST_DESCRIBE_STRUCT(plan_times, (), (start, end))

struct note_dispatched {
    static constexpr std::string_view doc = "From machine: an operation was given to it.";
    mes::run_ref job;
    machine_id machine;
    operator_id person;
};
BOOST_DESCRIBE_STRUCT(note_dispatched, (), (job, machine, person))

struct note_started {
    static constexpr std::string_view doc = "From machine: set-up has begun.";
    mes::run_ref job;
    instant at;
};
BOOST_DESCRIBE_STRUCT(note_started, (), (job, at))

struct note_running {
    static constexpr std::string_view doc = "From machine: set-up is done.";
    mes::run_ref job;
    instant at;
};
BOOST_DESCRIBE_STRUCT(note_running, (), (job, at))

struct note_progress {
    static constexpr std::string_view doc = "From machine: pieces of this run so far.";
    mes::run_ref job;
    std::int64_t good = 0, scrap = 0;
};
BOOST_DESCRIBE_STRUCT(note_progress, (), (job, good, scrap))

struct note_ended {
    static constexpr std::string_view doc = "From machine: the run ended, complete or not, or was given back unbegun.";
    mes::run_ref job;
    std::int64_t good = 0, scrap = 0;
    milliseconds setup_ms{0}, run_ms{0};
    std::optional<double> energy_kwh;
    instant at;
};
BOOST_DESCRIBE_STRUCT(note_ended, (), (job, good, scrap, setup_ms, run_ms, energy_kwh, at))

struct book_labour {
    static constexpr std::string_view doc = "From operator: time spent on it.";
    mes::run_ref job;
    operator_id person;
    milliseconds labour_ms{0};
};
BOOST_DESCRIBE_STRUCT(book_labour, (), (job, person, labour_ms))

struct take_inspection {
    static constexpr std::string_view doc = "From inspection: the decision on an operation's pieces.";
    inspection_id inspection;
    std::string operation;
    bool accepted = false;
    std::int64_t defects = 0;
};
BOOST_DESCRIBE_STRUCT(take_inspection, (), (inspection, operation, accepted, defects))

struct hold {
    static constexpr std::string_view doc = "Door (planning, quality): nothing more of it is begun until resumed.";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(hold, (), (reason))

struct resume {
    static constexpr std::string_view doc = "Door (planning, quality): goes on after a hold.";
};
BOOST_DESCRIBE_STRUCT(resume, (), ())

struct prioritise {
    static constexpr std::string_view doc = "Door (planning): another priority, or another due date.";
    int priority = 5;
    std::optional<instant> due;
};
BOOST_DESCRIBE_STRUCT(prioritise, (), (priority, due))

struct split {
    static constexpr std::string_view doc = "Door (planning): so many pieces are made in a work order of their own, "
                                            "beside this one. Not once it was begun.";
    takt::quantity quantity; ///< whole pieces, fewer than all
};
BOOST_DESCRIBE_STRUCT(split, (), (quantity))

struct cancel {
    static constexpr std::string_view doc = "Door (planning): not to be made. Not once it was begun.";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(cancel, (), (reason))

struct created {
    static constexpr std::string_view doc = "A work order came into being.";
    static constexpr int version = 4; ///< 1 knew no tools, 2 no areas, 3 no AQL and no rework route
    static constexpr auto defaulted = std::to_array<std::string_view>({"area"});
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    item_id item;
    takt::quantity quantity;
    instant due;
    int priority = 5;
    std::string revision;
    std::vector<plm::bom_line> bom;
    std::vector<plm::routing_step> routing;
    bin_id staging_bin, output_bin;
    instant at;
    std::string area{mes::whole_plant};
};
BOOST_DESCRIBE_STRUCT(created, (),
                      (item, quantity, due, priority, revision, bom, routing, staging_bin, output_bin, at, area))

struct component_promised {
    static constexpr std::string_view doc = "The date at which a component is complete is new or has moved.";
    item_id item;
    instant date;
};
BOOST_DESCRIBE_STRUCT(component_promised, (), (item, date))

struct component_unknown {
    static constexpr std::string_view doc =
        "A component is not defined; the work order waits until a person cancels it.";
    item_id item;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(component_unknown, (), (item, reason))

struct allocated {
    static constexpr std::string_view doc = "Stock was set aside for it.";
    item_id item;
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(allocated, (), (item, lot, bin, quantity))

struct withdrawn {
    static constexpr std::string_view doc = "Stock that was set aside is its no more.";
    item_id item;
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(withdrawn, (), (item, lot, bin, quantity))

struct relocated {
    static constexpr std::string_view doc = "Stock that was set aside lies in another bin.";
    lot_id lot;
    bin_id from, to;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(relocated, (), (lot, from, to, quantity))

struct released {
    static constexpr std::string_view doc = "The kit is complete and may be picked.";
    std::vector<wms::lot_amount> picks; ///< lot, bin and amount of each component
    bin_id staging_bin;
};
BOOST_DESCRIBE_STRUCT(released, (), (picks, staging_bin))

struct kit_broken {
    static constexpr std::string_view doc = "The kit is no longer complete.";
    item_id item;
    takt::quantity missing;
};
BOOST_DESCRIBE_STRUCT(kit_broken, (), (item, missing))

struct pick_confirmed {
    static constexpr std::string_view doc = "A component was taken from its bin.";
    item_id item;
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(pick_confirmed, (), (item, lot, bin, quantity))

struct pick_declined {
    static constexpr std::string_view doc = "The bin had not got what was picked; the pick is open again.";
    lot_id lot;
    bin_id bin;
    takt::quantity quantity, available;
};
BOOST_DESCRIBE_STRUCT(pick_declined, (), (lot, bin, quantity, available))

struct component_staged {
    static constexpr std::string_view doc = "A component lies at the line.";
    item_id item;
    lot_id lot;
    bin_id from;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(component_staged, (), (item, lot, from, quantity))

struct kit_staged {
    static constexpr std::string_view doc = "All components lie at the line; the first operation may begin.";
};
BOOST_DESCRIBE_STRUCT(kit_staged, (), ())

struct times_planned {
    static constexpr std::string_view doc = "The schedule plans it at these times.";
    instant start, end;
};
BOOST_DESCRIBE_STRUCT(times_planned, (), (start, end))

struct operation_ready {
    static constexpr std::string_view doc = "An operation may be dispatched.";
    std::string operation;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(operation_ready, (), (operation, quantity))

struct operation_dispatched {
    static constexpr std::string_view doc = "An operation was given to a machine.";
    mes::run_ref job;
    machine_id machine;
    operator_id person;
    instant at;
};
BOOST_DESCRIBE_STRUCT(operation_dispatched, (), (job, machine, person, at))

struct operation_started {
    static constexpr std::string_view doc = "Set-up of an operation has begun.";
    mes::run_ref job;
    instant at;
};
BOOST_DESCRIBE_STRUCT(operation_started, (), (job, at))

struct operation_running {
    static constexpr std::string_view doc = "An operation makes pieces.";
    mes::run_ref job;
    instant at;
};
BOOST_DESCRIBE_STRUCT(operation_running, (), (job, at))

struct components_consumed {
    static constexpr std::string_view doc = "Components went into the work order.";
    std::vector<wms::parent_lot> lots;
};
BOOST_DESCRIBE_STRUCT(components_consumed, (), (lots))

struct operation_progressed {
    static constexpr std::string_view doc = "An operation made more pieces.";
    mes::run_ref job;
    std::int64_t good = 0, scrap = 0; ///< of this run
};
BOOST_DESCRIBE_STRUCT(operation_progressed, (), (job, good, scrap))

struct run_ended {
    static constexpr std::string_view doc = "A run of an operation ended at its machine.";
    mes::run_ref job;
    std::int64_t good = 0, scrap = 0; ///< of this run
    milliseconds setup_ms{0}, run_ms{0};
    std::optional<double> energy_kwh;
    instant at;
};
BOOST_DESCRIBE_STRUCT(run_ended, (), (job, good, scrap, setup_ms, run_ms, energy_kwh, at))

struct inspection_requested {
    static constexpr std::string_view doc = "An operation's pieces wait for inspection.";
    std::string operation;
    inspection_id inspection;
};
BOOST_DESCRIBE_STRUCT(inspection_requested, (), (operation, inspection))

struct inspection_taken {
    static constexpr std::string_view doc = "An operation's pieces were judged.";
    std::string operation;
    inspection_id inspection;
    bool accepted = false;
    std::int64_t defects = 0;
};
BOOST_DESCRIBE_STRUCT(inspection_taken, (), (operation, inspection, accepted, defects))

struct rework_added {
    static constexpr std::string_view doc = "Rejected pieces go through an operation again.";
    static constexpr int version = 2; ///< 1 repeated the rejected operation
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    static constexpr auto defaulted = std::to_array<std::string_view>({"like"});
    std::string after;     ///< the operation that was rejected, or the one of its rework route before
    std::string operation; ///< the new one
    std::string like;      ///< which it repeats; empty: the rejected one
    std::optional<qms::inspection_plan> inspection; ///< of the rejected one, after the last of the route
};
BOOST_DESCRIBE_STRUCT(rework_added, (), (after, operation, like, inspection))

struct pieces_scrapped {
    static constexpr std::string_view doc = "Pieces of an operation were thrown away after inspection.";
    std::string operation;
    takt::quantity quantity;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(pieces_scrapped, (), (operation, quantity, reason))

struct operation_done {
    static constexpr std::string_view doc = "An operation is finished; its good pieces go to the next.";
    std::string operation;
    takt::quantity good;
    instant at;
};
BOOST_DESCRIBE_STRUCT(operation_done, (), (operation, good, at))

struct labour_booked {
    static constexpr std::string_view doc = "A person's time was booked on an operation.";
    std::string operation;
    operator_id person;
    milliseconds labour_ms{0};
};
BOOST_DESCRIBE_STRUCT(labour_booked, (), (operation, person, labour_ms))

struct completed {
    static constexpr std::string_view doc = "All operations are finished; the good pieces are a lot.";
    takt::quantity good, scrap;
    std::optional<lot_id> lot; ///< none when nothing good was left
    instant at;
};
BOOST_DESCRIBE_STRUCT(completed, (), (good, scrap, lot, at))

struct held {
    static constexpr std::string_view doc = "Nothing more of the work order is begun.";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(held, (), (reason))

struct resumed {
    static constexpr std::string_view doc = "The work order goes on.";
};
BOOST_DESCRIBE_STRUCT(resumed, (), ())

struct prioritised {
    static constexpr std::string_view doc = "The work order's priority or due date was changed.";
    int priority = 5;
    instant due;
};
BOOST_DESCRIBE_STRUCT(prioritised, (), (priority, due))

struct split_off {
    static constexpr std::string_view doc = "So many of its pieces are made in another work order.";
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(split_off, (), (quantity))

struct cancelled {
    static constexpr std::string_view doc = "The work order is not to be made.";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(cancelled, (), (reason))

} // namespace takt::work_order
