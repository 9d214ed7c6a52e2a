#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/quantity.hpp"

/// customer/<key>: who orders, what is open for them, and how well they were served.
namespace takt::customer {

struct define {
    static constexpr std::string_view doc = "Door (sales): a customer.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"country"});
    std::string name;
    std::string country;
};
BOOST_DESCRIBE_STRUCT(define, (), (name, country))

struct note_order {
    static constexpr std::string_view doc = "From order: placed.";
    order_id order;
    item_id product;
    takt::quantity quantity;
    instant due;
};
BOOST_DESCRIBE_STRUCT(note_order, (), (order, product, quantity, due))

struct note_promise {
    static constexpr std::string_view doc = "From order: the promised date is new or has moved.";
    order_id order;
    instant promised;
};
BOOST_DESCRIBE_STRUCT(note_promise, (), (order, promised))

struct note_shipment {
    static constexpr std::string_view doc = "From order: a shipment left; `complete` with the last of an order.";
    order_id order;
    takt::quantity quantity;
    bool complete = false;
    bool late = false; ///< complete after the due date
};
BOOST_DESCRIBE_STRUCT(note_shipment, (), (order, quantity, complete, late))

struct note_closed {
    static constexpr std::string_view doc = "From order: cancelled, or rejected as nobody makes the product.";
    order_id order;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(note_closed, (), (order, reason))

struct note_complaint {
    static constexpr std::string_view doc = "From order: the customer is not content with what was shipped.";
    order_id order;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(note_complaint, (), (order, detail))

struct note_suspect {
    static constexpr std::string_view doc = "From order: something that was shipped may be bad.";
    order_id order;
    std::string trace; ///< of the case
};
BOOST_DESCRIBE_STRUCT(note_suspect, (), (order, trace))

struct defined {
    static constexpr std::string_view doc = "The customer's master data was set.";
    std::string name;
    std::string country;
};
BOOST_DESCRIBE_STRUCT(defined, (), (name, country))

struct order_noted {
    static constexpr std::string_view doc = "The customer has one more open order.";
    order_id order;
    item_id product;
    takt::quantity quantity;
    instant due;
};
BOOST_DESCRIBE_STRUCT(order_noted, (), (order, product, quantity, due))

struct promise_noted {
    static constexpr std::string_view doc = "The date promised to the customer is new or has moved.";
    order_id order;
    instant promised;
};
BOOST_DESCRIBE_STRUCT(promise_noted, (), (order, promised))

struct shipment_noted {
    static constexpr std::string_view doc = "The customer was sent something.";
    order_id order;
    takt::quantity quantity;
    bool complete = false;
    bool late = false;
};
BOOST_DESCRIBE_STRUCT(shipment_noted, (), (order, quantity, complete, late))

struct order_closed {
    static constexpr std::string_view doc = "An order of the customer ended without being shipped.";
    order_id order;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(order_closed, (), (order, reason))

struct complaint_noted {
    static constexpr std::string_view doc = "The customer is not content with what was shipped.";
    order_id order;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(complaint_noted, (), (order, detail))

struct suspect_noted {
    static constexpr std::string_view doc = "Something that was shipped to the customer may be bad.";
    order_id order;
    std::string trace;
};
BOOST_DESCRIBE_STRUCT(suspect_noted, (), (order, trace))

} // namespace takt::customer
