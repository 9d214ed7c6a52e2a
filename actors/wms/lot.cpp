#include "actors/wms/lot.hpp"

#include "actors/refusals.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/erp/material.hpp"
#include "messages/qms/inspection.hpp"
#include "messages/scm/purchase_order.hpp"
#include "messages/wms/bin.hpp"

namespace takt::lot {
namespace {

lot_id key_of(const context& about) { return lot_id(about.self.key()); }

void change_status(decision& d, const state& s, wms::lot_status status, std::string reason, const context& about)
{
    d.emit(status_changed{status, std::move(reason)});
    d.send(s.item.text, material::set_lot_status{key_of(about), status});
}

/// Asks every bin that holds something of the lot to give it up.
void dispose(decision& d, const state& s, wms::issue_purpose purpose, const std::string& reason, const context& about)
{
    d.emit(disposal_requested{purpose, reason});
    for (const auto& [bin, amount] : s.bins)
        if (amount > takt::quantity{})
            d.send(bin.text, bin::issue{key_of(about), amount, purpose, about.self, 0, std::nullopt, reason});
}

/// Defective pieces that inspectors found in an accepted lot are thrown away; the rest is used.
void scrap_defects(decision& d, const state& s, std::int64_t defects, const context& about)
{
    const auto wanted = takt::quantity::of(defects);
    for (const auto& [bin, amount] : s.bins) {
        if (amount < wanted) continue;
        d.send(bin.text, bin::issue{key_of(about), wanted, wms::issue_purpose::scrap, about.self, 0, std::nullopt,
                                    "found defective by inspection"});
        return;
    }
}

std::optional<decision> refuse_disposal(const state& s, const context& about)
{
    if (s.item.empty()) return refuse_undefined(about);
    if (s.status != wms::lot_status::blocked)
        return decision::refuse("not_blocked", "only what is left of a blocked lot is disposed of; this one is " +
                                                   std::string(enum_name(s.status)));
    if (!s.on_hand) return decision::refuse("lot_is_empty", "nothing is left of this lot");
    return std::nullopt;
}

} // namespace

decision decide(const state& s, const create& what, const context& about)
{
    decision d;
    if (!s.item.empty()) return d; // a lot is created once
    const auto self = key_of(about);
    const auto status = what.inspection ? wms::lot_status::inspection : wms::lot_status::unrestricted;
    d.emit(lot::created{what.item, what.quantity, what.bin, what.origin, status, what.expiry, what.supplier,
                        what.supplier_lot, what.parents, about.now});
    d.send(what.bin.text, bin::put{what.item, self, what.quantity, about.self, std::nullopt});
    d.send(what.item.text, material::add_lot{self, what.bin, what.quantity, status, what.origin, what.expiry});
    if (what.inspection)
        d.send("Q-" + self.text, inspection::create{what.item, what.quantity, *what.inspection, about.self, {}});
    return d;
}

decision decide(const state& s, const book_issue& what, const context& about)
{
    decision d;
    d.emit(issued{what.bin, what.quantity, what.purpose, what.reference, what.reason});
    if (what.purpose == wms::issue_purpose::send_back && s.origin.kind() == "purchase_order")
        d.send(s.origin.key(), purchase_order::book_return{key_of(about), what.quantity});
    return d;
}

decision decide(const state& /*s*/, const book_move& what, const context& /*about*/)
{
    decision d;
    d.emit(moved{what.from, what.to, what.quantity});
    return d;
}

decision decide(const state& /*s*/, const book_adjustment& what, const context& /*about*/)
{
    decision d;
    d.emit(lot::adjusted{what.bin, what.difference, what.reason});
    return d;
}

decision decide(const state& s, const take_inspection& what, const context& about)
{
    decision d;
    if (s.status != wms::lot_status::inspection) return d; // a person blocked or freed it meanwhile
    if (what.accepted) {
        if (what.defects > 0) scrap_defects(d, s, what.defects, about);
        change_status(d, s, wms::lot_status::unrestricted, "accepted by " + what.inspection.text, about);
        return d;
    }
    const auto reason = "rejected by " + what.inspection.text;
    change_status(d, s, wms::lot_status::blocked, reason, about);
    if (s.supplier) dispose(d, s, wms::issue_purpose::send_back, reason, about);
    return d;
}

decision decide(const state& /*s*/, const decline_issue& what, const context& /*about*/)
{
    decision d;
    d.emit(disposal_declined{what.bin, what.wanted, what.available});
    return d;
}

decision decide(const state& s, const block& what, const context& about)
{
    if (s.item.empty()) return refuse_undefined(about);
    if (what.reason.empty()) return decision::refuse("reason_missing", "say why the lot is blocked", "reason");
    decision d;
    if (s.status != wms::lot_status::blocked) change_status(d, s, wms::lot_status::blocked, what.reason, about);
    return d;
}

decision decide(const state& s, const unblock& what, const context& about)
{
    if (s.item.empty()) return refuse_undefined(about);
    if (s.status == wms::lot_status::inspection)
        return decision::refuse("waits_for_inspection", "record the result of inspection/Q-" + key_of(about).text);
    if (what.reason.empty()) return decision::refuse("reason_missing", "say why the lot is free again", "reason");
    decision d;
    if (s.status == wms::lot_status::blocked) change_status(d, s, wms::lot_status::unrestricted, what.reason, about);
    return d;
}

/// What is inspected already, or blocked, waits for somebody else's word; what went elsewhere is told.
decision decide(const state& s, const quarantine& what, const context& about)
{
    decision d;
    anomaly::note_quarantined answer;
    answer.what = about.self;
    answer.item = s.item;
    answer.quantity = s.on_hand;
    answer.stopped = s.status == wms::lot_status::unrestricted && s.on_hand > takt::quantity{};
    for (const auto& u : s.uses)
        if (u.purpose == wms::issue_purpose::consume)
            answer.onward.push_back(u.reference);
        else if (u.purpose == wms::issue_purpose::ship)
            answer.left.push_back(u.reference);
    if (answer.stopped) change_status(d, s, wms::lot_status::blocked, what.reason, about);
    d.send(what.asker.key(), std::move(answer));
    return d;
}

decision decide(const state& s, const scrap& what, const context& about)
{
    if (auto refused = refuse_disposal(s, about)) return *refused;
    decision d;
    dispose(d, s, wms::issue_purpose::scrap, what.reason, about);
    return d;
}

decision decide(const state& s, const send_back& what, const context& about)
{
    if (auto refused = refuse_disposal(s, about)) return *refused;
    if (!s.supplier) return decision::refuse("no_supplier", "this lot was not bought; scrap it");
    decision d;
    dispose(d, s, wms::issue_purpose::send_back, what.reason, about);
    return d;
}

void apply(state& s, const lot::created& e)
{
    s.item = e.item;
    s.status = e.status;
    s.origin = e.origin;
    s.created = e.quantity;
    s.on_hand += e.quantity; // an issue cannot be booked before, but nothing is lost if it were
    s.bins[e.bin] += e.quantity;
    s.parents = e.parents;
    s.supplier = e.supplier;
    s.supplier_lot = e.supplier_lot;
    s.expiry = e.expiry;
    s.created_at = e.at;
}

void apply(state& s, const issued& e)
{
    s.on_hand -= e.quantity;
    switch (e.purpose) {
    case wms::issue_purpose::consume: s.consumed += e.quantity; break;
    case wms::issue_purpose::ship: s.shipped += e.quantity; break;
    case wms::issue_purpose::scrap: s.scrapped += e.quantity; break;
    case wms::issue_purpose::send_back: s.returned += e.quantity; break;
    case wms::issue_purpose::move: s.on_hand += e.quantity; return; // never said of an issue
    }
    auto& here = s.bins[e.bin];
    here -= e.quantity;
    if (!here) s.bins.erase(e.bin);
    const auto same = std::find_if(s.uses.begin(), s.uses.end(),
                                   [&](const use& u) { return u.reference == e.reference && u.purpose == e.purpose; });
    if (same == s.uses.end())
        s.uses.push_back({e.reference, e.purpose, e.quantity});
    else
        same->quantity += e.quantity;
}

void apply(state& s, const moved& e)
{
    for (const auto& [bin, by] : {std::pair{e.from, -e.quantity}, std::pair{e.to, e.quantity}}) {
        auto& here = s.bins[bin];
        here += by;
        if (!here) s.bins.erase(bin);
    }
}

void apply(state& s, const lot::adjusted& e)
{
    s.adjusted += e.difference;
    s.on_hand += e.difference;
    auto& here = s.bins[e.bin];
    here += e.difference;
    if (!here) s.bins.erase(e.bin);
}

void apply(state& s, const status_changed& e)
{
    s.status = e.status;
    s.reason = e.reason;
}

void apply(state& /*s*/, const disposal_requested& /*e*/) {}
void apply(state& /*s*/, const disposal_declined& /*e*/) {}

} // namespace takt::lot
