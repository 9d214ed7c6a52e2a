#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/quantity.hpp"

/// The spare parts of a maintenance order: reserved when it is created, taken from their bins when it is done.
namespace takt::maintenance_order {

struct promise {
    static constexpr std::string_view doc = "From material: when the part is expected.";
    item_id item;
    instant date;
};
BOOST_DESCRIBE_STRUCT(promise, (), (item, date))

struct allocate {
    static constexpr std::string_view doc = "From material: this stock is the order's.";
    item_id item;
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
    double unit_cost = 0;
};
BOOST_DESCRIBE_STRUCT(allocate, (), (item, lot, bin, quantity, unit_cost))

struct withdraw {
    static constexpr std::string_view doc = "From material: this stock is the order's no more (blocked, missing).";
    item_id item;
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(withdraw, (), (item, lot, bin, quantity))

struct relocate {
    static constexpr std::string_view doc = "From material: reserved stock lies in another bin.";
    item_id item;
    lot_id lot;
    bin_id from, to;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(relocate, (), (item, lot, from, to, quantity))

struct reject_demand {
    static constexpr std::string_view doc = "From material: nobody knows this item.";
    item_id item;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(reject_demand, (), (item, reason))

struct confirm_issue {
    static constexpr std::string_view doc = "From bin: taken out.";
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(confirm_issue, (), (lot, bin, quantity))

struct decline_issue {
    static constexpr std::string_view doc = "From bin: it is not there.";
    lot_id lot;
    bin_id bin;
    takt::quantity quantity, available;
};
BOOST_DESCRIBE_STRUCT(decline_issue, (), (lot, bin, quantity, available))

struct add_part {
    static constexpr std::string_view doc = "Door (technician): it needs this too.";
    std::string by;
    item_id item;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(add_part, (), (by, item, quantity))

struct waive_parts {
    static constexpr std::string_view doc = "Door (maintenance): it is done without the parts that are missing.";
    std::string by, reason;
};
BOOST_DESCRIBE_STRUCT(waive_parts, (), (by, reason))

struct part_promised {
    static constexpr std::string_view doc = "A part that is missing is expected then.";
    item_id item;
    instant date;
};
BOOST_DESCRIBE_STRUCT(part_promised, (), (item, date))

struct part_reserved {
    static constexpr std::string_view doc = "Stock was reserved for the order.";
    item_id item;
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
    double unit_cost = 0;
};
BOOST_DESCRIBE_STRUCT(part_reserved, (), (item, lot, bin, quantity, unit_cost))

struct part_withdrawn {
    static constexpr std::string_view doc = "Stock that was reserved is the order's no more.";
    item_id item;
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(part_withdrawn, (), (item, lot, bin, quantity))

struct part_relocated {
    static constexpr std::string_view doc = "Stock that is reserved lies in another bin.";
    item_id item;
    lot_id lot;
    bin_id from, to;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(part_relocated, (), (item, lot, from, to, quantity))

struct part_left_out {
    static constexpr std::string_view doc = "A part is not waited for: nobody knows it, or somebody said so.";
    item_id item;
    std::string by, reason;
};
BOOST_DESCRIBE_STRUCT(part_left_out, (), (item, by, reason))

struct part_added {
    static constexpr std::string_view doc = "The order needs another part.";
    std::string by;
    item_id item;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(part_added, (), (by, item, quantity))

struct part_consumed {
    static constexpr std::string_view doc = "A part was taken out of its bin.";
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(part_consumed, (), (lot, bin, quantity))

struct part_not_found {
    static constexpr std::string_view doc = "A part that was used is not where it is booked.";
    lot_id lot;
    bin_id bin;
    takt::quantity quantity, available;
};
BOOST_DESCRIBE_STRUCT(part_not_found, (), (lot, bin, quantity, available))

} // namespace takt::maintenance_order
