#include "gateways/http/trace_tree.hpp"
#include "messages/core/json_write.hpp"

/// OTLP/JSON as opentelemetry-proto has it: ids in hexadecimal, nanoseconds as text.
namespace takt::http {
namespace {

using boost::json::array;
using boost::json::object;

enum span_kind { internal = 1, server = 2, consumer = 5 };
constexpr int status_error = 2;

std::string nanoseconds(instant at) { return std::to_string(at.ms) + "000000"; }

object attribute(std::string_view key, std::string_view text)
{
    return {{"key", key}, {"value", object{{"stringValue", text}}}};
}

object event_of(const trace_event& e, instant at)
{
    return {{"timeUnixNano", nanoseconds(at)},
            {"name", e.type},
            {"attributes", array{attribute("takt.event.data", to_json(e.data))}}};
}

span_kind kind_of(const trace_node& n)
{
    if (n.step.sent_at) return consumer;
    return n.step.by.empty() || n.step.by.starts_with("timer/") ? internal : server;
}

object span_json(const std::string& trace, const trace_node& n)
{
    const auto& s = n.step;
    array events;
    for (const auto& e : s.events) events.push_back(event_of(e, s.at));
    object span{{"traceId", trace},
                {"spanId", s.span},
                {"name", std::string(s.entity.kind()) + '/' + s.command},
                {"kind", static_cast<int>(kind_of(n))},
                {"startTimeUnixNano", nanoseconds(s.sent_at.value_or(s.at))},
                {"endTimeUnixNano", nanoseconds(s.at)},
                {"attributes",
                 array{attribute("takt.entity", s.entity.path()), attribute("takt.command", s.command),
                       attribute("takt.by", s.by),
                       object{{"key", "takt.revision"}, {"value", object{{"intValue", std::to_string(s.revision)}}}}}},
                {"events", std::move(events)}};
    if (n.parent_span != 0) span.emplace("parentSpanId", runtime::span_text(n.parent_span));
    if (s.refused)
        span.emplace("status",
                     object{{"code", status_error}, {"message", s.refused->reason + ": " + s.refused->detail}});
    return span;
}

} // namespace

std::string to_otlp(const trace_tree& tree)
{
    array spans;
    for (const auto& n : tree.nodes) spans.push_back(span_json(tree.summary.trace, n));
    const object scope{{"scope", object{{"name", "takt"}}}, {"spans", std::move(spans)}};
    const object resource{{"attributes", array{attribute("service.name", "takt")}}};
    const object all{{"resourceSpans", array{object{{"resource", resource}, {"scopeSpans", array{scope}}}}}};
    return to_json(boost::json::value(all));
}

} // namespace takt::http
