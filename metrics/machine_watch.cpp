#include "metrics/machine_watch.hpp"

#include <algorithm>
#include <set>

#include "messages/core/json_read.hpp"
#include "messages/mes/schedule_downtime.hpp"
#include "messages/mes/schedule_events.hpp"
#include "metrics/family.hpp"

namespace takt::metrics {
namespace {

constexpr double ms_per_s = 1000;

std::string run_of(const mes::run_ref& r)
{
    return r.work_order.text + '/' + r.operation + '/' + std::to_string(r.run);
}

/// States in which a controller does not make pieces. A machine that tells no states is taken to run its jobs.
bool does_not_execute(std::string_view packml)
{
    static const std::set<std::string_view> states{"stopped",  "aborted",  "holding",    "held",    "suspended",
                                                   "clearing", "stopping", "suspending", "aborting"};
    return states.contains(packml);
}

template <class Event> std::optional<Event> read(const runtime::fact& f)
{
    auto event = read_json_text<Event>(f.data, strictness::from_storage);
    if (!event) return std::nullopt;
    return std::move(*event);
}

/// Milliseconds of [from, to) in which the calendar works; one without intervals always does.
std::int64_t overlap(const scheduling::calendar& when, std::int64_t from, std::int64_t to)
{
    if (when.empty()) return std::max<std::int64_t>(0, to - from);
    std::int64_t sum = 0;
    for (const auto& i : when) sum += std::max<std::int64_t>(0, std::min(i.end, to) - std::max(i.start, from));
    return sum;
}

} // namespace

void machine_watch::take_calendar(const schedule::define& plant)
{
    plant_ = hrm::work_calendar{plant.zone, plant.shifts, plant.holidays};
    calendars_.clear();
}

void machine_watch::define(machine& m, const std::string& work_center, std::vector<std::string> shifts)
{
    m.work_center = centers_.of(work_center);
    m.shifts = std::move(shifts);
    by_center_.try_emplace(m.work_center);
}

void machine_watch::take_row(const std::string& name, const boost::json::object& state, instant now)
{
    const auto* definition = state.if_contains("definition");
    if (definition == nullptr) return;
    const auto d = read_json<takt::machine::define>(*definition, strictness::from_storage);
    if (!d) return;
    auto& m = machines_[name];
    m.since = m.planned_until = now;
    define(m, d->work_center.text, d->shifts);
    if (const auto* up = state.if_contains("up")) m.up = up->is_bool() && up->as_bool();
    if (const auto* packml = state.if_contains("packml"); packml != nullptr && packml->is_string())
        m.stopped = does_not_execute(packml->as_string());
    const auto* jobs = state.if_contains("jobs");
    if (jobs == nullptr || !jobs->is_array()) return;
    for (const auto& one : jobs->as_array()) {
        const auto spec = read_json<mes::job_spec>(one.at("spec"), strictness::from_storage);
        if (!spec) continue;
        const auto phase = one.at("phase").as_string();
        job j{phase != "sent",
              phase == "running",
              spec->batch,
              static_cast<double>(spec->run_time_ms.count()) / ms_per_s,
              one.at("good").to_number<std::int64_t>(),
              one.at("scrap").to_number<std::int64_t>()};
        m.jobs[run_of(mes::ref_of(*spec))] = j;
    }
}

machine_watch::element machine_watch::doing(const machine& m)
{
    const bool begun = std::any_of(m.jobs.begin(), m.jobs.end(), [](const auto& j) { return j.second.begun; });
    if (!begun) return element::idle;
    if (!m.up || m.stopped) return element::delay;
    const bool runs = std::any_of(m.jobs.begin(), m.jobs.end(), [](const auto& j) { return j.second.running; });
    return runs ? element::production : element::setup;
}

void machine_watch::book(machine& m, instant until)
{
    if (until <= m.since) return;
    const double seconds = static_cast<double>((until - m.since).count()) / ms_per_s;
    m.since = until;
    auto& s = by_center_[m.work_center];
    switch (doing(m)) {
    case element::production: s.production += seconds; break;
    case element::setup: s.setup += seconds; break;
    case element::delay: s.delay += seconds; break;
    case element::idle: s.idle += seconds; break;
    }
}

void machine_watch::count(machine& m, job& j, std::int64_t good, std::int64_t scrap)
{
    auto& s = by_center_[m.work_center];
    const auto more_good = std::max<std::int64_t>(0, good - j.good),
               more_scrap = std::max<std::int64_t>(0, scrap - j.scrap);
    s.good += static_cast<double>(more_good);
    s.scrap += static_cast<double>(more_scrap);
    if (!j.batch) s.ideal += j.run_seconds * static_cast<double>(more_good + more_scrap);
    j.good += more_good;
    j.scrap += more_scrap;
}

void machine_watch::take_machine(const runtime::fact& f)
{
    using namespace takt::machine;
    auto& m = machines_[std::string(f.entity.key())];
    if (m.since == instant{}) m.since = m.planned_until = f.at;
    book(m, f.at);
    const auto job_of = [&](const mes::run_ref& r) { return m.jobs.find(run_of(r)); };
    if (f.type == "defined") {
        if (const auto e = read<defined>(f)) define(m, e->definition.work_center.text, e->definition.shifts);
    } else if (f.type == "dispatched") {
        if (const auto e = read<dispatched>(f))
            m.jobs[run_of(mes::ref_of(e->job))] = {
                false, false, e->job.batch, static_cast<double>(e->job.run_time_ms.count()) / ms_per_s, 0, 0};
    } else if (f.type == "job_confirmed") {
        const auto e = read<job_confirmed>(f);
        if (e && job_of(e->job) != m.jobs.end()) job_of(e->job)->second.begun = true;
    } else if (f.type == "setup_done") {
        const auto e = read<setup_done>(f);
        if (e && job_of(e->job) != m.jobs.end()) job_of(e->job)->second.begun = job_of(e->job)->second.running = true;
    } else if (f.type == "progressed") {
        const auto e = read<progressed>(f);
        if (e && job_of(e->job) != m.jobs.end()) count(m, job_of(e->job)->second, e->good, e->scrap);
    } else if (f.type == "job_completed") {
        const auto e = read<job_completed>(f);
        if (!e || job_of(e->job) == m.jobs.end()) return;
        auto& j = job_of(e->job)->second;
        count(m, j, e->good, e->scrap);
        if (j.batch) by_center_[m.work_center].ideal += j.run_seconds;
        m.jobs.erase(run_of(e->job));
    } else if (f.type == "job_withdrawn") {
        if (const auto e = read<job_withdrawn>(f)) m.jobs.erase(run_of(e->job));
    } else if (f.type == "state_changed") {
        if (const auto e = read<state_changed>(f)) m.stopped = does_not_execute(enum_name(e->to));
    } else if (f.type == "went_down") {
        m.up = false;
        ++by_center_[m.work_center].breakdowns;
    } else if (f.type == "came_up") {
        m.up = true;
    }
}

void machine_watch::plan_downtime(const std::string& name, const std::string& reference, instant from, instant to)
{
    machines_[name].downtimes[reference] = {from, to};
}

void machine_watch::take_schedule(const runtime::fact& f)
{
    if (f.type == "defined") {
        if (const auto e = read<schedule::defined>(f)) take_calendar(e->definition);
    } else if (f.type == "downtime_reserved") {
        if (const auto e = read<schedule::downtime_reserved>(f))
            plan_downtime(e->machine.text, e->reference, e->from, e->to);
    } else if (f.type == "downtime_planned") {
        if (const auto e = read<schedule::downtime_planned>(f))
            plan_downtime(e->machine.text, e->reference, e->from, e->to);
    } else if (f.type == "downtime_moved") {
        if (const auto e = read<schedule::downtime_moved>(f))
            plan_downtime(e->machine.text, e->reference, e->from, e->to);
    } else if (f.type == "downtime_ended") {
        if (const auto e = read<schedule::downtime_ended>(f)) machines_[e->machine.text].downtimes.erase(e->reference);
    }
}

/// Calendars are made for some days at once.
const scheduling::calendar& machine_watch::working_time(const std::vector<std::string>& shifts, instant from,
                                                        instant to)
{
    auto& known = calendars_[shifts];
    if (known.from <= from && to <= known.to) return known.times;
    constexpr std::chrono::hours before{24}, ahead{72};
    known.from = from - before;
    known.to = to + ahead;
    hrm::work_calendar theirs{plant_->time_zone, {}, plant_->holidays};
    for (const auto& s : plant_->shifts)
        if (std::find(shifts.begin(), shifts.end(), s.key) != shifts.end()) theirs.shifts.push_back(s);
    known.times =
        shifts.empty() ? scheduling::calendar() : scheduling::working_time(theirs, known.from.ms, known.to.ms);
    return known.times;
}

void machine_watch::book_planned(machine& m, instant until)
{
    if (until <= m.planned_until || !plant_) return;
    const auto from = std::exchange(m.planned_until, until);
    const auto& when = working_time(m.shifts, from, until);
    auto planned = overlap(when, from.ms, until.ms);
    for (const auto& [reference, d] : m.downtimes)
        planned -= overlap(when, std::max(from, d.from).ms, std::min(until, d.to).ms);
    by_center_[m.work_center].planned += static_cast<double>(std::max<std::int64_t>(0, planned)) / ms_per_s;
}

void machine_watch::advance(instant now)
{
    for (auto& [name, m] : machines_) {
        if (m.work_center.empty()) continue; // not defined
        book(m, now);
        book_planned(m, now);
    }
}

void machine_watch::add_families(std::vector<prometheus::MetricFamily>& to) const
{
    using prometheus::MetricType;
    auto planned =
        family("takt_machine_planned_busy_seconds_total",
               "Plant time that machines were to work: shifts without planned maintenance (PBT of ISO 22400-2).",
               MetricType::Counter);
    auto time =
        family("takt_machine_time_seconds_total",
               "Plant time of machines by what they did: production (APT), setup (AUST), delay (ADET), idle (ADOT).",
               MetricType::Counter);
    auto ideal = family("takt_machine_ideal_seconds_total",
                        "Plant time that the pieces made should have taken (PRI * PQ).", MetricType::Counter);
    auto pieces =
        family("takt_pieces_total", "Pieces that machines made, good (GQ) and scrap (SQ).", MetricType::Counter);
    auto breakdowns = family("takt_machine_breakdowns_total", "Breakdowns of machines.", MetricType::Counter);
    for (const auto& [center, s] : by_center_) {
        if (center.empty()) continue;
        add_value(planned, s.planned, {{"work_center", center}});
        add_value(time, s.production, {{"work_center", center}, {"element", "production"}});
        add_value(time, s.setup, {{"work_center", center}, {"element", "setup"}});
        add_value(time, s.delay, {{"work_center", center}, {"element", "delay"}});
        add_value(time, s.idle, {{"work_center", center}, {"element", "idle"}});
        add_value(ideal, s.ideal, {{"work_center", center}});
        add_value(pieces, s.good, {{"work_center", center}, {"quality", "good"}});
        add_value(pieces, s.scrap, {{"work_center", center}, {"quality", "scrap"}});
        add_value(breakdowns, s.breakdowns, {{"work_center", center}});
    }
    for (auto* f : {&planned, &time, &ideal, &pieces, &breakdowns})
        if (!f->metric.empty()) to.push_back(std::move(*f));
}

} // namespace takt::metrics
