#pragma once

#include <boost/json/object.hpp>

#include "messages/mes/schedule.hpp"
#include "messages/mes/schedule_downtime.hpp"
#include "messages/mes/schedule_shift.hpp"

/// Better plans: sought beside the schedule's other work, then put in force, or offered to a planner.
namespace takt::schedule {

/// By how much a work order ends later than in the plan before; less than 0: earlier.
struct job_shift {
    work_order_id work_order;
    milliseconds later_ms{0};
};
BOOST_DESCRIBE_STRUCT(job_shift, (), (work_order, later_ms))

/// A better plan as its difference to the one in force.
struct improvement {
    std::int64_t number = 0;        ///< of the plan that it would improve
    std::vector<slot> placed;       ///< what it would move
    std::vector<job_shift> shifted; ///< work orders that would end at another time
    objectives before, after;
    std::vector<opened_shift> shifts; ///< overtime that it needs
};
BOOST_DESCRIBE_STRUCT(improvement, (), (number, placed, shifted, before, after, shifts))

struct propose_improvement {
    static constexpr std::string_view doc = "From its own search: a plan that is better than the one in force.";
    improvement found;                     ///< places nothing if maintenance alone is to move
    std::vector<downtime_moved> downtimes; ///< planned maintenance that would disturb less at another time
};
BOOST_DESCRIBE_STRUCT(propose_improvement, (), (found, downtimes))

struct accept_improvement {
    static constexpr std::string_view doc = "Door (planning): the improvement that is offered shall be the plan.";
    std::optional<std::int64_t> number; ///< of the one that was seen; missing: the latest
};
BOOST_DESCRIBE_STRUCT(accept_improvement, (), (number))

struct reject_improvement {
    static constexpr std::string_view doc = "Door (planning): the improvement that is offered is not wanted.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"reason"});
    std::optional<std::int64_t> number;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(reject_improvement, (), (number, reason))

struct improvement_sought {
    static constexpr std::string_view doc = "A search for a better plan has begun.";
    instant at;
};
BOOST_DESCRIBE_STRUCT(improvement_sought, (), (at))

struct improvement_offered {
    static constexpr std::string_view doc = "A better plan was found; a planner accepts or rejects it.";
    static constexpr int version = 2; ///< 1 knew no optional shifts
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    improvement offered;
    instant at;
};
BOOST_DESCRIBE_STRUCT(improvement_offered, (), (offered, at))

BOOST_DEFINE_ENUM_CLASS(improvement_end, accepted, rejected, lapsed)

struct improvement_closed {
    static constexpr std::string_view doc = "An improvement is offered no more.";
    std::int64_t number = 0;
    improvement_end how = improvement_end::rejected;
    std::string reason; ///< what was said, or the operation that has moved since
};
BOOST_DESCRIBE_STRUCT(improvement_closed, (), (number, how, reason))

} // namespace takt::schedule
