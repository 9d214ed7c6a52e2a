#pragma once

#include <boost/json/object.hpp>

#include "messages/wms/stock.hpp"

/// bin/<key>: a place in the warehouse or at the line, and exactly what lies there.
namespace takt::bin {

struct define {
    static constexpr std::string_view doc = "Door (warehouse): a bin and its zone.";
    std::string zone; ///< "receiving", "raw", "line", "finished", "quarantine"
};
BOOST_DESCRIBE_STRUCT(define, (), (zone))

struct put {
    static constexpr std::string_view doc = "From lot (new) or bin (moved): an amount of a lot is laid here.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"held"});
    item_id item;
    lot_id lot;
    takt::quantity quantity;
    entity_ref from;                        ///< the lot itself when new, else the bin it comes from
    std::optional<entity_ref> reserved_for; ///< the work order it is staged for
    bool held = false;                      ///< not to be used: it waits for inspection, or is blocked
};
BOOST_DESCRIBE_STRUCT(put, (), (item, lot, quantity, from, reserved_for, held))

struct hold {
    static constexpr std::string_view doc =
        "From lot: it may not be used: nothing of it is given out but what is scrapped, returned or put elsewhere.";
    lot_id lot;
};
BOOST_DESCRIBE_STRUCT(hold, (), (lot))

struct release {
    static constexpr std::string_view doc = "From lot: it may be used.";
    lot_id lot;
};
BOOST_DESCRIBE_STRUCT(release, (), (lot))

struct issue {
    static constexpr std::string_view doc = "From work_order, order or lot: take an amount out. The bin answers "
                                            "that it is done, or that it has not got it.";
    lot_id lot;
    takt::quantity quantity;
    wms::issue_purpose purpose = wms::issue_purpose::consume;
    entity_ref reference;     ///< who asks and gets the answer
    std::int64_t request = 0; ///< the asker's number, given back with the answer
    std::optional<bin_id> to; ///< when moved: staged there for `reference`
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(issue, (), (lot, quantity, purpose, reference, request, to, reason))

struct release_reservation {
    static constexpr std::string_view doc = "From work_order: what was staged for it is free again.";
    lot_id lot;
    entity_ref reference;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(release_reservation, (), (lot, reference, quantity))

struct transfer {
    static constexpr std::string_view doc = "Door (warehouse): move an amount to another bin; put-away too.";
    lot_id lot;
    takt::quantity quantity;
    bin_id to;
};
BOOST_DESCRIBE_STRUCT(transfer, (), (lot, quantity, to))

struct count {
    static constexpr std::string_view doc = "Door (warehouse): a cycle count; a difference is booked with its reason.";
    lot_id lot;
    takt::quantity counted;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(count, (), (lot, counted, reason))

struct scrap {
    static constexpr std::string_view doc = "Door (warehouse): throw an amount away, say damaged.";
    lot_id lot;
    takt::quantity quantity;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(scrap, (), (lot, quantity, reason))

struct defined {
    static constexpr std::string_view doc = "The bin was set up.";
    std::string zone;
};
BOOST_DESCRIBE_STRUCT(defined, (), (zone))

struct stored {
    static constexpr std::string_view doc = "An amount of a lot was laid here.";
    static constexpr int version = 2; ///< 1 did not say whether it is held
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    static constexpr auto defaulted = std::to_array<std::string_view>({"held"});
    item_id item;
    lot_id lot;
    takt::quantity quantity;
    entity_ref from;
    std::optional<entity_ref> reserved_for;
    bool held = false;
};
BOOST_DESCRIBE_STRUCT(stored, (), (item, lot, quantity, from, reserved_for, held))

struct held {
    static constexpr std::string_view doc = "Nothing of the lot is given out to be used.";
    lot_id lot;
};
BOOST_DESCRIBE_STRUCT(held, (), (lot))

struct released {
    static constexpr std::string_view doc = "The lot is given out again.";
    lot_id lot;
};
BOOST_DESCRIBE_STRUCT(released, (), (lot))

struct issued {
    static constexpr std::string_view doc = "An amount of a lot was taken out.";
    item_id item;
    lot_id lot;
    takt::quantity quantity;
    wms::issue_purpose purpose = wms::issue_purpose::consume;
    entity_ref reference;
    std::optional<bin_id> to;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(issued, (), (item, lot, quantity, purpose, reference, to, reason))

struct issue_declined {
    static constexpr std::string_view doc = "An amount was asked for that is not here or not free.";
    lot_id lot;
    takt::quantity wanted, available;
    entity_ref reference;
};
BOOST_DESCRIBE_STRUCT(issue_declined, (), (lot, wanted, available, reference))

struct reservation_released {
    static constexpr std::string_view doc = "An amount is no longer kept for a work order.";
    lot_id lot;
    entity_ref reference;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(reservation_released, (), (lot, reference, quantity))

struct counted {
    static constexpr std::string_view doc = "A count found another amount than was booked.";
    item_id item;
    lot_id lot;
    takt::quantity before, counted, difference;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(counted, (), (item, lot, before, counted, difference, reason))

} // namespace takt::bin
