#include <algorithm>
#include <tuple>

#include "actors/mes/schedule_parts.hpp"
#include "gateways/http/areas.hpp"
#include "gateways/http/dispatch_list.hpp"
#include "gateways/http/entity_json.hpp"
#include "gateways/http/handlers.hpp"
#include "gateways/http/schedule_rows.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"
#include "scheduling/problem_file.hpp"

/// GET /api/v1/schedule: the plan in force as rows of a Gantt chart.
/// GET /api/v1/schedules/{area}/problem: what it solves.
/// GET /api/v1/machines/{key}/dispatch_list: what a machine does and what is next.
namespace takt::http {
namespace {

template <class Id> bool asked_for(const std::vector<std::string>& names, const Id& id)
{
    return names.empty() || std::find(names.begin(), names.end(), id.text) != names.end();
}

/// Adds what an area's schedule says of the operations that are asked for.
void add_rows(schedule_rows& rows, const std::string& area, const schedule::state& state, const target& where)
{
    const auto machines = where.parameters("machine");
    const auto work_orders = where.parameters("work_order");
    for (const auto& [work_order, job] : state.jobs) {
        if (!asked_for(work_orders, work_order)) continue;
        for (const auto& o : job.operations) {
            if (o.planned && asked_for(machines, o.planned->machine))
                rows.items.push_back({work_order, o.what.operation, job.item, o.planned->machine, o.planned->person,
                                      o.planned->start, o.planned->end, o.what.status, o.what.quantity, job.due, area});
            else if (!o.planned && !o.unplanned.empty() && machines.empty())
                rows.unplanned.push_back({work_order, o.what.operation, o.unplanned});
        }
    }
    rows.areas.push_back({area, state.plan_number, state.planned_at});
    rows.number += state.plan_number;
    rows.planned_at = std::max(rows.planned_at, state.planned_at);
}

void sort(schedule_rows& rows)
{
    std::sort(rows.items.begin(), rows.items.end(), [](const gantt_row& a, const gantt_row& b) {
        return std::tie(a.start, a.machine, a.work_order, a.operation) <
               std::tie(b.start, b.machine, b.work_order, b.operation);
    });
}

} // namespace

answering get_schedule(door& d, const request& r)
{
    if (d.kinds.find("schedule") == nullptr) co_return problem(404, "no_schedule", "This node plans nothing.");
    auto areas = r.where.parameters("area");
    const bool asked = !areas.empty();
    if (!asked) areas = co_await in_background(d, [&node = d.node] { return areas_of(node); });
    std::vector<std::pair<std::string, std::string>> states;
    std::uint64_t revision = 0; // of all together: it rises with each of theirs
    for (const auto& area : areas) {
        runtime::entity_view view;
        if (valid_key(area)) view = co_await read(d, entity_ref("schedule", area));
        if (asked && view.revision == 0) co_return problem(404, "unknown_area", "There is no area " + area + ".");
        revision += view.revision;
        states.emplace_back(area, std::move(view.state));
    }
    if (const auto tags = r.header("if-none-match"); tags && revision > 0 && matches(*tags, revision)) {
        auto same = empty(304);
        co_return same.with("ETag", etag(revision));
    }
    auto rows = [states = std::move(states), where = r.where] {
        schedule_rows all;
        for (const auto& [area, state] : states)
            add_rows(all, area, read_json_text<schedule::state>(state, strictness::from_storage).value(), where);
        sort(all);
        return to_json(all);
    };
    auto body = co_await in_background(d, std::move(rows));
    co_return json(200, std::move(body)).with("ETag", etag(revision)).with("Cache-Control", "no-cache");
}

answering get_dispatch_list(door& d, const request& r)
{
    const auto* kind = d.kinds.find(r.part("kind"));
    if (kind == nullptr || kind->name != "machine")
        co_return problem(404, "no_dispatch_list", "Only machines have a dispatch list.");
    const machine_id machine(r.part("key"));
    const auto area = area_of(d.node, machine.text).value_or(std::string(mes::whole_plant));
    auto view = co_await read(d, entity_ref("schedule", area));
    auto rows = [state = std::move(view.state), machine, now = d.node.now()] {
        const auto read = read_json_text<schedule::state>(state, strictness::from_storage);
        const auto list = dispatch_list_of(read.value(), machine, now);
        return list ? to_json(*list) : std::string();
    };
    auto body = co_await in_background(d, std::move(rows));
    if (body.empty()) co_return problem(404, "unknown_machine", "The schedule knows no machine " + machine.text + ".");
    co_return json(200, std::move(body)).with("Cache-Control", "no-cache");
}

answering get_schedule_problem(door& d, const request& r)
{
    const auto* kind = d.kinds.find(r.part("kind"));
    if (kind == nullptr || kind->name != "schedule")
        co_return problem(404, "no_problem", "Only schedules have a problem to solve.");
    const std::string area(r.part("key"));
    runtime::entity_view view;
    if (valid_key(area)) view = co_await read(d, entity_ref("schedule", area));
    if (view.revision == 0) co_return problem(404, "unknown_area", "There is no area " + area + ".");
    auto write = [state = std::move(view.state), now = d.node.now()] {
        const auto read = read_json_text<schedule::state>(state, strictness::from_storage);
        return scheduling::to_json(schedule::problem_of(read.value(), now));
    };
    co_return json(200, co_await in_background(d, std::move(write))).with("Cache-Control", "no-cache");
}

} // namespace takt::http
