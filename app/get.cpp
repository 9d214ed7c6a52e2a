#include <iomanip>
#include <iostream>
#include <memory>

#include "app/commands.hpp"
#include "app/remote.hpp"
#include "gateways/http/target.hpp"

namespace takt::app {
namespace {

struct get_options {
    remote_options remote;
    std::string entity, at;
    std::optional<std::uint64_t> revision;
    bool history = false;
};

std::string target_of(const get_options& o)
{
    auto target = path_of(o.entity);
    if (o.history) return target + "/history?limit=1000";
    if (o.revision) return target + "?revision=" + std::to_string(*o.revision);
    if (!o.at.empty()) return target + "?at=" + http::percent_encode(o.at);
    return target;
}

void print_members(const boost::json::object& document)
{
    constexpr int width = 22;
    for (const auto& member : document)
        std::cout << std::left << std::setw(width) << std::string(member.key()) << ' ' << plain(member.value()) << '\n';
}

void print_history(const boost::json::value& page)
{
    for (const auto& e : page.at("items").as_array())
        std::cout << e.at("revision") << "  " << plain(e.at("at")) << "  " << plain(e.at("type")) << "  "
                  << plain(e.at("data")) << "  by " << plain(e.at("by")) << '\n';
}

exit_code get(const get_options& o, http::client& node)
{
    const auto answer = node.get(target_of(o));
    if (!answer.ok()) return complain(answer);
    if (o.remote.json)
        std::cout << answer.body << '\n';
    else if (o.history)
        print_history(answer.json());
    else
        print_members(answer.json().as_object());
    return exit_code::done;
}

} // namespace

void add_get(CLI::App& takt)
{
    auto* command = takt.add_subcommand("get", "Show one entity, now or as it was");
    auto o = std::make_shared<get_options>();
    command->add_option("entity", o->entity, "KIND/KEY")->required();
    command->add_option("--at", o->at, "As it was at this plant time (RFC 3339)");
    command->add_option("--revision", o->revision, "As it was after this event");
    command->add_flag("--history", o->history, "Its events instead");
    add_remote_options(*command, o->remote);
    command->footer("Examples:\n"
                    "  takt get machine/M-104\n"
                    "  takt get order/SO-8Z4K0Q2M1A --json\n"
                    "  takt get work_order/WO-GB40-1 --history\n"
                    "  takt get machine/M-104 --at 2026-01-05T06:30:00Z");
    command->callback([o] { with_node(o->remote, [&](http::client& node) { return get(*o, node); }); });
}

} // namespace takt::app
