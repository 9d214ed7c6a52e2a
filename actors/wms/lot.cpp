#include "actors/wms/lot.hpp"

#include "actors/refusals.hpp"
#include "messages/anomaly/quality.hpp"
#include "messages/erp/material.hpp"
#include "messages/qms/sampling.hpp"
#include "messages/scm/purchase_order.hpp"
#include "messages/wms/bin.hpp"

namespace takt::lot {
namespace {

lot_id key_of(const context& about) { return lot_id(about.self.key()); }

bool may_be_used(wms::lot_status status) { return status == wms::lot_status::unrestricted; }

void tell_bin(decision& d, const bin_id& bin, wms::lot_status status, const context& about)
{
    if (may_be_used(status))
        d.send(bin.text, bin::release{key_of(about)});
    else
        d.send(bin.text, bin::hold{key_of(about)});
}

void change_status(decision& d, const state& s, wms::lot_status status, std::string reason, const context& about)
{
    status_changed e{status, std::move(reason), {}};
    if (may_be_used(status) && !may_be_used(s.status)) e.bins = s.held_in;
    if (!may_be_used(status) && may_be_used(s.status))
        for (const auto& [bin, amount] : s.bins)
            if (amount > takt::quantity{}) e.bins.push_back(bin);
    for (const auto& bin : e.bins) tell_bin(d, bin, status, about);
    d.emit(std::move(e));
    d.send(s.item.text, material::set_lot_status{key_of(about), status});
}

void end_disposition(decision& d, const std::string& nonconformance, takt::quantity quantity, std::string detail)
{
    d.emit(disposition_done{nonconformance});
    d.send(nonconformance, nonconformance::note_done{true, quantity, std::move(detail)});
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
    d.send(what.bin.text, bin::put{what.item, self, what.quantity, about.self, std::nullopt, !may_be_used(status)});
    d.send(what.item.text, material::add_lot{self, what.bin, what.quantity, status, what.origin, what.expiry});
    if (what.inspection)
        d.send(sampling::key_of(what.item, what.inspection->key, what.supplier ? what.supplier->text : ""),
               sampling::inspect{inspection_id("Q-" + self.text),
                                 {what.item, what.quantity, *what.inspection, about.self, {}},
                                 what.supplier});
    return d;
}

decision decide(const state& s, const book_issue& what, const context& about)
{
    decision d;
    d.emit(issued{what.bin, what.quantity, what.purpose, what.reference, what.reason});
    if (what.purpose == wms::issue_purpose::send_back && s.origin.kind() == "purchase_order")
        d.send(s.origin.key(), purchase_order::book_return{key_of(about), what.quantity});
    if (!s.nonconformance.empty() && s.on_hand <= what.quantity)
        end_disposition(d, s.nonconformance, s.scrapped + s.returned + what.quantity,
                        what.purpose == wms::issue_purpose::send_back ? "went back to the supplier" : "thrown away");
    return d;
}

/// A bin that got some of it while its status changed hears of it afterwards.
decision decide(const state& s, const book_move& what, const context& about)
{
    decision d;
    d.emit(moved{what.from, what.to, what.quantity});
    if (what.held == may_be_used(s.status)) tell_bin(d, what.to, s.status, about);
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
    change_status(d, s, wms::lot_status::blocked, "rejected by " + what.inspection.text, about);
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

decision decide(const state& s, const report_origin& what, const context& about)
{
    decision d;
    d.send(what.asker.key(),
           anomaly::take_origin{about.self, s.parents, s.origin, s.supplier, s.supplier_lot.value_or(""), {}});
    return d;
}

decision decide(const state& s, const take_disposition& what, const context& about)
{
    using enum nonconformance::disposition;
    decision d;
    const bool impossible = what.disposition == rework || (what.disposition == return_to_supplier && !s.supplier);
    if (s.item.empty() || impossible) {
        const std::string why = s.item.empty()               ? "there is no such lot"
                                : what.disposition == rework ? "a finished lot has no operation to go through again"
                                                             : "it was not bought";
        d.send(what.nonconformance, nonconformance::note_done{false, {}, why});
        return d;
    }
    const auto reason = what.nonconformance + (what.reason.empty() ? "" : ": " + what.reason);
    d.emit(disposition_taken{what.disposition, what.nonconformance, reason});
    if (what.disposition == use_as_is) {
        change_status(d, s, wms::lot_status::unrestricted, reason, about);
        end_disposition(d, what.nonconformance, s.on_hand, "free to be used");
        return d;
    }
    if (s.status != wms::lot_status::blocked) change_status(d, s, wms::lot_status::blocked, reason, about);
    const auto purpose = what.disposition == scrap ? wms::issue_purpose::scrap : wms::issue_purpose::send_back;
    if (s.on_hand > takt::quantity{})
        dispose(d, s, purpose, reason, about);
    else
        end_disposition(d, what.nonconformance, {}, "nothing is left of it");
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

namespace {

void note_held_in(state& s, const bin_id& bin)
{
    if (std::find(s.held_in.begin(), s.held_in.end(), bin) == s.held_in.end()) s.held_in.push_back(bin);
}

} // namespace

void apply(state& s, const lot::created& e)
{
    if (!may_be_used(e.status)) note_held_in(s, e.bin);
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
    if (!may_be_used(s.status)) note_held_in(s, e.to);
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
    if (may_be_used(e.status)) s.held_in.clear();
    if (!may_be_used(e.status))
        for (const auto& bin : e.bins) note_held_in(s, bin);
    s.status = e.status;
    s.reason = e.reason;
}

void apply(state& s, const disposition_taken& e) { s.nonconformance = e.nonconformance; }
void apply(state& s, const disposition_done& /*e*/) { s.nonconformance.clear(); }
void apply(state& /*s*/, const disposal_requested& /*e*/) {}
void apply(state& /*s*/, const disposal_declined& /*e*/) {}

} // namespace takt::lot
