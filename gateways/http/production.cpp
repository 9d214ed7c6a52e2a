#include "gateways/http/production.hpp"

#include <algorithm>

#include "actors/mes/machine.hpp"
#include "actors/mes/schedule_parts.hpp"
#include "gateways/http/handlers.hpp"
#include "gateways/http/schedules.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"
#include "scheduling/calendar.hpp"

/// GET /api/v1/production: output and OEE of the day so far.
namespace takt::http {
namespace {

constexpr milliseconds hour{3'600'000};
constexpr milliseconds day = 24 * hour;

template <class Event> Event read_event(const runtime::fact& f)
{
    return read_json_text<Event>(f.data, strictness::from_storage).value();
}

/// When the local day began.
instant begin_of_day(const std::string& zone, instant now)
{
    const auto today = scheduling::local_date(zone, now.ms);
    auto earlier = now - day, later = now; // the first minute that has today's date lies between them
    if (scheduling::local_date(zone, earlier.ms) == today) return earlier;
    while (later - earlier > milliseconds{60'000}) {
        const auto middle = earlier + milliseconds{(later - earlier).count() / 2};
        (scheduling::local_date(zone, middle.ms) == today ? later : earlier) = middle;
    }
    return instant{later.ms / 60'000 * 60'000}; // zones are whole minutes from UTC
}

milliseconds working_time(const scheduling::calendar& when, instant from, instant to)
{
    if (when.empty()) return to - from;
    milliseconds sum{0};
    for (const auto& i : when) {
        const auto start = std::max(i.start, from.ms), end = std::min(i.end, to.ms);
        if (start < end) sum += milliseconds{end - start};
    }
    return sum;
}

void add(output& sum, const output& one)
{
    sum.good += one.good;
    sum.scrap += one.scrap;
    sum.run_ms += one.run_ms;
    sum.setup_ms += one.setup_ms;
    sum.down_ms += one.down_ms;
    sum.ideal_ms += one.ideal_ms;
}

void add(effectiveness& sum, const effectiveness& one)
{
    add(static_cast<output&>(sum), one);
    sum.planned_ms += one.planned_ms;
}

std::optional<double> ratio(double part, double whole)
{
    return whole > 0 ? std::optional(std::min(1.0, part / whole)) : std::nullopt;
}

template <class T> T rated(T e)
{
    const auto of = [](milliseconds ms) { return static_cast<double>(ms.count()); };
    e.availability = ratio(of(e.run_ms), of(e.planned_ms));
    e.effectiveness_ratio = ratio(of(e.ideal_ms), of(e.run_ms));
    e.quality_ratio = ratio(static_cast<double>(e.good), static_cast<double>(e.good + e.scrap));
    if (e.availability && e.effectiveness_ratio && e.quality_ratio)
        e.oee = *e.availability * *e.effectiveness_ratio * *e.quality_ratio;
    return e;
}

} // namespace

machine_day::machine_day(const runtime::entity_view& before, instant begin)
    : begin_(begin), reached_(begin), revision_(before.revision)
{
    const auto read = read_json_text<machine::state>(before.state, strictness::from_storage);
    if (before.revision == 0 || !read) return;
    up_ = read->up;
    for (const auto& j : read->jobs)
        runs_[j.spec.run] = {j.phase == machine::job_phase::running, j.spec.batch, j.spec.run_time_ms, j.good, j.scrap};
}

void machine_day::take(const runtime::fact& f)
{
    revision_ = f.revision;
    const auto at = std::max(f.at, reached_);
    pass(at);
    if (f.type == "dispatched") {
        const auto job = read_event<machine::dispatched>(f).job;
        runs_[job.run] = {false, job.batch, job.run_time_ms, 0, 0};
    } else if (f.type == "setup_done") {
        runs_[read_event<machine::setup_done>(f).job.run].running = true;
    } else if (f.type == "progressed") {
        const auto e = read_event<machine::progressed>(f);
        count(runs_[e.job.run], e.good, e.scrap, at);
    } else if (f.type == "job_completed") {
        const auto e = read_event<machine::job_completed>(f);
        auto& r = runs_[e.job.run];
        count(r, e.good, e.scrap, at);
        if (r.batch) hour_of(at).ideal_ms += r.piece;
        runs_.erase(e.job.run);
    } else if (f.type == "job_withdrawn") {
        runs_.erase(read_event<machine::job_withdrawn>(f).job.run);
    } else if (f.type == "went_down") {
        up_ = false;
    } else if (f.type == "came_up") {
        up_ = true;
    }
}

void machine_day::count(run& r, std::int64_t good, std::int64_t scrap, instant at)
{
    auto& h = hour_of(at);
    const auto more_good = std::max<std::int64_t>(0, good - r.good),
               more_scrap = std::max<std::int64_t>(0, scrap - r.scrap);
    h.good += more_good;
    h.scrap += more_scrap;
    if (!r.batch) h.ideal_ms += r.piece * (more_good + more_scrap);
    r.good = std::max(r.good, good);
    r.scrap = std::max(r.scrap, scrap);
}

/// What the machine's time counts as now; null: nothing.
milliseconds output::*machine_day::doing() const
{
    if (!up_) return &output::down_ms;
    if (runs_.empty()) return nullptr;
    const bool running = std::any_of(runs_.begin(), runs_.end(), [](const auto& r) { return r.second.running; });
    return running ? &output::run_ms : &output::setup_ms;
}

output& machine_day::hour_of(instant at)
{
    const auto index = static_cast<std::size_t>((at - begin_) / hour);
    if (hours_.size() <= index) hours_.resize(index + 1);
    return hours_[index];
}

void machine_day::spend(std::vector<output>& hours, instant begin, instant from, instant to, milliseconds output::*as)
{
    while (from < to) {
        const auto index = static_cast<std::size_t>((from - begin) / hour);
        if (hours.size() <= index) hours.resize(index + 1);
        const auto next = std::min(to, begin + hour * static_cast<std::int64_t>(index + 1));
        hours[index].*as += next - from;
        from = next;
    }
}

void machine_day::pass(instant until)
{
    if (const auto as = doing()) spend(hours_, begin_, reached_, until, as);
    reached_ = until;
}

std::vector<output> machine_day::hours(instant to) const
{
    auto all = hours_;
    if (const auto as = doing()) spend(all, begin_, reached_, to, as);
    all.resize(std::max<std::size_t>(all.size(), static_cast<std::size_t>((to - begin_) / hour) + 1));
    return all;
}

/// Reads what has happened since it was read last.
const machine_day& production::follow(runtime::node& node, const machine_id& machine)
{
    constexpr std::size_t some = 500;
    const entity_ref entity("machine", machine.text);
    auto followed = machines_.find(machine.text);
    if (followed == machines_.end())
        followed = machines_.emplace(machine.text, machine_day(node.at_time(entity, begin_), begin_)).first;
    while (true) {
        const auto facts = node.history(entity, followed->second.revision(), some);
        for (const auto& f : facts) followed->second.take(f);
        if (facts.size() < some) return followed->second;
    }
}

production_of_day production::today(runtime::node& node)
{
    production_of_day today;
    today.to = node.now();
    const auto plans = schedules_of(node);
    if (plans.empty() || !plans.front().second.is_defined) return today;
    today.from = begin_of_day(plans.front().second.definition.zone, today.to);

    const std::lock_guard lock(mutex_);
    if (begin_ != today.from) machines_.clear();
    begin_ = today.from;
    std::map<std::string, line_effectiveness> lines;
    for (const auto& [area, plan] : plans) {
        schedule::calendars calendars(plan, today.from, today.to + day);
        for (const auto& [key, entry] : plan.machines) {
            const auto hours = follow(node, key).hours(today.to);
            machine_effectiveness one;
            one.machine = key;
            one.planned_ms = working_time(calendars.of(entry.shifts), today.from, today.to);
            if (today.hours.size() < hours.size()) today.hours.resize(hours.size());
            for (std::size_t i = 0; i < hours.size(); ++i) {
                add(one, hours[i]);
                add(today.hours[i], hours[i]);
            }
            auto& line = lines[entry.work_center.text];
            line.work_center = entry.work_center;
            add(line, one);
            add(today.plant, one);
            today.machines.push_back(rated(std::move(one)));
        }
    }
    for (std::size_t i = 0; i < today.hours.size(); ++i)
        today.hours[i].from = today.from + hour * static_cast<std::int64_t>(i);
    for (auto& [key, line] : lines) today.work_centers.push_back(rated(std::move(line)));
    today.plant = rated(std::move(today.plant));
    return today;
}

answering get_production(door& d, const request&)
{
    auto write = [&d] { return to_json(d.made.today(d.node)); };
    co_return json(200, co_await in_background(d, std::move(write))).with("Cache-Control", "no-cache");
}

} // namespace takt::http
