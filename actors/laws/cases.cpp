#include "actors/laws/cases.hpp"

#include "messages/anomaly/anomaly.hpp"
#include "messages/mes/machine.hpp"

namespace takt::laws {

void cases::see(const seen_event& e)
{
    if (e.event.as<machine::blocked>() != nullptr) {
        blocked_[e.entity] = true;
    } else if (e.event.as<machine::unblocked>() != nullptr) {
        blocked_[e.entity] = false;
    } else if (const auto* job = e.event.as<machine::dispatched>()) {
        ++machines_.checked;
        if (blocked_[e.entity])
            machines_.violated({e.entity, e.position, "is blocked and was given " + job->job.work_order.text});
    } else if (e.event.as<anomaly::opened>() != nullptr) {
        ++owners_.checked;
        if (!open_.emplace(e.entity, one_case{false, false, e.position}).second)
            owners_.violated({e.entity, e.position, "was opened while it was open"});
    } else if (e.event.as<anomaly::playbook_taken>() != nullptr) {
        if (const auto found = open_.find(e.entity); found != open_.end()) found->second.owned = true;
    } else if (e.event.as<anomaly::closed>() != nullptr) {
        if (open_.erase(e.entity) == 0) owners_.violated({e.entity, e.position, "was closed and is not open"});
    }
}

void cases::under_way(const entity_ref& target, const message& command)
{
    if (const auto* asked = command.as<playbook::consult>()) {
        if (const auto found = open_.find({"anomaly", asked->anomaly}); found != open_.end())
            found->second.asked = true;
    } else if (command.as<anomaly::take_playbook>() != nullptr) {
        if (const auto found = open_.find(target); found != open_.end()) found->second.asked = true;
    }
}

std::vector<finding> cases::findings() const
{
    auto owners = owners_;
    for (const auto& [entity, one] : open_)
        if (!one.owned && !one.asked) owners.violated({entity, one.position, "is open and has no owner"});
    return {machines_, owners};
}

} // namespace takt::laws
