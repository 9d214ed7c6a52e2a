#include "actors/mes/work_order_step.hpp"
#include "actors/refusals.hpp"
#include "messages/anomaly/anomaly.hpp"
#include "messages/erp/material.hpp"
#include "messages/wms/bin.hpp"

/// What a work order decides about its components: from the promise to the line.
namespace takt::work_order {
namespace {

constexpr milliseconds date_tolerance{60'000};
/// What a bin held a moment ago is asked for again.
constexpr milliseconds try_again_after{60'000};

void tell_if_earliest_moved(step& todo, std::optional<instant> before)
{
    const auto after = earliest(todo.now());
    if (before.has_value() != after.has_value()) return todo.tell_schedule_job();
    if (!after) return;
    const auto moved = *after - *before;
    if (moved >= date_tolerance || moved <= -date_tolerance) todo.tell_schedule_job();
}

const wms::lot_amount* find_line(const std::vector<wms::lot_amount>& lines, const lot_id& lot, const bin_id& bin)
{
    const auto found =
        std::find_if(lines.begin(), lines.end(), [&](const auto& l) { return l.lot == lot && l.bin == bin; });
    return found == lines.end() ? nullptr : &*found;
}

decision refuse_pick(const state& s, const confirm_pick& what)
{
    std::string listed;
    bool lot_listed = false;
    for (const auto& l : s.to_pick) {
        lot_listed = lot_listed || l.lot == what.lot;
        if (!listed.empty()) listed += ", ";
        listed += to_string(l.quantity) + " of " + l.lot.text + " from " + l.bin.text;
    }
    if (listed.empty()) listed = "nothing";
    if (lot_listed)
        return decision::refuse(
            "wrong_bin", "lot " + what.lot.text + " is not to be picked from " + what.bin.text + "; to pick: " + listed,
            "bin");
    return decision::refuse("wrong_lot", "lot " + what.lot.text + " is not to be picked; to pick: " + listed, "lot");
}

/// The part of a withdrawal that is at the line already.
takt::quantity staged_part(const state& s, const withdraw& what)
{
    const auto left = what.quantity - std::min(what.quantity, sum_of(s.to_pick, what.lot, nullptr));
    return std::min(left, sum_of(s.staged, what.lot, nullptr));
}

/// Of a lot, what has gone in and is still the work order's.
takt::quantity used_of(const state& s, const lot_id& lot)
{
    takt::quantity sum;
    for (const auto& c : s.consumed)
        if (c.lot == lot) sum += c.quantity;
    for (const auto& r : s.revoked_used)
        if (r.lot == lot) sum -= r.quantity;
    return std::max(sum, takt::quantity{});
}

/// The bin does not give what is held. Either it was withdrawn meanwhile and is replaced, or it is free soon.
decision keep_for_later(const state& s, const decline_issue& what, const context& about)
{
    const auto used =
        std::find_if(s.consumed.begin(), s.consumed.end(), [&](const auto& c) { return c.lot == what.lot; });
    if (used == s.consumed.end() || is_over(s)) return {};
    step todo(s, about);
    const auto before = sum_of(s.staged, what.lot, nullptr);
    todo.happen(consumption_declined{used->item, what.lot, what.bin, what.quantity});
    const auto kept = sum_of(todo.now().staged, what.lot, nullptr) - before;
    if (kept < what.quantity)
        todo.out().send(what.bin.text, bin::release_reservation{what.lot, about.self, what.quantity - kept});
    if (kept) todo.out().set_timer("staged", about.now + try_again_after, check_staged{});
    return todo.done();
}

} // namespace

decision decide(const state& s, const check_staged& /*what*/, const context& about)
{
    if (is_over(s) || !begun(s)) return {};
    step todo(s, about);
    todo.consume_staged();
    return todo.done();
}

void apply(state& s, const withdrawn_late& e) { s.revoked_used.push_back({{}, e.lot, e.quantity}); }

void apply(state& s, const consumption_declined& e)
{
    for (auto& c : s.consumed)
        if (c.lot == e.lot) c.quantity -= std::min(e.quantity, c.quantity);
    std::erase_if(s.consumed, [](const auto& c) { return !c.quantity; });
    auto back = e.quantity;
    for (auto& r : s.revoked_used) {
        if (r.lot != e.lot) continue;
        const auto part = std::min(back, r.quantity);
        r.quantity -= part;
        back -= part;
    }
    std::erase_if(s.revoked_used, [](const auto& r) { return !r.quantity; });
    if (back) s.staged.push_back({e.item, e.lot, e.bin, back});
}

decision decide(const state& s, const promise& what, const context& about)
{
    if (is_over(s)) return {};
    const auto found =
        std::find_if(s.components.begin(), s.components.end(), [&](const component& c) { return c.item == what.item; });
    if (found == s.components.end() || found->promised == what.date) return {};
    step todo(s, about);
    todo.happen(component_promised{what.item, what.date});
    tell_if_earliest_moved(todo, earliest(s));
    return todo.done();
}

decision decide(const state& s, const allocate& what, const context& about)
{
    if (is_over(s)) return {}; // the release of the demand is on its way
    step todo(s, about);
    todo.happen(allocated{what.item, what.lot, what.bin, what.quantity});
    todo.check_kit();
    tell_if_earliest_moved(todo, earliest(s));
    return todo.done();
}

decision decide(const state& s, const withdraw& what, const context& about)
{
    if (is_over(s)) return {};
    const auto there = sum_of(s.to_pick, what.lot, nullptr) + sum_of(s.staged, what.lot, nullptr) +
                       sum_of(s.picking, what.lot, nullptr);
    const auto part = std::min(what.quantity, there);
    step todo(s, about);
    if (const auto used = std::min(what.quantity - part, used_of(s, what.lot)); used)
        todo.happen(withdrawn_late{what.lot, used}); // it is in the product already, unless the bin keeps it
    if (!part) return todo.done();
    if (const auto staged = staged_part(s, what); staged)
        todo.out().send(s.staging_bin.text, bin::release_reservation{what.lot, about.self, staged});
    todo.happen(withdrawn{what.item, what.lot, what.bin, part});
    todo.check_kit();
    return todo.done();
}

decision decide(const state& s, const relocate& what, const context& /*about*/)
{
    decision d;
    const auto* line = find_line(s.to_pick, what.lot, what.from);
    if (line != nullptr) d.emit(relocated{what.lot, what.from, what.to, std::min(what.quantity, line->quantity)});
    return d;
}

decision decide(const state& s, const reject_demand& what, const context& about)
{
    decision d;
    if (is_over(s)) return d;
    d.emit(component_unknown{what.item, what.reason});
    d.send(anomaly::key_of("master_data", about.self),
           anomaly::raise{about.self, "master_data", anomaly::severity::critical, what.reason});
    return d;
}

decision decide(const state& s, const confirm_pick& what, const context& about)
{
    if (s.status == work_order_status::none)
        return decision::refuse("not_created", about.self.path() + " does not exist");
    if (is_over(s))
        return decision::refuse("already_" + std::string(enum_name(s.status)), "nothing is to be picked for it");
    if (s.status == work_order_status::waiting_material)
        return decision::refuse("not_released", "its kit is not complete; picking begins when it is");
    const auto* line = find_line(s.to_pick, what.lot, what.bin);
    if (line == nullptr) return refuse_pick(s, what);
    const auto amount = what.quantity.value_or(line->quantity);
    if (amount <= takt::quantity{}) return refuse_unless_positive(amount, "quantity");
    if (amount > line->quantity)
        return decision::refuse("more_than_listed",
                                to_string(amount) + " picked, the list says " + to_string(line->quantity), "quantity");
    decision d;
    d.emit(pick_confirmed{line->item, what.lot, what.bin, amount});
    d.send(what.bin.text, bin::issue{what.lot, amount, wms::issue_purpose::move, about.self, 0, s.staging_bin, {}});
    return d;
}

decision decide(const state& s, const confirm_staged& what, const context& about)
{
    const auto expected = std::min(what.quantity, sum_of(s.picking, what.lot, &what.from));
    const auto unwanted = what.quantity - expected;
    step todo(s, about);
    if (unwanted) todo.out().send(s.staging_bin.text, bin::release_reservation{what.lot, about.self, unwanted});
    const auto* line = find_line(expected ? s.picking : s.revoked, what.lot, what.from);
    if (line == nullptr) return todo.done();
    todo.happen(component_staged{line->item, what.lot, what.from, what.quantity});
    if (!is_over(s)) {
        todo.check_kit();
        if (begun(s)) todo.consume_staged();
    }
    return todo.done();
}

decision decide(const state& /*s*/, const confirm_issue& /*what*/, const context& /*about*/) { return {}; }

decision decide(const state& s, const decline_issue& what, const context& about)
{
    if (find_line(s.picking, what.lot, what.bin) == nullptr && find_line(s.revoked, what.lot, what.bin) == nullptr) {
        if (what.held) return keep_for_later(s, what, about);
        decision d; // the line-side bin lacks what was staged there: a person must look
        d.send(anomaly::key_of("stock_difference", about.self),
               anomaly::raise{about.self, "stock_difference", anomaly::severity::critical,
                              to_string(what.quantity) + " of lot " + what.lot.text + " should be in bin " +
                                  what.bin.text + ", which has " + to_string(what.available)});
        return d;
    }
    step todo(s, about);
    todo.happen(pick_declined{what.lot, what.bin, what.quantity, what.available});
    todo.check_kit();
    return todo.done();
}

} // namespace takt::work_order
