#include "scheduling/objective.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "scheduling/judgement.hpp"

namespace takt::scheduling {
namespace {

constexpr double hour = 3'600'000;
constexpr double other_machine_hours = 4, released_times = 10;

constexpr std::array<const char*, objectives_count> names{"weighted_tardiness", "number_late",      "makespan",
                                                          "setup_time",         "stability",        "energy_cost",
                                                          "work_in_progress",   "operator_overtime"};

double hours(time_ms duration) { return static_cast<double>(duration) / hour; }

/// Of [from, to), what is not in the calendar.
time_ms outside(const calendar* when, time_ms from, time_ms to)
{
    if (when == nullptr || when->empty() || from >= to) return 0;
    time_ms in = 0;
    auto i = std::upper_bound(when->begin(), when->end(), from, [](time_ms t, const interval& x) { return t < x.end; });
    for (; i != when->end() && i->start < to; ++i) in += std::min(i->end, to) - std::max(i->start, from);
    return to - from - in;
}

double price_of(const problem& p, time_ms from, time_ms to)
{
    double money = p.base_price_per_kwh * hours(to - from);
    auto t = std::upper_bound(p.tariffs.begin(), p.tariffs.end(), from,
                              [](time_ms at, const tariff& x) { return at < x.when.end; });
    for (; t != p.tariffs.end() && t->when.start < to; ++t)
        money += (t->price_per_kwh - p.base_price_per_kwh) *
                 hours(std::min(t->when.end, to) - std::max(t->when.start, from));
    return money; // of one kilowatt
}

struct span_of_job {
    time_ms start = 0, end = 0;
    bool any = false;
};

} // namespace

const char* name_of(objective o) { return names[static_cast<std::size_t>(o)]; }

std::optional<objective> objective_named(const std::string& name)
{
    const auto found = std::find(names.begin(), names.end(), std::string_view(name));
    if (found == names.end()) return std::nullopt;
    return static_cast<objective>(found - names.begin());
}

double moved_hours(const operation& op, const assignment& was, time_ms start, const std::string& machine)
{
    const double moved = std::abs(hours(start - was.start)) + (machine == was.machine ? 0 : other_machine_hours);
    return op.released ? moved * released_times : moved;
}

objective_values judge(const problem& p, const std::vector<judged>& all, const std::vector<char>& complete,
                       std::vector<objective_values>* by_job)
{
    objective_values total;
    std::vector<span_of_job> spans(p.jobs.size());
    for (const auto& one : all) {
        const auto j = static_cast<std::size_t>(one.job);
        auto& span = spans[j];
        span.start = span.any ? std::min(span.start, one.start) : one.start;
        span.end = span.any ? std::max(span.end, one.end) : one.end;
        span.any = true;
        objective_values v;
        v[objective::setup_time] = hours(one.setup_end - one.start) / one.shared_by;
        v[objective::stability] = one.moved_hours;
        if (one.watts > 0)
            v[objective::energy_cost] =
                one.watts / 1000 * price_of(p, std::max(one.start, p.now), std::max(one.end, p.now)) / one.shared_by;
        v[objective::operator_overtime] =
            (hours(outside(one.regular, one.handed_over ? one.setup_end : one.start, one.end)) +
             hours(outside(one.setter_regular, one.start, one.setup_end))) /
            one.shared_by;
        for (std::size_t i = 0; i < objectives_count; ++i) {
            total.all[i] += v.all[i];
            if (by_job != nullptr) (*by_job)[j].all[i] += v.all[i];
        }
    }
    for (std::size_t j = 0; j < spans.size(); ++j) {
        if (!spans[j].any) continue;
        const auto& job = p.jobs[j];
        objective_values v;
        v[objective::makespan] = hours(spans[j].end - p.now);
        v[objective::work_in_progress] = hours(spans[j].end - spans[j].start);
        if (complete[j] != 0 && spans[j].end > job.due) {
            v[objective::weighted_tardiness] = hours(spans[j].end - job.due) * job.weight;
            v[objective::number_late] = 1;
        }
        for (const auto o : {objective::work_in_progress, objective::weighted_tardiness, objective::number_late}) {
            total[o] += v[o];
            if (by_job != nullptr) (*by_job)[j][o] = v[o];
        }
        total[objective::makespan] = std::max(total[objective::makespan], v[objective::makespan]);
        if (by_job != nullptr) (*by_job)[j][objective::makespan] = v[objective::makespan];
    }
    return total;
}

evaluation evaluate(const problem& p, const plan_result& plan, const plan_result* in_force)
{
    std::unordered_map<std::string_view, std::pair<int, const operation*>> operations;
    for (std::size_t j = 0; j < p.jobs.size(); ++j)
        for (const auto& op : p.jobs[j].operations) operations.try_emplace(op.key, static_cast<int>(j), &op);
    std::unordered_map<std::string_view, const person*> people;
    for (const auto& one : p.people) people.try_emplace(one.key, &one);
    std::unordered_map<std::string_view, const assignment*> before;
    if (in_force != nullptr)
        for (const auto& a : in_force->assignments) before.try_emplace(a.operation, &a);
    const auto regular = [&](const std::string& who) -> const calendar* {
        const auto found = people.find(who);
        return found == people.end() ? nullptr : &found->second->regular;
    };
    std::map<std::tuple<std::string_view, time_ms, time_ms>, double> members; // of the runs of batch operations
    for (const auto& a : plan.assignments) {
        const auto found = operations.find(a.operation);
        if (found != operations.end() && found->second.second->batch) ++members[{a.machine, a.start, a.end}];
    }
    std::vector<judged> all;
    for (const auto& a : plan.assignments) {
        const auto found = operations.find(a.operation);
        if (found == operations.end()) continue;
        const auto& [job, op] = found->second;
        judged one{job, a.start, a.setup_end, a.end, 1, 0, regular(a.person), nullptr, !a.setter.empty(), 0};
        if (!a.setter.empty()) one.setter_regular = regular(a.setter);
        if (op->batch) one.shared_by = members[{a.machine, a.start, a.end}];
        for (const auto& m : op->modes)
            if (m.machine == a.machine) one.watts = m.power_kw * 1000;
        const auto was = before.find(a.operation);
        if (was != before.end()) one.moved_hours = moved_hours(*op, *was->second, a.start, a.machine);
        all.push_back(one);
    }
    std::vector<char> complete(p.jobs.size(), 0);
    for (std::size_t j = 0; j < p.jobs.size(); ++j) complete[j] = plan.job_end.count(p.jobs[j].key) != 0 ? 1 : 0;
    std::vector<objective_values> by_job(p.jobs.size());
    evaluation result;
    result.total = judge(p, all, complete, &by_job);
    for (std::size_t j = 0; j < p.jobs.size(); ++j) result.by_job.emplace(p.jobs[j].key, by_job[j]);
    return result;
}

double value(const goal& g, const objective_values& v)
{
    double sum = 0;
    for (const auto& t : g.terms) sum += t.weight * v[t.what];
    return sum;
}

bool better(const goal& g, const objective_values& a, const objective_values& b)
{
    const auto less = [](double x, double y) { return x < y - 1e-6 * std::max(1.0, std::abs(y)); };
    if (!g.by_rank) return less(value(g, a), value(g, b));
    for (const auto& t : g.terms) {
        if (less(a[t.what], b[t.what])) return true;
        if (less(b[t.what], a[t.what])) return false;
    }
    return false;
}

} // namespace takt::scheduling
