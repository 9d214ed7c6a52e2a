#include "actors/mes/schedule_move.hpp"
#include "gateways/http/handlers.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"

/// POST /api/v1/schedules/{area}/moves/check: what moving an operation by hand would do. Nothing is moved.
namespace takt::http {

answering check_move(door& d, const request& r)
{
    const auto* kind = d.kinds.find(r.part("kind"));
    if (kind == nullptr || kind->name != "schedule")
        co_return problem(404, "no_moves", "Only operations of schedules can be moved.");
    const auto what = read_json_text<schedule::move>(r.body, strictness::at_the_door);
    if (!what) co_return unprocessable(what.error());
    const std::string area(r.part("key"));
    runtime::entity_view view;
    if (valid_key(area)) view = co_await read(d, entity_ref("schedule", area));
    if (view.revision == 0) co_return problem(404, "unknown_area", "There is no area " + area + ".");
    auto check = [state = std::move(view.state), move = *what, now = d.node.now()] {
        const auto read = read_json_text<schedule::state>(state, strictness::from_storage);
        return to_json(schedule::try_move(read.value(), move, now).effect);
    };
    co_return json(200, co_await in_background(d, std::move(check))).with("Cache-Control", "no-store");
}

} // namespace takt::http
