#include "gateways/http/answers.hpp"
#include "gateways/http/entity_json.hpp"
#include "gateways/http/handlers.hpp"
#include "gateways/http/idempotency.hpp"
#include "messages/core/json_read.hpp"

/// POST /api/v1/{kind}/{key}/commands/{command}
namespace takt::http {
namespace {

std::string open_commands(const kind_ops& kind)
{
    std::string all;
    for (const auto* type : kind.doors) all.append(all.empty() ? "" : ", ").append(type->name);
    return all.empty() ? "none" : all;
}

/// What keeps a command from being decoded at all, or nothing.
std::optional<response> misaddressed(const door& d, const request& r)
{
    const auto* kind = d.kinds.find(r.part("kind"));
    if (kind == nullptr)
        return problem(404, "unknown_kind",
                       "There is no kind '" + r.part("kind") + "'; there are " + d.kinds.all() + ".");
    if (!valid_key(r.part("key"))) return problem(404, "invalid_key", "A key is 1 to 80 of A-Z a-z 0-9 . _ : -");
    const auto* command = kind->find_command(r.part("command"));
    const std::string known = "; from outside it takes " + open_commands(*kind) + '.';
    if (command == nullptr)
        return problem(404, "unknown_command",
                       "A " + std::string(kind->name) + " has no command '" + r.part("command") + '\'' + known);
    if (!kind->open_at_doors(*command->type))
        return problem(403, "not_at_the_door",
                       "'" + r.part("command") + "' reaches a " + std::string(kind->name) +
                           " from other entities only" + known);
    return std::nullopt;
}

checked<message> decode(const message_type& type, const std::string& body)
{
    const auto document = parse_json(body.empty() ? "{}" : std::string_view(body));
    if (!document) return document.error();
    return type.read(*document, type.version, strictness::at_the_door);
}

} // namespace

answering send_command(door& d, const request& r)
{
    if (auto wrong = misaddressed(d, r)) co_return std::move(*wrong);
    const auto* kind = d.kinds.find(r.part("kind"));
    auto command = decode(*kind->find_command(r.part("command"))->type, r.body);
    if (!command) co_return unprocessable(command.error());
    const auto key = idempotency_key(r);
    if (!key) co_return unprocessable(key.error());

    runtime::envelope envelope;
    envelope.target = entity_ref(kind->name, r.part("key"));
    envelope.command = std::move(*command);
    identify(envelope, r, *key);
    const auto entity = envelope.target;
    if (const auto tags = r.header("if-match")) {
        envelope.only_at_revision = single_tag(*tags);
        if (!envelope.only_at_revision) { // a list of them, or "*"
            const auto now = co_await read(d, entity);
            if (!matches(*tags, now.revision))
                co_return problem(412, "revision_changed",
                                  entity.path() + " is at revision " + std::to_string(now.revision) + '.');
            envelope.only_at_revision = now.revision;
        }
    }
    const auto answer = co_await send(d, std::move(envelope));
    co_return to_response(d, entity, answer);
}

} // namespace takt::http
