#include "actors/eam/maintenance_order_parts.hpp"

#include "actors/refusals.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/erp/material.hpp"

/// The spare parts of an order.
namespace takt::maintenance_order {
namespace {

const reserved_stock* find_stock(const part_line* line, const lot_id& lot, const bin_id& bin)
{
    if (line == nullptr) return nullptr;
    const auto found = std::find_if(line->reserved.begin(), line->reserved.end(),
                                    [&](const auto& r) { return r.lot == lot && r.bin == bin; });
    return found == line->reserved.end() ? nullptr : &*found;
}

bool is_taking(const state& s, const lot_id& lot, const bin_id& bin)
{
    return std::any_of(s.taking.begin(), s.taking.end(), [&](const auto& t) { return t.lot == lot && t.bin == bin; });
}

/// What was reserved and not used is free once all that was used is out of its bins.
decision and_release_rest(progress p)
{
    if (p.now().taking.empty()) p.release_parts();
    return p.done();
}

} // namespace

decision decide(const state& s, const promise& what, const context& /*about*/)
{
    decision d;
    const auto* line = find_part(s, what.item);
    if (is_open(s) && line != nullptr && line->promised != what.date) d.emit(part_promised{what.item, what.date});
    return d;
}

decision decide(const state& s, const allocate& what, const context& about)
{
    if (!is_open(s)) return {}; // the release of the demand is on its way
    progress p(s, about);
    p.emit(part_reserved{what.item, what.lot, what.bin, what.quantity, what.unit_cost});
    return p.advance();
}

decision decide(const state& s, const withdraw& what, const context& /*about*/)
{
    decision d;
    const auto* there = find_stock(find_part(s, what.item), what.lot, what.bin);
    if (is_open(s) && there != nullptr)
        d.emit(part_withdrawn{what.item, what.lot, what.bin, std::min(what.quantity, there->quantity)});
    return d;
}

decision decide(const state& s, const relocate& what, const context& /*about*/)
{
    decision d;
    const auto* there = find_stock(find_part(s, what.item), what.lot, what.from);
    if (is_open(s) && there != nullptr)
        d.emit(part_relocated{what.item, what.lot, what.from, what.to, std::min(what.quantity, there->quantity)});
    return d;
}

decision decide(const state& s, const reject_demand& what, const context& about)
{
    if (!is_open(s) || find_part(s, what.item) == nullptr) return {};
    progress p(s, about);
    p.emit(part_left_out{what.item, about.sender, what.reason});
    p.send(anomaly::key_of("master_data", about.self),
           anomaly::raise{about.self, "master_data", anomaly::severity::warning, what.reason});
    return p.advance();
}

decision decide(const state& s, const confirm_issue& what, const context& about)
{
    if (!is_taking(s, what.lot, what.bin)) return {};
    progress p(s, about);
    p.emit(part_consumed{what.lot, what.bin, what.quantity});
    return and_release_rest(std::move(p));
}

decision decide(const state& s, const decline_issue& what, const context& about)
{
    if (!is_taking(s, what.lot, what.bin)) return {};
    progress p(s, about);
    p.emit(part_not_found{what.lot, what.bin, what.quantity, what.available});
    p.send(anomaly::key_of("stock_difference", about.self),
           anomaly::raise{about.self, "stock_difference", anomaly::severity::critical,
                          to_string(what.quantity) + " of lot " + what.lot.text + " were used from bin " +
                              what.bin.text + ", which has " + to_string(what.available)});
    return and_release_rest(std::move(p));
}

decision decide(const state& s, const add_part& what, const context& about)
{
    if (!is_open(s)) return refuse_ended(s, about);
    if (what.by.empty()) return decision::refuse("name_missing", "say who needs it", "by");
    if (!valid_key(what.item.text)) return refuse_key(what.item.text, "item");
    if (what.quantity <= takt::quantity{}) return refuse_unless_positive(what.quantity, "quantity");
    progress p(s, about);
    p.emit(part_added{what.by, what.item, what.quantity});
    p.require(what.item, find_part(p.now(), what.item)->needed);
    return p.advance();
}

decision decide(const state& s, const waive_parts& what, const context& about)
{
    if (!is_open(s)) return refuse_ended(s, about);
    if (what.by.empty()) return decision::refuse("name_missing", "say who says so", "by");
    if (what.reason.empty()) return decision::refuse("reason_missing", "say why it is done without", "reason");
    if (s.missing.empty()) return decision::refuse("nothing_missing", "all of its parts are reserved");
    progress p(s, about);
    for (const auto& item : s.missing) p.emit(part_left_out{item, what.by, what.reason});
    return p.advance();
}

} // namespace takt::maintenance_order
