#include "actors/laws/material_balance.hpp"

#include "messages/wms/bin.hpp"
#include "messages/wms/lot.hpp"

namespace takt::laws {

void material_balance::book(account& a, wms::issue_purpose purpose, quantity amount)
{
    switch (purpose) {
    case wms::issue_purpose::consume: a.consumed += amount; break;
    case wms::issue_purpose::ship: a.shipped += amount; break;
    case wms::issue_purpose::scrap: a.scrapped += amount; break;
    case wms::issue_purpose::send_back: a.returned += amount; break;
    case wms::issue_purpose::move: break; // under way until the other bin has stored it
    }
}

void material_balance::see(const seen_event& e)
{
    if (e.event.type().kind == "bin") see_bin(e);
    if (e.event.type().kind == "lot") see_lot(e);
}

void material_balance::see_bin(const seen_event& e)
{
    lot_id lot;
    quantity change;
    if (const auto* stored = e.event.as<bin::stored>()) {
        lot = stored->lot;
        change = stored->quantity;
    } else if (const auto* issued = e.event.as<bin::issued>()) {
        lot = issued->lot;
        change = -issued->quantity;
        book(lots_[lot], issued->purpose, issued->quantity);
    } else if (const auto* counted = e.event.as<bin::counted>()) {
        lot = counted->lot;
        change = counted->difference;
        lots_[lot].adjusted += change;
    } else {
        return;
    }
    auto& of_lot = lots_[lot];
    of_lot.in_bins += change;
    of_lot.position = e.position;
    auto& here = contents_[{e.entity.path(), lot}];
    here += change;
    ++bins_.checked;
    if (here < quantity{}) bins_.violated({e.entity, e.position, "lot " + lot.text + " comes to " + to_string(here)});
}

void material_balance::see_lot(const seen_event& e)
{
    auto& of_lot = lots_[lot_id(e.entity.key())];
    if (const auto* created = e.event.as<lot::created>()) {
        of_lot.item = created->item;
        of_lot.created = true;
        of_lot.came += created->quantity;
        of_lot.lot_on_hand += created->quantity;
    } else if (const auto* issued = e.event.as<lot::issued>()) {
        of_lot.lot_on_hand -= issued->quantity;
    } else if (const auto* adjusted = e.event.as<lot::adjusted>()) {
        of_lot.lot_on_hand += adjusted->difference;
    }
    of_lot.position = e.position;
}

void material_balance::under_way(const entity_ref& target, const message& command)
{
    if (const auto* put = command.as<bin::put>()) {
        lots_[put->lot].in_transit += put->quantity;
    } else if (const auto* issue = command.as<lot::book_issue>()) {
        lots_[lot_id(target.key())].lot_unbooked -= issue->quantity;
    } else if (const auto* adjustment = command.as<lot::book_adjustment>()) {
        lots_[lot_id(target.key())].lot_unbooked += adjustment->difference;
    }
}

std::vector<finding> material_balance::findings() const
{
    finding lots{"material is conserved, per lot", 0, 0, {}};
    finding items{"material is conserved, per item", 0, 0, {}};
    finding ledgers{"lots and bins tell the same", 0, 0, {}};
    std::map<item_id, account> sums;
    const auto left_over = [](const account& a) {
        return a.came + a.adjusted - (a.in_bins + a.in_transit + a.consumed + a.shipped + a.scrapped + a.returned);
    };
    const auto in_words = [](const account& a) {
        return "came " + to_string(a.came) + ", adjusted " + to_string(a.adjusted) + "; in bins " +
               to_string(a.in_bins) + ", between bins " + to_string(a.in_transit) + ", consumed " +
               to_string(a.consumed) + ", shipped " + to_string(a.shipped) + ", scrapped " + to_string(a.scrapped) +
               ", returned " + to_string(a.returned);
    };
    for (const auto& [lot, a] : lots_) {
        const entity_ref entity("lot", lot.text);
        ++lots.checked;
        if (left_over(a)) lots.violated({entity, a.position, in_words(a)});
        ++ledgers.checked;
        if (const auto bins = a.in_bins + a.in_transit, own = a.lot_on_hand + a.lot_unbooked; bins != own)
            ledgers.violated({entity, a.position, "bins have " + to_string(bins) + ", the lot says " + to_string(own)});
        auto& sum = sums[a.item];
        sum.position = std::max(sum.position, a.position);
        sum.came += a.came;
        sum.adjusted += a.adjusted;
        sum.in_bins += a.in_bins;
        sum.in_transit += a.in_transit;
        sum.consumed += a.consumed;
        sum.shipped += a.shipped;
        sum.scrapped += a.scrapped;
        sum.returned += a.returned;
    }
    for (const auto& [item, sum] : sums) {
        ++items.checked;
        if (left_over(sum)) items.violated({entity_ref("material", item.text), sum.position, in_words(sum)});
    }
    return {lots, items, ledgers, bins_};
}

} // namespace takt::laws
