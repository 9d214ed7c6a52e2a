#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"

/// Labour shifts that are worked only where the schedule wants them, or a planner does: overtime.
namespace takt::schedule {

/// One optional shift on one day. Everybody who has it among their shifts works it.
struct opened_shift {
    std::string shift; ///< key of the pattern
    std::string date;  ///< local, of its start: "2026-01-10"
    instant from, to;  ///< breaks included
};
BOOST_DESCRIBE_STRUCT(opened_shift, (), (shift, date, from, to))

struct open_shift {
    static constexpr std::string_view doc = "Door (planning): this optional shift shall be worked on that day.";
    std::string shift;
    std::string date; ///< local: "2026-01-10"
};
BOOST_DESCRIBE_STRUCT(open_shift, (), (shift, date))

struct close_shift {
    static constexpr std::string_view doc = "Door (planning): this optional shift shall not be worked after all.";
    std::string shift;
    std::string date;
};
BOOST_DESCRIBE_STRUCT(close_shift, (), (shift, date))

struct shift_opened {
    static constexpr std::string_view doc = "An optional shift is worked; its people are told.";
    opened_shift what;
    std::string cause; ///< "planner", or "lateness": the plan is better with it
    instant at;
};
BOOST_DESCRIBE_STRUCT(shift_opened, (), (what, cause, at))

struct shift_closed {
    static constexpr std::string_view doc = "An optional shift that was opened is not worked.";
    opened_shift what;
    instant at;
};
BOOST_DESCRIBE_STRUCT(shift_closed, (), (what, at))

} // namespace takt::schedule
