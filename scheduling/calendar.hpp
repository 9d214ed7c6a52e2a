#pragma once

#include <optional>
#include <string_view>

#include "messages/hrm/shift.hpp"
#include "scheduling/problem.hpp"

/// From shifts by the clock on the wall to instants. Daylight saving is respected: a night shift over the spring change
/// is an hour shorter, over the autumn change an hour longer. Pure, apart from reading the system's time zone
/// database once; safe from any thread.
namespace takt::scheduling {

/// The working time of `pattern` within [from, to): sorted, disjoint, breaks taken out, touching shifts joined.
/// A pattern without shifts means always and gives an empty calendar. A pattern with shifts of which none falls into
/// the horizon gives one interval without length, so that it is not mistaken for always.
/// Throws std::invalid_argument for what calendar_problem would name.
calendar working_time(const hrm::work_calendar& pattern, time_ms from, time_ms to);

/// What is wrong with a pattern, for people: an unknown time zone, "25:00", a break outside its shift. `member` is the
/// JSON pointer below the calendar: "/shifts/0/start".
struct calendar_problem {
    std::string member, detail;
    friend bool operator==(const calendar_problem&, const calendar_problem&) = default;
};
std::vector<calendar_problem> check(const hrm::work_calendar& pattern);

bool known_time_zone(std::string_view name);
/// Minutes after midnight of "HH:MM", 00:00 to 23:59.
std::optional<int> minutes_of_day(std::string_view clock);
/// Whether the text is a date such as 2026-12-25 that exists.
bool valid_date(std::string_view text);

/// "2026-12-25": the date there at that instant. Throws std::invalid_argument for an unknown zone.
std::string local_date(std::string_view zone, time_ms at);

/// Whether `at` is working time; an empty calendar always is.
bool works_at(const calendar& when, time_ms at);
/// The first working instant not before `at`; nothing if the calendar ends before.
std::optional<time_ms> next_working(const calendar& when, time_ms at);
/// The end of the working interval `at` stands in or before; nothing if the calendar ends before or never.
std::optional<time_ms> end_of_shift(const calendar& when, time_ms at);

} // namespace takt::scheduling
