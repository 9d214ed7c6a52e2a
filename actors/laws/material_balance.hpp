#pragma once

#include <map>
#include <vector>

#include "actors/laws/law.hpp"
#include "messages/wms/stock.hpp"

namespace takt::laws {

/// For each lot, and so for each item: what came into being (opening stock, receipts, output) and was adjusted by
/// counts = what lies in bins + what is between bins + consumed + shipped + scrapped + returned.
///
/// What came into being is taken from the lots' events, everything else from the bins', so that two ledgers that were
/// written by different entities are held against each other; and the lot's own ledger against the bins'.
class material_balance {
public:
    void see(const seen_event& e);
    void under_way(const entity_ref& target, const message& command);
    std::vector<finding> findings() const;

private:
    struct account {
        item_id item;
        bool created = false;
        std::uint64_t position = 0; ///< of its last event
        quantity came, in_bins, consumed, shipped, scrapped, returned, adjusted, in_transit;
        quantity lot_on_hand, lot_unbooked; ///< the lot's own ledger, and what the bins have yet to tell it
    };
    void see_bin(const seen_event& e);
    void see_lot(const seen_event& e);
    static void book(account& a, wms::issue_purpose purpose, quantity amount);

    std::map<lot_id, account> lots_;
    finding bins_{"bins never hold less than nothing", 0, 0, {}};
    std::map<std::pair<std::string, lot_id>, quantity> contents_;
};

} // namespace takt::laws
