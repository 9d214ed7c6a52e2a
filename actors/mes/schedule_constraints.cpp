#include <algorithm>

#include "actors/mes/schedule_parts.hpp"
#include "scheduling/calendar.hpp"

/// What limits the floor besides machines, people and material: tools, power, the way between machines.
namespace takt::schedule {
namespace {

const work_center_id* home_of(const state& s, const operation_entry& o)
{
    if (o.what.modes.empty()) return nullptr;
    const auto found = s.machines.find(o.what.modes.front().machine);
    return found == s.machines.end() ? nullptr : &found->second.work_center;
}

/// The smallest cap of those that hold now.
std::optional<double> cap_at(const state& s, instant now)
{
    constexpr milliseconds day{86'400'000};
    std::optional<double> least;
    for (const auto& c : s.definition.power_caps)
        if (scheduling::works_at(hours_of_every_day(s.definition.zone, c.start, c.end, now - day, now + day), now.ms))
            least = std::min(least.value_or(c.kw), c.kw);
    return least;
}

} // namespace

scheduling::calendar hours_of_every_day(const std::string& zone, const std::string& start, const std::string& end,
                                        instant from, instant to)
{
    using enum hrm::weekday;
    const hrm::shift_pattern daily{"", {mon, tue, wed, thu, fri, sat, sun}, start, end, {}};
    return scheduling::working_time({zone, {daily}, {}}, from.ms, to.ms);
}

milliseconds transport_between(const state& s, const operation_entry& from, const operation_entry& to)
{
    const auto *a = home_of(s, from), *b = home_of(s, to);
    if (a == nullptr || b == nullptr) return milliseconds{0};
    for (const auto& t : s.definition.transport_times)
        if (t.from == *a && t.to == *b) return t.time_ms;
    return milliseconds{0};
}

std::optional<instant> arrival(const state& s, const job_entry& job, const operation_entry& done)
{
    const auto at = static_cast<std::size_t>(&done - job.operations.data());
    if (!done.done_at || at + 1 >= job.operations.size()) return std::nullopt;
    return *done.done_at + transport_between(s, done, job.operations[at + 1]);
}

double power_of(const state& s, const machine_id& machine)
{
    const auto found = s.machines.find(machine);
    return found == s.machines.end() ? 0 : found->second.rated_power_kw;
}

std::string tool_of(const operation_entry& o, const machine_id& machine)
{
    const auto* mode = mode_on(o, machine);
    return mode == nullptr ? std::string() : mode->tool;
}

milliseconds setup_time(const state& s, const machine_entry& m, const operation_entry& o,
                        const plm::operation_mode& mode)
{
    const auto& family = o.what.setup_family;
    if (!m.setup_matrix.empty() && !family.empty())
        for (const auto& x : s.definition.setup_matrices)
            for (const auto& c : x.changes)
                if (x.key == m.setup_matrix && c.from == m.setup_family && c.to == family) return c.setup_time_ms;
    return family.empty() || family != m.setup_family ? mode.setup_time_ms : milliseconds{0};
}

floor_limits::floor_limits(const state& s, instant now) : s_(s), now_(now), cap_kw_(cap_at(s, now))
{
    for (const auto& [key, m] : s.machines) {
        if (m.runs.empty()) continue;
        kw_ += m.rated_power_kw;
        const auto* running = find_operation(s, m.runs.front().work_order, m.runs.front().operation);
        if (running != nullptr) ++in_use_[tool_of(*running, key)];
    }
}

const char* floor_limits::against(const job_entry& job, const operation_entry& o, const plm::operation_mode& mode) const
{
    const auto at = static_cast<std::size_t>(&o - job.operations.data());
    if (at > 0 && arrival(s_, job, job.operations[at - 1]).value_or(now_) > now_) return "transport";
    for (const auto& t : s_.definition.tools)
        if (const auto used = in_use_.find(t.key);
            t.key == mode.tool && used != in_use_.end() && used->second >= t.count)
            return "tool";
    return cap_kw_ && kw_ + power_of(s_, mode.machine) > *cap_kw_ ? "power" : nullptr;
}

void floor_limits::take(const plm::operation_mode& mode)
{
    kw_ += power_of(s_, mode.machine);
    ++in_use_[mode.tool];
}

} // namespace takt::schedule
