#include "gateways/http/case_figures.hpp"
#include "gateways/http/handlers.hpp"
#include "gateways/http/query_time.hpp"
#include "messages/core/json_write.hpp"

/// GET /api/v1/anomalies/kpis: how cases were handled.
namespace takt::http {

answering get_case_kpis(door& d, const request& r)
{
    if (d.kinds.find("anomaly") == nullptr) co_return problem(404, "no_cases", "This node has no anomalies.");
    const auto to = query_time(r.where, "to");
    if (!to) co_return unprocessable(to.error());
    const auto from = query_time(r.where, "from");
    if (!from) co_return unprocessable(from.error());
    const auto until = to->value_or(d.node.now() + milliseconds(1));
    const auto begin = from->value_or(instant{});
    if (begin >= until) co_return unprocessable({{"?from", "must be before to"}});
    auto work = [&node = d.node, begin, until] {
        return to_json(figures_of(cases_of(node, begin, until), begin, until));
    };
    co_return json(200, co_await in_background(d, std::move(work))).with("Cache-Control", "no-cache");
}

} // namespace takt::http
