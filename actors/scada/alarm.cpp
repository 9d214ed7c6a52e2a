#include "actors/scada/alarm.hpp"

namespace takt::alarm {
namespace {

using std::chrono::hours;

constexpr milliseconds shelf_most = hours(24 * 7);
constexpr const char* shelf_timer = "shelf";

decision refuse_nobody() { return decision::refuse("name_missing", "say who", "by"); }
decision refuse_no_reason() { return decision::refuse("reason_missing", "say why", "reason"); }

bool silenced(const state& s) { return s.shelf || s.design || s.service; }

/// What is shown: the strongest of what silences it, else what lies beneath.
void show(state& s)
{
    if (s.service)
        s.status = alarm_status::out_of_service;
    else if (s.design)
        s.status = alarm_status::suppressed;
    else if (s.shelf)
        s.status = alarm_status::shelved;
    else
        s.status = s.beneath;
}

/// The end of a silencing. If it was the last, the alarm begins anew: nobody has seen what happened meanwhile.
void end(state& s, std::optional<silencing>& which)
{
    which.reset();
    if (!silenced(s)) s.beneath = s.active ? alarm_status::unacknowledged : alarm_status::normal;
    show(s);
}

} // namespace

decision decide(const state& s, const raise& what, const context& about)
{
    if (key_of(what.source, what.detection.detector) != about.self.key())
        return decision::refuse("wrong_key", "this alarm is alarm/" + key_of(what.source, what.detection.detector),
                                "source");
    decision d;
    d.emit(raised{what.source, what.detection, !silenced(s), about.now});
    return d;
}

decision decide(const state& s, const clear& what, const context& about)
{
    decision d;
    if (!s.active) return d;
    d.emit(cleared{what.recovery, about.now});
    if (s.shelf && s.shelf->one_shot) {
        d.emit(unshelved{"one_shot", about.now});
        d.cancel_timer(shelf_timer);
    }
    return d;
}

decision decide(const state& s, const acknowledge& what, const context& about)
{
    if (what.by.empty()) return refuse_nobody();
    decision d;
    switch (s.status) {
    case alarm_status::unacknowledged:
    case alarm_status::returned_unacknowledged:
    case alarm_status::latched_unacknowledged: d.emit(acknowledged{what.by, what.comment, about.now}); break;
    case alarm_status::acknowledged:
    case alarm_status::latched_acknowledged: break; // has been already
    case alarm_status::normal: return decision::refuse("nothing_to_acknowledge", about.self.path() + " is not raised");
    case alarm_status::shelved:
    case alarm_status::suppressed:
    case alarm_status::out_of_service:
        return decision::refuse("not_shown", about.self.path() + " is " + std::string(enum_name(s.status)));
    }
    return d;
}

decision decide(const state& s, const reset& what, const context& about)
{
    if (what.by.empty()) return refuse_nobody();
    if (s.status != alarm_status::latched_unacknowledged && s.status != alarm_status::latched_acknowledged)
        return decision::refuse("not_latched", about.self.path() + " is " + std::string(enum_name(s.status)));
    decision d;
    d.emit(latch_reset{what.by, about.now});
    return d;
}

decision decide(const state& s, const shelve& what, const context& about)
{
    if (what.by.empty()) return refuse_nobody();
    if (what.reason.empty()) return refuse_no_reason();
    if (what.for_ms.count() <= 0 || what.for_ms > shelf_most)
        return decision::refuse("time_out_of_range", "an alarm is shelved for more than 0 ms and at most 7 days",
                                "for_ms");
    if (s.activations == 0) return decision::refuse("never_raised", about.self.path() + " was never raised");
    decision d;
    const auto until = about.now + what.for_ms;
    d.emit(shelved{what.by, what.reason, what.one_shot, about.now, until});
    d.set_timer(shelf_timer, until, end_shelving{});
    return d;
}

decision decide(const state& s, const unshelve& what, const context& about)
{
    if (what.by.empty()) return refuse_nobody();
    decision d;
    if (!s.shelf) return d;
    d.emit(unshelved{what.by, about.now});
    d.cancel_timer(shelf_timer);
    return d;
}

decision decide(const state& s, const end_shelving& /*what*/, const context& about)
{
    decision d;
    if (s.shelf) d.emit(unshelved{"timer", about.now});
    return d;
}

decision decide(const state& s, const suppress& what, const context& about)
{
    if (what.by.empty()) return refuse_nobody();
    if (what.reason.empty()) return refuse_no_reason();
    decision d;
    if (!s.design) d.emit(suppressed{what.by, what.reason, about.now});
    return d;
}

decision decide(const state& s, const unsuppress& what, const context& about)
{
    if (what.by.empty()) return refuse_nobody();
    decision d;
    if (s.design) d.emit(unsuppressed{what.by, about.now});
    return d;
}

decision decide(const state& s, const take_out_of_service& what, const context& about)
{
    if (what.by.empty()) return refuse_nobody();
    if (what.reason.empty()) return refuse_no_reason();
    if (what.permit.empty()) return decision::refuse("permit_missing", "name the permit to work", "permit");
    decision d;
    if (!s.service) d.emit(taken_out_of_service{what.by, what.reason, what.permit, about.now});
    return d;
}

decision decide(const state& s, const return_to_service& what, const context& about)
{
    if (what.by.empty()) return refuse_nobody();
    decision d;
    if (s.service) d.emit(returned_to_service{what.by, about.now});
    return d;
}

void apply(state& s, const raised& e)
{
    s.active = true;
    s.source = e.source;
    s.priority = e.detection.priority;
    s.cause = e.detection.cause;
    s.detection = e.detection;
    ++s.activations;
    s.annunciations += e.annunciated ? 1 : 0;
    s.raised_at = e.at;
    s.beneath = alarm_status::unacknowledged;
    show(s);
}

void apply(state& s, const cleared& e)
{
    const bool latches = s.detection && s.detection->latching;
    s.active = false;
    s.cleared_at = e.at;
    if (s.beneath == alarm_status::unacknowledged)
        s.beneath = latches ? alarm_status::latched_unacknowledged : alarm_status::returned_unacknowledged;
    else if (s.beneath == alarm_status::acknowledged)
        s.beneath = latches ? alarm_status::latched_acknowledged : alarm_status::normal;
    show(s);
}

void apply(state& s, const acknowledged& e)
{
    s.acknowledged_at = e.at;
    s.acknowledged_by = e.by;
    if (s.beneath == alarm_status::unacknowledged)
        s.beneath = alarm_status::acknowledged;
    else if (s.beneath == alarm_status::returned_unacknowledged)
        s.beneath = alarm_status::normal;
    else if (s.beneath == alarm_status::latched_unacknowledged)
        s.beneath = alarm_status::latched_acknowledged;
    show(s);
}

void apply(state& s, const latch_reset& /*e*/)
{
    if (s.beneath == alarm_status::latched_unacknowledged)
        s.beneath = alarm_status::returned_unacknowledged;
    else if (s.beneath == alarm_status::latched_acknowledged)
        s.beneath = alarm_status::normal;
    show(s);
}

void apply(state& s, const shelved& e)
{
    s.shelf = silencing{e.by, e.reason, {}, e.at, e.until, e.one_shot};
    show(s);
}

void apply(state& s, const unshelved& /*e*/) { end(s, s.shelf); }

void apply(state& s, const suppressed& e)
{
    s.design = silencing{e.by, e.reason, {}, e.at, std::nullopt, false};
    show(s);
}

void apply(state& s, const unsuppressed& /*e*/) { end(s, s.design); }

void apply(state& s, const taken_out_of_service& e)
{
    s.service = silencing{e.by, e.reason, e.permit, e.at, std::nullopt, false};
    show(s);
}

void apply(state& s, const returned_to_service& /*e*/) { end(s, s.service); }

} // namespace takt::alarm
