#include <unordered_set>

#include "actors/mes/schedule_parts.hpp"
#include "actors/plm/product.hpp"
#include "scheduling/calendar.hpp"

/// What the schedule's state means to the engine.
namespace takt::schedule {
namespace {

/// What should have ended by now is expected to end this soon.
constexpr std::int64_t overdue_ms = 60'000;
constexpr std::int64_t still_down_ms = 15 * 60'000;
constexpr std::int64_t inspection_ms = 30 * 60'000;
constexpr std::int64_t day_ms = 24 * 3'600'000LL;
constexpr std::int64_t always_ms = 3650 * day_ms;

scheduling::calendar without(const scheduling::calendar& all, const scheduling::interval& hole, std::int64_t now)
{
    scheduling::calendar left;
    const scheduling::calendar whole = all.empty() ? scheduling::calendar{{now - day_ms, now + always_ms}} : all;
    for (const auto& i : whole) {
        if (i.start < std::min(i.end, hole.start)) left.push_back({i.start, std::min(i.end, hole.start)});
        if (std::max(i.start, hole.end) < i.end) left.push_back({std::max(i.start, hole.end), i.end});
        if (i.start == i.end) left.push_back(i); // "never" stays never
    }
    return left;
}

scheduling::operation described(const state& s, const std::string& name, const operation_entry& o)
{
    scheduling::operation out;
    out.key = name;
    out.setup_family = o.what.setup_family;
    out.batch = o.what.batch;
    out.interruptible = o.what.interruptible;
    for (const auto& mode : o.what.modes) {
        auto& m = out.modes.emplace_back(
            scheduling::mode{mode.machine.text, mode.skill, mode.setup_time_ms.count(), run_time(o, mode).count()});
        m.tool = mode.tool;
        if (!s.definition.power_caps.empty() || !s.definition.tariff.empty()) m.power_kw = power_of(s, mode.machine);
    }
    return out;
}

/// It begins when the one before is done, its pieces have arrived, and not too late after that.
void follow(scheduling::operation& out, const state& s, const operation_entry& o, std::string name_before,
            const operation_entry& before)
{
    scheduling::link after{std::move(name_before)};
    after.least = transport_between(s, before, o).count();
    if (o.what.within_ms) after.most = std::max(after.least, o.what.within_ms->count());
    if (after.least > 0 || o.what.within_ms)
        out.links.push_back(std::move(after));
    else
        out.predecessors.push_back(std::move(after.predecessor));
}

class problem_builder {
public:
    problem_builder(const state& s, instant now)
        : s_(s), now_(now.ms), calendars_(s, now - milliseconds{day_ms}, now + s.definition.horizon_ms)
    {
    }

    planning_task build()
    {
        problem_.now = now_;
        problem_.frozen_until = now_ + s_.definition.frozen_ms.count();
        for (const auto& [key, m] : s_.machines) {
            add(key, m);
            for (const auto& t : m.told) told_.insert(name_of(t.key.work_order, t.key.operation));
        }
        add_constraints();
        for (const auto& [key, p] : s_.people)
            problem_.people.push_back({key.text, p.skills, presence_of(p, calendars_.of(p.shifts), instant{now_}), 1,
                                       calendars_.regular(p.shifts)});
        for (const auto& [key, job] : s_.jobs) add(key, job);
        return {std::move(problem_), std::move(in_force_), std::move(excluded_)};
    }

private:
    void add(const machine_id& key, const machine_entry& m)
    {
        scheduling::machine out{key.text, calendars_.of(m.shifts), 0, m.capacity, m.setup_family, m.setup_matrix};
        if (!m.up) out.down_until = std::max(m.down_until.ms, now_ + still_down_ms);
        for (const auto& d : m.downtimes)
            out.available = without(out.available, {d.from.ms, std::max(d.to.ms, now_ + still_down_ms)}, now_);
        problem_.machines.push_back(std::move(out));
    }

