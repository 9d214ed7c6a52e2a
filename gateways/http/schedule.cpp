#include <algorithm>
#include <tuple>

#include "gateways/http/entity_json.hpp"
#include "gateways/http/handlers.hpp"
#include "messages/core/json_write.hpp"
#include "messages/mes/schedule.hpp"

/// GET /api/v1/schedule: the plan in force as rows of a Gantt chart.
namespace takt::http {
namespace {

using schedule::slot;

/// Wherever the schedule's state keeps them: every object below `from` that is a slot.
void collect_slots(const boost::json::value& from, std::vector<slot>& into)
{
    if (const auto* all = from.if_array()) {
        for (const auto& one : *all) collect_slots(one, into);
    } else if (const auto* object = from.if_object()) {
        if (auto read = read_json<slot>(from, strictness::from_storage))
            into.push_back(std::move(*read));
        else
            for (const auto& member : *object) collect_slots(member.value(), into);
    }
}

template <class Id> bool asked_for(const std::vector<std::string>& names, const Id& id)
{
    return names.empty() || std::find(names.begin(), names.end(), id.text) != names.end();
}

std::string rows_of(const std::string& state, const target& where)
{
    std::vector<slot> slots;
    if (const auto document = parse_json(state)) collect_slots(*document, slots);
    const auto machines = where.parameters("machine");
    const auto work_orders = where.parameters("work_order");
    std::erase_if(
        slots, [&](const slot& s) { return !asked_for(machines, s.machine) || !asked_for(work_orders, s.work_order); });
    std::sort(slots.begin(), slots.end(), [](const slot& a, const slot& b) {
        return std::tie(a.start, a.machine, a.work_order, a.operation) <
               std::tie(b.start, b.machine, b.work_order, b.operation);
    });
    return "{\"items\":" + to_json(slots) + '}';
}

} // namespace

answering get_schedule(door& d, const request& r)
{
    const entity_ref plant("schedule", schedule::plant);
    if (d.kinds.find("schedule") == nullptr) co_return problem(404, "no_schedule", "This node plans nothing.");
    auto view = co_await read(d, plant);
    if (const auto tags = r.header("if-none-match"); tags && view.revision > 0 && matches(*tags, view.revision)) {
        auto same = empty(304);
        co_return same.with("ETag", etag(view.revision));
    }
    auto rows = [state = std::move(view.state), where = r.where] { return rows_of(state, where); };
    auto body = co_await in_background(d, std::move(rows));
    co_return json(200, std::move(body)).with("ETag", etag(view.revision)).with("Cache-Control", "no-cache");
}

} // namespace takt::http
