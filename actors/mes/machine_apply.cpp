#include <algorithm>

#include "actors/mes/machine.hpp"

namespace takt::machine {
namespace {

job* find_job(state& s, const mes::run_ref& ref)
{
    const auto found =
        std::find_if(s.jobs.begin(), s.jobs.end(), [&](const job& j) { return mes::ref_of(j.spec) == ref; });
    return found == s.jobs.end() ? nullptr : &*found;
}

} // namespace

void apply(state& s, const defined& e)
{
    if (!s.is_defined) s.setup_family = e.definition.setup_family;
    s.is_defined = true;
    s.definition = e.definition;
    ++s.definitions;
}

void apply(state& s, const dispatched& e)
{
    job j;
    j.spec = e.job;
    j.dispatched_at = e.at;
    s.jobs.push_back(std::move(j));
    std::erase_if(s.next, [&](const next_operation& n) {
        return n.work_order == e.job.work_order && n.operation == e.job.operation;
    });
}

void apply(state& /*s*/, const dispatch_declined& /*e*/) {}

void apply(state& s, const dispatch_repeated& e)
{
    if (auto* j = find_job(s, mes::ref_of(e.job))) ++j->repeats;
    s.unconfirmed = true;
}

void apply(state& s, const job_confirmed& e)
{
    auto* j = find_job(s, e.job);
    s.unconfirmed = false;
    if (j == nullptr) return;
    j->phase = job_phase::setup;
    j->confirmed_at = e.at;
}

void apply(state& s, const setup_done& e)
{
    auto* j = find_job(s, e.job);
    if (j == nullptr) return;
    j->phase = job_phase::running;
    j->running_at = e.at;
    s.setup_family = j->spec.setup_family;
}

void apply(state& s, const progressed& e)
{
    auto* j = find_job(s, e.job);
    if (j == nullptr) return;
    j->good = e.good;
    j->scrap = e.scrap;
}

namespace {

constexpr std::size_t past_max = 20;

/// What was made lately, should it turn out that the machine was not well. A run that was not begun made nothing.
void remember(state& s, const mes::run_ref& job, instant at)
{
    const auto* j = find_job(s, job);
    if (j == nullptr || !j->confirmed_at) return;
    if (s.past.size() == past_max) s.past.erase(s.past.begin());
    s.past.push_back({job, j->spec.item, *j->confirmed_at, at});
}

} // namespace

void apply(state& s, const job_completed& e)
{
    s.good += e.good;
    s.scrap += e.scrap;
    s.setup_ms += e.setup_ms;
    s.run_ms += e.run_ms;
    s.energy_kwh += e.energy_kwh.value_or(0);
    ++s.completed;
    remember(s, e.job, e.at);
    std::erase_if(s.jobs, [&](const job& j) { return mes::ref_of(j.spec) == e.job; });
}

void apply(state& s, const job_withdrawn& e)
{
    if (const auto* j = find_job(s, e.job)) {
        s.good += j->good;
        s.scrap += j->scrap;
    }
    remember(s, e.job, e.at);
    std::erase_if(s.jobs, [&](const job& j) { return mes::ref_of(j.spec) == e.job; });
}

void apply(state& s, const state_changed& e)
{
    s.packml = e.to;
    if (s.up) s.reason = e.reason;
}

void apply(state& s, const went_down& e)
{
    s.up = false;
    s.reason = e.reason;
    s.down_since = e.at;
    ++s.breakdowns;
}

void apply(state& s, const came_up& e)
{
    s.up = true;
    s.reason.clear();
    s.down_since.reset();
    s.down_ms += e.down_ms;
}

void apply(state& s, const next_noted& e) { s.next = e.next; }

void apply(state& s, const alarm_raised& e)
{
    s.alarms[e.detection.detector] = {e.detection.tag, e.detection.value, e.detection.to};
}

void apply(state& s, const alarm_cleared& e) { s.alarms.erase(e.recovery.detector); }

} // namespace takt::machine
