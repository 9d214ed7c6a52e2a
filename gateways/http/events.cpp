#include "gateways/http/entity_json.hpp"
#include "gateways/http/event_feed.hpp"
#include "gateways/http/handlers.hpp"
#include "gateways/http/paging.hpp"

/// GET /api/v1/events: the journal as a stream of server-sent events, or a page of it as JSON.
namespace takt::http {
namespace {

checked<fact_filter> read_filter(const door& d, const target& where)
{
    fact_filter wanted;
    for (const auto& name : where.parameters("kind")) {
        const auto* kind = d.kinds.find(name);
        if (kind == nullptr) return problems{{"?kind", "there is no kind '" + name + "'; there are " + d.kinds.all()}};
        wanted.kinds.emplace(kind->name);
    }
    for (auto& entity : where.parameters("entity")) wanted.entities.insert(std::move(entity));
    for (auto& type : where.parameters("type")) wanted.types.insert(std::move(type));
    return wanted;
}

/// Last-Event-ID, as a browser sends it when it comes again, else `after`, else `otherwise`.
checked<std::uint64_t> start_of(const request& r, std::uint64_t otherwise)
{
    const auto last = r.header("last-event-id");
    if (!last || last->empty()) return whole_number(r.where, "after", otherwise);
    target as_query;
    as_query.query.emplace_back("after", std::string(*last));
    auto position = whole_number(as_query, "after", 0);
    if (!position) return problems{{"Last-Event-ID", "is not an id of this stream"}};
    return position;
}

bool wants_page(const request& r)
{
    const auto accept = r.header("accept");
    return accept && accept->find("application/json") != std::string_view::npos &&
           accept->find("text/event-stream") == std::string_view::npos;
}

answering page_of(door& d, const request& r, fact_filter wanted)
{
    const auto limit = page_limit(r.where, d.bounds);
    if (!limit) co_return unprocessable(limit.error());
    const auto after = start_of(r, 0);
    if (!after) co_return unprocessable(after.error());
    auto page = [&node = d.node, from = *after, count = *limit] { return node.events_after(from, count); };
    const auto facts = co_await in_background(d, std::move(page));
    std::string body = "{\"items\":[";
    bool first = true;
    for (const auto& f : facts) {
        if (!wanted.takes(f)) continue;
        if (!first) body += ',';
        first = false;
        append_fact(body, f);
    }
    // What the filter left out is behind us too, so a page may be short or empty and not the last.
    body += "],\"next_after\":" + (facts.size() == *limit ? std::to_string(facts.back().position) : "null") + '}';
    co_return json(200, std::move(body));
}

} // namespace

answering get_events(door& d, const request& r)
{
    auto wanted = read_filter(d, r.where);
    if (!wanted) co_return unprocessable(wanted.error());
    if (wants_page(r)) co_return co_await page_of(d, r, std::move(*wanted));
    const auto after = start_of(r, d.node.events_end());
    if (!after) co_return unprocessable(after.error());
    if (d.streams >= d.bounds.event_streams) {
        d.counted.full_of_streams.Increment();
        co_return unavailable("too_many_streams", "All event streams of this node are taken.", d.retry_after_s());
    }
    response stream;
    stream.content_type = "text/event-stream; charset=utf-8";
    stream.with("Cache-Control", "no-store").with("X-Accel-Buffering", "no");
    stream.feed = std::make_shared<event_feed>(d, std::move(*wanted), *after);
    co_return stream;
}

} // namespace takt::http
