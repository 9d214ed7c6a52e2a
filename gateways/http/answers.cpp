#include "gateways/http/answers.hpp"

#include "gateways/http/entity_json.hpp"
#include "messages/core/json_write.hpp"

namespace takt::http {
namespace {

response accepted(const entity_ref& entity, const runtime::answer& a, int status)
{
    std::string body = "{\"key\":";
    write_json(body, entity.key());
    body += ",\"entity_revision\":";
    write_integer(body, a.revision);
    if (!a.body.empty()) body.append(",\"reply\":").append(a.body);
    body += '}';
    auto response = json(status, std::move(body)).with("ETag", etag(a.revision));
    return a.repeated ? response.with("Idempotency-Replayed", "true") : response; // the body is the first one's
}

response refused(const runtime::answer& a)
{
    if (a.reason == "key_reused") return problem(422, a.reason, a.detail);
    if (a.reason == "revision_changed") return problem(412, a.reason, a.detail);
    if (a.field.empty()) return problem(409, a.reason, a.detail);
    return problem(422, a.reason, a.detail, {{"#/" + a.field, a.detail}});
}

} // namespace

namespace {

response untraced(const door& d, const entity_ref& entity, const reply& r, int status)
{
    const auto& a = r.answer;
    if (r.late)
        return problem(504, "answer_late",
                       "No answer in time. The command may still be taken; repeat it with the same Idempotency-Key.");
    switch (a.result) {
    case runtime::outcome::accepted: return accepted(entity, a, status);
    case runtime::outcome::refused: return refused(a);
    case runtime::outcome::busy:
        return unavailable("busy", a.detail.empty() ? "Too much at once; nothing happened, try again." : a.detail,
                           d.retry_after_s());
    case runtime::outcome::unavailable:
        return unavailable("unavailable", a.detail.empty() ? "The node takes no commands now." : a.detail,
                           d.retry_after_s());
    case runtime::outcome::failed: break;
    }
    auto failed = problem(500, a.reason.empty() ? "failed" : a.reason,
                          a.detail + " The command is kept: see /api/v1/dead_letters.");
    return failed.with("Link", "</api/v1/dead_letters>; rel=\"help\"");
}

} // namespace

response to_response(const door& d, const entity_ref& entity, const reply& r, int status)
{
    return untraced(d, entity, r, status).with("traceparent", r.traceparent);
}

} // namespace takt::http