    void add_constraints()
    {
        const auto& d = s_.definition;
        for (const auto& x : d.setup_matrices) {
            auto& out = problem_.setup_matrices.emplace_back(scheduling::setup_matrix{x.key, {}});
            for (const auto& c : x.changes) out.changes.push_back({c.from, c.to, c.setup_time_ms.count()});
        }
        for (const auto& t : d.tools) problem_.tools.push_back({t.key, t.count});
        for (const auto& c : d.power_caps)
            for (const auto& when : daily(c.start, c.end)) problem_.power_caps.push_back({when, c.kw});
        for (const auto& t : d.tariff)
            for (const auto& when : daily(t.start, t.end)) problem_.tariffs.push_back({when, t.price_per_kwh});
        std::sort(problem_.tariffs.begin(), problem_.tariffs.end(),
                  [](const auto& a, const auto& b) { return a.when.start < b.when.start; });
        problem_.base_price_per_kwh = d.base_price_per_kwh;
    }

    scheduling::calendar daily(const std::string& start, const std::string& end) const
    {
        return hours_of_every_day(s_.definition.zone, start, end, instant{now_ - day_ms},
                                  instant{now_} + s_.definition.horizon_ms);
    }

    void add(const work_order_id& key, const job_entry& job)
    {
        const char* excluded_as = job.held ? "held" : job.earliest ? nullptr : "material_unknown";
        scheduling::job out{key.text, 0, job.due.ms, static_cast<double>(job.priority), {}};
        if (job.earliest) out.release = std::max(now_, job.earliest->ms);
        const operation_entry* before = nullptr;
        std::int64_t earliest = 0, end = 0;
        bool whole = excluded_as == nullptr;
        for (const auto& o : job.operations) {
            if (o.what.status == mes::operation_status::done) {
                earliest = arrival(s_, job, o).value_or(instant{}).ms;
                continue;
            }
            const auto name = name_of(key, o.what.operation);
            if (o.sent.run != 0) {
                out.operations.push_back(running(name, o));
            } else if (o.what.status == mes::operation_status::inspecting) {
                earliest = now_ + inspection_ms;
                before = nullptr;
                continue;
            } else if (excluded_as != nullptr) {
                excluded_.emplace(name, excluded_as);
                continue;
            } else {
                out.operations.push_back(waiting(key, o, before, earliest));
            }
            if (o.planned) {
                end = std::max(end, o.planned->end.ms);
                in_force_.assignments.push_back({key.text,
                                                 name,
                                                 o.planned->machine.text,
                                                 o.planned->person.text,
                                                 o.planned->start.ms,
                                                 o.planned->setup_end.ms,
                                                 o.planned->end.ms,
                                                 {},
                                                 tool_of(o, o.planned->machine)});
            } else {
                whole = false;
            }
            before = &o;
        }
        if (whole && end > 0) in_force_.job_end.emplace(key.text, end);
        if (!out.operations.empty()) problem_.jobs.push_back(std::move(out));
    }

    scheduling::operation running(const std::string& name, const operation_entry& o) const
    {
        auto out = described(s_, name, o);
        out.status = scheduling::operation_status::running;
        out.running_machine = o.sent.machine.text;
        out.running_operator = o.sent.person.text;
        out.started = std::min(o.sent.at.ms, now_);
        out.remaining = std::max(o.sent.at.ms + o.sent.expected_ms.count() - now_, overdue_ms);
        return out;
    }

    scheduling::operation waiting(const work_order_id& job, const operation_entry& o, const operation_entry* before,
                                  std::int64_t earliest) const
    {
        const auto name = name_of(job, o.what.operation);
        auto out = described(s_, name, o);
        if (before != nullptr) follow(out, s_, o, name_of(job, before->what.operation), *before);
        out.earliest = std::max(earliest, o.not_before.ms);
        out.released = told_.contains(name);
        if (!o.pinned) return out;
        out.running_machine = o.pinned->machine.text;
        if (o.pinned->start.ms >= now_) out.pinned_start = o.pinned->start.ms;
        return out;
    }

