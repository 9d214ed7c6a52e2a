
#include "gateways/http/alarm_figures.hpp"
#include "gateways/http/board.hpp"
#include "gateways/http/case_figures.hpp"
#include "gateways/http/dispatch_list.hpp"
#include "gateways/http/filter.hpp"
#include "gateways/http/genealogy.hpp"
#include "gateways/http/handlers.hpp"
#include "gateways/http/overview.hpp"
#include "gateways/http/plant.hpp"
#include "gateways/http/promise.hpp"
#include "gateways/http/quality_figures.hpp"
#include "gateways/http/schedule_rows.hpp"
#include "gateways/http/trace_tree.hpp"
#include "gateways/http/trends.hpp"
#include "gateways/http/what_if.hpp"
#include "gateways/http/why.hpp"
#include "messages/core/json_schema.hpp"
#include "messages/core/json_write.hpp"

/// GET /api/v1/openapi.json: the API as OpenAPI 3.1, made from the same descriptions as the codec.
namespace takt::http {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

object ref(std::string_view section, std::string_view name)
{
    return {{"$ref", std::string("#/components/").append(section).append("/").append(name)}};
}

object json_content(value schema) { return {{"application/json", object{{"schema", std::move(schema)}}}}; }

object answer_of(std::string_view description, value schema)
{
    return {{"description", description}, {"content", json_content(std::move(schema))}};
}

object parameter(std::string_view in, std::string_view name, std::string_view description, object schema)
{
    object p{{"name", name}, {"in", in}, {"description", description}, {"schema", std::move(schema)}};
    if (in == "path") p.emplace("required", true);
    return p;
}

object text() { return {{"type", "string"}}; }
object whole() { return {{"type", "integer"}, {"minimum", 0}}; }

/// An operation with the problems that any of them may answer.
object operation(std::string id, std::string_view tag, std::string_view summary, array parameters, object answers)
{
    answers.emplace("default", ref("responses", "problem"));
    object o{{"operationId", std::move(id)}, {"tags", array{tag}}, {"summary", summary}};
    if (!parameters.empty()) o.emplace("parameters", std::move(parameters));
    o.emplace("responses", std::move(answers));
    return o;
}

object page_schema(value item, std::string_view next, object next_schema)
{
    return {{"type", "object"},
            {"properties",
             object{{"items", object{{"type", "array"}, {"items", std::move(item)}}}, {next, std::move(next_schema)}}},
            {"required", array{"items", next}}};
}

std::string state_name(const kind_ops& kind) { return std::string(kind.name).append(".state"); }
std::string command_name(const kind_ops& kind, const message_type& command)
{
    return std::string(kind.name).append(".").append(command.name);
}

/// An entity's document: what all have, and its kind's state.
object entity_schema(const kind_ops& kind)
{
    object head{{"type", "object"},
                {"properties", object{{"key", text()}, {"entity_revision", whole()}}},
                {"required", array{"key", "entity_revision"}}};
    if (kind.live != nullptr) head["properties"].as_object().emplace("live", object{{"type", "object"}});
    return {{"allOf", array{std::move(head), ref("schemas", state_name(kind))}}};
}

object key_parameter() { return ref("parameters", "key"); }

object list_operation(const kind_ops& kind)
{
    array parameters{ref("parameters", "limit"), ref("parameters", "cursor")};
    for (const auto& p : filter_parameters(kind))
        parameters.push_back(parameter("query", p.key(), "Only those that have it so.", p.value().as_object()));
    return operation("list_" + plural(kind.name), kind.name, "In the order of their keys, those that the filters take.",
                     std::move(parameters),
                     {{"200", answer_of("A page.", page_schema(entity_schema(kind), "next_cursor",
                                                               {{"type", array{"string", "null"}}}))}});
}

object get_operation(const kind_ops& kind)
{
    return operation(
        "get_" + std::string(kind.name), kind.name, kind.doc,
        {key_parameter(), ref("parameters", "at"), ref("parameters", "revision"), ref("parameters", "if_none_match")},
        {{"200", answer_of("The entity; ETag is its revision.", entity_schema(kind))},
         {"304", object{{"description", "It is still at the revision of If-None-Match."}}}});
}

object history_operation(const kind_ops& kind)
{
    return operation("history_of_" + std::string(kind.name), kind.name, "Its events, oldest first.",
                     {key_parameter(), ref("parameters", "limit"),
                      parameter("query", "after", "Only events after this revision.", whole())},
                     {{"200", answer_of("A page.", page_schema(ref("schemas", "event"), "next_after",
                                                               {{"type", array{"integer", "null"}}}))}});
}

object trace_operation(const kind_ops& kind)
{
    const object time{{"type", "string"}, {"format", "date-time"}};
    const auto up_to = [](std::size_t most) { return object{{"type", "integer"}, {"minimum", 1}, {"maximum", most}}; };
    return operation(
        "trace_" + std::string(kind.name), kind.name, genealogy::doc,
        {key_parameter(),
         parameter("query", "direction", "Default: backward.",
                   {{"type", "string"}, {"enum", array{"backward", "forward"}}}),
         parameter("query", "depth", "Links from the entity at most; default: 32.", up_to(genealogy_depth_most)),
         parameter("query", "limit", "Nodes at most, the nearest; default: 500.", up_to(genealogy_limit_most)),
         parameter("query", "from", "Forward from a machine or a supplier: only what it did from this time on.", time),
         parameter("query", "to", "Only what it did before this time.", time)},
        {{"200", answer_of("Nodes, nearest first, and the links between them.", json_schema<genealogy>())}});
}

object command_operation(const kind_ops& kind, const message_type& command)
{
    auto o = operation(std::string(kind.name).append("_").append(command.name), kind.name,
                       command.doc.empty() ? command.name : command.doc,
                       {key_parameter(), ref("parameters", "idempotency_key"), ref("parameters", "if_match"),
                        ref("parameters", "traceparent")},
                       {{"200", answer_of("Taken, and on disk.", ref("schemas", "accepted"))}});
    o.emplace("requestBody", object{{"content", json_content(ref("schemas", command_name(kind, command)))}});
    return o;
}

/// What planning boards ask of a schedule.
void add_board(const std::string& base, object& paths)
{
    paths[base + "/{key}/board"].emplace_object().emplace(
        "get", operation("board_of_schedule", "schedule", board::doc, {key_parameter()},
                         {{"200", answer_of("All that a planning board draws.", json_schema<board>())}}));
    auto check = operation("check_move_of_schedule", "schedule", schedule::move_effect::doc, {key_parameter()},
                           {{"200", answer_of("What it would do.", json_schema<schedule::move_effect>())}});
    check.emplace("requestBody", object{{"required", true}, {"content", json_content(json_schema<schedule::move>())}});
    paths[base + "/{key}/moves/check"].emplace_object().emplace("post", std::move(check));
}

void add_kind(const kind_ops& kind, object& paths, object& schemas)
{
    const std::string base = "/api/v1/" + plural(kind.name);
    if (kind.listed) paths[base].emplace_object().emplace("get", list_operation(kind));
    paths[base + "/{key}"].emplace_object().emplace("get", get_operation(kind));
    paths[base + "/{key}/history"].emplace_object().emplace("get", history_operation(kind));
    if (kind.name == "order" || kind.name == "work_order")
        paths[base + "/{key}/why"].emplace_object().emplace(
            "get", operation("why_" + std::string(kind.name), kind.name, why_answer::doc, {key_parameter()},
                             {{"200", answer_of("What binds it.", json_schema<why_answer>())}}));
    if (has_genealogy(kind.name)) paths[base + "/{key}/trace"].emplace_object().emplace("get", trace_operation(kind));
    if (kind.name == "machine")
        paths[base + "/{key}/dispatch_list"].emplace_object().emplace(
            "get", operation("dispatch_list_of_machine", kind.name, dispatch_list::doc, {key_parameter()},
                             {{"200", answer_of("What runs and what is next.", json_schema<dispatch_list>())}}));
    if (kind.name == "lot")
        paths[base + "/{key}/certificate"].emplace_object().emplace(
            "get", operation("certificate_of_lot", kind.name, certificate::doc, {key_parameter()},
                             {{"200", answer_of("Inspections, materials, deviations.", json_schema<certificate>())}}));
    if (kind.name == "schedule") add_board(base, paths);
    if (kind.name == "schedule")
        paths[base + "/{key}/problem"].emplace_object().emplace(
            "get", operation("problem_of_schedule", kind.name,
                             "The problem that is planned, with the plan in force: `takt schedule solve` reads it.",
                             {key_parameter()}, {{"200", answer_of("The problem.", object{{"type", "object"}})}}));
    auto state = kind.state_schema();
    if (!state.contains("description")) state.emplace("description", kind.doc);
    schemas.emplace(state_name(kind), std::move(state));
    for (const auto* command : kind.doors) {
        auto& path = paths[base + "/{key}/commands/" + std::string(command->name)];
        path.emplace_object().emplace("post", command_operation(kind, *command));
        auto schema = command->schema();
        schema.emplace("additionalProperties", false);
        schemas.emplace(command_name(kind, *command), std::move(schema));
    }
}

/// POST /api/v1/orders: an order's `place` whose key is made here.
void add_orders(const kind_registry& kinds, object& paths)
{
    const auto* order = kinds.find("order");
    const auto* place = order == nullptr ? nullptr : order->find_command("place");
    if (place == nullptr) return;
    auto o = operation("place_order", order->name, "Order a product. With an Idempotency-Key it is safe to repeat.",
                       {ref("parameters", "idempotency_key"), ref("parameters", "traceparent")},
                       {{"201", answer_of("Taken, and on disk; Location is the order.", ref("schemas", "accepted"))}});
    o.emplace("requestBody", object{{"required", true},
                                    {"content", json_content(ref("schemas", command_name(*order, *place->type)))}});
    paths["/api/v1/orders"].as_object().emplace("post", std::move(o));
}

object schedule_operation()
{
    return operation("get_schedule", "plant", "The plan in force, by start, then machine.",
                     {parameter("query", "area", "Only of these scheduling areas.", text()),
                      parameter("query", "machine", "Only of these machines.", text()),
                      parameter("query", "work_order", "Only of these work orders.", text())},
                     {{"200", answer_of("Rows of a Gantt chart.", json_schema<schedule_rows>())}});
}

object events_operation()
{
    object stream{{"description", "Server-sent events; with Accept: application/json a page of them."},
                  {"content", object{{"text/event-stream", object{{"schema", text()}}},
                                     {"application/json",
                                      object{{"schema", page_schema(ref("schemas", "event"), "next_after",
                                                                    {{"type", array{"integer", "null"}}})}}}}}};
    return operation("get_events", "plant", "Every event of the plant from a position on, in journal order.",
                     {parameter("query", "after", "Begin after this position; without it, now.", whole()),
                      parameter("header", "Last-Event-ID", "The same, as browsers send it.", text()),
                      parameter("query", "kind", "Only of these kinds.", text()),
                      parameter("query", "entity", "Only of these entities: machine/M-104.", text()),
                      parameter("query", "type", "Only of these types: dispatched.", text()),
                      ref("parameters", "limit")},
                     {{"200", std::move(stream)}});
}

object trace_operation()
{
    object schema = json_schema<trace_summary>();
    auto& properties = schema["properties"].as_object();
    properties.emplace("steps", object{{"type", "array"}, {"items", ref("schemas", "trace_step")}});
    const object otlp{{"type", "object"}, {"properties", object{{"resourceSpans", object{{"type", "array"}}}}}};
    return operation("get_trace", "plant", trace_summary::doc,
                     {parameter("path", "id", "32 hexadecimal digits: from traceparent or from an event.", text()),
                      parameter("query", "format", "A tree of commands, or spans as OpenTelemetry's OTLP/JSON.",
                                {{"type", "string"}, {"enum", array{"tree", "otlp"}}})},
                     {{"200", answer_of("What came of it.", object{{"anyOf", array{std::move(schema), otlp}}})}});
}

object samples_operation()
{
    auto o = operation("post_samples", "plant", "Telemetry, as devices measured it.", {},
                       {{"202", answer_of("How many were taken, and how many an inbox had no room for.",
                                          object{{"type", "object"},
                                                 {"properties", object{{"accepted", whole()}, {"dropped", whole()}}},
                                                 {"required", array{"accepted", "dropped"}}})}});
    o.emplace("requestBody", object{{"required", true}, {"content", json_content(json_schema<scada::sample_batch>())}});
    return o;
}

object trend_operation()
{
    const object time{{"type", "string"}, {"format", "date-time"}};
    return operation(
        "get_samples", "plant", "Stored telemetry of one tag; without a tag, the latest value of each.",
        {parameter("query", "source", "What measures: machine/M-104.", text()),
         parameter("query", "tag", "power_kw, for example.", text()),
         parameter("query", "from", "Default: an hour, a day or 30 days back, by resolution.", time),
         parameter("query", "to", "Before this time; default: now.", time),
         parameter("query", "resolution", "Single samples, minutes or hours.",
                   {{"type", "string"}, {"enum", array{"raw", "1m", "1h"}}}),
         parameter("query", "limit", "Points at most.", {{"type", "integer"}, {"minimum", 1}, {"maximum", 10'000}})},
        {{"200", answer_of("Points, oldest first.",
                           object{{"anyOf", array{json_schema<trend_of_samples>(), json_schema<trend_of_rollups>(),
                                                  json_schema<latest_values>()}}})}});
}

void add_alarms(object& paths)
{
    const object time{{"type", "string"}, {"format", "date-time"}};
    auto kpis = operation("get_alarm_kpis", "alarm", alarm_figures::doc,
                          {parameter("query", "from", "Default: 30 days back, or the plant's begin.", time),
                           parameter("query", "to", "Default: now.", time),
                           parameter("query", "consoles", "Operator consoles that share the alarms; default: 1.",
                                     {{"type", "integer"}, {"minimum", 1}, {"maximum", 1000}})},
                          {{"200", answer_of("The figures.", json_schema<alarm_figures>())}});
    paths.emplace("/api/v1/alarms/kpis", object{{"get", std::move(kpis)}});
    auto cases = operation("get_case_kpis", "anomaly", case_figures::doc,
                           {parameter("query", "from", "Cases opened from then on; default: all.", time),
                            parameter("query", "to", "Default: now.", time)},
                           {{"200", answer_of("The figures.", json_schema<case_figures>())}});
    paths.emplace("/api/v1/anomalies/kpis", object{{"get", std::move(cases)}});
    auto groups = operation("get_alarm_groups", "alarm", alarm_groups::doc, {},
                            {{"200", answer_of("The groups.", json_schema<alarm_groups>())}});
    paths.emplace("/api/v1/alarms/groups", object{{"get", std::move(groups)}});
}

void add_quality(object& paths)
{
    const object time{{"type", "string"}, {"format", "date-time"}};
    auto report = operation("get_quality_report", "inspection", quality_report::doc,
                            {parameter("query", "from", "Default: 30 days before to.", time),
                             parameter("query", "to", "Before this time; default: now.", time)},
                            {{"200", answer_of("The figures.", json_schema<quality_report>())}});
    paths.emplace("/api/v1/quality/report", object{{"get", std::move(report)}});
}

object probe(std::string id, std::string_view summary)
{
    return {{"get",
             operation(std::move(id), "node", summary, {}, {{"200", answer_of("Yes.", object{{"type", "object"}})}})}};
}

void add_what_ifs(object& paths)
{
    const object entry{{"type", "object"},
                       {"properties", object{{"id", whole()},
                                             {"status", text()},
                                             {"progress", object{{"type", "number"}}},
                                             {"asked_at", object{{"type", "string"}, {"format", "date-time"}}},
                                             {"error", text()},
                                             {"question", json_schema<what_if_question>()},
                                             {"answer", json_schema<what_if_answer>()}}}};
    const object id = parameter("path", "id", "Of the what-if.", text());
    auto ask = operation("ask_what_if", "what_if", what_if_question::doc, {},
                         {{"202", answer_of("It is looked into; Location says where.", entry)}});
    ask.emplace("requestBody", object{{"required", true}, {"content", json_content(json_schema<what_if_question>())}});
    auto list = operation("list_what_ifs", "what_if", "The last twenty, without their answers.", {},
                          {{"200", answer_of("The latest first.", object{{"type", "object"}})}});
    paths.emplace("/api/v1/what_ifs", object{{"get", std::move(list)}, {"post", std::move(ask)}});
    auto get = operation("get_what_if", "what_if", what_if_answer::doc, {id}, {{"200", answer_of("It.", entry)}});
    auto forget = operation("forget_what_if", "what_if", "Stops and forgets it.", {id},
                            {{"204", object{{"description", "It is gone."}}}});
    paths.emplace("/api/v1/what_ifs/{id}", object{{"get", std::move(get)}, {"delete", std::move(forget)}});
    const object force = parameter("query", "force", "Even if the world has moved on.", {{"type", "boolean"}});
    auto apply = operation("apply_what_if", "what_if", "Makes the changes in the plant.", {id, force},
                           {{"200", answer_of("They are made.", entry)}});
    paths.emplace("/api/v1/what_ifs/{id}/apply", object{{"post", std::move(apply)}});
}

void add_fixed_paths(object& paths)
{
    paths.emplace("/api/v1/schedule", object{{"get", schedule_operation()}});
    auto promise =
        operation("ask_promise", "order", promise_answer::doc, {ref("parameters", "idempotency_key")},
                  {{"200", answer_of("The date and its reasons.", json_schema<promise_answer>())},
                   {"201", answer_of("It is reserved; Location is the order.", json_schema<promise_answer>())}});
    promise.emplace("requestBody",
                    object{{"required", true}, {"content", json_content(json_schema<promise_question>())}});
    paths.emplace("/api/v1/promises", object{{"post", std::move(promise)}});
    const auto whole_plant = [&](const char* path, const char* id, std::string_view doc, object schema) {
        paths.emplace(path, object{{"get", operation(id, "plant", doc, {}, {{"200", answer_of("It.", schema)}})}});
    };
    whole_plant("/api/v1/plant", "get_plant", plant_facts::doc, json_schema<plant_facts>());
    whole_plant("/api/v1/overview", "get_overview", overview::doc, json_schema<overview>());
    whole_plant("/api/v1/production", "get_production", production_of_day::doc, json_schema<production_of_day>());
    whole_plant("/api/v1/pegging", "get_pegging", pegging::doc, json_schema<pegging>());
    add_what_ifs(paths);
    add_alarms(paths);
    add_quality(paths);
    paths.emplace("/api/v1/events", object{{"get", events_operation()}});
    paths.emplace("/api/v1/traces/{id}", object{{"get", trace_operation()}});
    paths.emplace("/api/v1/feeds",
                  probe("get_feeds", "What comes in over MQTT: the broker, Sparkplug edge nodes, counters, "
                                     "and the last values that were rejected, each with its reason."));
    paths.emplace("/api/v1/samples", object{{"get", trend_operation()}, {"post", samples_operation()}});
    paths.emplace("/api/v1/kinds", probe("get_kinds", "The kinds of entities with their commands and events."));
    paths.emplace("/api/v1/openapi.json", probe("get_api_description", "This document."));
    paths.emplace("/healthz", probe("get_health", "Whether the process is alive."));
    paths.emplace("/readyz", probe("get_readiness", "Whether the node takes commands."));
    object metrics{{"description", "Prometheus text format."},
                   {"content", object{{"text/plain", object{{"schema", text()}}}}}};
    paths.emplace("/metrics", object{{"get", operation("get_metrics", "node", "What Prometheus scrapes.", {},
                                                       {{"200", std::move(metrics)}})}});
}

object shared_parameters()
{
    return {
        {"key", parameter("path", "key", "The entity's key.", text())},
        {"limit", parameter("query", "limit", "Items in a page.", {{"type", "integer"}, {"minimum", 1}})},
        {"cursor", parameter("query", "cursor", "next_cursor of the page before.", text())},
        {"at",
         parameter("query", "at", "As it was at this plant time.", {{"type", "string"}, {"format", "date-time"}})},
        {"revision", parameter("query", "revision", "As it was after this event.", whole())},
        {"if_match", parameter("header", "If-Match", "Refused with 412 unless the entity is at this ETag.", text())},
        {"if_none_match", parameter("header", "If-None-Match", "304 while the entity is at this ETag.", text())},
        {"traceparent",
         parameter("header", "traceparent",
                   "W3C Trace Context: the trace that the command belongs to. The answer has one too.", text())},
        {"idempotency_key", parameter("header", "Idempotency-Key",
                                      "Makes a repeated request return the first answer, for a day (with the header "
                                      "Idempotency-Replayed); with another body it is refused.",
                                      text())}};
}

object shared_schemas()
{
    const object event{{"type", "object"},
                       {"properties", object{{"position", whole()},
                                             {"entity", text()},
                                             {"revision", whole()},
                                             {"at", object{{"type", "string"}, {"format", "date-time"}}},
                                             {"by", text()},
                                             {"trace", text()},
                                             {"command", text()},
                                             {"type", text()},
                                             {"version", whole()},
                                             {"data", object{{"type", "object"}}}}}};
    const object accepted{
        {"type", "object"},
        {"properties", object{{"key", text()}, {"entity_revision", whole()}, {"reply", object{{"type", "object"}}}}},
        {"required", array{"key", "entity_revision"}}};
    const object error{{"type", "object"}, {"properties", object{{"pointer", text()}, {"detail", text()}}}};
    const object problem{{"type", "object"},
                         {"description", "RFC 9457. `reason` is a stable word for programs."},
                         {"properties", object{{"type", text()},
                                               {"title", text()},
                                               {"status", whole()},
                                               {"reason", text()},
                                               {"detail", text()},
                                               {"errors", object{{"type", "array"}, {"items", error}}}}},
                         {"required", array{"title", "status", "reason", "detail"}}};
    object step = json_schema<trace_step>();
    step["properties"].as_object().emplace("caused",
                                           object{{"type", "array"}, {"items", ref("schemas", "trace_step")}});
    return {{"event", event}, {"accepted", accepted}, {"problem", problem}, {"trace_step", step}};
}

} // namespace

std::string api_description(const kind_registry& kinds)
{
    object paths;
    object schemas = shared_schemas();
    array tags{object{{"name", "plant"}, {"description", "The plant as a whole."}},
               object{{"name", "node"}, {"description", "The program that runs it."}}};
    add_fixed_paths(paths);
    for (const auto& kind : kinds.all()) {
        add_kind(*kind, paths, schemas);
        tags.push_back(object{{"name", kind->name}, {"description", kind->doc}});
    }
    add_orders(kinds, paths);

    const object problem{
        {"description", "What went wrong, and where."},
        {"content", object{{"application/problem+json", object{{"schema", ref("schemas", "problem")}}}}}};
    const object bearer{{"type", "http"}, {"scheme", "bearer"}};
    const object components{{"schemas", std::move(schemas)},
                            {"parameters", shared_parameters()},
                            {"responses", object{{"problem", problem}}},
                            {"securitySchemes", object{{"token", bearer}}}};
    const object info{{"title", "Takt"},
                      {"version", "1"},
                      {"description", "Every fact of the plant readable, every command available."},
                      {"license", object{{"name", "Apache License 2.0"}, {"identifier", "Apache-2.0"}}}};
    const object document{{"openapi", "3.1.0"},
                          {"info", info},
                          {"servers", array{object{{"url", "/"}}}},
                          {"security", array{object{{"token", array{}}}, object{}}},
                          {"tags", std::move(tags)},
                          {"paths", std::move(paths)},
                          {"components", components}};
    return to_json(document);
}

answering get_api_description(door& d, const request&)
{
    auto describe_api = [&kinds = d.node.kinds()] { return api_description(kinds); };
    auto body = co_await in_background(d, std::move(describe_api));
    co_return json(200, std::move(body));
}

} // namespace takt::http
