#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"

/// Orders whose promised date is after the one that the customer wants.
namespace takt::customer {

struct inform {
    static constexpr std::string_view doc =
        "From anomaly, or door (sales): the customer is told the dates of what comes later than wanted.";
};
BOOST_DESCRIBE_STRUCT(inform, (), ())

/// What a customer was told.
struct told_date {
    order_id order;
    instant due, promised;
};
BOOST_DESCRIBE_STRUCT(told_date, (), (order, due, promised))

struct slip_noted {
    static constexpr std::string_view doc = "An order comes later than it is wanted, or does not any more.";
    order_id order;
    bool slips = true;
};
BOOST_DESCRIBE_STRUCT(slip_noted, (), (order, slips))

struct informed {
    static constexpr std::string_view doc = "The customer was told the new dates.";
    std::vector<told_date> orders;
    instant at;
};
BOOST_DESCRIBE_STRUCT(informed, (), (orders, at))

} // namespace takt::customer
