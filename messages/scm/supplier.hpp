#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/quantity.hpp"

/// supplier/<key>: who delivers what, and how reliably.
namespace takt::supplier {

/// One thing that a supplier delivers.
struct offer {
    static constexpr auto defaulted = std::to_array<std::string_view>({"price"});
    item_id item;
    double price = 0; ///< per unit
};
BOOST_DESCRIBE_STRUCT(offer, (), (item, price))

struct define {
    static constexpr std::string_view doc = "Door (purchasing): a supplier.";
    std::string name;
    milliseconds lead_time_ms{0};
    std::vector<offer> offers;
};
BOOST_DESCRIBE_STRUCT(define, (), (name, lead_time_ms, offers))

struct note_order {
    static constexpr std::string_view doc = "From purchase_order: ordered.";
    purchase_order_id purchase_order;
};
BOOST_DESCRIBE_STRUCT(note_order, (), (purchase_order))

struct book_delivery {
    static constexpr std::string_view doc = "From purchase_order: finished, with how it went.";
    purchase_order_id purchase_order;
    takt::quantity ordered, received;
    bool on_time = false; ///< the last receipt was at or before the confirmed, or else the wanted, date
    bool in_full = false;
};
BOOST_DESCRIBE_STRUCT(book_delivery, (), (purchase_order, ordered, received, on_time, in_full))

struct book_return {
    static constexpr std::string_view doc = "From purchase_order: delivered goods were rejected and sent back.";
    purchase_order_id purchase_order;
    lot_id lot;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(book_return, (), (purchase_order, lot, quantity))

struct book_inspection {
    static constexpr std::string_view doc = "From sampling: a delivered lot was judged.";
    inspection_id inspection;
    bool accepted = false;
    std::int64_t inspected = 0, defects = 0;
};
BOOST_DESCRIBE_STRUCT(book_inspection, (), (inspection, accepted, inspected, defects))

struct defined {
    static constexpr std::string_view doc = "The supplier's master data was set.";
    define definition;
};
BOOST_DESCRIBE_STRUCT(defined, (), (definition))

struct order_noted {
    static constexpr std::string_view doc = "The supplier has one more open purchase order.";
    purchase_order_id purchase_order;
};
BOOST_DESCRIBE_STRUCT(order_noted, (), (purchase_order))

struct delivery_booked {
    static constexpr std::string_view doc = "A purchase order ended; its punctuality counts in the supplier's score.";
    purchase_order_id purchase_order;
    takt::quantity ordered, received;
    bool on_time = false;
    bool in_full = false;
};
BOOST_DESCRIBE_STRUCT(delivery_booked, (), (purchase_order, ordered, received, on_time, in_full))

struct return_booked {
    static constexpr std::string_view doc = "Goods went back to the supplier.";
    purchase_order_id purchase_order;
    lot_id lot;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(return_booked, (), (purchase_order, lot, quantity))

struct inspection_booked {
    static constexpr std::string_view doc = "A delivered lot was judged; it counts in the supplier's quality score.";
    inspection_id inspection;
    bool accepted = false;
    std::int64_t inspected = 0, defects = 0;
};
BOOST_DESCRIBE_STRUCT(inspection_booked, (), (inspection, accepted, inspected, defects))

} // namespace takt::supplier
