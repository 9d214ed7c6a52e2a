#include "scheduling/calendar.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <date/tz.h>

namespace takt::scheduling {
namespace {

constexpr int minutes_per_day = 24 * 60;

std::optional<int> two_digits(std::string_view text)
{
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() != 2 || !digit(text[0]) || !digit(text[1])) return std::nullopt;
    return (text[0] - '0') * 10 + (text[1] - '0');
}

std::optional<date::local_days> read_date(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto century = two_digits(text.substr(0, 2)), year = two_digits(text.substr(2, 2));
    const auto month = two_digits(text.substr(5, 2)), day = two_digits(text.substr(8, 2));
    if (!century || !year || !month || !day) return std::nullopt;
    const date::year_month_day ymd{date::year{*century * 100 + *year}, date::month{static_cast<unsigned>(*month)},
                                   date::day{static_cast<unsigned>(*day)}};
    if (!ymd.ok()) return std::nullopt;
    return date::local_days{ymd};
}

const date::time_zone* find_zone(std::string_view name)
{
    try {
        return date::locate_zone(name);
    } catch (const std::runtime_error&) { // the library's way to say "no such zone"
        return nullptr;
    }
}

/// Minutes from a shift's midnight; an end that is not after the start is on the next day.
struct span_minutes {
    int start = 0, end = 0;
};

std::optional<span_minutes> read_span(std::string_view start, std::string_view end)
{
    const auto from = minutes_of_day(start), to = minutes_of_day(end);
    if (!from || !to) return std::nullopt;
    return span_minutes{*from, *to > *from ? *to : *to + minutes_per_day};
}

/// A break of a night shift may lie after midnight: 00:30 within 22:00 to 06:00 is half an hour into the next day.
std::optional<span_minutes> break_within(const span_minutes& shift, std::string_view start, std::string_view end)
{
    auto pause = read_span(start, end);
    if (!pause) return std::nullopt;
    if (pause->start < shift.start) {
        pause->start += minutes_per_day;
        pause->end += minutes_per_day;
    }
    if (pause->start < shift.start || pause->end > shift.end) return std::nullopt;
    return pause;
}

enum class edge { start, end };

/// Local minutes after a day's midnight as an instant. A local time that occurs twice in autumn is its first
/// occurrence at a start and its last at an end; one that does not occur in spring is the instant of the change.
time_ms instant_of(const date::time_zone& zone, date::local_days day, int minutes, edge which)
{
    const auto local = day + std::chrono::minutes(minutes);
    const auto info = zone.get_info(local);
    std::chrono::sys_seconds at;
    if (info.result == date::local_info::nonexistent)
        at = info.first.end;
    else if (info.result == date::local_info::ambiguous && which == edge::end)
        at = std::chrono::sys_seconds{local.time_since_epoch() - info.second.offset};
    else
        at = std::chrono::sys_seconds{local.time_since_epoch() - info.first.offset};
    return std::chrono::milliseconds(at.time_since_epoch()).count();
}

/// One shift on one day, without its breaks, clipped to the horizon.
void add_shift(calendar& out, const date::time_zone& zone, date::local_days day, const hrm::shift_pattern& shift,
               const interval& horizon)
{
    const auto whole = read_span(shift.start, shift.end);
    std::vector<span_minutes> pauses;
    for (const auto& pause : shift.breaks) pauses.push_back(*break_within(*whole, pause.start, pause.end));
    std::sort(pauses.begin(), pauses.end(), [](const auto& a, const auto& b) { return a.start < b.start; });

    time_ms at = instant_of(zone, day, whole->start, edge::start);
    const auto add_until = [&](time_ms end) {
        const interval clipped{std::max(at, horizon.start), std::min(end, horizon.end)};
        if (clipped.start < clipped.end) out.push_back(clipped);
    };
    for (const auto& pause : pauses) {
        add_until(instant_of(zone, day, pause.start, edge::start));
        at = std::max(at, instant_of(zone, day, pause.end, edge::end));
    }
    add_until(instant_of(zone, day, whole->end, edge::end));
}

bool works_on(const hrm::shift_pattern& shift, date::local_days day)
{
    const auto iso = date::weekday{day}.iso_encoding(); // 1 is Monday
    const auto today = static_cast<hrm::weekday>(iso - 1);
    return std::find(shift.weekdays.begin(), shift.weekdays.end(), today) != shift.weekdays.end();
}

void sort_and_join(calendar& all)
{
    std::sort(all.begin(), all.end(), [](const interval& a, const interval& b) { return a.start < b.start; });
    std::size_t last = 0;
    for (std::size_t i = 1; i < all.size(); ++i) {
        if (all[i].start <= all[last].end)
            all[last].end = std::max(all[last].end, all[i].end);
        else
            all[++last] = all[i];
    }
    if (!all.empty()) all.resize(last + 1);
}

date::local_days local_day(const date::time_zone& zone, time_ms at)
{
    const auto local = zone.to_local(std::chrono::sys_time<std::chrono::milliseconds>{std::chrono::milliseconds{at}});
    return date::floor<date::days>(local);
}

} // namespace

