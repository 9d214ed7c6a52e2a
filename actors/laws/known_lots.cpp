#include "actors/laws/known_lots.hpp"

#include "messages/wms/bin.hpp"
#include "messages/wms/lot.hpp"

namespace takt::laws {

void known_lots::check(const lot_id& lot, const seen_event& e)
{
    ++found_.checked;
    if (!created_.contains(lot)) found_.violated({e.entity, e.position, "lot " + lot.text + " was never created"});
}

void known_lots::see(const seen_event& e)
{
    if (const auto* created = e.event.as<lot::created>()) {
        for (const auto& parent : created->parents) check(parent.lot, e);
        created_.insert(lot_id(e.entity.key()));
    } else if (const auto* issued = e.event.as<bin::issued>()) {
        check(issued->lot, e);
    }
}

} // namespace takt::laws
