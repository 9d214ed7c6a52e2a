#include "actors/mes/machine_parts.hpp"

#include <set>

#include "actors/refusals.hpp"
#include "actors/scada/detect/check.hpp"
#include "actors/scada/detection_report.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/core/json_write.hpp"
#include "messages/eam/asset.hpp"
#include "messages/hrm/operator.hpp"
#include "messages/mes/schedule.hpp"
#include "messages/mes/work_order.hpp"

namespace takt::machine {
namespace {

/// A controller that has not confirmed a job by then is told again, once; after that the job is given back.
constexpr milliseconds confirm_within{120'000};
constexpr int repeats_max = 1;

machine_id key_of(const context& about) { return machine_id(about.self.key()); }

const job* find_job(const state& s, const mes::run_ref& ref)
{
    const auto found =
        std::find_if(s.jobs.begin(), s.jobs.end(), [&](const job& j) { return mes::ref_of(j.spec) == ref; });
    return found == s.jobs.end() ? nullptr : &*found;
}

decision refuse_job(const state& s, const mes::run_ref& ref)
{
    std::string detail = "run " + std::to_string(ref.run) + " of " + ref.work_order.text + " operation " +
                         ref.operation + " is not at this machine";
    for (const auto& j : s.jobs)
        detail += "; here is run " + std::to_string(j.spec.run) + " of " + j.spec.work_order.text;
    return decision::refuse("unknown_job", std::move(detail), "job");
}

std::string confirm_timer(std::int64_t run) { return "confirm-" + std::to_string(run); }

/// The schedule, the work order and the operator hear that a run is over, however it ended.
void let_go(decision& d, const state& s, const mes::job_spec& spec, work_order::note_ended ended, const context& about)
{
    const auto family =
        ended.good + ended.scrap > 0 || ended.setup_ms > milliseconds{0} ? spec.setup_family : s.setup_family;
    d.send(spec.work_order.text, std::move(ended));
    d.send(s.definition.area, schedule::note_machine_free{key_of(about), mes::ref_of(spec), family});
    if (!spec.person.empty()) d.send(spec.person.text, operator_::release{mes::ref_of(spec)});
    d.cancel_timer(confirm_timer(spec.run));
}

milliseconds since(const std::optional<instant>& from, instant to) { return from ? to - *from : milliseconds{0}; }

/// Set-up ended when the run began, or has not ended yet.
work_order::note_ended end_of(const job& j, std::int64_t good, std::int64_t scrap, std::optional<double> energy_kwh,
                              instant now)
{
    return {mes::ref_of(j.spec),      good,       scrap, since(j.confirmed_at, j.running_at.value_or(now)),
            since(j.running_at, now), energy_kwh, now};
}

const char* why_not(const state& s, const mes::job_spec& spec, const context& about)
{
    if (!s.is_defined || spec.machine != key_of(about)) return "wrong_machine";
    if (!s.up) return "machine_down";
    if (s.blocked) return "machine_blocked";
    if (s.jobs.empty()) return nullptr;
    const bool room = spec.batch && s.jobs.size() < static_cast<std::size_t>(s.definition.capacity);
    if (!room) return "machine_busy";
    const auto& batch = s.jobs.front();
    if (!batch.spec.batch || batch.spec.setup_family != spec.setup_family) return "machine_busy";
    const bool running =
        std::any_of(s.jobs.begin(), s.jobs.end(), [](const job& j) { return j.phase == job_phase::running; });
    return running ? "batch_running" : nullptr;
}

/// Whatever the controller's connection lost of the way there: a job that makes pieces is set up and runs.
job bring_to(decision& d, const state& s, job j, job_phase phase, const context& about)
{
    const auto ref = mes::ref_of(j.spec);
    const auto now = about.now;
    if (j.phase == job_phase::sent) {
        if (s.unconfirmed)
            d.send(
                anomaly::key_of("dispatch_unconfirmed", about.self),
                anomaly::clear{"dispatch_unconfirmed", "confirmed",
                               "the controller has confirmed " + ref.work_order.text + " operation " + ref.operation});
        d.emit(job_confirmed{ref, now});
        d.send(ref.work_order.text, work_order::note_started{ref, now});
        d.cancel_timer(confirm_timer(ref.run));
        j.phase = job_phase::setup;
        j.confirmed_at = now;
    }
    if (phase == job_phase::running && j.phase == job_phase::setup) {
        d.emit(setup_done{ref, now});
        d.send(ref.work_order.text, work_order::note_running{ref, now});
        j.phase = job_phase::running;
        j.running_at = now;
    }
    return j;
}

std::optional<decision> refuse_counts(const job& j, std::int64_t good, std::int64_t scrap)
{
    if (good < j.good || scrap < j.scrap)
        return decision::refuse("count_went_back",
                                std::to_string(good) + " good and " + std::to_string(scrap) + " scrap after " +
                                    std::to_string(j.good) + " and " + std::to_string(j.scrap),
                                good < j.good ? "good" : "scrap");
    if (takt::quantity::of(good + scrap) > j.spec.quantity)
        return decision::refuse(
            "more_than_ordered",
            std::to_string(good + scrap) + " pieces reported, the job has " + to_string(j.spec.quantity), "good");
    return std::nullopt;
}

std::optional<decision> refuse_detectors(const define& what, const context& about)
{
    for (const auto& l : what.limits)
        if (l.tag.empty() || !valid_key(l.tag)) return refuse_key(l.tag, "limits");
    if (const auto wrong = detect::check(what.detectors, what.computed); !wrong.empty())
        return decision::refuse("detector_unusable", describe(wrong), wrong.front().pointer.substr(2));
    std::set<std::string> keys;
    for (const auto& detector : detectors_of(what)) {
        const auto key = scada::key_of(detector);
        if (!keys.insert(key).second)
            return decision::refuse("detector_twice", "two detectors have the key " + key, "detectors");
        if (!scada::reportable(about.self, key))
            return decision::refuse("key_too_long", "no alarm can be named after " + key + " at " + about.self.path(),
                                    "detectors");
    }
    return std::nullopt;
}

void end_alarm(decision& d, const scada::recovery& what, const context& about)
{
    d.emit(alarm_cleared{what, about.now});
    scada::report(d, about.self, what);
}

/// Alarms whose detectors are gone will never be well again by themselves.
void end_unwatched(decision& d, const state& s, const define& what, const context& about)
{
    const auto detectors = detectors_of(what);
    for (const auto& [key, alarm] : s.alarms) {
        const auto stays = std::any_of(detectors.begin(), detectors.end(),
                                       [&, wanted = &key](const auto& one) { return scada::key_of(one) == *wanted; });
        if (!stays) end_alarm(d, {key, alarm.tag, alarm.value, about.now}, about);
    }
}

} // namespace

void give_back(decision& d, const state& s, const job& j, const std::string& reason, const context& about)
{
    d.emit(job_withdrawn{mes::ref_of(j.spec), reason, about.now});
    let_go(d, s, j.spec, end_of(j, j.good, j.scrap, std::nullopt, about.now), about);
}

decision decide(const state& s, const define& what, const context& about)
{
    if (!valid_key(what.work_center.text)) return refuse_key(what.work_center.text, "work_center");
    if (what.asset && !valid_key(what.asset->text)) return refuse_key(what.asset->text, "asset");
    if (!valid_key(what.area)) return refuse_key(what.area, "area");
    if (s.is_defined && what.area != s.definition.area)
        return decision::refuse("area_fixed", "a machine stays in its area, " + s.definition.area, "area");
    if (what.capacity < 1) return decision::refuse("capacity_out_of_range", "a capacity is at least 1", "capacity");
    if (auto refused = refuse_detectors(what, about)) return *refused;
    if (s.is_defined && to_json(s.definition) == to_json(what)) return {};
    decision d;
    d.emit(defined{what});
    end_unwatched(d, s, what, about);
    d.send(what.area, schedule::register_machine{key_of(about), what.work_center, what.capacity, what.shifts,
                                                 s.is_defined ? s.setup_family : what.setup_family, what.setup_matrix,
                                                 what.rated_power_kw});
    return d;
}

decision decide(const state& s, const dispatch& what, const context& about)
{
    decision d;
    const auto ref = mes::ref_of(what.job);
    if (const char* reason = why_not(s, what.job, about); reason != nullptr) {
        d.emit(dispatch_declined{ref, reason});
        d.send(s.definition.area, schedule::decline_dispatch{ref, reason, what.job.person.empty()});
        if (!what.job.person.empty()) d.send(what.job.person.text, operator_::release{ref});
        return d;
    }
    d.emit(dispatched{what.job, about.now});
    d.send(ref.work_order.text, work_order::note_dispatched{ref, key_of(about), what.job.person});
    d.set_timer(confirm_timer(ref.run), about.now + confirm_within, check_confirmed{ref.run});
    return d;
}

decision decide(const state& s, const withdraw_job& what, const context& about)
{
    decision d;
    const auto* j = find_job(s, what.job);
    if (j != nullptr) give_back(d, s, *j, "withdrawn_by_work_order", about);
    return d;
}

decision decide(const state& s, const confirm_job& what, const context& about)
{
    const auto* j = find_job(s, what.job);
    if (j == nullptr) return refuse_job(s, what.job);
    decision d;
    bring_to(d, s, *j, job_phase::setup, about);
    return d;
}

decision decide(const state& s, const report_setup_done& what, const context& about)
{
    const auto* j = find_job(s, what.job);
    if (j == nullptr) return refuse_job(s, what.job);
    decision d;
    bring_to(d, s, *j, job_phase::running, about);
    return d;
}

decision decide(const state& s, const report_progress& what, const context& about)
{
    const auto* j = find_job(s, what.job);
    if (j == nullptr) return refuse_job(s, what.job);
    if (auto refused = refuse_counts(*j, what.good, what.scrap)) return *refused;
    decision d;
    if (what.good == j->good && what.scrap == j->scrap) return d;
    if (j->phase != job_phase::running) bring_to(d, s, *j, job_phase::running, about);
    d.emit(progressed{what.job, what.good, what.scrap});
    tell_first_piece(d, s, *j, what.good + what.scrap, about);
    d.send(what.job.work_order.text, work_order::note_progress{what.job, what.good, what.scrap});
    return d;
}

decision decide(const state& s, const report_completed& what, const context& about)
{
    const auto* found = find_job(s, what.job);
    if (found == nullptr) return refuse_job(s, what.job);
    if (auto refused = refuse_counts(*found, what.good, what.scrap)) return *refused;
    decision d;
    const auto j = bring_to(d, s, *found, job_phase::running, about);
    const auto ended = end_of(j, what.good, what.scrap, what.energy_kwh, about.now);
    tell_first_piece(d, s, j, what.good + what.scrap, about);
    d.emit(job_completed{what.job, what.good, what.scrap, ended.setup_ms, ended.run_ms, what.energy_kwh, about.now});
    let_go(d, s, j.spec, ended, about);
    if (s.definition.asset)
        d.send(s.definition.asset->text, asset::add_usage{ended.setup_ms + ended.run_ms, what.good + what.scrap});
    return d;
}

decision decide(const state& s, const report_state& what, const context& about)
{
    decision d;
    if (s.packml != what.state) d.emit(state_changed{s.packml, what.state, what.reason, about.now});
    follow_control(d, s, what.state, about);
    return d;
}

decision decide(const state& s, const report_down& what, const context& about)
{
    if (!s.is_defined) return refuse_undefined(about);
    if (what.reason.empty()) return decision::refuse("reason_missing", "say what is wrong", "reason");
    decision d;
    if (!s.up) return d;
    d.emit(went_down{what.reason, what.expected_ms, about.now});
    d.send(s.definition.area, schedule::note_machine{key_of(about), false, what.expected_ms});
    for (const auto& j : s.jobs)
        if (j.phase == job_phase::sent) give_back(d, s, j, "machine_down", about);
    if (s.definition.asset) d.send(s.definition.asset->text, asset::note_breakdown{what.reason});
    d.send(anomaly::key_of("breakdown", about.self),
           anomaly::raise{about.self, "breakdown", anomaly::severity::critical, what.reason});
    return d;
}

decision decide(const state& s, const report_up& /*what*/, const context& about)
{
    if (!s.is_defined) return refuse_undefined(about);
    decision d;
    if (s.up) return d;
    const auto down = since(s.down_since, about.now);
    d.emit(came_up{down, about.now});
    if (!s.blocked) d.send(s.definition.area, schedule::note_machine{key_of(about), true, std::nullopt});
    if (s.definition.asset) d.send(s.definition.asset->text, asset::note_repaired{down});
    d.send(anomaly::key_of("breakdown", about.self), anomaly::clear{"breakdown", s.reason, "the machine works again"});
    return d;
}

decision decide(const state& s, const note_detections& what, const context& about)
{
    decision d;
    for (const auto& one : what.raised) {
        if (s.alarms.contains(one.detector)) continue;
        d.emit(alarm_raised{one, about.now});
        scada::report(d, about.self, one);
    }
    for (const auto& one : what.recovered)
        if (s.alarms.contains(one.detector)) end_alarm(d, one, about);
    return d;
}

decision decide(const state& /*s*/, const note_next& what, const context& /*about*/)
{
    decision d;
    d.emit(next_noted{what.next});
    return d;
}

decision decide(const state& s, const check_confirmed& what, const context& about)
{
    decision d;
    const auto j = std::find_if(s.jobs.begin(), s.jobs.end(), [&](const job& one) { return one.spec.run == what.run; });
    if (j == s.jobs.end() || j->phase != job_phase::sent) return d;
    d.send(anomaly::key_of("dispatch_unconfirmed", about.self),
           anomaly::raise{about.self, "dispatch_unconfirmed", anomaly::severity::warning,
                          "the controller did not confirm " + j->spec.work_order.text + " operation " +
                              j->spec.operation});
    if (j->repeats >= repeats_max) {
        give_back(d, s, *j, "not_confirmed", about);
        return d;
    }
    d.emit(dispatch_repeated{j->spec, about.now});
    d.set_timer(confirm_timer(what.run), about.now + confirm_within, check_confirmed{what.run});
    return d;
}

} // namespace takt::machine
