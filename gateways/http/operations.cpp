#include "gateways/http/handlers.hpp"
#include "messages/core/json_write.hpp"

/// What those ask who run the node.
namespace takt::http {
namespace {

void append_types(std::string& out, const std::vector<const message_type*>& types)
{
    out += '[';
    for (std::size_t i = 0; i < types.size(); ++i) {
        if (i > 0) out += ',';
        out += "{\"name\":";
        write_json(out, types[i]->name);
        out += ",\"doc\":";
        write_json(out, types[i]->doc);
        out += '}';
    }
    out += ']';
}

void append_kind(std::string& out, const kind_ops& kind)
{
    out += "{\"name\":";
    write_json(out, kind.name);
    out += ",\"path\":";
    write_json(out, "/api/v1/" + plural(kind.name));
    out += ",\"doc\":";
    write_json(out, kind.doc);
    out += ",\"listed\":";
    out += kind.listed ? "true" : "false";
    out += ",\"telemetry\":";
    out += kind.live != nullptr ? "true" : "false";
    out += ",\"commands\":";
    append_types(out, kind.doors);
    std::vector<const message_type*> events;
    for (const auto& e : kind.events) events.push_back(e.type);
    out += ",\"events\":";
    append_types(out, events);
    out += '}';
}

} // namespace

answering get_kinds(door& d, const request&)
{
    std::string body = "{\"items\":[";
    bool first = true;
    for (const auto& kind : d.node.kinds().all()) {
        if (!first) body += ',';
        first = false;
        append_kind(body, *kind);
    }
    body += "]}";
    co_return json(200, std::move(body));
}

answering get_feeds(door& d, const request&)
{
    if (!d.feeds)
        co_return problem(501, "no_feeds",
                          "This node has no feeds: start it with --mqtt, or give its plant Modbus devices.");
    co_return json(200, d.feeds()).with("Cache-Control", "no-store");
}

answering get_health(door& d, const request&)
{
    std::string body = "{\"status\":\"alive\",\"plant_time\":";
    write_json(body, d.node.now());
    body += '}';
    co_return json(200, std::move(body)).with("Cache-Control", "no-store");
}

answering get_readiness(door& d, const request&)
{
    if (!d.node.ready())
        co_return unavailable("not_ready", "The node replays its journal or stops; it takes no commands now.",
                              d.retry_after_s());
    co_return json(200, "{\"status\":\"ready\"}").with("Cache-Control", "no-store");
}

answering get_metrics(door& d, const request&)
{
    auto collect = [&d] { return d.exposition(); };
    response r;
    r.body = co_await in_background(d, std::move(collect));
    r.content_type = "text/plain; version=0.0.4; charset=utf-8";
    co_return r;
}

} // namespace takt::http
