#include <iostream>
#include <memory>

#include "actors/kinds.hpp"
#include "app/audit.hpp"
#include "app/commands.hpp"

namespace takt::app {
namespace {

exit_code rebuild(const std::string& directory, bool json)
{
    persistence::store disk(directory);
    const auto kinds = all_kinds();
    const auto entities = runtime::rebuild(disk, kinds);
    if (json)
        std::cout << "{\"entities\":" << entities << "}\n";
    else
        std::cout << "made snapshots, index, lists and outbox of " << entities << " entities anew from the journal\n";
    return exit_code::done;
}

} // namespace

void add_rebuild(CLI::App& takt)
{
    auto* command = takt.add_subcommand("rebuild", "Throw away what is derived from a journal and make it anew");
    auto directory = std::make_shared<std::string>();
    auto json = std::make_shared<bool>(false);
    command->add_option("--data", *directory, "The node's data directory; the node must not be running")->required();
    command->add_flag("--json", *json, "Print JSON");
    command->footer("Examples:\n  takt rebuild --data /var/lib/takt");
    command->callback([directory, json] { finish(on_data(*directory, [&] { return rebuild(*directory, *json); })); });
}

} // namespace takt::app
