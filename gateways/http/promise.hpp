#pragma once

#include "gateways/http/state_reader.hpp"
#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/quantity.hpp"

namespace takt::http {

/// What POST /api/v1/promises is asked.
struct promise_question {
    static constexpr std::string_view doc = "When could this be delivered? Nothing is ordered by asking.";
    item_id product;
    takt::quantity quantity;
    std::optional<instant> due; ///< wanted by then
};
BOOST_DESCRIBE_STRUCT(promise_question, (), (product, quantity, due))

/// How one item of a promise is got.
struct promise_step {
    static constexpr std::string_view doc = "How one item is got.";
    item_id item;
    takt::quantity quantity;
    std::string how; ///< "stock", "buy" or "make"
    std::optional<instant> start, ready;
    std::string says; ///< for people; of something made, what its end depends on
};
BOOST_DESCRIBE_STRUCT(promise_step, (), (item, quantity, how, start, ready, says))

struct promise_alternative {
    static constexpr std::string_view doc = "A smaller quantity that is there earlier.";
    takt::quantity quantity;
    instant date;
};
BOOST_DESCRIBE_STRUCT(promise_alternative, (), (quantity, date))

/// Capable-to-promise: the date by free stock, lead times and the room that the plan in force leaves.
struct promise_answer {
    static constexpr std::string_view doc =
        "The earliest date with its reasons, without moving anything that is planned.";
    item_id product;
    takt::quantity quantity;
    bool possible = false;
    std::optional<instant> date;
    milliseconds late_ms{0};         ///< date after due
    std::vector<promise_step> steps; ///< components before what is made of them
    std::vector<promise_alternative> alternatives;
};
BOOST_DESCRIBE_STRUCT(promise_answer, (), (product, quantity, possible, date, late_ms, steps, alternatives))

/// Milliseconds with thousands of planned operations; the plan is read once. Components are looked at one by one: two
/// that need the same machine both see its free time.
promise_answer promise(const promise_question& what, instant now, const state_reader& state_of);

} // namespace takt::http
