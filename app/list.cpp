#include <algorithm>
#include <iomanip>
#include <iostream>
#include <memory>

#include "app/commands.hpp"
#include "app/pages.hpp"
#include "app/remote.hpp"
#include "messages/core/json_write.hpp"

namespace takt::app {
namespace {

struct list_options {
    remote_options remote;
    std::string kind;
    std::vector<std::string> where, columns;
    std::size_t limit = 100;
};

/// The members that fit a line: those asked for, else the key and the first few plain ones.
std::vector<std::string> columns_for(const list_options& o, const boost::json::object& first)
{
    if (!o.columns.empty()) return o.columns;
    constexpr std::size_t most = 7;
    std::vector<std::string> names;
    for (const auto& member : first)
        if (names.size() < most && member.value().is_primitive() && member.key() != "entity_revision")
            names.emplace_back(member.key());
    return names;
}

void print_table(const list_options& o, const boost::json::array& items)
{
    if (items.empty()) return;
    const auto names = columns_for(o, items.front().as_object());
    std::vector<std::vector<std::string>> rows{names};
    for (const auto& item : items) {
        auto& row = rows.emplace_back();
        for (const auto& name : names) {
            const auto* value = item.as_object().if_contains(name);
            row.push_back(value == nullptr ? "" : plain(*value));
        }
    }
    for (const auto& row : rows) {
        for (std::size_t c = 0; c < names.size(); ++c) {
            std::size_t width = 0;
            for (const auto& r : rows) width = std::max(width, r[c].size());
            std::cout << std::left << std::setw(static_cast<int>(width) + 2) << row[c];
        }
        std::cout << '\n';
    }
}

exit_code list(const list_options& o, http::client& node)
{
    boost::json::array items;
    const auto wrong =
        each_row(node, o.kind, o.where, o.limit, [&](const boost::json::value& item) { items.push_back(item); });
    if (wrong) return complain(*wrong);
    if (o.remote.json)
        std::cout << to_json(items) << '\n';
    else
        print_table(o, items);
    return exit_code::done;
}

} // namespace

void add_list(CLI::App& takt)
{
    auto* command = takt.add_subcommand("list", "List entities of a kind");
    auto o = std::make_shared<list_options>();
    command->add_option("kind", o->kind, "machines, orders, work_orders, …")->required();
    command->add_option("--where", o->where, "Only those with NAME=VALUE, such as status=open or due_before=TIME");
    command->add_option("--columns", o->columns, "Members to show")->delimiter(',');
    command->add_option("--limit", o->limit, "At most so many")->capture_default_str();
    add_remote_options(*command, o->remote);
    command->footer("Examples:\n"
                    "  takt list orders --where late=true\n"
                    "  takt list machines --columns key,packml,reason\n"
                    "  takt list work_orders --where status=in_progress --json");
    command->callback([o] { with_node(o->remote, [&](http::client& node) { return list(*o, node); }); });
}

} // namespace takt::app