    const state& s_;
    std::int64_t now_;
    calendars calendars_;
    scheduling::problem problem_;
    scheduling::plan_result in_force_;
    std::unordered_set<std::string> told_; ///< operations that their machines know of
    std::unordered_map<std::string, std::string> excluded_;
};

} // namespace

std::string name_of(const work_order_id& job, const std::string& operation) { return job.text + "/" + operation; }

void append_operations(scheduling::job& job, const state& s, const std::string& key, const product::define& made,
                       takt::quantity good, instant ready)
{
    const auto pieces = product::to_start(good, made);
    std::optional<operation_entry> before;
    for (const auto& step : made.routing) {
        operation_entry o;
        o.what = {step.operation, step.modes,         step.setup_family,
                  step.batch,     step.interruptible, mes::operation_status::waiting,
                  pieces,         step.within_ms};
        auto& out = job.operations.emplace_back(described(s, key + "/" + step.operation, o));
        out.earliest = ready.ms;
        if (before) follow(out, s, o, key + "/" + before->what.operation, *before);
        before = std::move(o);
    }
}

planning_task task_of(const state& s, instant now) { return problem_builder(s, now).build(); }

scheduling::problem_file problem_of(const state& s, instant now)
{
    auto task = task_of(s, now);
    scheduling::problem_file out;
    static_cast<scheduling::problem&>(out) = std::move(task.problem);
    out.goal = wanted(s.definition);
    out.in_force = std::move(task.in_force);
    return out;
}

namespace {

const hrm::shift_pattern* find_pattern(const state& s, const std::string& key)
{
    const auto& all = s.definition.shifts;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& p) { return p.key == key; });
    return found == all.end() ? nullptr : &*found;
}

/// All of both, joined where they touch.
scheduling::calendar together(scheduling::calendar a, const scheduling::calendar& b)
{
    a.insert(a.end(), b.begin(), b.end());
    std::sort(a.begin(), a.end(), [](const auto& x, const auto& y) { return x.start < y.start; });
    scheduling::calendar all;
    for (const auto& i : a)
        if (i.start == i.end)
            continue;
        else if (!all.empty() && i.start <= all.back().end)
            all.back().end = std::max(all.back().end, i.end);
        else
            all.push_back(i);
    return all;
}

} // namespace

scheduling::calendar calendars::ordinary(const std::vector<std::string>& shifts) const
{
    hrm::work_calendar when{s_.definition.zone, {}, s_.definition.holidays};
    bool optional = false;
    for (const auto& key : shifts)
        if (const auto* pattern = find_pattern(s_, key)) {
            optional = optional || pattern->optional;
            if (!pattern->optional) when.shifts.push_back(*pattern);
        }
    if (!when.shifts.empty()) return scheduling::working_time(when, from_.ms, to_.ms);
    if (optional) return {{to_.ms, to_.ms}}; // never, unless called in
    return {};
}

scheduling::calendar calendars::opened(const std::vector<std::string>& shifts) const
{
    scheduling::calendar all;
    for (const auto& o : s_.opened) {
        const auto* pattern = find_pattern(s_, o.shift);
        if (pattern == nullptr || std::find(shifts.begin(), shifts.end(), o.shift) == shifts.end()) continue;
        const hrm::work_calendar when{s_.definition.zone, {*pattern}, {}};
        for (const auto& i : scheduling::working_time(when, o.from.ms, o.to.ms))
            if (i.start < i.end) all.push_back(i);
    }
    return all;
}

const scheduling::calendar& calendars::of(const std::vector<std::string>& shifts)
{
    const auto known = known_.find(shifts);
    if (known != known_.end()) return known->second;
    scheduling::calendar made;
    if (s_.is_defined) made = ordinary(shifts);
    if (const auto more = opened(shifts); !made.empty() && !more.empty()) made = together(std::move(made), more);
    return known_.emplace(shifts, std::move(made)).first->second;
}

const scheduling::calendar& calendars::regular(const std::vector<std::string>& shifts)
{
    const auto known = regular_.find(shifts);
    if (known != regular_.end()) return known->second;
    return regular_.emplace(shifts, opened(shifts).empty() ? scheduling::calendar{} : ordinary(shifts)).first->second;
}

} // namespace takt::schedule
