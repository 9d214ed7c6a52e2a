#include <iostream>
#include <memory>

#include "app/commands.hpp"
#include "app/exit_code.hpp"
#include "gateways/plant/plant_file.hpp"
#include "messages/core/json_write.hpp"

namespace takt::app {
namespace {

exit_code check_plant(const std::string& path, bool json)
{
    const auto plant = plant::load(path);
    if (json) {
        boost::json::array errors;
        if (!plant)
            for (const auto& [pointer, detail] : plant.error())
                errors.push_back(boost::json::object{{"pointer", pointer}, {"detail", detail}});
        const boost::json::object result{{"ok", plant.has_value()}, {"errors", std::move(errors)}};
        std::cout << to_json(result) << '\n';
    } else if (plant) {
        std::cout << path << ": " << plant->name << ", " << plant->machines.size() << " machines, "
                  << plant->operators.size() << " people, " << plant->products.size() << " products, "
                  << plant->materials.size() << " materials: nothing wrong\n";
    } else {
        for (const auto& [pointer, detail] : plant.error())
            std::cerr << path << ' ' << pointer << ": " << detail << '\n';
    }
    return plant ? exit_code::done : exit_code::unusable;
}

} // namespace

void add_plant(CLI::App& takt)
{
    auto* command = takt.add_subcommand("plant", "Work on plant files");
    command->require_subcommand(1);
    auto* check = command->add_subcommand("check", "Say all that is wrong with a plant file");
    auto path = std::make_shared<std::string>();
    auto json = std::make_shared<bool>(false);
    check->add_option("file", *path, "The plant file")->required();
    check->add_flag("--json", *json, "Print JSON");
    check->footer("Examples:\n  takt plant check plants/gearworks.json");
    check->callback([path, json] { finish(check_plant(*path, *json)); });

    auto* schema = command->add_subcommand("schema", "Print the JSON Schema of plant files");
    schema->callback([] { std::cout << to_json(plant::schema()) << '\n'; });
}

} // namespace takt::app
