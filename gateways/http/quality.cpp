#include "gateways/http/certificate.hpp"
#include "gateways/http/handlers.hpp"
#include "gateways/http/quality_figures.hpp"
#include "gateways/http/query_time.hpp"
#include "messages/core/json_write.hpp"

/// GET /api/v1/lots/{key}/certificate: a lot's inspections and what it was made of.
/// GET /api/v1/quality/report: the quality of a period.
namespace takt::http {
namespace {

constexpr milliseconds usual = std::chrono::hours(24 * 30);

/// Every entity of a listed kind, with its state.
template <class State, class Each> void for_all(runtime::node& node, std::string_view kind, Each each)
{
    node.list(kind, {}, 1, [&](const runtime::row& row) {
        if (const auto read = read_json<State>(*row.state, strictness::from_storage)) each(row.key, *read);
        return false;
    });
}

std::string certificate_text(runtime::node& node, const lot_id& lot)
{
    nonconformances all;
    for_all<nonconformance::state>(node, "nonconformance",
                                   [&](const std::string& key, const auto& s) { all.emplace_back(key, s); });
    const auto c = certificate_of(lot, states_of(node), all, node.now());
    return c ? to_json(*c) : std::string();
}

std::string report_text(runtime::node& node, instant from, instant to)
{
    quality_figures figures(from, to);
    const auto add = [&](const std::string& /*key*/, const auto& s) { figures.add(s); };
    for_all<inspection::state>(node, "inspection", add);
    for_all<nonconformance::state>(node, "nonconformance", add);
    for_all<anomaly::state>(node, "anomaly", add);
    for_all<corrective_action::state>(node, "corrective_action", add);
    return to_json(figures.report());
}

} // namespace

answering get_certificate(door& d, const request& r)
{
    const auto* kind = d.kinds.find(r.part("kind"));
    if (kind == nullptr || kind->name != "lot")
        co_return problem(404, "no_certificate", "Only lots have a certificate.");
    const lot_id lot(r.part("key"));
    auto work = [&node = d.node, lot] { return certificate_text(node, lot); };
    auto body = co_await in_background(d, std::move(work));
    if (body.empty()) co_return problem(404, "unknown_lot", "There is no lot " + lot.text + ".");
    co_return json(200, std::move(body)).with("Cache-Control", "no-cache");
}

answering get_quality_report(door& d, const request& r)
{
    if (d.kinds.find("inspection") == nullptr) co_return problem(404, "no_quality", "This node has no inspections.");
    const auto to = query_time(r.where, "to");
    if (!to) co_return unprocessable(to.error());
    const auto from = query_time(r.where, "from");
    if (!from) co_return unprocessable(from.error());
    const auto until = to->value_or(d.node.now());
    const auto begin = from->value_or(until - usual);
    if (begin >= until) co_return unprocessable({{"?from", "must be before to"}});
    auto work = [&node = d.node, begin, until] { return report_text(node, begin, until); };
    co_return json(200, co_await in_background(d, std::move(work))).with("Cache-Control", "no-cache");
}

} // namespace takt::http
