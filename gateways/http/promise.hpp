#pragma once

#include "gateways/http/state_reader.hpp"
#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/quantity.hpp"

namespace takt::http {

/// What POST /api/v1/promises is asked.
struct promise_question {
    static constexpr std::string_view doc =
        "When could this be delivered? Nothing is ordered by asking, but with reserve it is kept for the customer.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"reserve", "keep_ms", "priority"});
    item_id product;
    takt::quantity quantity;
    std::optional<instant> due; ///< wanted by then
    bool reserve = false;
    std::optional<customer_id> customer; ///< for whom it is reserved
    milliseconds keep_ms{86'400'000};    ///< so long
    int priority = 5;
};
BOOST_DESCRIBE_STRUCT(promise_question, (), (product, quantity, due, reserve, customer, keep_ms, priority))

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

struct promise_delivery {
    takt::quantity quantity;
    instant date;
};
BOOST_DESCRIBE_STRUCT(promise_delivery, (), (quantity, date))

struct promise_alternative {
    static constexpr std::string_view doc = "Another way to have it, or a part of it, earlier.";
    std::string how;                          ///< "partial", "split" or "overtime"
    std::vector<promise_delivery> deliveries; ///< by date
    std::string says;                         ///< for people
};
BOOST_DESCRIBE_STRUCT(promise_alternative, (), (how, deliveries, says))

struct promise_reservation {
    static constexpr std::string_view doc = "An order that is kept until it is confirmed, cancelled or expires.";
    order_id order;
    std::string status;
    instant due;
    std::optional<instant> expires; ///< missing: it is decided
};
BOOST_DESCRIBE_STRUCT(promise_reservation, (), (order, status, due, expires))

/// Capable-to-promise: the date by free stock, lead times and the room that the plan in force leaves.
struct promise_answer {
    static constexpr std::string_view doc =
        "The earliest date with its reasons, without moving anything that is planned.";
    item_id product;
    takt::quantity quantity;
    bool possible = false;
    std::optional<instant> date;
    milliseconds late_ms{0};                       ///< date after due
    std::vector<promise_step> steps;               ///< components before what is made of them
    std::vector<promise_alternative> alternatives; ///< if it is late, or something is there at once
    std::optional<promise_reservation> reservation;
};
BOOST_DESCRIBE_STRUCT(promise_answer, (),
                      (product, quantity, possible, date, late_ms, steps, alternatives, reservation))

/// Milliseconds with thousands of planned operations; the plan is read once. Components are looked at one by one: two
/// that need the same machine both see its free time.
promise_answer promise(const promise_question& what, instant now, const state_reader& state_of);

} // namespace takt::http
