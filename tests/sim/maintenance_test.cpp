#include <catch2/catch.hpp>

#include "actors/eam/asset.hpp"
#include "actors/eam/maintenance_order.hpp"
#include "actors/kinds.hpp"
#include "actors/laws/plant_laws.hpp"
#include "gateways/plant/plant_file.hpp"
#include "messages/core/json_read.hpp"
#include "sim/virtual_plant.hpp"
#include "tests/support.hpp"

using namespace takt;
using namespace takt::sim;
using namespace std::chrono_literals;

TEST_CASE("machines that run get their preventive maintenance, with parts and technicians, and nothing is double-used")
{
    const auto kinds = all_kinds();
    auto file = plant::load(test::source_path("plants/gearworks.json")).value();
    for (auto& a : file.assets) // every plan comes due within the day
        for (auto& p : a.maintenance) {
            if (p.every_cycles) p.every_cycles = 40;
            if (p.every_runtime_ms) p.every_runtime_ms = 4h;
        }
    virtual_plant plant(kinds, std::move(file), {}, *parse_rfc3339("2026-01-12T05:00:00Z"));
    laws::plant_laws laws;
    std::size_t due = 0, done = 0;
    const auto listening = plant.node().subscribe([&](const runtime::facts& all) {
        for (const auto& f : *all) {
            const auto* type = kinds.find(f.entity.kind())->find_event(f.type)->type;
            auto event = type->read(parse_json(f.data).value(), f.version, strictness::from_storage);
            due += event->as<asset::maintenance_due>() != nullptr ? 1 : 0;
            done += event->as<asset::maintenance_done>() != nullptr ? 1 : 0;
            laws.see({f.position, f.entity, f.at, std::move(*event)});
        }
    });
    plant.define();
    plant.run_for(24h);
    CHECK(due > 20);
    CHECK(done > due / 2);
    std::size_t with_parts = 0;
    for (const auto& row : plant.node().list("maintenance_order", {}, 10'000, {}))
        with_parts +=
            row.state->at("status").as_string() == "done" && !row.state->at("used").as_array().empty() ? 1 : 0;
    CHECK(with_parts > 0);
    CHECK(plant.node().list("dead_letter", {}, 10, {}).empty());
    for (const auto& f : laws.findings()) {
        INFO(f.name << ": " << (f.first ? f.first->entity.path() + " " + f.first->detail : ""));
        CHECK(f.violations == 0);
    }
}

TEST_CASE("a machine that somebody has reported down works again when its order is done, and its case goes on")
{
    const auto kinds = all_kinds();
    virtual_plant plant(kinds, plant::load(test::source_path("plants/gearworks.json")).value(), {},
                        *parse_rfc3339("2026-01-12T05:00:00Z"));
    plant.define();
    plant.run_for(90min);
    const auto down =
        plant.door().send("POST", "/api/v1/machines/P-802/commands/report_down", R"({"reason":"spindle"})");
    REQUIRE(down.status == 200);
    plant.run_for(3h);
    const auto row = plant.node().find({"machine", "P-802"});
    REQUIRE(row);
    CHECK(row->state->at("up").as_bool());
    const auto trouble = plant.node().find({"anomaly", "machine_fault:machine:P-802"});
    REQUIRE(trouble);
    CHECK(trouble->state->at("symptoms").as_array().front().as_object().at("stands").as_bool() == false);
}
