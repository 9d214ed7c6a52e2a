#include <charconv>

#include "gateways/http/entity_json.hpp"
#include "gateways/http/handlers.hpp"
#include "gateways/http/routes.hpp"
#include "gateways/http/what_if.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"

/// /api/v1/what_ifs: what would happen if. See docs/http.md.
namespace takt::http {
namespace {

constexpr int hours_most = 1000;
constexpr int runs_most = 100;
constexpr std::size_t changes_most = 100;

response no_simulator()
{
    return problem(501, "no_simulator", "This node was started without a plant file, so it cannot look ahead.");
}

/// What would be done with a change: its request, and who answers it. Null if nobody does.
handler find_handler(const router& routes, const what_if_change& c, request& r)
{
    const auto where = parse_target(c.path);
    if (!where || c.path.starts_with("/api/v1/what_ifs") || c.path.starts_with("/api/v1/samples")) return {};
    r.method = "POST";
    r.where = *where;
    r.body = to_json(c.body);
    const auto* to = routes.find(where->path, r.path);
    if (to == nullptr) return {};
    const auto method = to->methods.find("POST");
    return method == to->methods.end() ? handler() : method->second;
}

std::string place(std::size_t change, std::string_view member)
{
    return "#/changes/" + std::to_string(change) + '/' + std::string(member);
}

problems check(door& d, const what_if_question& q)
{
    problems wrong;
    if (q.hours < 1 || q.hours > hours_most) wrong.push_back({"#/hours", "must be from 1 to 1000"});
    if (q.runs < 1 || q.runs > runs_most) wrong.push_back({"#/runs", "must be from 1 to 100"});
    if (q.changes.size() > changes_most) wrong.push_back({"#/changes", "there may be up to 100"});
    const auto routes = make_routes(d);
    for (std::size_t i = 0; i < q.changes.size(); ++i) {
        request r;
        if (!find_handler(routes, q.changes[i], r))
            wrong.push_back({place(i, "path"), "is nothing that can be posted to, such as /api/v1/orders"});
    }
    return wrong;
}

/// Whom a change is sent to; nothing if it makes something new.
std::optional<entity_ref> subject_of(const door& d, const what_if_change& c)
{
    constexpr std::size_t of_a_command = 6; // api v1 KIND KEY commands COMMAND
    const auto where = parse_target(c.path);
    if (!where || where->path.size() != of_a_command) return std::nullopt;
    const auto* kind = d.kinds.find(where->path[2]);
    if (kind == nullptr || !valid_key(where->path[3])) return std::nullopt;
    return entity_ref(kind->name, where->path[3]);
}

void append(std::string& out, const what_if_desk::entry& e, bool whole)
{
    out.append("{\"id\":").append(std::to_string(e.id)).append(",\"status\":").append(to_json(e.status));
    out.append(",\"progress\":").append(to_json(e.progress)).append(",\"asked_at\":").append(to_json(e.asked_at));
    out.append(",\"question\":").append(to_json(e.question));
    if (!e.error.empty()) out.append(",\"error\":").append(to_json(e.error));
    if (whole && e.answer) out.append(",\"answer\":").append(to_json(*e.answer));
    out.append(1, '}');
}

response answer_with(const what_if_desk::entry& e, int status)
{
    std::string body;
    append(body, e, true);
    return json(status, std::move(body));
}

std::optional<what_if_desk::entry> find(const door& d, const request& r)
{
    const auto& text = r.part("id");
    std::uint64_t id = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return d.what_ifs->find(id);
}

response unknown(const request& r)
{
    return problem(404, "no_such_what_if", "There is no what-if " + r.part("id") + "; the last twenty are kept.");
}

} // namespace

answering ask_what_if(door& d, const request& r)
{
    if (d.what_ifs == nullptr) co_return no_simulator();
    auto asked = read_json_text<what_if_question>(r.body, strictness::at_the_door);
    if (!asked) co_return unprocessable(asked.error());
    const auto wrong = check(d, *asked);
    if (!wrong.empty()) co_return unprocessable(wrong);
    std::vector<entity_ref> about;
    for (const auto& c : asked->changes)
        if (auto subject = subject_of(d, c)) about.push_back(std::move(*subject));
    const auto id = d.what_ifs->ask(std::move(*asked), std::move(about));
    if (!id) co_return unavailable("busy", "Five what-ifs wait already.", d.retry_after_s());
    auto entry = d.what_ifs->find(*id);
    auto accepted = entry ? answer_with(*entry, 202) : empty(202);
    co_return std::move(accepted.with("Location", "/api/v1/what_ifs/" + std::to_string(*id)));
}

answering list_what_ifs(door& d, const request& /*r*/)
{
    if (d.what_ifs == nullptr) co_return no_simulator();
    std::string body = "{\"items\":[";
    bool first = true;
    for (const auto& e : d.what_ifs->all()) {
        if (!std::exchange(first, false)) body += ',';
        append(body, e, false);
    }
    co_return json(200, body + "],\"next_cursor\":null}");
}

answering get_what_if(door& d, const request& r)
{
    if (d.what_ifs == nullptr) co_return no_simulator();
    const auto entry = find(d, r);
    co_return entry ? answer_with(*entry, 200).with("Cache-Control", "no-cache") : unknown(r);
}

answering forget_what_if(door& d, const request& r)
{
    if (d.what_ifs == nullptr) co_return no_simulator();
    const auto entry = find(d, r);
    co_return entry&& d.what_ifs->forget(entry->id) ? empty(204) : unknown(r);
}

/// First it is seen whether anything has happened to what the changes are about; then they are made, one by one.
answering apply_what_if(door& d, const request& r)
{
    if (d.what_ifs == nullptr) co_return no_simulator();
    const auto entry = find(d, r);
    if (!entry) co_return unknown(r);
    if (entry->status == "applied") co_return answer_with(*entry, 200);
    if (entry->status != "done") co_return problem(409, "not_done", "It is " + entry->status + ".");
    std::string moved;
    for (std::size_t i = 0; i < entry->about.size(); ++i) {
        const auto now = co_await read(d, entry->about[i]);
        if (now.revision == entry->revisions[i]) continue;
        moved.append(moved.empty() ? "" : ", ").append(now.entity.path());
        moved.append(" (revision ").append(std::to_string(now.revision)).append(", then ");
        moved.append(std::to_string(entry->revisions[i])).append(")");
    }
    const auto force = r.where.parameter("force");
    if (!moved.empty() && (!force || *force != "true"))
        co_return problem(409, "world_moved_on",
                          "Something has happened to " + moved + " since; ask again, or apply with ?force=true.");
    const auto routes = make_routes(d);
    for (std::size_t i = 0; i < entry->question.changes.size(); ++i) {
        request change;
        const auto make = find_handler(routes, entry->question.changes[i], change);
        change.headers["idempotency-key"] =
            "\"what-if/" + std::to_string(entry->asked_at.ms) + '/' + std::to_string(i) + '"';
        const auto made = co_await make(change);
        if (made.status < 300) continue;
        auto refused = made;
        co_return std::move(refused.with("X-Takt-Change", std::to_string(i)));
    }
    d.what_ifs->note_applied(entry->id);
    auto applied = d.what_ifs->find(entry->id);
    co_return applied ? answer_with(*applied, 200) : empty(204);
}

} // namespace takt::http
