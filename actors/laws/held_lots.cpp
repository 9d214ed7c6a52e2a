#include "actors/laws/held_lots.hpp"

#include "messages/wms/bin.hpp"
#include "messages/wms/lot.hpp"

namespace takt::laws {

void held_lots::see(const seen_event& e)
{
    if (e.event.as<bin::issued>() != nullptr) see_issue(e);
    see_contents(e);
    if (const auto* held = e.event.as<bin::held>()) {
        held_.insert({e.entity, held->lot});
        to_tell_.erase({e.entity, held->lot});
    } else if (const auto* released = e.event.as<bin::released>()) {
        held_.erase({e.entity, released->lot});
    } else if (e.event.as<lot::status_changed>() != nullptr) {
        see_status(e);
    }
}

/// An empty place holds nothing: what comes there afterwards says itself whether it is held.
void held_lots::see_contents(const seen_event& e)
{
    place where{e.entity, {}};
    quantity change;
    if (const auto* stored = e.event.as<bin::stored>()) {
        where.second = stored->lot;
        change = stored->quantity;
        if (stored->held) held_.insert(where);
    } else if (const auto* issued = e.event.as<bin::issued>()) {
        where.second = issued->lot;
        change = -issued->quantity;
    } else if (const auto* counted = e.event.as<bin::counted>()) {
        where.second = counted->lot;
        change = counted->difference;
    } else {
        return;
    }
    auto& here = contents_[where];
    here += change;
    if (here) return;
    contents_.erase(where);
    held_.erase(where);
}

void held_lots::see_issue(const seen_event& e)
{
    const auto& issued = *e.event.as<bin::issued>();
    const bool used = issued.purpose == wms::issue_purpose::consume || issued.purpose == wms::issue_purpose::ship;
    if (!used) return;
    ++found_.checked;
    if (held_.contains({e.entity, issued.lot}))
        found_.violated({e.entity, e.position,
                         "gave " + to_string(issued.quantity) + " of lot " + issued.lot.text + ", which is held, to " +
                             issued.reference.path()});
}

void held_lots::see_status(const seen_event& e)
{
    const auto& changed = *e.event.as<lot::status_changed>();
    const lot_id lot(e.entity.key());
    for (const auto& bin : changed.bins) {
        const place where{entity_ref("bin", bin.text), lot};
        if (changed.status == wms::lot_status::unrestricted)
            to_tell_.erase(where);
        else if (!held_.contains(where))
            to_tell_[where] = e.position;
    }
}

void held_lots::under_way(const entity_ref& target, const message& command)
{
    if (const auto* hold = command.as<bin::hold>()) on_the_way_.insert({target, hold->lot});
}

finding held_lots::result() const
{
    auto all = found_;
    for (const auto& [where, position] : to_tell_)
        if (!on_the_way_.contains(where))
            all.violated({where.first, position, "does not know that lot " + where.second.text + " is held"});
    return all;
}

} // namespace takt::laws
