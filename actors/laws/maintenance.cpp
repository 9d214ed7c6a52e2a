#include "actors/laws/maintenance.hpp"

#include "messages/eam/asset.hpp"
#include "messages/eam/maintenance_order.hpp"
#include "messages/mes/schedule_downtime.hpp"
#include "messages/mes/schedule_events.hpp"

namespace takt::laws {

void maintenance::see(const seen_event& e)
{
    const auto kind = e.event.type().kind;
    if (kind == "schedule") see_schedule(e);
    if (kind == "asset") see_asset(e);
    if (kind == "maintenance_order") see_order(e);
}

void maintenance::see_schedule(const seen_event& e)
{
    if (const auto* begun = e.event.as<schedule::downtime_begun>()) {
        kept_free_[{begun->machine, begun->reference}] = true;
    } else if (const auto* ended = e.event.as<schedule::downtime_ended>()) {
        kept_free_.erase({ended->machine, ended->reference});
    } else if (const auto* sent = e.event.as<schedule::operation_sent>()) {
        ++machines_.checked;
        const auto first = kept_free_.lower_bound({sent->machine, {}});
        if (first != kept_free_.end() && first->first.first == sent->machine)
            machines_.violated(
                {{"machine", sent->machine.text},
                 e.position,
                 "is kept free for " + first->first.second + " and was sent " + sent->job.work_order.text});
    }
}

void maintenance::see_asset(const seen_event& e)
{
    if (const auto* due = e.event.as<asset::maintenance_due>()) {
        ++plans_.checked;
        auto& open = due_[{e.entity, due->plan}];
        if (!open.empty())
            plans_.violated({e.entity, e.position, "has " + due->order + " beside " + open + " of the same plan"});
        open = due->order;
    } else if (const auto* done = e.event.as<asset::maintenance_done>()) {
        due_.erase({e.entity, done->plan});
    } else if (const auto* skipped = e.event.as<asset::maintenance_skipped>()) {
        due_.erase({e.entity, skipped->plan});
    } else if (e.event.as<asset::defined>() != nullptr) {
        std::erase_if(due_, [&](const auto& one) { return one.first.first == e.entity; }); // plans may be gone
    }
}

void maintenance::see_order(const seen_event& e)
{
    const auto free = [&] {
        if (const auto had = technician_of_.find(e.entity); had != technician_of_.end()) {
            busy_with_.erase(had->second);
            technician_of_.erase(had);
        }
    };
    if (const auto* assigned = e.event.as<maintenance_order::assigned>()) {
        ++technicians_.checked;
        const auto [other, is_free] = busy_with_.emplace(assigned->person, e.entity);
        if (!is_free)
            technicians_.violated(
                {e.entity, e.position, assigned->person + " has " + other->second.path() + " already"});
        technician_of_[e.entity] = assigned->person;
    } else if (e.event.as<maintenance_order::done>() != nullptr ||
               e.event.as<maintenance_order::cancelled>() != nullptr) {
        free();
    } else if (const auto* started = e.event.as<maintenance_order::started>()) {
        const auto had = technician_of_.find(e.entity);
        if (had != technician_of_.end() && had->second != started->by) free(); // somebody else has taken it
    }
}

} // namespace takt::laws
