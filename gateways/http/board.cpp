#include "gateways/http/board.hpp"

#include <set>

#include "actors/mes/schedule_parts.hpp"
#include "gateways/http/entity_json.hpp"
#include "gateways/http/handlers.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"

/// GET /api/v1/schedules/{area}/board: what a planning board draws.
namespace takt::http {
namespace {

/// A board shows what is planned, and a little of what was.
constexpr milliseconds past{86'400'000};

std::vector<board_calendar> calendars_of(const schedule::state& s, instant now)
{
    std::set<std::vector<std::string>> sets;
    for (const auto& [key, m] : s.machines) sets.insert(m.shifts);
    for (const auto& [key, p] : s.people) sets.insert(p.shifts);
    schedule::calendars known(s, now - past, now + s.definition.horizon_ms);
    std::vector<board_calendar> all;
    for (const auto& shifts : sets) {
        auto& one = all.emplace_back(board_calendar{shifts, {}});
        for (const auto& i : known.of(shifts)) one.working.push_back({instant{i.start}, instant{i.end}});
    }
    return all;
}

board_operation operation_of(const schedule::operation_entry& o)
{
    board_operation out;
    out.operation = o.what.operation;
    out.status = o.what.status;
    out.quantity = o.what.quantity;
    out.setup_family = o.what.setup_family;
    out.unplanned = o.unplanned;
    out.pinned = o.pinned.has_value();
    for (const auto& m : o.what.modes) out.modes.push_back(m.machine);
    if (o.planned) {
        out.machine = o.planned->machine;
        out.person = o.planned->person;
        out.start = o.planned->start;
        out.setup_end = std::max(o.planned->setup_end, o.planned->start);
        out.end = o.planned->end;
    }
    if (o.sent.run == 0) return out;
    out.machine = o.sent.machine;
    out.person = o.sent.person;
    out.start = o.sent.at;
    if (!out.end || *out.end < o.sent.at) out.end = o.sent.at + o.sent.expected_ms;
    out.setup_end = std::clamp(out.setup_end.value_or(o.sent.at), o.sent.at, *out.end);
    return out;
}

board_job job_of(const work_order_id& key, const schedule::job_entry& job)
{
    board_job out{key, job.item, job.due, job.priority, job.held, job.earliest, {}};
    for (const auto& o : job.operations) {
        out.operations.push_back(operation_of(o));
        if (o.done_at && out.operations.back().end) out.operations.back().end = o.done_at;
    }
    return out;
}

} // namespace

board board_of(const schedule::state& s, instant now)
{
    board b;
    b.number = s.plan_number;
    b.now = now;
    b.planned_at = s.planned_at;
    b.frozen_until = now + s.definition.frozen_ms;
    b.replan_at = s.replan_at;
    b.replan_cause = s.replan_cause;
    b.calendars = calendars_of(s, now);
    for (const auto& [key, m] : s.machines)
        b.machines.push_back({key, m.work_center, m.capacity, m.shifts, m.up,
                              m.up ? std::nullopt : std::optional(m.down_until), m.downtimes});
    for (const auto& [key, p] : s.people) b.people.push_back({key, p.skills, p.shifts, p.present});
    for (const auto& [key, job] : s.jobs) b.jobs.push_back(job_of(key, job));
    b.worth = s.worth;
    b.offered = s.offered;
    return b;
}

answering get_board(door& d, const request& r)
{
    const auto* kind = d.kinds.find(r.part("kind"));
    if (kind == nullptr || kind->name != "schedule") co_return problem(404, "no_board", "Only schedules have a board.");
    const std::string area(r.part("key"));
    runtime::entity_view view;
    if (valid_key(area)) view = co_await read(d, entity_ref("schedule", area));
    if (view.revision == 0) co_return problem(404, "unknown_area", "There is no area " + area + ".");
    auto write = [view = std::move(view), now = d.node.now()] {
        const auto read = read_json_text<schedule::state>(view.state, strictness::from_storage);
        auto b = board_of(read.value(), now);
        b.revision = view.revision;
        return to_json(b);
    };
    co_return json(200, co_await in_background(d, std::move(write))).with("Cache-Control", "no-cache");
}

} // namespace takt::http
