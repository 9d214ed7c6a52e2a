#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/instant.hpp"

/// A purchase order that does not come when it should.
namespace takt::purchase_order {

struct check_delivery {
    static constexpr std::string_view doc = "From its own timer: has all of it come by the date that was expected?";
};
BOOST_DESCRIBE_STRUCT(check_delivery, (), ())

struct expedite {
    static constexpr std::string_view doc = "From anomaly, or door (purchasing): the supplier is asked to hurry.";
};
BOOST_DESCRIBE_STRUCT(expedite, (), ())

struct replace {
    static constexpr std::string_view doc = "From anomaly: its material is to buy elsewhere what does not come.";
};
BOOST_DESCRIBE_STRUCT(replace, (), ())

struct fell_overdue {
    static constexpr std::string_view doc = "The expected date is past, and not all of it has come.";
    instant expected, at;
};
BOOST_DESCRIBE_STRUCT(fell_overdue, (), (expected, at))

struct expedited {
    static constexpr std::string_view doc = "The supplier was asked to hurry; confirms a date anew.";
    std::string by; ///< a case's path, or a door's sender
    instant at;
};
BOOST_DESCRIBE_STRUCT(expedited, (), (by, at))

} // namespace takt::purchase_order
