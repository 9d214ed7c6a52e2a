#include "sim/sparkplug_report.hpp"

#include <algorithm>

#include "actors/mes/packml.hpp"
#include "gateways/sparkplug/machine_tags.hpp"
#include "messages/mes/machine.hpp"

namespace takt::sim {
namespace {

namespace tags = sparkplug::tags;
using sparkplug::value;
using changes = std::vector<sparkplug::edge::change>;

} // namespace

changes tags_of(const message& command, const std::function<std::optional<std::size_t>(const mes::run_ref&)>& slot_of,
                const std::function<std::int64_t(std::size_t)>& phase_of, const std::string& control)
{
    const auto of_job = [&](const mes::run_ref& run, auto what) -> changes {
        const auto slot = slot_of(run);
        if (!slot) return {};
        return what(*slot);
    };
    const auto at_least = [&](std::size_t slot, std::int64_t step) { return value{std::max(step, phase_of(slot))}; };
    if (const auto* r = command.as<machine::confirm_job>())
        return of_job(r->job, [&](std::size_t i) -> changes {
            return {{tags::job(i, "Phase"), at_least(i, tags::taken)}};
        });
    if (const auto* r = command.as<machine::report_setup_done>())
        return of_job(r->job, [&](std::size_t i) -> changes {
            return {{tags::job(i, "Phase"), at_least(i, tags::running)}};
        });
    if (const auto* r = command.as<machine::report_progress>())
        return of_job(r->job, [&](std::size_t i) -> changes {
            return {{tags::job(i, "Phase"), at_least(i, tags::running)},
                    {tags::job(i, "Good"), r->good},
                    {tags::job(i, "Scrap"), r->scrap}};
        });
    if (const auto* r = command.as<machine::report_completed>())
        return of_job(r->job, [&](std::size_t i) -> changes {
            return {{tags::job(i, "Good"), r->good},
                    {tags::job(i, "Scrap"), r->scrap},
                    {tags::job(i, "Energy"), r->energy_kwh ? value{*r->energy_kwh} : value{}},
                    {tags::job(i, "Phase"), std::int64_t{tags::done}}};
        });
    if (const auto* r = command.as<machine::report_state>())
        return {{tags::reason, r->reason}, {tags::state, std::int64_t{machine::packml_number(r->state)}}};
    if (const auto* r = command.as<machine::report_down>())
        return {{tags::down_reason, r->reason},
                {tags::down_expected, r->expected_ms ? std::int64_t{r->expected_ms->count()} : std::int64_t{-1}},
                {tags::down, true}};
    if (command.as<machine::report_up>() != nullptr) return {{tags::down, false}};
    if (command.as<machine::confirm_control>() != nullptr) return {{tags::control, control}};
    if (const auto* r = command.as<machine::refuse_control>())
        return {{tags::refused_reason, r->reason}, {tags::refused_number, r->number}};
    changes all;
    if (const auto* r = command.as<machine::report_parameters>()) {
        all.push_back({tags::recipe, r->recipe});
        for (const auto& [tag, v] : r->set_points) all.push_back({tags::parameters + tag, v});
    }
    return all;
}

} // namespace takt::sim