calendar working_time(const hrm::work_calendar& pattern, time_ms from, time_ms to)
{
    if (const auto wrong = check(pattern); !wrong.empty())
        throw std::invalid_argument("calendar" + wrong.front().member + ": " + wrong.front().detail);
    calendar all;
    if (pattern.shifts.empty()) return all;

    std::vector<date::local_days> holidays;
    for (const auto& text : pattern.holidays) holidays.push_back(*read_date(text));
    const auto& zone = *find_zone(pattern.time_zone);
    const auto last = local_day(zone, to);
    for (auto day = local_day(zone, from) - date::days{1}; day <= last; day += date::days{1}) {
        if (std::find(holidays.begin(), holidays.end(), day) != holidays.end()) continue;
        for (const auto& shift : pattern.shifts)
            if (works_on(shift, day)) add_shift(all, zone, day, shift, {from, to});
    }
    sort_and_join(all);
    if (all.empty()) all.push_back({to, to});
    return all;
}

std::vector<calendar_problem> check(const hrm::work_calendar& pattern)
{
    std::vector<calendar_problem> found;
    const auto complain = [&](std::string member, std::string detail) {
        found.push_back({std::move(member), std::move(detail)});
    };
    if (!known_time_zone(pattern.time_zone))
        complain("/time_zone", "'" + pattern.time_zone + "' is not a time zone such as Europe/Berlin");
    for (std::size_t i = 0; i < pattern.holidays.size(); ++i)
        if (!valid_date(pattern.holidays[i]))
            complain("/holidays/" + std::to_string(i),
                     "'" + pattern.holidays[i] + "' is not a date such as 2026-12-25");
    for (std::size_t i = 0; i < pattern.shifts.size(); ++i) {
        const auto& shift = pattern.shifts[i];
        const auto path = "/shifts/" + std::to_string(i);
        for (const auto& [member, text] : {std::pair{"/start", &shift.start}, std::pair{"/end", &shift.end}})
            if (!minutes_of_day(*text)) complain(path + member, "'" + *text + "' is not a time of day such as 06:00");
        if (shift.weekdays.empty()) complain(path + "/weekdays", "must name a day");
        const auto whole = read_span(shift.start, shift.end);
        for (std::size_t b = 0; whole && b < shift.breaks.size(); ++b)
            if (!break_within(*whole, shift.breaks[b].start, shift.breaks[b].end))
                complain(path + "/breaks/" + std::to_string(b), "is not a span of time within its shift");
    }
    return found;
}

bool known_time_zone(std::string_view name) { return !name.empty() && find_zone(name) != nullptr; }

std::optional<int> minutes_of_day(std::string_view clock)
{
    if (clock.size() != 5 || clock[2] != ':') return std::nullopt;
    const auto hours = two_digits(clock.substr(0, 2)), minutes = two_digits(clock.substr(3, 2));
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    return *hours * 60 + *minutes;
}

std::string local_date(std::string_view zone, time_ms at)
{
    const auto* found = find_zone(zone);
    if (found == nullptr) throw std::invalid_argument("'" + std::string(zone) + "' is not a time zone");
    return date::format("%F", local_day(*found, at));
}

bool valid_date(std::string_view text) { return read_date(text).has_value(); }

namespace {

calendar::const_iterator first_ending_after(const calendar& when, time_ms at)
{
    return std::upper_bound(when.begin(), when.end(), at, [](time_ms t, const interval& i) { return t < i.end; });
}

} // namespace

bool works_at(const calendar& when, time_ms at)
{
    if (when.empty()) return true;
    const auto here = first_ending_after(when, at);
    return here != when.end() && here->start <= at;
}

std::optional<time_ms> next_working(const calendar& when, time_ms at)
{
    if (when.empty()) return at;
    const auto here = first_ending_after(when, at);
    if (here == when.end() || here->start == here->end) return std::nullopt;
    return std::max(at, here->start);
}

std::optional<time_ms> end_of_shift(const calendar& when, time_ms at)
{
    const auto here = first_ending_after(when, at);
    if (here == when.end() || here->start == here->end) return std::nullopt;
    return here->end;
}

} // namespace takt::scheduling
