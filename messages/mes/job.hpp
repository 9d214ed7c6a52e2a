#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/quantity.hpp"

/// What the schedule, people, machines and work orders call the same thing.
namespace takt::mes {

/// One run of one operation. Every dispatch has its own run number, so whatever is said of an earlier one is
/// recognised as stale.
struct run_ref {
    work_order_id work_order;
    std::string operation;
    std::int64_t run = 0;
    friend bool operator==(const run_ref&, const run_ref&) = default;
};
BOOST_DESCRIBE_STRUCT(run_ref, (), (work_order, operation, run))

/// All that a machine must know to do it.
struct job_spec {
    work_order_id work_order;
    std::string operation;
    std::int64_t run = 0;
    item_id item;
    takt::quantity quantity; ///< to process; whole pieces
    machine_id machine;
    operator_id person;            ///< empty: runs unattended
    milliseconds setup_time_ms{0}; ///< expected; 0: the machine is set up for this family
    milliseconds run_time_ms{0};   ///< expected, per piece; per run for a batch
    std::string setup_family;
    bool batch = false;
};
BOOST_DESCRIBE_STRUCT(job_spec, (),
                      (work_order, operation, run, item, quantity, machine, person, setup_time_ms, run_time_ms,
                       setup_family, batch))

inline run_ref ref_of(const job_spec& job) { return {job.work_order, job.operation, job.run}; }

BOOST_DEFINE_ENUM_CLASS(operation_status,
                        waiting,    // for material or the operation before
                        ready,      // may be dispatched
                        dispatched, // at a machine, not begun
                        setup,      // being set up
                        running,    //
                        inspecting, // made, waits for inspection
                        done)

} // namespace takt::mes
