#include <algorithm>
#include <cmath>

#include "actors/mes/schedule_parts.hpp"

/// Dispatching rules: what a machine begins when no plan says so.
namespace takt::schedule {
namespace {

/// Of the apparent tardiness cost: how far ahead it looks, in mean processing times, and how long a later operation is
/// expected to wait, in its own processing times. Both as Vepsalainen and Morton recommend for job shops.
constexpr double look_ahead = 3;
constexpr double wait_factor = 2;

struct waiting {
    operation_key key;
    const job_entry* job = nullptr;
    const operation_entry* operation = nullptr;
    double duration = 0;
};

/// Of the operations after this one, each by its quickest way.
double work_after(const job_entry& job, const operation_entry& o)
{
    double sum = 0;
    for (const auto& later : job.operations) {
        if (&later <= &o) continue;
        double least = 0;
        for (const auto& mode : later.what.modes) {
            const auto time = static_cast<double>((mode.setup_time_ms + run_time(later, mode)).count());
            if (least == 0 || time < least) least = time;
        }
        sum += least;
    }
    return sum;
}

/// Logarithm of the apparent tardiness cost, so that what is far from due does not become zero.
double urgency(const waiting& w, double mean_duration, instant now)
{
    const double slack = static_cast<double>((w.job->due - now).count()) - w.duration -
                         (1 + wait_factor) * work_after(*w.job, *w.operation);
    return std::log(w.job->priority / w.duration) - std::max(0.0, slack) / (look_ahead * mean_duration);
}

void rank(std::vector<waiting>& all, dispatching rule, instant now)
{
    double mean = 0;
    for (const auto& w : all) mean += w.duration / static_cast<double>(all.size());
    const auto before = [&](const waiting& a, const waiting& b) {
        switch (rule) {
        case dispatching::fifo: return a.operation->ready_at < b.operation->ready_at;
        case dispatching::edd: return a.job->due < b.job->due;
        case dispatching::atc: return urgency(a, mean, now) > urgency(b, mean, now);
        case dispatching::plan: break;
        }
        return false;
    };
    std::stable_sort(all.begin(), all.end(), before);
}

} // namespace

std::vector<operation_key> ranked_by_rule(const state& s, const machine_id& machine, instant now)
{
    const auto where = s.machines.find(machine);
    if (where == s.machines.end()) return {};
    std::vector<waiting> all;
    for (const auto& [key, job] : s.jobs) {
        for (const auto& o : job.operations) {
            if (o.sent.run != 0 || !is_ready(job, o, now)) continue;
            const auto* mode = mode_on(o, machine);
            if (mode == nullptr) continue;
            const auto time = std::max<std::int64_t>(1, duration_on(s, where->second, o, *mode).count());
            all.push_back({{key, o.what.operation}, &job, &o, static_cast<double>(time)});
        }
    }
    rank(all, s.definition.dispatching, now);
    std::vector<operation_key> keys;
    for (auto& w : all) keys.push_back(std::move(w.key));
    return keys;
}

} // namespace takt::schedule
