#pragma once

#include "gateways/http/state_reader.hpp"
#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"

namespace takt::http {

/// One reason on the way from an order's end to what nothing is before.
struct why_step {
    static constexpr std::string_view doc = "One reason why something ends when it does.";
    entity_ref entity;     ///< whose reason it is
    std::string operation; ///< of a work order
    std::string kind;      ///< "supply", "purchase", "inspection", or one of scheduling/explain.hpp
    std::string subject;   ///< the machine, operator, item, supplier or entity behind it
    std::optional<instant> until;
    milliseconds length_ms{0}; ///< how much earlier the next reason would have allowed it; of a setup, its time
    std::string says;          ///< for people
};
BOOST_DESCRIBE_STRUCT(why_step, (), (entity, operation, kind, subject, until, length_ms, says))

/// What GET /api/v1/orders/{key}/why and /api/v1/work_orders/{key}/why answer.
struct why_answer {
    static constexpr std::string_view doc = "Why an order or a work order ends when it does: each step is what the one "
                                            "before waits for, down to what nothing is before.";
    entity_ref entity;
    std::optional<instant> due, expected;
    milliseconds late_ms{0}; ///< expected after due
    std::vector<why_step> steps;
};
BOOST_DESCRIBE_STRUCT(why_answer, (), (entity, due, expected, late_ms, steps))

/// Follows what binds across orders, materials, work orders, purchase orders and the plan in force at `now`.
why_answer why(const entity_ref& entity, instant now, const state_reader& state_of);

} // namespace takt::http
