#pragma once

#include "actors/kind.hpp"
#include "messages/eam/maintenance_order.hpp"

///     none --create--> waiting --assign--> assigned --start--> in_progress --report_done--> done
///                         └────────────────start───────────────────^
///                       (any but done) --cancel--> cancelled
namespace takt::maintenance_order {

struct state {
    order_status status = order_status::none;
    machine_id machine;
    std::string task;
    anomaly::severity priority = anomaly::severity::warning;
    entity_ref origin;
    std::string person;
    std::string cause, remark;
    instant created_at;
    std::optional<instant> assigned_at, started_at, ended_at;
    milliseconds labour_ms{0};
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (status, machine, task, priority, origin, person, cause, remark, created_at, assigned_at,
                       started_at, ended_at, labour_ms))

decision decide(const state&, const create&, const context&);
decision decide(const state&, const assign&, const context&);
decision decide(const state&, const start&, const context&);
decision decide(const state&, const report_done&, const context&);
decision decide(const state&, const cancel&, const context&);

void apply(state&, const created&);
void apply(state&, const assigned&);
void apply(state&, const started&);
void apply(state&, const done&);
void apply(state&, const cancelled&);

struct kind {
    static constexpr std::string_view name = "maintenance_order";
    static constexpr std::string_view doc = "Work on a machine that somebody of the maintenance crew does.";
    using state = maintenance_order::state;
    using commands = types<create, assign, start, report_done, cancel>;
    using events = types<created, assigned, started, done, cancelled>;
    using doors = types<start, report_done, cancel>;
};

} // namespace takt::maintenance_order
