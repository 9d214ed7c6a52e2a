#pragma once

#include "actors/kind.hpp"
#include "messages/scada/alarm.hpp"

/// An alarm point as operators see it, after ISA-18.2; docs/alarms.md has the table.
///
///     normal --raise--> unacknowledged --acknowledge--> acknowledged --clear--> normal
///                         └─clear─> returned_unacknowledged --acknowledge--> normal
///     A latching one waits in latched_unacknowledged or latched_acknowledged after `clear`, until `reset`.
///     Shelved, suppressed and out of service lie above all that: evaluated and recorded, but not shown. When the last
///     of them ends it is unacknowledged if the tag is still bad, else normal.
namespace takt::alarm {

BOOST_DEFINE_ENUM_CLASS(alarm_status, normal, unacknowledged, acknowledged, returned_unacknowledged,
                        latched_unacknowledged, latched_acknowledged, shelved, suppressed, out_of_service)

/// Who keeps it from being shown, and why.
struct silencing {
    std::string by, reason;
    std::string permit; ///< out of service
    instant since;
    std::optional<instant> until; ///< shelved
    bool one_shot = false;
};
BOOST_DESCRIBE_STRUCT(silencing, (), (by, reason, permit, since, until, one_shot))

struct state {
    alarm_status status = alarm_status::normal;
    alarm_status beneath = alarm_status::normal; ///< as if nothing silenced it
    bool active = false;                         ///< the tag is bad now
    entity_ref source;
    scada::alarm_priority priority = scada::alarm_priority::medium;
    std::string cause;
    std::optional<scada::detection> detection; ///< the latest
    std::int64_t activations = 0, annunciations = 0;
    std::optional<instant> raised_at, cleared_at, acknowledged_at; ///< the latest
    std::string acknowledged_by;
    std::optional<silencing> shelf, design, service;
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (status, beneath, active, source, priority, cause, detection, activations, annunciations,
                       raised_at, cleared_at, acknowledged_at, acknowledged_by, shelf, design, service))

decision decide(const state&, const raise&, const context&);
decision decide(const state&, const clear&, const context&);
decision decide(const state&, const acknowledge&, const context&);
decision decide(const state&, const reset&, const context&);
decision decide(const state&, const shelve&, const context&);
decision decide(const state&, const unshelve&, const context&);
decision decide(const state&, const end_shelving&, const context&);
decision decide(const state&, const suppress&, const context&);
decision decide(const state&, const unsuppress&, const context&);
decision decide(const state&, const take_out_of_service&, const context&);
decision decide(const state&, const return_to_service&, const context&);

void apply(state&, const raised&);
void apply(state&, const cleared&);
void apply(state&, const acknowledged&);
void apply(state&, const latch_reset&);
void apply(state&, const shelved&);
void apply(state&, const unshelved&);
void apply(state&, const suppressed&);
void apply(state&, const unsuppressed&);
void apply(state&, const taken_out_of_service&);
void apply(state&, const returned_to_service&);

struct kind {
    static constexpr std::string_view name = "alarm";
    static constexpr std::string_view doc = "An alarm point as operators see it: raised, acknowledged, shelved.";
    using state = alarm::state;
    using commands = types<raise, clear, acknowledge, reset, shelve, unshelve, end_shelving, suppress, unsuppress,
                           take_out_of_service, return_to_service>;
    using events = types<raised, cleared, acknowledged, latch_reset, shelved, unshelved, suppressed, unsuppressed,
                         taken_out_of_service, returned_to_service>;
    using doors =
        types<acknowledge, reset, shelve, unshelve, suppress, unsuppress, take_out_of_service, return_to_service>;
};

} // namespace takt::alarm
