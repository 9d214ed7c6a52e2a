#pragma once

#include <boost/asio/awaitable.hpp>

#include "gateways/http/door.hpp"
#include "gateways/http/exchange.hpp"

/// One function per resource and method; routes.cpp says which path is whose.
namespace takt::http {

using answering = boost::asio::awaitable<response>;

answering list_orders(door& d, const request& r);          // orders.cpp
answering place_order(door& d, const request& r);          // orders.cpp
answering ask_promise(door& d, const request& r);          // orders.cpp
answering list_entities(door& d, const request& r);        // entities.cpp
answering get_entity(door& d, const request& r);           // entities.cpp
answering get_history(door& d, const request& r);          // entities.cpp
answering get_why(door& d, const request& r);              // entities.cpp
answering get_genealogy(door& d, const request& r);        // entities.cpp
answering send_command(door& d, const request& r);         // commands.cpp
answering get_schedule(door& d, const request& r);         // schedule.cpp
answering get_schedule_problem(door& d, const request& r); // schedule.cpp
answering get_dispatch_list(door& d, const request& r);    // schedule.cpp
answering get_board(door& d, const request& r);            // board.cpp
answering check_move(door& d, const request& r);           // moves.cpp
answering get_plant(door& d, const request& r);            // plant.cpp
answering get_production(door& d, const request& r);       // production.cpp
answering get_overview(door& d, const request& r);         // overview.cpp
answering get_pegging(door& d, const request& r);          // plant.cpp
answering get_console(door& d, const request& r);          // plant.cpp
answering ask_what_if(door& d, const request& r);          // what_ifs.cpp
answering list_what_ifs(door& d, const request& r);        // what_ifs.cpp
answering get_what_if(door& d, const request& r);          // what_ifs.cpp
answering forget_what_if(door& d, const request& r);       // what_ifs.cpp
answering apply_what_if(door& d, const request& r);        // what_ifs.cpp
answering get_events(door& d, const request& r);           // events.cpp
answering get_trace(door& d, const request& r);            // traces.cpp
answering get_samples(door& d, const request& r);          // trends.cpp
answering get_alarm_kpis(door& d, const request& r);       // alarms.cpp
answering get_case_kpis(door& d, const request& r);        // cases.cpp
answering get_alarm_groups(door& d, const request& r);     // alarms.cpp
answering get_certificate(door& d, const request& r);      // quality.cpp
answering get_quality_report(door& d, const request& r);   // quality.cpp
answering post_samples(door& d, const request& r);         // samples.cpp
answering get_feeds(door& d, const request& r);            // operations.cpp
answering get_kinds(door& d, const request& r);            // operations.cpp
answering get_health(door& d, const request& r);           // operations.cpp
answering get_readiness(door& d, const request& r);        // operations.cpp
answering get_metrics(door& d, const request& r);          // operations.cpp
answering get_api_description(door& d, const request& r);  // openapi.cpp

/// The API's description, OpenAPI 3.1, generated from the kinds and their types.
std::string api_description(const kind_registry& kinds); // openapi.cpp

} // namespace takt::http
