#pragma once

#include "actors/mes/machine.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "runtime/node.hpp"

namespace takt::http {

struct overview_job {
    work_order_id work_order;
    std::string operation;
    item_id item;
    operator_id person;
    bool set_up = false;
    std::int64_t quantity = 0, good = 0, scrap = 0;
    instant since;        ///< it was dispatched
    instant expected_end; ///< at the speed that is planned
};
BOOST_DESCRIBE_STRUCT(overview_job, (),
                      (work_order, operation, item, person, set_up, quantity, good, scrap, since, expected_end))

struct overview_machine {
    machine_id machine;
    work_center_id work_center;
    /// "down", "blocked", "setup", or its PackML state
    std::string state;
    std::string reason;
    std::optional<instant> down_since;
    std::vector<overview_job> jobs;
    std::int64_t next = 0; ///< operations that it knows ahead
    std::int64_t alarms = 0;
    std::optional<double> power_kw;
};
BOOST_DESCRIBE_STRUCT(overview_machine, (),
                      (machine, work_center, state, reason, down_since, jobs, next, alarms, power_kw))

struct overview_order {
    order_id order;
    customer_id customer;
    item_id product;
    takt::quantity quantity;
    instant due;
    std::optional<instant> promised;
    bool late = false; ///< due has passed; else only the promise is later
};
BOOST_DESCRIBE_STRUCT(overview_order, (), (order, customer, product, quantity, due, promised, late))

struct overview_case {
    anomaly_id key;
    entity_ref source;
    std::string kind, detail, owner;
    anomaly::stage stage = anomaly::stage::detect;
    anomaly::severity severity = anomaly::severity::info;
    instant opened;
    bool acknowledged = false;
    std::optional<instant> deadline; ///< of the next escalation
};
BOOST_DESCRIBE_STRUCT(overview_case, (),
                      (key, source, kind, detail, owner, stage, severity, opened, acknowledged, deadline))

/// What GET /api/v1/overview answers.
struct overview {
    static constexpr std::string_view doc = "The plant at a glance: what every machine does and how far, orders that "
                                            "are or will be late, open cases, alarms, and the power that is drawn.";
    instant now;
    std::vector<overview_machine> machines;
    std::int64_t orders_open = 0, orders_due_today = 0;
    std::vector<overview_order> at_risk; ///< the latest first; at most 200
    std::int64_t orders_at_risk = 0;     ///< all of them
    std::vector<overview_case> cases;    ///< the most severe first
    std::int64_t alarms_unacknowledged = 0, alarms_active = 0;
    double power_kw = 0;          ///< of all machines that measure it
    std::optional<double> cap_kw; ///< that holds now
    std::optional<instant> cap_until;
};
BOOST_DESCRIBE_STRUCT(overview, (),
                      (now, machines, orders_open, orders_due_today, at_risk, orders_at_risk, cases,
                       alarms_unacknowledged, alarms_active, power_kw, cap_kw, cap_until))

overview overview_of(runtime::node& node);

} // namespace takt::http
