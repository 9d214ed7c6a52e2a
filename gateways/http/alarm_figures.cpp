#include "gateways/http/alarm_figures.hpp"

#include <algorithm>
#include <deque>
#include <set>

namespace takt::http {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds ten_minutes = 10min;
constexpr std::size_t flood_begins_above = 10, flood_ends_below = 5, top = 10, chatter_least = 3;
constexpr milliseconds chatter_within = 1min, fleeting_within = 10s, stale_after = 24h;

double share(std::int64_t part, std::int64_t whole)
{
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

std::vector<alarm_count> most_first(const std::map<std::string, std::int64_t>& counted)
{
    std::vector<alarm_count> all;
    for (const auto& [alarm, count] : counted) all.push_back({alarm, count});
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
    return all;
}

void count_periods(alarm_figures& f, const std::vector<annunciation>& shown)
{
    std::map<std::int64_t, std::int64_t> in_period;
    for (const auto& a : shown) ++in_period[(a.at - f.from) / ten_minutes];
    std::int64_t above = 0;
    for (const auto& [period, count] : in_period) {
        f.most_in_10_minutes = std::max(f.most_in_10_minutes, count);
        above += count > static_cast<std::int64_t>(flood_begins_above) ? 1 : 0;
    }
    const auto periods = std::max<std::int64_t>(1, (f.to - f.from + ten_minutes - 1ms) / ten_minutes);
    f.periods_above_10_share = share(above, periods);
}

/// Three of the same alarm within a minute chatter; each further one does too.
void count_nuisance(alarm_figures& f, const std::vector<annunciation>& shown)
{
    std::map<std::string, std::int64_t> chattering, fleeting;
    std::map<std::string, std::deque<instant>> lately;
    for (const auto& a : shown) {
        auto& times = lately[a.alarm];
        while (!times.empty() && a.at - times.front() > chatter_within) times.pop_front();
        times.push_back(a.at);
        if (times.size() >= chatter_least) ++chattering[a.alarm];
        if (a.over && *a.over - a.at <= fleeting_within) ++fleeting[a.alarm];
        if (!a.over && f.to - a.at > stale_after) f.stale.push_back(a.alarm);
    }
    f.chattering = most_first(chattering);
    f.fleeting = most_first(fleeting);
}

bool shown_now(alarm::alarm_status s)
{
    using enum alarm::alarm_status;
    return s != normal && s != shelved && s != suppressed && s != out_of_service;
}

} // namespace

flood_times floods_in(const std::vector<instant>& times, instant from, instant to)
{
    flood_times f;
    std::size_t oldest = 0;
    instant since;
    const auto end_by = [&](instant now) { // leaves: it ends when the fifth latest is ten minutes old
        while (oldest < times.size() && times[oldest] + ten_minutes <= now) ++oldest;
    };
    for (std::size_t i = 0; i < times.size(); ++i) {
        if (f.on) {
            const auto over = times[i - flood_ends_below] + ten_minutes;
            if (over <= times[i]) {
                f.time += std::max(0ms, std::min(over, to) - std::max(since, from));
                f.on = false;
            }
        }
        end_by(times[i]);
        if (!f.on && i + 1 - oldest > flood_begins_above) {
            f.on = true;
            since = times[i];
            ++f.begun;
        }
    }
    if (!f.on) return f;
    const auto over = times[times.size() - flood_ends_below] + ten_minutes;
    f.on = over > to;
    f.time += std::max(0ms, std::min(over, to) - std::max(since, from));
    return f;
}

alarm_figures figures_of(const std::vector<annunciation>& shown, instant from, instant to, std::int64_t consoles)
{
    alarm_figures f;
    f.from = from;
    f.to = to;
    f.consoles = consoles;
    f.annunciated = static_cast<std::int64_t>(shown.size());
    const double hours = std::chrono::duration<double, std::ratio<3600>>(to - from).count();
    if (hours > 0) f.per_hour = static_cast<double>(f.annunciated) / hours / static_cast<double>(consoles);
    f.per_10_minutes = f.per_hour / 6;
    count_periods(f, shown);
    count_nuisance(f, shown);

    std::vector<instant> times;
    std::map<std::string, std::int64_t> by_alarm, by_priority;
    for (const auto& a : shown) {
        times.push_back(a.at);
        ++by_alarm[a.alarm];
        ++by_priority[std::string(enum_name(a.priority))];
    }
    const auto floods = floods_in(times, from, to);
    f.floods = floods.begun;
    f.flood_share = share(floods.time.count(), (to - from).count());
    f.top_10 = most_first(by_alarm);
    if (f.top_10.size() > top) f.top_10.resize(top);
    std::int64_t of_top = 0;
    for (const auto& one : f.top_10) of_top += one.count;
    f.top_10_share = share(of_top, f.annunciated);
    for (const auto& [priority, count] : by_priority) f.priority[priority] = share(count, f.annunciated);
    return f;
}

alarm_groups groups_of(const std::vector<std::pair<std::string, alarm::state>>& alarms,
                       const std::vector<instant>& times, instant now)
{
    alarm_groups all;
    all.flood = floods_in(times, {0}, now).on;
    all.in_10_minutes = std::count_if(times.begin(), times.end(), [&](instant t) { return now - t < ten_minutes; });
    std::map<std::string, alarm_group> by_cause;
    for (const auto& [key, s] : alarms) {
        if (!shown_now(s.status)) continue;
        auto& group = by_cause[s.cause.empty() ? s.source.path() : s.cause];
        group.priority = std::max(group.priority, s.priority);
        group.alarms.push_back(
            {key, s.status, s.priority, s.source, s.detection ? s.detection->what : std::string(), s.raised_at});
    }
    for (auto& [cause, group] : by_cause) {
        std::stable_sort(group.alarms.begin(), group.alarms.end(),
                         [](const auto& a, const auto& b) { return a.raised_at < b.raised_at; });
        group.cause = cause;
        group.first = group.alarms.front().alarm;
        all.groups.push_back(std::move(group));
    }
    std::stable_sort(all.groups.begin(), all.groups.end(), [](const auto& a, const auto& b) {
        if (a.priority != b.priority) return a.priority > b.priority;
        return a.alarms.front().raised_at < b.alarms.front().raised_at;
    });
    return all;
}

} // namespace takt::http
