#include <catch2/catch.hpp>

#include "gateways/plant/plant_file.hpp"
#include "messages/eam/asset.hpp"
#include "tests/support.hpp"

using namespace takt;

namespace {

plant::file gearworks() { return plant::load(test::source_path("plants/gearworks.json")).value(); }

plant::asset& asset_of(plant::file& f, std::string_view key)
{
    return *std::find_if(f.assets.begin(), f.assets.end(), [&](const auto& a) { return a.key.text == key; });
}

/// The complaints without their places.
std::string wrong(const plant::file& f)
{
    std::string text;
    for (const auto& p : plant::check(f)) text += p.pointer.substr(p.pointer.rfind('/') + 1) + " " + p.detail + "; ";
    return text;
}

} // namespace

TEST_CASE("what is wrong with an asset is told with its place", "[plant]")
{
    auto f = gearworks();
    CHECK(wrong(f).empty());
    asset_of(f, "E-TURNING").parent = asset_id("E-T-101");
    CHECK(wrong(f) == "parent must be of a higher level; ");
    asset_of(f, "E-TURNING").parent = asset_id("E-NOWHERE");
    CHECK(wrong(f) == "parent 'E-NOWHERE' names no asset of this plant; ");

    f = gearworks();
    auto& lathe = asset_of(f, "E-T-101");
    lathe.spares = {{"GOLD", quantity::of(1), {"spindle"}}, {"SP-ENCODER", quantity{}, {}}};
    CHECK(wrong(f) == "item 'GOLD' names no material of this plant; quantity must be more than 0; "
                      "faults names the faults that need it; ");
    lathe.spares.clear();
    lathe.maintenance = {lathe.maintenance.back(), lathe.maintenance.back()};
    lathe.maintenance[0].at_risk = 0.3;
    lathe.maintenance[0].skill = "juggling";
    lathe.maintenance[1].tolerance = 0.9;
    CHECK(wrong(f) == "renews must be true where the risk is what it is due by; skill names no skill of this plant; "
                      "key is there twice; tolerance must be from 0 to 0.5; ");

    f = gearworks();
    asset_of(f, "E-T-102").machine = "T-101";
    CHECK(wrong(f) == "machine has another asset already; ");
    asset_of(f, "E-T-102").machine = {};
    CHECK(wrong(f) == "machine is of units and components, and what has maintenance needs one; ");
}

TEST_CASE("assets know their place, and what labour and downtime cost", "[plant]")
{
    for (const auto& one : plant::definitions(gearworks())) {
        if (one.target.path() != "asset/E-G-503") continue;
        const auto* how = one.command.as<asset::define>();
        REQUIRE(how != nullptr);
        CHECK(how->parent == asset_id("E-GRINDING"));
        CHECK(how->criticality == eam::criticality::high);
        CHECK(how->labour_rate_per_hour == 52);
        CHECK(how->downtime_cost_per_hour == 120);
        CHECK(how->spares.size() == 4);
        REQUIRE(how->expected_life);
        return;
    }
    FAIL("asset/E-G-503 is not defined");
}
