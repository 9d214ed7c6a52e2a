#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/quantity.hpp"

/// A bought item of which there is not enough at the time at which it is needed.
namespace takt::material {

struct buy_elsewhere {
    static constexpr std::string_view doc = "From anomaly, purchase_order, or door (purchasing): what comes too late "
                                            "is bought from the next of the alternative suppliers.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"anomaly"});
    std::string anomaly; ///< key of the case that is told; empty: none
};
BOOST_DESCRIBE_STRUCT(buy_elsewhere, (), (anomaly))

struct hasten {
    static constexpr std::string_view doc = "From anomaly: the suppliers of what comes too late are asked to hurry.";
};
BOOST_DESCRIBE_STRUCT(hasten, (), ())

struct shortage_found {
    static constexpr std::string_view doc = "What is needed comes later than it is needed.";
    takt::quantity quantity;
    instant need_by, expected; ///< of the demand that waits longest
    entity_ref blamed;         ///< whose case it is: an overdue purchase order's, or the material's own
    std::string demand;        ///< path of the one that waits longest
};
BOOST_DESCRIBE_STRUCT(shortage_found, (), (quantity, need_by, expected, blamed, demand))

struct shortage_ended {
    static constexpr std::string_view doc = "Everything comes in time again.";
};
BOOST_DESCRIBE_STRUCT(shortage_ended, (), ())

struct bought_elsewhere {
    static constexpr std::string_view doc = "What is missing was ordered from another supplier.";
    purchase_order_id order;
    supplier_id supplier;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(bought_elsewhere, (), (order, supplier, quantity))

} // namespace takt::material
