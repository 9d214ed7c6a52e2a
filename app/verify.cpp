#include <iostream>
#include <memory>

#include "app/audit.hpp"
#include "app/commands.hpp"
#include "messages/core/json_write.hpp"

namespace takt::app {

namespace {

exit_code verify(const std::string& directory, bool json)
{
    const auto v = audit(directory);
    if (json) {
        std::cout << to_json(runtime::to_json_object(v)) << '\n';
    } else {
        std::cout << v.blocks << " blocks, " << v.records << " records, " << v.events << " events of " << v.entities
                  << " entities\n";
        print_laws(v);
        std::cout << (v.ok ? "all laws hold\n" : "NOT ALL LAWS HOLD\n");
    }
    return v.ok ? exit_code::done : exit_code::violation;
}

} // namespace

void add_verify(CLI::App& takt)
{
    auto* command = takt.add_subcommand("verify", "Replay a journal and audit the plant's laws");
    auto directory = std::make_shared<std::string>();
    auto json = std::make_shared<bool>(false);
    command->add_option("--data", *directory, "The node's data directory; the node must not be running")->required();
    command->add_flag("--json", *json, "Print JSON");
    command->footer("Examples:\n  takt verify --data /var/lib/takt\n  takt verify --data /tmp/plant --json | jq .laws");
    command->callback([directory, json] { finish(on_data(*directory, [&] { return verify(*directory, *json); })); });
}

} // namespace takt::app
