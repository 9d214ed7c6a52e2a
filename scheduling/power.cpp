#include "scheduling/power.hpp"

#include <algorithm>
#include <cmath>

namespace takt::scheduling {

power_profile::power_profile(const problem& p)
{
    for (const auto& cap : p.power_caps)
        if (cap.when.start < cap.when.end) windows_.push_back({cap.when, std::llround(cap.kw * 1000), {}});
    std::stable_sort(windows_.begin(), windows_.end(),
                     [](const auto& a, const auto& b) { return a.when.start < b.when.start; });
}

void power_profile::add(time_ms from, time_ms to, std::int64_t watts)
{
    if (watts == 0) return;
    for (auto& w : windows_) {
        if (w.when.start >= to) break;
        const time_ms start = std::max(from, w.when.start), end = std::min(to, w.when.end);
        if (start >= end) continue;
        for (const auto& [at, more] : {std::pair{start, watts}, std::pair{end, -watts}})
            if ((w.change[at] += more) == 0) w.change.erase(at);
    }
}

time_ms power_profile::free_from(time_ms from, time_ms to, std::int64_t watts) const
{
    if (watts == 0) return from;
    for (const auto& w : windows_) {
        if (w.when.start >= to) break;
        if (w.when.end <= from) continue;
        if (watts > w.cap) return w.when.end;
        std::int64_t level = 0;
        time_ms since = w.when.start; // from when on the level holds
        bool broken = false;
        for (const auto& [at, more] : w.change) {
            const bool too_much = level + watts > w.cap;
            if (broken && !too_much) return since;
            if (too_much && at > from && since < to) broken = true;
            level += more;
            since = at;
            if (since >= to && !broken) break;
        }
        if (broken) return since; // behind the last change nothing is drawn
    }
    return from;
}

} // namespace takt::scheduling
