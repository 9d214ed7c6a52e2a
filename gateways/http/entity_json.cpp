#include "gateways/http/entity_json.hpp"

#include <charconv>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "gateways/http/target.hpp"
#include "messages/core/json_write.hpp"

namespace takt::http {
namespace {

void append_head(std::string& out, std::string_view key, std::uint64_t revision)
{
    out += "{\"key\":";
    write_json(out, key);
    out += ",\"entity_revision\":";
    write_integer(out, revision);
}

/// The members of an object's text without its braces, after a comma.
void append_members(std::string& out, std::string_view object)
{
    const auto first = object.find('{');
    const auto last = object.rfind('}');
    if (first == std::string_view::npos || last <= first + 1) return;
    out += ',';
    out += object.substr(first + 1, last - first - 1);
}

void append_member(std::string& out, const boost::json::key_value_pair& member)
{
    if (reserved_member(member.key())) return;
    out += ',';
    write_json(out, std::string_view(member.key()));
    out += ':';
    write_json(out, member.value());
}

} // namespace

std::string entity_document(const kind_names& names, const kind_ops& kind, const runtime::entity_view& view)
{
    std::string out;
    out.reserve(view.state.size() + view.live.size() + 80);
    append_head(out, view.entity.key(), view.revision);
    if (names.has_reserved_member(kind)) {
        const auto state = boost::json::parse(view.state);
        for (const auto& member : state.as_object()) append_member(out, member);
    } else {
        append_members(out, view.state);
    }
    if (!view.live.empty()) out.append(",\"live\":").append(view.live);
    out += '}';
    return out;
}

void append_row(std::string& out, const runtime::row& row)
{
    append_head(out, row.key, row.revision);
    for (const auto& member : *row.state) append_member(out, member);
    out += '}';
}

void append_fact(std::string& out, const runtime::fact& fact)
{
    out += "{\"position\":";
    write_integer(out, fact.position);
    out += ",\"entity\":";
    write_json(out, fact.entity);
    out += ",\"revision\":";
    write_integer(out, fact.revision);
    out += ",\"at\":";
    write_json(out, fact.at);
    out += ",\"by\":";
    write_json(out, fact.by);
    if (fact.trace) out.append(",\"trace\":\"").append(runtime::to_text(fact.trace)).append("\"");
    out += ",\"command\":";
    write_json(out, fact.command);
    out += ",\"type\":";
    write_json(out, fact.type);
    out += ",\"version\":";
    write_integer(out, static_cast<std::int64_t>(fact.version));
    out += ",\"data\":";
    out += fact.data.empty() ? "{}" : fact.data;
    out += '}';
}

std::string etag(std::uint64_t revision) { return '"' + std::to_string(revision) + '"'; }

bool matches(std::string_view tags, std::uint64_t revision)
{
    const auto wanted = etag(revision);
    while (!tags.empty()) {
        const auto comma = tags.find(',');
        auto tag = tags.substr(0, comma);
        while (!tag.empty() && (tag.front() == ' ' || tag.front() == '\t')) tag.remove_prefix(1);
        while (!tag.empty() && (tag.back() == ' ' || tag.back() == '\t')) tag.remove_suffix(1);
        if (tag.starts_with("W/")) tag.remove_prefix(2); // caches may weaken ours
        if (tag == "*" ? revision > 0 : tag == wanted) return true;
        if (comma == std::string_view::npos) return false;
        tags.remove_prefix(comma + 1);
    }
    return false;
}

std::optional<std::uint64_t> single_tag(std::string_view tags)
{
    if (tags.size() < 3 || tags.front() != '"' || tags.back() != '"') return std::nullopt;
    std::uint64_t revision = 0;
    const auto* last = tags.data() + tags.size() - 1;
    const auto [stop, error] = std::from_chars(tags.data() + 1, last, revision);
    if (error != std::errc{} || stop != last) return std::nullopt;
    return revision;
}

std::string location(const entity_ref& entity)
{
    return "/api/v1/" + plural(entity.kind()) + '/' + percent_encode(entity.key());
}

} // namespace takt::http
