#include <algorithm>

#include "actors/erp/order.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/crm/customer.hpp"

/// What customers say of what they got, and what they have to be told of it.
namespace takt::order {
namespace {

order_id key_of(const context& about) { return order_id(about.self.key()); }

decision refuse_lot(const state& s, const lot_id& lot)
{
    std::string shipped;
    for (const auto& [key, amount] : s.shipped_lots) shipped += (shipped.empty() ? "" : ", ") + key.text;
    return decision::refuse("not_shipped", "lot " + lot.text + " was not; shipped were " + shipped, "lot");
}

} // namespace

decision decide(const state& s, const complain& what, const context& about)
{
    if (s.status == order_status::none) return decision::refuse("not_placed", about.self.path() + " does not exist");
    if (what.by.empty()) return decision::refuse("name_missing", "say who complains", "by");
    if (what.detail.empty()) return decision::refuse("detail_missing", "say what is wrong", "detail");
    if (s.shipped_lots.empty()) return decision::refuse("nothing_shipped", "nothing of it has left yet");
    if (what.lot && !s.shipped_lots.contains(*what.lot)) return refuse_lot(s, *what.lot);
    decision d;
    complained e{what.by, what.detail, {}, what.quantity, about.now};
    for (const auto& [lot, amount] : s.shipped_lots)
        if (!what.lot || lot == *what.lot) e.lots.push_back(lot);
    for (const auto& lot : e.lots) {
        const entity_ref source("lot", lot.text);
        d.send(anomaly::key_of("complaint", source),
               anomaly::raise{
                   source, "complaint", anomaly::severity::warning, about.self.path() + ": " + what.detail, {}});
    }
    d.emit(std::move(e));
    d.send(s.customer.text, customer::note_complaint{key_of(about), what.detail});
    return d;
}

decision decide(const state& s, const note_suspect& what, const context& about)
{
    decision d;
    d.emit(suspect_noted{what.what, what.trace, about.now});
    d.send(s.customer.text, customer::note_suspect{key_of(about), what.trace});
    return d;
}

decision decide(const state& /*s*/, const note_explained& what, const context& about)
{
    decision d;
    d.emit(explained{what.trace, what.cause, about.now});
    return d;
}

void apply(state& s, const complained& /*e*/) { ++s.complaints; }

void apply(state& s, const suspect_noted& e)
{
    if (std::find(s.suspect.begin(), s.suspect.end(), e.trace) == s.suspect.end()) s.suspect.push_back(e.trace);
}

void apply(state& s, const explained& e) { std::erase(s.suspect, e.trace); }

} // namespace takt::order
