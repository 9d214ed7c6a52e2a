#include "actors/laws/one_job.hpp"
#include "messages/core/json_write.hpp"

#include "messages/hrm/operator.hpp"
#include "messages/mes/machine.hpp"

namespace takt::laws {
namespace {

std::string name_of(const mes::run_ref& job) { return to_json(job); }

} // namespace

void one_job::begin(finding& law, const std::string& job, const seen_event& e)
{
    auto& r = resources_[e.entity];
    r.jobs.insert(job);
    ++law.checked;
    if (r.jobs.size() <= r.capacity) return;
    std::string all;
    for (const auto& j : r.jobs) all.append(all.empty() ? "" : " and ").append(j);
    law.violated({e.entity, e.position, "does " + all + " at once"});
}

void one_job::end(const std::string& job, const seen_event& e) { resources_[e.entity].jobs.erase(job); }

void one_job::see(const seen_event& e)
{
    if (const auto* defined = e.event.as<machine::defined>())
        resources_[e.entity].capacity = static_cast<std::size_t>(std::max(1, defined->definition.capacity));
    else if (const auto* dispatched = e.event.as<machine::dispatched>())
        begin(machines_, name_of(mes::ref_of(dispatched->job)), e);
    else if (const auto* completed = e.event.as<machine::job_completed>())
        end(name_of(completed->job), e);
    else if (const auto* withdrawn = e.event.as<machine::job_withdrawn>())
        end(name_of(withdrawn->job), e);
    else if (const auto* assigned = e.event.as<operator_::assigned>())
        begin(operators_, name_of(assigned->job), e);
    else if (const auto* released = e.event.as<operator_::released>())
        end(name_of(released->job), e);
}

} // namespace takt::laws
