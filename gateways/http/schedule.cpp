#include <algorithm>
#include <tuple>

#include "actors/mes/schedule_parts.hpp"
#include "gateways/http/dispatch_list.hpp"
#include "gateways/http/entity_json.hpp"
#include "gateways/http/handlers.hpp"
#include "gateways/http/schedule_rows.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"
#include "scheduling/problem_file.hpp"

/// GET /api/v1/schedule: the plan in force as rows of a Gantt chart.
/// GET /api/v1/schedules/plant/problem: what it solves.
/// GET /api/v1/machines/{key}/dispatch_list: what a machine does and what is next.
namespace takt::http {
namespace {

template <class Id> bool asked_for(const std::vector<std::string>& names, const Id& id)
{
    return names.empty() || std::find(names.begin(), names.end(), id.text) != names.end();
}

/// What the schedule's state says of the operations that are asked for, sorted by start, machine, work order.
schedule_rows rows_of(const schedule::state& state, const target& where)
{
    const auto machines = where.parameters("machine");
    const auto work_orders = where.parameters("work_order");
    schedule_rows rows;
    for (const auto& [work_order, job] : state.jobs) {
        if (!asked_for(work_orders, work_order)) continue;
        for (const auto& o : job.operations) {
            if (o.planned && asked_for(machines, o.planned->machine))
                rows.items.push_back({work_order, o.what.operation, job.item, o.planned->machine, o.planned->person,
                                      o.planned->start, o.planned->end, o.what.status, o.what.quantity, job.due});
            else if (!o.planned && !o.unplanned.empty() && machines.empty())
                rows.unplanned.push_back({work_order, o.what.operation, o.unplanned});
        }
    }
    std::sort(rows.items.begin(), rows.items.end(), [](const gantt_row& a, const gantt_row& b) {
        return std::tie(a.start, a.machine, a.work_order, a.operation) <
               std::tie(b.start, b.machine, b.work_order, b.operation);
    });
    rows.number = state.plan_number;
    rows.planned_at = state.planned_at;
    return rows;
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
    auto rows = [state = std::move(view.state), where = r.where] {
        const auto read = read_json_text<schedule::state>(state, strictness::from_storage);
        return to_json(rows_of(read.value(), where));
    };
    auto body = co_await in_background(d, std::move(rows));
    co_return json(200, std::move(body)).with("ETag", etag(view.revision)).with("Cache-Control", "no-cache");
}

answering get_dispatch_list(door& d, const request& r)
{
    const auto* kind = d.kinds.find(r.part("kind"));
    if (kind == nullptr || kind->name != "machine")
        co_return problem(404, "no_dispatch_list", "Only machines have a dispatch list.");
    const machine_id machine(r.part("key"));
    auto view = co_await read(d, entity_ref("schedule", schedule::plant));
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
    const entity_ref plant("schedule", schedule::plant);
    const auto* kind = d.kinds.find(r.part("kind"));
    if (kind == nullptr || kind->name != "schedule" || r.part("key") != schedule::plant)
        co_return problem(404, "no_problem", "Only schedules/plant has a problem to solve.");
    auto view = co_await read(d, plant);
    auto write = [state = std::move(view.state), now = d.node.now()] {
        const auto read = read_json_text<schedule::state>(state, strictness::from_storage);
        return scheduling::to_json(schedule::problem_of(read.value(), now));
    };
    co_return json(200, co_await in_background(d, std::move(write))).with("Cache-Control", "no-cache");
}

} // namespace takt::http
