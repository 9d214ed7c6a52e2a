#include "actors/eam/maintenance_order.hpp"

#include "actors/refusals.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/hrm/roster.hpp"

namespace takt::maintenance_order {
namespace {

constexpr const char* crew = "maintenance"; ///< the skill

bool is_open(const state& s)
{
    return s.status != order_status::none && s.status != order_status::done && s.status != order_status::cancelled;
}

decision refuse_ended(const state& s, const context& about)
{
    return s.status == order_status::none
               ? refuse_undefined(about)
               : decision::refuse("order_ended", about.self.path() + " is " + std::string(enum_name(s.status)));
}

void tell_origin(decision& d, const state& s, anomaly::note_maintenance what, const context& about)
{
    what.order = about.self.key();
    if (s.origin.kind() == "anomaly") d.send(s.origin.key(), std::move(what));
}

} // namespace

decision decide(const state& s, const create& what, const context& about)
{
    decision d;
    if (s.status != order_status::none) return d; // an order is created once
    d.emit(created{what.machine, what.task, what.priority, what.origin, about.now});
    d.send(crew, roster::request{about.self, static_cast<int>(what.priority)});
    return d;
}

decision decide(const state& s, const assign& what, const context& about)
{
    decision d;
    if (s.status != order_status::waiting) { // cancelled, or begun by somebody else, meanwhile
        if (s.person != what.person) d.send(crew, roster::release{about.self});
        return d;
    }
    d.emit(assigned{what.person, about.now});
    tell_origin(d, s, {{}, anomaly::maintenance_progress::assigned, what.person, {}, {}}, about);
    return d;
}

decision decide(const state& s, const start& what, const context& about)
{
    if (!is_open(s)) return refuse_ended(s, about);
    if (what.by.empty()) return decision::refuse("name_missing", "say who begins", "by");
    decision d;
    if (s.status == order_status::in_progress) return d;
    d.emit(started{what.by, about.now});
    if (s.person != what.by) d.send(crew, roster::note_taken{about.self, operator_id(what.by)});
    tell_origin(d, s, {{}, anomaly::maintenance_progress::started, what.by, {}, {}}, about);
    return d;
}

decision decide(const state& s, const report_done& what, const context& about)
{
    if (!is_open(s)) return refuse_ended(s, about);
    if (what.by.empty()) return decision::refuse("name_missing", "say who has done it", "by");
    if (what.cause.empty()) return decision::refuse("cause_missing", "say what was wrong", "cause");
    decision d;
    const auto labour = about.now - s.started_at.value_or(about.now);
    d.emit(done{what.by, what.cause, what.remark, labour, about.now});
    d.send(crew, roster::release{about.self});
    tell_origin(d, s, {{}, anomaly::maintenance_progress::done, what.by, what.cause, labour}, about);
    return d;
}

decision decide(const state& s, const cancel& what, const context& about)
{
    if (s.status == order_status::none) return refuse_undefined(about);
    decision d;
    if (!is_open(s)) return d;
    d.emit(cancelled{what.reason, about.now});
    d.send(crew, roster::release{about.self});
    tell_origin(d, s, {{}, anomaly::maintenance_progress::cancelled, {}, what.reason, {}}, about);
    return d;
}

void apply(state& s, const created& e)
{
    s.status = order_status::waiting;
    s.machine = e.machine;
    s.task = e.task;
    s.priority = e.priority;
    s.origin = e.origin;
    s.created_at = e.at;
}

void apply(state& s, const assigned& e)
{
    s.status = order_status::assigned;
    s.person = e.person;
    s.assigned_at = e.at;
}

void apply(state& s, const started& e)
{
    s.status = order_status::in_progress;
    s.person = e.by;
    s.started_at = e.at;
}

void apply(state& s, const done& e)
{
    s.status = order_status::done;
    s.person = e.by;
    s.cause = e.cause;
    s.remark = e.remark;
    s.labour_ms = e.labour_ms;
    s.ended_at = e.at;
}

void apply(state& s, const cancelled& e)
{
    s.status = order_status::cancelled;
    s.remark = e.reason;
    s.ended_at = e.at;
}

} // namespace takt::maintenance_order
