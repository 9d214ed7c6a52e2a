#include <iostream>
#include <limits>
#include <memory>

#include "app/commands.hpp"
#include "app/pages.hpp"
#include "app/remote.hpp"
#include "messages/core/json_write.hpp"

namespace takt::app {
namespace {

struct export_options {
    remote_options remote;
    std::string what;
    std::vector<std::string> where;
    std::uint64_t after = 0;
    bool follow = false;
};

exit_code follow_events(const export_options& o, http::client& node)
{
    const auto target = "/api/v1/events?after=" + std::to_string(o.after) + query_of(o.where);
    const auto begun = node.events(target, [](const http::client_event& e) {
        if (e.type.empty()) std::cout << e.data << '\n' << std::flush;
        return std::cout.good();
    });
    return begun.ok() ? exit_code::done : complain(begun);
}

exit_code export_events(const export_options& o, http::client& node)
{
    if (o.follow) return follow_events(o, node);
    const auto filters = query_of(o.where);
    auto after = std::to_string(o.after);
    while (true) {
        const auto answer =
            node.get("/api/v1/events?limit=1000&after=" + after + filters, {{"Accept", "application/json"}});
        if (!answer.ok()) return complain(answer);
        const auto page = answer.json();
        for (const auto& e : page.at("items").as_array()) std::cout << to_json(e) << '\n';
        if (page.at("next_after").is_null()) return exit_code::done;
        after = to_json(page.at("next_after"));
    }
}

exit_code export_rows(const export_options& o, http::client& node)
{
    const auto print = [](const boost::json::value& item) { std::cout << to_json(item) << '\n'; };
    const auto wrong = each_row(node, o.what, o.where, std::numeric_limits<std::size_t>::max(), print);
    return wrong ? complain(*wrong) : exit_code::done;
}

} // namespace

void add_export(CLI::App& takt)
{
    auto* command = takt.add_subcommand("export", "Write all events, or all entities of a kind, one JSON a line");
    auto o = std::make_shared<export_options>();
    command->add_option("what", o->what, "events, or a kind: orders, lots, …")->required();
    command->add_option("--where", o->where, "NAME=VALUE; of events: kind, entity, type");
    command->add_option("--after", o->after, "Events after this position only")->capture_default_str();
    command->add_flag("--follow", o->follow, "Go on with events as they happen");
    add_remote_options(*command, o->remote);
    command->footer("Examples:\n"
                    "  takt export events > events.ndjson\n"
                    "  takt export events --where kind=anomaly --follow\n"
                    "  takt export orders --where late=true | jq .customer");
    command->callback([o] {
        with_node(o->remote, [&](http::client& node) {
            return o->what == "events" ? export_events(*o, node) : export_rows(*o, node);
        });
    });
}

} // namespace takt::app
