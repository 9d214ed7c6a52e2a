#include "messages/mes/machine_repair.hpp"

#include "actors/mes/machine_parts.hpp"
#include "messages/anomaly/first_article.hpp"
#include "messages/eam/asset.hpp"
#include "messages/eam/maintenance_order.hpp"

/// What a machine is asked when it is repaired, and after it.
namespace takt::machine {

decision decide(const state& s, const introduce_asset& what, const context& /*about*/)
{
    decision d;
    if (s.definition.asset)
        d.send(s.definition.asset->text, asset::consult{what.order, what.fault});
    else
        d.send(what.order, maintenance_order::take_asset{});
    return d;
}

decision decide(const state& s, const watch_first_piece& /*what*/, const context& about)
{
    decision d;
    if (s.first_piece_for != about.sender) d.emit(first_piece_awaited{about.sender});
    return d;
}

void tell_first_piece(decision& d, const state& s, const job& j, std::int64_t pieces, const context& about)
{
    if (!s.first_piece_for || pieces <= j.good + j.scrap) return;
    d.emit(first_piece_made{mes::ref_of(j.spec), about.now});
    d.send(entity_ref(*s.first_piece_for).key(), anomaly::take_first_piece{mes::ref_of(j.spec), j.spec.item});
}

void apply(state& s, const first_piece_awaited& e) { s.first_piece_for = e.asked_by; }
void apply(state& s, const first_piece_made& /*e*/) { s.first_piece_for.reset(); }

} // namespace takt::machine
