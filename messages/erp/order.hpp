#pragma once

#include "messages/wms/stock.hpp"

/// order/<key>: a customer's order for one product.
namespace takt::order {

/// Whoever types more has made a mistake, and sums over the bill of material stay far within range.
inline constexpr auto largest_order = takt::quantity::of(1'000'000'000);

BOOST_DEFINE_ENUM_CLASS(order_status, none, reserved, open, allocated, partially_shipped, shipped, cancelled, rejected)

struct place {
    static constexpr std::string_view doc = "Door (customer, sales): order a product.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"priority"});
    customer_id customer;
    item_id product;
    takt::quantity quantity;
    instant due;
    int priority = 5; ///< 1 to 9, larger is more urgent
};
BOOST_DESCRIBE_STRUCT(place, (), (customer, product, quantity, due, priority))

struct reserve {
    static constexpr std::string_view doc =
        "Door (sales): keep material and capacity for a customer who has not decided yet.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"priority", "keep_ms"});
    customer_id customer;
    item_id product;
    takt::quantity quantity;
    instant due;
    int priority = 5;
    milliseconds keep_ms{86'400'000}; ///< after that it expires: a day
};
BOOST_DESCRIBE_STRUCT(reserve, (), (customer, product, quantity, due, priority, keep_ms))

struct confirm {
    static constexpr std::string_view doc = "Door (customer, sales): what is reserved is ordered.";
};
BOOST_DESCRIBE_STRUCT(confirm, (), ())

struct cancel {
    static constexpr std::string_view doc = "Door (customer, sales): no longer wanted. Not once something was shipped.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"reason"});
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(cancel, (), (reason))

struct ship {
    static constexpr std::string_view doc = "Door (warehouse): send what is allocated, or a part of it.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"carrier"});
    std::optional<takt::quantity> quantity; ///< missing: all that is allocated and not yet sent
    std::string carrier;
};
BOOST_DESCRIBE_STRUCT(ship, (), (quantity, carrier))

struct promise {
    static constexpr std::string_view doc = "From material: when the product is expected to be complete.";
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
};
BOOST_DESCRIBE_STRUCT(allocate, (), (item, lot, bin, quantity))

struct withdraw {
    static constexpr std::string_view doc = "From material: this stock is the order's no more (blocked, missing).";
    item_id item;
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(withdraw, (), (item, lot, bin, quantity))

struct relocate {
    static constexpr std::string_view doc = "From material: allocated stock now lies in another bin.";
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
    static constexpr std::string_view doc = "From bin: taken out for the shipment.";
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
    std::int64_t request = 0; ///< number of the shipment
};
BOOST_DESCRIBE_STRUCT(confirm_issue, (), (lot, bin, quantity, request))

struct decline_issue {
    static constexpr std::string_view doc = "From bin: not there, not free or held; the shipment goes without it.";
    lot_id lot;
    bin_id bin;
    takt::quantity quantity, available;
    std::int64_t request = 0;
};
BOOST_DESCRIBE_STRUCT(decline_issue, (), (lot, bin, quantity, available, request))

struct check_due {
    static constexpr std::string_view doc = "From its own timer at the due date.";
};
BOOST_DESCRIBE_STRUCT(check_due, (), ())

struct check_reservation {
    static constexpr std::string_view doc = "From its own timer: has the customer decided?";
};
BOOST_DESCRIBE_STRUCT(check_reservation, (), ())

struct reserved {
    static constexpr std::string_view doc = "Material and capacity are kept for a customer until then.";
    customer_id customer;
    item_id product;
    takt::quantity quantity;
    instant due;
    int priority = 5;
    instant expires;
    instant at;
};
BOOST_DESCRIBE_STRUCT(reserved, (), (customer, product, quantity, due, priority, expires, at))

struct confirmed {
    static constexpr std::string_view doc = "The customer ordered what was reserved.";
    instant at;
};
BOOST_DESCRIBE_STRUCT(confirmed, (), (at))

struct reservation_expired {
    static constexpr std::string_view doc = "The customer did not decide in time; what was kept is free.";
};
BOOST_DESCRIBE_STRUCT(reservation_expired, (), ())

struct placed {
    static constexpr std::string_view doc = "A customer ordered.";
    customer_id customer;
    item_id product;
    takt::quantity quantity;
    instant due;
    int priority = 5;
    instant at;
};
BOOST_DESCRIBE_STRUCT(placed, (), (customer, product, quantity, due, priority, at))

struct promised {
    static constexpr std::string_view doc = "The date at which the order can be complete is new or has moved.";
    instant date;
    instant at;
};
BOOST_DESCRIBE_STRUCT(promised, (), (date, at))

struct allocated {
    static constexpr std::string_view doc = "Stock was set aside for the order.";
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(allocated, (), (lot, bin, quantity))

struct withdrawn {
    static constexpr std::string_view doc = "Stock that was set aside is the order's no more.";
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(withdrawn, (), (lot, bin, quantity))

struct relocated {
    static constexpr std::string_view doc = "Stock that was set aside lies in another bin.";
    lot_id lot;
    bin_id from, to;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(relocated, (), (lot, from, to, quantity))

struct shipment_requested {
    static constexpr std::string_view doc = "A shipment is being taken from its bins.";
    std::int64_t shipment = 0;
    std::string carrier;
    std::vector<wms::lot_amount> lines;
};
BOOST_DESCRIBE_STRUCT(shipment_requested, (), (shipment, carrier, lines))

struct shipped {
    static constexpr std::string_view doc = "An amount of a lot left for the customer.";
    std::int64_t shipment = 0;
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
    bool complete = false; ///< nothing more to ship
    bool late = false;     ///< complete after the due date
    instant at;
};
BOOST_DESCRIBE_STRUCT(shipped, (), (shipment, lot, bin, quantity, complete, late, at))

struct withdrawn_late {
    static constexpr std::string_view doc =
        "Stock that is on its way out is the order's no more; if its bin does not give it, it is not set aside again.";
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(withdrawn_late, (), (lot, bin, quantity))

struct shipment_short {
    static constexpr std::string_view doc = "A bin could not give what a shipment asked for; it is open again.";
    std::int64_t shipment = 0;
    lot_id lot;
    bin_id bin;
    takt::quantity quantity, available;
};
BOOST_DESCRIBE_STRUCT(shipment_short, (), (shipment, lot, bin, quantity, available))

struct fell_late {
    static constexpr std::string_view doc = "The due date passed and not all was shipped.";
    takt::quantity missing;
};
BOOST_DESCRIBE_STRUCT(fell_late, (), (missing))

struct cancelled {
    static constexpr std::string_view doc = "The order is no longer wanted.";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(cancelled, (), (reason))

struct rejected {
    static constexpr std::string_view doc = "The order cannot be fulfilled: its product is unknown.";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(rejected, (), (reason))

} // namespace takt::order
