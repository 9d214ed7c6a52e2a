#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>

#include "app/commands.hpp"
#include "app/remote.hpp"
#include "app/signals.hpp"
#include "gateways/http/what_if.hpp"
#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"

namespace takt::app {
namespace {

struct what_if_options {
    remote_options remote;
    std::vector<std::string> changes;
    int hours = 72, runs = 5;
    std::uint64_t seed = 1;
    bool new_orders = false, apply = false;
};

/// "order={…}" or "machine/H-301/report_down={…}" as a request. Throws CLI::ValidationError.
http::what_if_change change_of(const std::string& text)
{
    const auto equals = text.find('=');
    const auto what = text.substr(0, equals);
    const auto body = parse_json(equals == std::string::npos ? std::string("{}") : text.substr(equals + 1));
    if (!body) throw CLI::ValidationError("--change", what + ": " + describe(body.error()));
    if (what == "order") return {"/api/v1/orders", *body};
    const auto last = what.rfind('/');
    if (last == std::string::npos || what.find('/') == last)
        throw CLI::ValidationError("--change", "'" + what + "' is neither order nor KIND/KEY/COMMAND");
    return {path_of(what.substr(0, last)) + "/commands/" + what.substr(last + 1), *body};
}

std::string show(const std::optional<http::what_if_case>& c)
{
    if (!c) return "-";
    std::ostringstream text;
    if (!c->on_time_percent) return "open at the end";
    text << std::fixed << std::setprecision(0) << *c->on_time_percent << " %";
    if (c->shipped) text << "  " << to_rfc3339(*c->shipped).substr(0, 16) << 'Z';
    return text.str();
}

void print(const http::what_if_answer& a)
{
    constexpr int name_width = 22, width = 12;
    std::cout << "From " << to_rfc3339(a.from) << " to " << to_rfc3339(a.to) << ", means over all runs\n\n"
              << std::left << std::setw(name_width) << "" << std::right << std::setw(width) << "as it is"
              << std::setw(width) << "changed" << '\n'
              << std::fixed << std::setprecision(1);
    boost::mp11::mp_for_each<members_of<plant::outcome>>([&](auto member) {
        std::cout << std::left << std::setw(name_width) << member.name << std::right << std::setw(width)
                  << static_cast<double>(a.before.*member.pointer) << std::setw(width)
                  << static_cast<double>(a.after.*member.pointer) << '\n';
    });
    std::cout << "\n"
              << std::left << std::setw(16) << "order" << std::setw(19) << "due" << std::setw(26)
              << "on time, shipped as is"
              << "changed\n";
    constexpr std::size_t shown_most = 20;
    for (std::size_t i = 0; i < std::min(a.orders.size(), shown_most); ++i) {
        const auto& o = a.orders[i];
        std::cout << std::setw(16) << o.order.text << std::setw(19) << to_rfc3339(o.due).substr(0, 16) + 'Z'
                  << std::setw(26) << show(o.before) << show(o.after) << '\n';
    }
    if (a.orders.size() > shown_most) std::cout << "… and " << a.orders.size() - shown_most << " more (--json)\n";
}

/// Asks, waits with a word on how far it is, and prints the answer. Ctrl-C withdraws the question.
exit_code what_if(const what_if_options& o, http::client& node)
{
    http::what_if_question q;
    for (const auto& c : o.changes) q.changes.push_back(change_of(c));
    q.hours = o.hours;
    q.runs = o.runs;
    q.seed = o.seed;
    q.new_orders = o.new_orders;
    const auto asked = node.post("/api/v1/what_ifs", to_json(q));
    if (!asked.ok()) return complain(asked);
    const auto where = asked.headers.at("location");
    while (true) {
        const auto now = node.get(where);
        if (!now.ok()) return complain(now);
        const auto entry = now.json().as_object();
        const std::string status(entry.at("status").as_string());
        if (status == "failed") {
            std::cerr << "takt: " << std::string(entry.at("error").as_string()) << '\n';
            return exit_code::refused;
        }
        if (status == "done") {
            std::cerr << "\r                    \r";
            if (o.remote.json)
                std::cout << now.body << '\n';
            else
                print(read_json<http::what_if_answer>(entry.at("answer"), strictness::from_storage).value());
            break;
        }
        std::cerr << "\rlooking ahead " << static_cast<int>(100 * entry.at("progress").to_number<double>()) << " % "
                  << std::flush;
        if (!stop_requested_within(std::chrono::milliseconds(500))) continue;
        node.send("DELETE", where);
        std::cerr << "\nwithdrawn\n";
        return exit_code::done;
    }
    if (!o.apply) return exit_code::done;
    const auto applied = node.post(where + "/apply", "");
    if (!applied.ok()) return complain(applied);
    std::cerr << "applied\n";
    return exit_code::done;
}

} // namespace

void add_what_if(CLI::App& takt)
{
    auto* command = takt.add_subcommand("what-if", "Try changes on copies of the running plant, and look ahead");
    auto o = std::make_shared<what_if_options>();
    command->add_option("--change", o->changes, "order=JSON or KIND/KEY/COMMAND=JSON; several are made in turn")
        ->required();
    command->add_option("--hours", o->hours, "Of plant time to look ahead")->capture_default_str();
    command->add_option("--runs", o->runs, "With different chances")->capture_default_str();
    command->add_option("--seed", o->seed, "Of the first run")->capture_default_str();
    command->add_flag("--new-orders", o->new_orders, "Customers go on ordering");
    command->add_flag("--apply", o->apply, "Then make the changes in the plant, unless it has moved on");
    add_remote_options(*command, o->remote);
    command->footer("Examples:\n"
                    "  takt what-if --change 'machine/H-301/report_down={\"reason\":\"spindle\"}' --hours 48\n"
                    "  takt what-if --change 'order={\"customer\":\"C-1\",\"product\":\"GR-40\",\"quantity\":80,"
                    "\"due\":\"2026-11-20T12:00:00Z\",\"priority\":9}' --apply");
    command->callback([o] { with_node(o->remote, [&](http::client& node) { return what_if(*o, node); }); });
}

} // namespace takt::app
