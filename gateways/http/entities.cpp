#include <algorithm>

#include "gateways/http/entity_json.hpp"
#include "gateways/http/filter.hpp"
#include "gateways/http/genealogy.hpp"
#include "gateways/http/handlers.hpp"
#include "gateways/http/paging.hpp"
#include "gateways/http/query_time.hpp"
#include "gateways/http/why.hpp"
#include "messages/core/json_write.hpp"

/// Reading entities: lists, one entity now or as it was, its history, its reasons and its genealogy.
namespace takt::http {
namespace {

response unknown_kind(const door& d, const std::string& name)
{
    return problem(404, "unknown_kind", "There is no kind '" + name + "'; there are " + d.kinds.all() + ".");
}

response unknown_entity(const entity_ref& entity)
{
    return problem(404, "unknown_entity", "Nothing has ever happened to " + entity.path() + ".");
}

/// The question a list cursor belongs to: the path and every filter, but not the page.
std::uint64_t question_of(const kind_ops& kind, const target& where)
{
    std::uint64_t hash = stable_hash(kind.name);
    for (const auto& [name, value] : where.query) {
        if (name == "cursor" || name == "limit") continue;
        hash = stable_hash(value, stable_hash(name, hash));
    }
    return hash;
}

std::string list_document(const std::vector<runtime::row>& rows, std::size_t limit, std::uint64_t question)
{
    std::string body = "{\"items\":[";
    for (std::size_t i = 0; i < rows.size() && i < limit; ++i) {
        if (i > 0) body += ',';
        append_row(body, rows[i]);
    }
    body += "],\"next_cursor\":";
    if (rows.size() > limit)
        write_json(body, make_cursor(rows[limit - 1].key, question));
    else
        body += "null";
    body += '}';
    return body;
}

/// The last events of an entity, oldest first.
std::string history_document(const std::vector<runtime::fact>& facts, std::size_t limit)
{
    std::string body = "{\"items\":[";
    for (std::size_t i = 0; i < facts.size() && i < limit; ++i) {
        if (i > 0) body += ',';
        append_fact(body, facts[i]);
    }
    body += "],\"next_after\":";
    body += facts.size() > limit ? std::to_string(facts[limit - 1].revision) : "null";
    body += '}';
    return body;
}

/// What of its past a request asks for.
struct moment {
    std::optional<std::uint64_t> revision;
    std::optional<instant> at;
};

checked<moment> read_moment(const target& where)
{
    moment m;
    if (where.parameter("revision")) {
        const auto revision = whole_number(where, "revision", 0);
        if (!revision) return revision.error();
        m.revision = *revision;
    }
    const auto at = query_time(where, "at");
    if (!at) return at.error();
    m.at = *at;
    if (m.revision && m.at) return problems{{"?at", "cannot be asked for together with revision"}};
    return m;
}

boost::asio::awaitable<runtime::entity_view> view_of(door& d, entity_ref entity, moment when)
{
    if (!when.at && !when.revision) co_return co_await read(d, entity);
    auto past = [&node = d.node, entity, when] {
        return when.at ? node.at_time(entity, *when.at) : node.at_revision(entity, *when.revision);
    };
    co_return co_await in_background(d, std::move(past));
}

checked<genealogy_question> read_genealogy_question(const entity_ref& entity, const target& where)
{
    genealogy_question what;
    what.entity = entity;
    problems wrong;
    const auto direction = where.parameter("direction").value_or("backward");
    if (direction == "forward")
        what.direction = trace_direction::forward;
    else if (direction != "backward")
        wrong.push_back({"?direction", "must be backward or forward"});
    const auto bounded = [&](const char* name, std::size_t& out, std::size_t most) {
        const auto value = whole_number(where, name, out);
        if (!value)
            wrong.insert(wrong.end(), value.error().begin(), value.error().end());
        else if (*value < 1 || *value > most)
            wrong.push_back({"?" + std::string(name), "must be from 1 to " + std::to_string(most)});
        else
            out = *value;
    };
    bounded("depth", what.depth, genealogy_depth_most);
    bounded("limit", what.limit, genealogy_limit_most);
    for (auto [name, out] : {std::pair{"from", &what.from}, std::pair{"to", &what.to}}) {
        const auto time = query_time(where, name);
        if (time)
            *out = *time;
        else
            wrong.insert(wrong.end(), time.error().begin(), time.error().end());
    }
    if (!wrong.empty()) return wrong;
    return what;
}

} // namespace

answering list_entities(door& d, const request& r)
{
    const auto* kind = d.kinds.find(r.part("kind"));
    if (kind == nullptr) co_return unknown_kind(d, r.part("kind"));
    if (!kind->listed)
        co_return problem(404, "not_listed", "There is no list of " + plural(kind->name) + "; ask for one by its key.");
    const auto limit = page_limit(r.where, d.bounds);
    if (!limit) co_return unprocessable(limit.error());
    auto wanted = make_filter(*kind, r.where);
    if (!wanted) co_return unprocessable(wanted.error());

    const auto question = question_of(*kind, r.where);
    std::optional<std::string> after = std::string();
    if (const auto cursor = r.where.parameter("cursor")) after = read_cursor(*cursor, question);
    if (!after) co_return unprocessable({{"?cursor", "is not from a page of this list with these filters"}});

    // One more than the page tells whether there is a next one.
    auto page = [&node = d.node, kind, from = *after, count = *limit + 1, test = std::move(*wanted)] {
        return node.list(kind->name, from, count, test);
    };
    const auto rows = co_await in_background(d, std::move(page));
    co_return json(200, list_document(rows, *limit, question));
}

answering get_entity(door& d, const request& r)
{
    const auto* kind = d.kinds.find(r.part("kind"));
    if (kind == nullptr) co_return unknown_kind(d, r.part("kind"));
    const entity_ref entity(kind->name, r.part("key"));
    if (!valid_key(entity.key())) co_return unknown_entity(entity);
    const auto when = read_moment(r.where);
    if (!when) co_return unprocessable(when.error());

    const auto view = co_await view_of(d, entity, *when);
    if (view.revision == 0) co_return unknown_entity(entity);
    if (when->revision && *when->revision != view.revision)
        co_return problem(404, "unknown_revision",
                          entity.path() + " is at revision " + std::to_string(view.revision) + '.');
    // What telemetry tells changes without a revision, so a tag vouches only for what has none.
    const bool tagged = view.live.empty();
    if (const auto tags = r.header("if-none-match"); tags && tagged && matches(*tags, view.revision)) {
        auto same = empty(304);
        co_return same.with("ETag", etag(view.revision));
    }
    auto found = json(200, entity_document(d.kinds, *kind, view));
    if (tagged) found.with("ETag", etag(view.revision));
    co_return found.with("Cache-Control", "no-cache");
}

answering get_history(door& d, const request& r)
{
    const auto* kind = d.kinds.find(r.part("kind"));
    if (kind == nullptr) co_return unknown_kind(d, r.part("kind"));
    const entity_ref entity(kind->name, r.part("key"));
    if (!valid_key(entity.key())) co_return unknown_entity(entity);
    const auto limit = page_limit(r.where, d.bounds);
    if (!limit) co_return unprocessable(limit.error());
    const auto after = whole_number(r.where, "after", 0);
    if (!after) co_return unprocessable(after.error());

    auto page = [&node = d.node, entity, from = *after, count = *limit + 1] {
        return node.history(entity, from, count);
    };
    const auto facts = co_await in_background(d, std::move(page));
    if (facts.empty() && *after == 0) co_return unknown_entity(entity);
    co_return json(200, history_document(facts, *limit));
}

answering get_why(door& d, const request& r)
{
    const auto* kind = d.kinds.find(r.part("kind"));
    if (kind == nullptr) co_return unknown_kind(d, r.part("kind"));
    if (kind->name != "order" && kind->name != "work_order")
        co_return problem(404, "not_explained", "Only orders and work orders say why they end when they do.");
    const entity_ref entity(kind->name, r.part("key"));
    if (!valid_key(entity.key())) co_return unknown_entity(entity);
    const auto view = co_await read(d, entity);
    if (view.revision == 0) co_return unknown_entity(entity);
    auto explain = [&node = d.node, entity] { return to_json(why(entity, node.now(), states_of(node))); };
    co_return json(200, co_await in_background(d, std::move(explain))).with("Cache-Control", "no-cache");
}

answering get_genealogy(door& d, const request& r)
{
    const auto* kind = d.kinds.find(r.part("kind"));
    if (kind == nullptr) co_return unknown_kind(d, r.part("kind"));
    if (!has_genealogy(kind->name))
        co_return problem(404, "not_traced", "There is no genealogy of a " + std::string(kind->name) + '.');
    const entity_ref entity(kind->name, r.part("key"));
    if (!valid_key(entity.key())) co_return unknown_entity(entity);
    const auto what = read_genealogy_question(entity, r.where);
    if (!what) co_return unprocessable(what.error());
    const auto view = co_await read(d, entity);
    if (view.revision == 0) co_return unknown_entity(entity);
    auto follow = [&node = d.node, what = *what] {
        return to_json(trace(what, {[&node](const entity_ref& e) { return node.view(e); },
                                    [&node](const entity_ref& e, std::uint64_t after, std::size_t limit) {
                                        return node.history(e, after, limit);
                                    }}));
    };
    co_return json(200, co_await in_background(d, std::move(follow))).with("Cache-Control", "no-cache");
}

} // namespace takt::http
