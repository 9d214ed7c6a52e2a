#include "actors/hrm/operator.hpp"

#include "actors/refusals.hpp"
#include "messages/core/json_write.hpp"
#include "messages/hrm/roster.hpp"
#include "messages/mes/machine.hpp"
#include "messages/mes/schedule.hpp"
#include "messages/mes/work_order.hpp"

namespace takt::operator_ {
namespace {

operator_id key_of(const context& about) { return operator_id(about.self.key()); }

} // namespace

decision decide(const state& s, const define& what, const context& about)
{
    if (what.name.empty()) return decision::refuse("name_missing", "a person has a name", "name");
    if (!valid_key(what.area)) return refuse_key(what.area, "area");
    if (s.is_defined && what.area != s.definition.area)
        return decision::refuse("area_fixed", "a person stays in their area, " + s.definition.area, "area");
    if (s.is_defined && to_json(s.definition) == to_json(what)) return {};
    decision d;
    d.emit(defined{what});
    d.send(what.area, schedule::register_person{key_of(about), what.skills, what.shifts});
    return d;
}

decision decide(const state& s, const clock_in& /*what*/, const context& about)
{
    if (!s.is_defined) return refuse_undefined(about);
    decision d;
    if (s.present) return d;
    d.emit(clocked_in{about.now});
    d.send(s.definition.area, schedule::note_attendance{key_of(about), true});
    for (const auto& skill : s.definition.skills) d.send(skill, roster::note_attendance{key_of(about), true});
    return d;
}

decision decide(const state& s, const clock_out& /*what*/, const context& about)
{
    if (!s.is_defined) return refuse_undefined(about);
    if (!s.present) return {};
    if (s.job)
        return decision::refuse("on_a_job", "is on " + s.job->work_order.text + " operation " + s.job->operation +
                                                " at " + s.machine.text + "; clock out when it is done");
    decision d;
    d.emit(clocked_out{about.now - s.present_since.value_or(about.now), about.now});
    d.send(s.definition.area, schedule::note_attendance{key_of(about), false});
    for (const auto& skill : s.definition.skills) d.send(skill, roster::note_attendance{key_of(about), false});
    return d;
}

decision decide(const state& s, const assign& what, const context& about)
{
    decision d;
    const auto ref = mes::ref_of(what.job);
    if (!s.present || s.job) {
        const std::string reason = s.job ? "on_a_job" : "not_present";
        d.emit(assignment_declined{ref, reason});
        d.send(s.definition.area, schedule::decline_dispatch{ref, reason, true});
        return d;
    }
    d.emit(assigned{ref, what.job.machine, about.now});
    d.send(what.job.machine.text, machine::dispatch{what.job});
    return d;
}

decision decide(const state& s, const release& what, const context& about)
{
    decision d;
    if (s.job != what.job) return d;
    const auto worked = about.now - s.job_since.value_or(about.now);
    d.emit(released{what.job, worked, about.now});
    d.send(s.definition.area, schedule::note_person_free{key_of(about), what.job});
    if (worked > milliseconds{0})
        d.send(what.job.work_order.text, work_order::book_labour{what.job, key_of(about), worked});
    return d;
}

decision decide(const state& /*s*/, const call_in& what, const context& about)
{
    decision d;
    d.emit(called_in{what.shift, what.from, what.to, about.now});
    return d;
}

decision decide(const state& /*s*/, const call_off& what, const context& /*about*/)
{
    decision d;
    d.emit(called_off{what.shift, what.from});
    return d;
}

void apply(state& s, const defined& e)
{
    s.is_defined = true;
    s.definition = e.definition;
}

void apply(state& s, const clocked_in& e)
{
    s.present = true;
    s.present_since = e.at;
}

void apply(state& s, const clocked_out& e)
{
    s.present = false;
    s.present_since.reset();
    s.present_ms += e.present_ms;
}

void apply(state& s, const assigned& e)
{
    s.job = e.job;
    s.machine = e.machine;
    s.job_since = e.at;
}

void apply(state& /*s*/, const assignment_declined& /*e*/) {}

void apply(state& s, const released& e)
{
    s.job.reset();
    s.machine = {};
    s.job_since.reset();
    s.labour_ms += e.labour_ms;
    ++s.jobs;
}

void apply(state& s, const called_in& e)
{
    std::erase_if(s.called, [&](const extra_shift& x) { return x.to < e.at; });
    s.called.push_back({e.shift, e.from, e.to});
}

void apply(state& s, const called_off& e)
{
    std::erase_if(s.called, [&](const extra_shift& x) { return x.shift == e.shift && x.from == e.from; });
}

} // namespace takt::operator_
