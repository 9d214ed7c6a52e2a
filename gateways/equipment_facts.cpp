#include "gateways/equipment_facts.hpp"

#include "actors/mes/machine.hpp"
#include "messages/core/json_read.hpp"

namespace takt::equipment {
namespace {

template <class Event> std::optional<Event> read_event(const runtime::fact& f)
{
    const auto json = parse_json(f.data);
    if (!json) return std::nullopt;
    const auto read = type_of<Event>().read(*json, f.version, strictness::from_storage);
    if (!read) return std::nullopt;
    return *read->template as<Event>();
}

template <class Event> std::optional<instruction> to_run(const runtime::fact& f)
{
    const auto event = read_event<Event>(f);
    if (!event) return std::nullopt;
    return instruction{assignment{event->job, false, false, 0, 0}, std::nullopt, std::nullopt};
}

} // namespace

checked<machine_now> read_machine(std::string_view state)
{
    auto s = read_json_text<machine::state>(state, strictness::from_storage);
    if (!s) return s.error();
    machine_now now;
    now.down = !s->up;
    if (s->control && !s->control->confirmed) now.control = std::move(s->control->order);
    for (auto& j : s->jobs)
        now.jobs.push_back({std::move(j.spec), j.phase != machine::job_phase::sent,
                            j.phase == machine::job_phase::running, j.good, j.scrap});
    return now;
}

std::optional<instruction> read_instruction(const runtime::fact& f)
{
    if (f.type == "dispatched") return to_run<machine::dispatched>(f);
    if (f.type == "dispatch_repeated") return to_run<machine::dispatch_repeated>(f);
    if (f.type == "job_withdrawn") {
        const auto event = read_event<machine::job_withdrawn>(f);
        if (!event) return std::nullopt;
        return instruction{std::nullopt, event->job, std::nullopt};
    }
    if (f.type != "control_requested") return instruction{};
    const auto event = read_event<machine::control_requested>(f);
    if (!event) return std::nullopt;
    return instruction{std::nullopt, std::nullopt, event->order};
}

} // namespace takt::equipment
