#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <random>
#include <thread>

#include "app/commands.hpp"
#include "app/remote.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"

namespace takt::app {
namespace {

struct send_options {
    remote_options remote;
    std::string entity, command, body, key;
    std::vector<std::string> members;
    std::optional<std::uint64_t> if_revision;
    int tries = 5;
};

std::string read_all(std::istream& from) { return {std::istreambuf_iterator<char>(from), {}}; }

/// The body as it was given: text, "@FILE", or "-" for standard input.
std::string given_body(const std::string& body)
{
    if (body == "-") return read_all(std::cin);
    if (!body.starts_with('@')) return body;
    std::ifstream file(body.substr(1));
    if (!file) throw CLI::ValidationError("cannot read " + body.substr(1));
    return read_all(file);
}

/// NAME=VALUE pairs, or the whole as JSON; a value that is JSON stands for itself, anything else is a text.
std::string body_of(const send_options& o)
{
    if (!o.body.empty()) return given_body(o.body);
    if (o.members.size() == 1 && o.members.front().starts_with('{')) return o.members.front();
    boost::json::object members;
    for (const auto& one : o.members) {
        const auto equals = one.find('=');
        if (equals == std::string::npos || equals == 0)
            throw CLI::ValidationError("'" + one + "' is not NAME=VALUE, such as quantity=5");
        const auto text = one.substr(equals + 1);
        auto value = parse_json(text);
        members[one.substr(0, equals)] = value ? std::move(*value) : boost::json::value(text);
    }
    return to_json(members);
}

std::string random_key()
{
    std::random_device source;
    return std::to_string(source()) + '-' + std::to_string(source());
}

/// Repeats what was answered `busy`; the key makes that safe.
http::client_answer post(http::client& node, const send_options& o, const std::string& target)
{
    http::client_headers headers{{"Idempotency-Key", o.key.empty() ? random_key() : o.key}};
    if (o.if_revision) headers.emplace_back("If-Match", '"' + std::to_string(*o.if_revision) + '"');
    const auto body = body_of(o);
    for (int attempt = 1;; ++attempt) {
        auto answer = node.post(target, body, headers);
        if (answer.status != 503 || attempt >= o.tries) return answer;
        std::this_thread::sleep_for(std::chrono::seconds(1));
    }
}

exit_code send(const send_options& o, http::client& node)
{
    const bool new_order = o.entity == "orders" && o.command == "place"; // the node makes the key
    const auto target = new_order ? "/api/v1/orders" : path_of(o.entity) + "/commands/" + o.command;
    const auto answer = post(node, o, target);
    if (!answer.ok()) return complain(answer);
    if (o.remote.json) {
        std::cout << answer.body << '\n';
        return exit_code::done;
    }
    const auto document = answer.json();
    std::cout << plain(document.at("key")) << " is at revision " << document.at("entity_revision");
    if (const auto* reply = document.as_object().if_contains("reply")) std::cout << ": " << *reply;
    std::cout << '\n';
    return exit_code::done;
}

} // namespace

void add_send(CLI::App& takt)
{
    auto* command = takt.add_subcommand("send", "Send an entity a command");
    auto o = std::make_shared<send_options>();
    command->add_option("entity", o->entity, "KIND/KEY; or `orders` to place a new one")->required();
    command->add_option("command", o->command, "Its name; `takt list` and /api/v1/kinds tell which there are")
        ->required();
    command->add_option("members", o->members, "NAME=VALUE …");
    command->add_option("--body", o->body, "The whole command as JSON, @FILE, or - for standard input");
    command->add_option("--key", o->key, "Idempotency key: sent again with it, the command happens once");
    command->add_option("--if-revision", o->if_revision, "Refuse unless the entity is at this revision");
    command->add_option("--tries", o->tries, "How often to try while the node is busy")->capture_default_str();
    add_remote_options(*command, o->remote);
    command->footer("Examples:\n"
                    "  takt send orders place customer=C-1 product=GB40 quantity=4 due=2026-01-09T12:00:00Z\n"
                    "  takt send order/SO-8Z4K0Q2M1A ship quantity=2 --key dock-4711\n"
                    "  takt send machine/M-104 report_down 'reason=spindle does not turn'\n"
                    "  takt send product/GB40 define --body @gb40.json");
    command->callback([o] { with_node(o->remote, [&](http::client& node) { return send(*o, node); }); });
}

} // namespace takt::app
