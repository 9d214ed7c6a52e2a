#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"
#include "messages/core/quantity.hpp"

/// What lots, bins and material ledgers say to each other about stock.
///
/// Every movement begins at a bin, which never gives more than it has; the bin tells the lot and the material ledger.
/// So there is an event at the bin and one at the lot for each, and both can be summed:
///
///     lot:  created + adjusted = on_hand + consumed + shipped + scrapped + returned
///     bin:  stored − issued + adjusted = contents
///     the bins of a lot together hold its on_hand, less what is just on its way from bin to bin
namespace takt::wms {

/// What material leaves a bin for.
BOOST_DEFINE_ENUM_CLASS(issue_purpose,
                        move,      // to another bin
                        consume,   // into a work order
                        ship,      // to a customer
                        scrap,     // thrown away
                        send_back) // returned to the supplier

BOOST_DEFINE_ENUM_CLASS(lot_status,
                        inspection,   // waits for the result of its quality lot; not to be used yet
                        unrestricted, // free to use
                        blocked)      // must not be used

/// An amount of one lot in one bin.
struct lot_amount {
    item_id item;
    lot_id lot;
    bin_id bin;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(lot_amount, (), (item, lot, bin, quantity))

/// An amount of a component lot that went into a lot.
struct parent_lot {
    item_id item;
    lot_id lot;
    takt::quantity quantity;
};
BOOST_DESCRIBE_STRUCT(parent_lot, (), (item, lot, quantity))

} // namespace takt::wms
