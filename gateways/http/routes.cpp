#include "gateways/http/routes.hpp"

#include "gateways/http/handlers.hpp"

namespace takt::http {

router make_routes(door& d)
{
    const auto to = [&d](answering (*function)(door&, const request&)) -> handler {
        return [&d, function](const request& r) { return function(d, r); };
    };
    const auto body = d.bounds.body_bytes;
    const auto batch = d.bounds.sample_body_bytes;
    constexpr bool open = true;

    router routes;
    routes.add({"/healthz", {{"GET", to(get_health)}}, body, open});
    routes.add({"/readyz", {{"GET", to(get_readiness)}}, body, open});
    routes.add({"/metrics", {{"GET", to(get_metrics)}}, body});
    routes.add({"/api/v1/openapi.json", {{"GET", to(get_api_description)}}, body});
    routes.add({"/api/v1/plant", {{"GET", to(get_plant)}}, body});
    routes.add({"/api/v1/overview", {{"GET", to(get_overview)}}, body});
    routes.add({"/api/v1/production", {{"GET", to(get_production)}}, body});
    routes.add({"/api/v1/pegging", {{"GET", to(get_pegging)}}, body});
    routes.add({"/api/v1/kinds", {{"GET", to(get_kinds)}}, body});
    routes.add({"/api/v1/events", {{"GET", to(get_events)}}, body});
    routes.add({"/api/v1/traces/{id}", {{"GET", to(get_trace)}}, body});
    routes.add({"/api/v1/feeds", {{"GET", to(get_feeds)}}, body});
    routes.add({"/api/v1/samples", {{"GET", to(get_samples)}, {"POST", to(post_samples)}}, batch});
    routes.add({"/api/v1/alarms/kpis", {{"GET", to(get_alarm_kpis)}}, body});
    routes.add({"/api/v1/anomalies/kpis", {{"GET", to(get_case_kpis)}}, body});
    routes.add({"/api/v1/alarms/groups", {{"GET", to(get_alarm_groups)}}, body});
    routes.add({"/api/v1/quality/report", {{"GET", to(get_quality_report)}}, body});
    routes.add({"/api/v1/schedule", {{"GET", to(get_schedule)}}, body});
    routes.add({"/api/v1/orders", {{"GET", to(list_orders)}, {"POST", to(place_order)}}, body});
    routes.add({"/api/v1/promises", {{"POST", to(ask_promise)}}, body});
    routes.add({"/api/v1/what_ifs", {{"GET", to(list_what_ifs)}, {"POST", to(ask_what_if)}}, body});
    routes.add({"/api/v1/what_ifs/{id}", {{"GET", to(get_what_if)}, {"DELETE", to(forget_what_if)}}, body});
    routes.add({"/api/v1/what_ifs/{id}/apply", {{"POST", to(apply_what_if)}}, body});
    routes.add({"/api/v1/{kind}", {{"GET", to(list_entities)}}, body});
    routes.add({"/api/v1/{kind}/{key}", {{"GET", to(get_entity)}}, body});
    routes.add({"/api/v1/{kind}/{key}/history", {{"GET", to(get_history)}}, body});
    routes.add({"/api/v1/{kind}/{key}/dispatch_list", {{"GET", to(get_dispatch_list)}}, body});
    routes.add({"/api/v1/{kind}/{key}/certificate", {{"GET", to(get_certificate)}}, body});
    routes.add({"/api/v1/{kind}/{key}/board", {{"GET", to(get_board)}}, body});
    routes.add({"/api/v1/{kind}/{key}/moves/check", {{"POST", to(check_move)}}, body});
    routes.add({"/api/v1/{kind}/{key}/problem", {{"GET", to(get_schedule_problem)}}, body});
    routes.add({"/api/v1/{kind}/{key}/why", {{"GET", to(get_why)}}, body});
    routes.add({"/api/v1/{kind}/{key}/trace", {{"GET", to(get_genealogy)}}, body});
    routes.add({"/api/v1/{kind}/{key}/commands/{command}", {{"POST", to(send_command)}}, body});
    // Its files hold nothing of the plant, and whoever loads them has no token yet.
    if (d.pages != nullptr) routes.otherwise({"/{console}", {{"GET", to(get_console)}}, body, open});
    return routes;
}

} // namespace takt::http
