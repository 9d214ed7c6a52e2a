#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"

/// What a planner moves by hand, and holds where it is.
namespace takt::schedule {

struct move {
    static constexpr std::string_view doc = "Door (planning): this operation shall begin then, on that machine. It is "
                                            "pinned there, and what stands in its way makes room at once.";
    work_order_id work_order;
    std::string operation;
    machine_id machine;
    instant start;
};
BOOST_DESCRIBE_STRUCT(move, (), (work_order, operation, machine, start))

struct pin {
    static constexpr std::string_view doc = "Door (planning): this operation stays where it is planned.";
    work_order_id work_order;
    std::string operation;
};
BOOST_DESCRIBE_STRUCT(pin, (), (work_order, operation))

struct unpin {
    static constexpr std::string_view doc = "Door (planning): this operation may be moved again.";
    work_order_id work_order;
    std::string operation;
};
BOOST_DESCRIBE_STRUCT(unpin, (), (work_order, operation))

struct operation_pinned {
    static constexpr std::string_view doc = "An operation begins then and there, or not at all.";
    work_order_id work_order;
    std::string operation;
    machine_id machine;
    instant start;
    instant at;
};
BOOST_DESCRIBE_STRUCT(operation_pinned, (), (work_order, operation, machine, start, at))

struct operation_unpinned {
    static constexpr std::string_view doc = "An operation may be planned elsewhere.";
    work_order_id work_order;
    std::string operation;
    instant at;
};
BOOST_DESCRIBE_STRUCT(operation_unpinned, (), (work_order, operation, at))

/// An operation that makes room.
struct pushed_operation {
    work_order_id work_order;
    std::string operation;
    machine_id machine;
    instant old_start, start;
};
BOOST_DESCRIBE_STRUCT(pushed_operation, (), (work_order, operation, machine, old_start, start))

/// A work order that ends at another time. Less than 0: before it is due.
struct moved_job {
    work_order_id work_order;
    milliseconds late_before_ms{0}, late_after_ms{0};
};
BOOST_DESCRIBE_STRUCT(moved_job, (), (work_order, late_before_ms, late_after_ms))

/// What a move would do.
struct move_effect {
    static constexpr std::string_view doc = "Whether an operation can be moved there, and what that does to others.";
    bool feasible = false;
    /// Why it is not: "unknown_operation", "begun", "wrong_machine", "past", "held", "predecessor", or what a planner
    /// says of an operation without a place
    std::string reason;
    std::string subject;                  ///< the operation, machine or time behind the reason
    std::optional<instant> start, end;    ///< of the moved one
    std::vector<pushed_operation> pushed; ///< the most first
    std::vector<moved_job> jobs;          ///< the latest first
};
BOOST_DESCRIBE_STRUCT(move_effect, (), (feasible, reason, subject, start, end, pushed, jobs))

} // namespace takt::schedule
