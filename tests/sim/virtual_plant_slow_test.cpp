#include <catch2/catch.hpp>

#include "actors/kinds.hpp"
#include "actors/laws/plant_laws.hpp"
#include "gateways/plant/plant_file.hpp"
#include "messages/core/json_read.hpp"
#include "messages/mes/schedule_events.hpp"
#include "sim/virtual_plant.hpp"
#include "tests/support.hpp"

using namespace takt;
using namespace takt::sim;
using namespace std::chrono_literals;

TEST_CASE("three busy days: every law holds, the planner never fails, nothing is a dead letter")
{
    const auto kinds = all_kinds();
    scenario how;
    how.orders_per_day = 60;
    virtual_plant plant(kinds, plant::load(test::source_path("plants/gearworks.json")).value(), how,
                        *parse_rfc3339("2026-01-12T05:00:00Z"));
    laws::plant_laws laws;
    std::size_t plans = 0;
    std::string failed;
    const auto listening = plant.node().subscribe([&](const runtime::facts& all) {
        for (const auto& f : *all) {
            const auto* kind = kinds.find(f.entity.kind());
            const auto* type = kind->find_event(f.type)->type;
            auto event = type->read(parse_json(f.data).value(), f.version, strictness::from_storage);
            if (const auto* p = event->as<schedule::planned>()) {
                ++plans;
                if (p->cause.find("failed") != std::string::npos) failed = p->cause;
            }
            laws.see({f.position, f.entity, f.at, std::move(*event)});
        }
    });
    plant.define();
    plant.run_for(72h);
    CHECK(failed.empty());
    CHECK(plans > 1000);
    CHECK(plant.node().list("dead_letter", {}, 10, {}).empty());
    for (const auto& f : laws.findings()) {
        INFO(f.name << ": " << (f.first ? f.first->entity.path() + " " + f.first->detail : ""));
        CHECK(f.violations == 0);
    }
}
