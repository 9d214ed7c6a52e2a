#include "actors/wms/bin.hpp"

#include "actors/refusals.hpp"
#include "messages/eam/maintenance_part.hpp"
#include "messages/erp/material.hpp"
#include "messages/erp/order.hpp"
#include "messages/mes/work_order.hpp"
#include "messages/wms/lot.hpp"

namespace takt::bin {
namespace {

bin_id key_of(const context& about) { return bin_id(about.self.key()); }

const content* find(const state& s, const lot_id& lot)
{
    const auto found = s.contents.find(lot);
    return found == s.contents.end() ? nullptr : &found->second;
}

bool is_held(const state& s, const lot_id& lot) { return std::find(s.held.begin(), s.held.end(), lot) != s.held.end(); }

/// To be used, or to be picked for somebody; other moves, and what ends a lot, concern held ones too.
bool is_use(const issue& what)
{
    if (what.purpose == wms::issue_purpose::move) return what.reference.kind() == "work_order";
    return what.purpose == wms::issue_purpose::consume || what.purpose == wms::issue_purpose::ship;
}

/// What `who` may take: all that is not staged for others. An empty `who` is the warehouse itself.
takt::quantity available(const content* c, const std::string& who)
{
    if (c == nullptr) return {};
    takt::quantity left = c->quantity;
    for (const auto& [owner, amount] : c->reserved)
        if (owner != who) left -= amount;
    return left;
}

void confirm(decision& d, const issue& what, const bin_id& self)
{
    const auto key = what.reference.key();
    if (what.reference.kind() == "order")
        d.send(key, order::confirm_issue{what.lot, self, what.quantity, what.request});
    else if (what.reference.kind() == "work_order" && what.purpose != wms::issue_purpose::move)
        d.send(key, work_order::confirm_issue{what.lot, self, what.quantity, what.request});
    else if (what.reference.kind() == "maintenance_order")
        d.send(key, maintenance_order::confirm_issue{what.lot, self, what.quantity});
}

void decline(decision& d, const issue& what, const bin_id& self, takt::quantity there, bool held)
{
    const auto key = what.reference.key();
    if (what.reference.kind() == "order")
        d.send(key, order::decline_issue{what.lot, self, what.quantity, there, what.request});
    else if (what.reference.kind() == "work_order")
        d.send(key, work_order::decline_issue{what.lot, self, what.quantity, there, what.request, held});
    else if (what.reference.kind() == "maintenance_order")
        d.send(key, maintenance_order::decline_issue{what.lot, self, what.quantity, there});
    else if (what.reference.kind() == "lot")
        d.send(key, lot::decline_issue{self, what.quantity, there});
}

/// Takes an amount out and tells the lot, the material ledger and, if it is moved, the other bin.
void take_out(decision& d, const state& s, const item_id& item, const issue& what, const bin_id& self)
{
    d.emit(issued{item, what.lot, what.quantity, what.purpose, what.reference, what.to, what.reason});
    if (what.purpose != wms::issue_purpose::move) {
        d.send(what.lot.text, lot::book_issue{self, what.quantity, what.purpose, what.reference, what.reason});
        d.send(item.text, material::book_issue{what.lot, self, what.quantity, what.purpose, what.reference});
        return;
    }
    std::optional<entity_ref> staged_for;
    if (what.reference.kind() == "work_order") staged_for = what.reference;
    const bool held = is_held(s, what.lot);
    d.send(what.to->text, put{item, what.lot, what.quantity, entity_ref("bin", self.text), staged_for, held});
    d.send(what.lot.text, lot::book_move{self, *what.to, what.quantity, held});
    d.send(item.text, material::move_stock{what.lot, self, *what.to, what.quantity, staged_for});
}

std::optional<decision> refuse_more_than_free(const state& s, const lot_id& lot, takt::quantity wanted)
{
    if (wanted <= takt::quantity{}) return refuse_unless_positive(wanted, "quantity");
    const auto* here = find(s, lot);
    if (here == nullptr) return decision::refuse("lot_not_here", "lot " + lot.text + " is not in this bin", "lot");
    const auto free = available(here, {});
    if (wanted <= free) return std::nullopt;
    std::string detail = to_string(wanted) + " asked for, " + to_string(here->quantity) + " there";
    if (free != here->quantity) detail += ", of which " + to_string(here->quantity - free) + " is staged";
    return decision::refuse("not_enough_stock", std::move(detail), "quantity");
}

void erase_if_empty(state& s, const lot_id& lot)
{
    const auto found = s.contents.find(lot);
    if (found == s.contents.end() || found->second.quantity) return;
    s.contents.erase(found);
    std::erase(s.held, lot);
}

void note_held(state& s, const lot_id& lot)
{
    if (!is_held(s, lot)) s.held.push_back(lot);
}

void reduce_reservation(content& c, const std::string& owner, takt::quantity by)
{
    const auto found = c.reserved.find(owner);
    if (found == c.reserved.end()) return;
    found->second -= std::min(by, found->second);
    if (!found->second) c.reserved.erase(found);
}

} // namespace

decision decide(const state& s, const define& what, const context& /*about*/)
{
    decision d;
    if (what.zone.empty()) return decision::refuse("zone_missing", "a bin stands in a zone", "zone");
    if (s.zone != what.zone) d.emit(defined{what.zone});
    return d;
}

decision decide(const state& /*s*/, const put& what, const context& /*about*/)
{
    decision d;
    d.emit(stored{what.item, what.lot, what.quantity, what.from, what.reserved_for, what.held});
    if (what.reserved_for)
        d.send(what.reserved_for->key(), work_order::confirm_staged{what.lot, bin_id(what.from.key()), what.quantity});
    return d;
}

decision decide(const state& s, const issue& what, const context& about)
{
    decision d;
    const auto self = key_of(about);
    const auto* here = find(s, what.lot);
    const bool held = is_held(s, what.lot);
    const bool ends_it = what.reference.kind() == "lot"; // nobody gets what is staged of a lot that is thrown away
    auto free = available(here, what.reference.path());
    if (held && is_use(what)) free = {};
    if (held && ends_it && here != nullptr) free = here->quantity;
    const bool movable = what.purpose != wms::issue_purpose::move || what.to;
    if (here == nullptr || what.quantity > free || what.quantity <= takt::quantity{} || !movable) {
        d.emit(issue_declined{what.lot, what.quantity, free, what.reference});
        decline(d, what, self, free, held);
        return d;
    }
    take_out(d, s, here->item, what, self);
    confirm(d, what, self);
    return d;
}

decision decide(const state& s, const hold& what, const context& /*about*/)
{
    decision d;
    if (!is_held(s, what.lot)) d.emit(held{what.lot});
    return d;
}

decision decide(const state& s, const release& what, const context& /*about*/)
{
    decision d;
    if (is_held(s, what.lot)) d.emit(released{what.lot});
    return d;
}

decision decide(const state& s, const release_reservation& what, const context& /*about*/)
{
    decision d;
    const auto* here = find(s, what.lot);
    if (here == nullptr) return d;
    const auto kept = here->reserved.find(what.reference.path());
    if (kept == here->reserved.end()) return d;
    d.emit(reservation_released{what.lot, what.reference, std::min(what.quantity, kept->second)});
    return d;
}

decision decide(const state& s, const transfer& what, const context& about)
{
    const auto self = key_of(about);
    if (!valid_key(what.to.text)) return refuse_key(what.to.text, "to");
    if (what.to == self) return decision::refuse("same_bin", "the lot is in this bin already", "to");
    if (auto refused = refuse_more_than_free(s, what.lot, what.quantity)) return *refused;
    decision d;
    take_out(d, s, find(s, what.lot)->item,
             {what.lot, what.quantity, wms::issue_purpose::move, about.self, 0, what.to, {}}, self);
    return d;
}

decision decide(const state& s, const count& what, const context& about)
{
    if (what.counted < takt::quantity{})
        return decision::refuse("negative", "nobody counts " + to_string(what.counted), "counted");
    const auto* here = find(s, what.lot);
    if (here == nullptr)
        return decision::refuse("lot_not_here", "lot " + what.lot.text + " is not booked in this bin", "lot");
    const auto staged = here->quantity - available(here, {});
    if (what.counted < staged)
        return decision::refuse("stock_is_staged",
                                to_string(what.counted) + " counted, but " + to_string(staged) +
                                    " is staged for work orders; take it from them first",
                                "counted");
    decision d;
    const auto difference = what.counted - here->quantity;
    if (!difference) return d;
    d.emit(counted{here->item, what.lot, here->quantity, what.counted, difference, what.reason});
    d.send(what.lot.text, lot::book_adjustment{key_of(about), difference, what.reason});
    d.send(here->item.text, material::adjust_stock{what.lot, key_of(about), difference});
    return d;
}

decision decide(const state& s, const scrap& what, const context& about)
{
    if (auto refused = refuse_more_than_free(s, what.lot, what.quantity)) return *refused;
    decision d;
    take_out(d, s, find(s, what.lot)->item,
             {what.lot, what.quantity, wms::issue_purpose::scrap, about.self, 0, std::nullopt, what.reason},
             key_of(about));
    return d;
}

void apply(state& s, const defined& e) { s.zone = e.zone; }

void apply(state& s, const stored& e)
{
    auto& here = s.contents[e.lot];
    here.item = e.item;
    here.quantity += e.quantity;
    if (e.reserved_for) here.reserved[e.reserved_for->path()] += e.quantity;
    if (e.held) note_held(s, e.lot);
}

void apply(state& s, const held& e) { note_held(s, e.lot); }
void apply(state& s, const released& e) { std::erase(s.held, e.lot); }

void apply(state& s, const issued& e)
{
    auto& here = s.contents[e.lot];
    here.quantity -= e.quantity;
    reduce_reservation(here, e.reference.path(), e.quantity);
    erase_if_empty(s, e.lot);
}

void apply(state& /*s*/, const issue_declined& /*e*/) {}

void apply(state& s, const reservation_released& e)
{
    const auto found = s.contents.find(e.lot);
    if (found != s.contents.end()) reduce_reservation(found->second, e.reference.path(), e.quantity);
}

void apply(state& s, const counted& e)
{
    s.contents[e.lot].quantity += e.difference;
    erase_if_empty(s, e.lot);
}

} // namespace takt::bin
