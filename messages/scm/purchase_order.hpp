#pragma once

#include <boost/json/object.hpp>

#include "messages/qms/inspection_plan.hpp"
#include "messages/wms/stock.hpp"

/// purchase_order/<key>: one item bought from one supplier.
namespace takt::purchase_order {

BOOST_DEFINE_ENUM_CLASS(purchase_status, none, open, confirmed, partially_received, received, closed_short)

struct create {
    static constexpr std::string_view doc = "From material, or door (purchasing): buy.";
    supplier_id supplier;
    item_id item;
    takt::quantity quantity;
    instant due;
    bin_id receiving_bin;
    std::optional<qms::inspection_plan> inspection; ///< of what is received
};
BOOST_DESCRIBE_STRUCT(create, (), (supplier, item, quantity, due, receiving_bin, inspection))

struct confirm {
    static constexpr std::string_view doc =
        "Door (supplier): will be delivered at this date; may be repeated when it moves.";
    instant date;
};
BOOST_DESCRIBE_STRUCT(confirm, (), (date))

struct receive {
    static constexpr std::string_view doc =
        "Door (dock): a delivery or a part of it is here. Answers the new lot's key.";
    takt::quantity quantity;
    std::optional<bin_id> bin; ///< missing: the order's receiving bin
    std::optional<std::string> supplier_lot;
    std::optional<instant> expiry;
};
BOOST_DESCRIBE_STRUCT(receive, (), (quantity, bin, supplier_lot, expiry))

struct close_short {
    static constexpr std::string_view doc = "Door (supplier, purchasing): no more will come.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"reason"});
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(close_short, (), (reason))

struct book_return {
    static constexpr std::string_view doc = "From lot: a rejected delivery went back.";
    lot_id lot;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(book_return, (), (lot, quantity))

/// Answer to `receive`.
struct receipt {
    lot_id lot;
    takt::quantity open; ///< still to come
};
BOOST_DESCRIBE_STRUCT(receipt, (), (lot, open))

struct created {
    static constexpr std::string_view doc = "Material was ordered from a supplier.";
    static constexpr int version = 2; ///< 1 knew no AQL
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    supplier_id supplier;
    item_id item;
    takt::quantity quantity;
    instant due;
    bin_id receiving_bin;
    std::optional<qms::inspection_plan> inspection;
    instant at;
};
BOOST_DESCRIBE_STRUCT(created, (), (supplier, item, quantity, due, receiving_bin, inspection, at))

struct confirmed {
    static constexpr std::string_view doc = "The supplier named the date of delivery.";
    instant date;
};
BOOST_DESCRIBE_STRUCT(confirmed, (), (date))

struct received {
    static constexpr std::string_view doc = "A delivery became a lot.";
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
    instant at;
};
BOOST_DESCRIBE_STRUCT(received, (), (lot, bin, quantity, at))

struct closed {
    static constexpr std::string_view doc = "No more will come; `missing` was not delivered.";
    takt::quantity missing;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(closed, (), (missing, reason))

struct returned {
    static constexpr std::string_view doc = "A delivery was rejected and went back to the supplier.";
    lot_id lot;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(returned, (), (lot, quantity))

} // namespace takt::purchase_order
