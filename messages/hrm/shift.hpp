#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"

/// When people and machines work, as a plant writes it down: by the clock on the wall. scheduling/calendar.hpp turns it
/// into instants.
namespace takt::hrm {

enum class weekday { mon, tue, wed, thu, fri, sat, sun };
BOOST_DESCRIBE_ENUM(weekday, mon, tue, wed, thu, fri, sat, sun)

/// A part of a day by the local clock, "06:00" to "14:00". An end that is not after its start is on the next day.
struct clock_span {
    std::string start, end;
};
BOOST_DESCRIBE_STRUCT(clock_span, (), (start, end))

/// Working time that repeats every week. A shift belongs to the day on which it begins: a night shift of Friday ends
/// on Saturday, and a holiday on Saturday does not shorten it.
struct shift_pattern {
    static constexpr auto defaulted = std::to_array<std::string_view>({"optional"});
    std::string key; ///< "early"
    std::vector<weekday> weekdays;
    std::string start, end; ///< local, "06:00"; an end that is not after its start is on the next day
    std::vector<clock_span> breaks;
    bool optional = false; ///< overtime: worked only on the days for which the schedule or a planner opens it
};
BOOST_DESCRIBE_STRUCT(shift_pattern, (), (key, weekdays, start, end, breaks, optional))

/// The shifts of one person or machine in the plant's time zone. No shifts: always.
struct work_calendar {
    std::string time_zone; ///< IANA name, "Europe/Berlin"
    std::vector<shift_pattern> shifts;
    std::vector<std::string> holidays; ///< local dates, "2026-12-25": no shift begins on them
};
BOOST_DESCRIBE_STRUCT(work_calendar, (), (time_zone, shifts, holidays))

} // namespace takt::hrm
