#include "gateways/plant/plant_areas.hpp"

#include <map>

#include <catch2/catch.hpp>

#include "messages/core/json_write.hpp"
#include "messages/mes/schedule.hpp"
#include "messages/plm/product.hpp"
#include "tests/gateways/plant/two_areas.hpp"

using namespace takt;

namespace {

std::map<std::string, std::string> problems_of(const plant::file& f)
{
    std::map<std::string, std::string> all;
    for (const auto& p : plant::check(f)) all.emplace(p.pointer, p.detail);
    return all;
}

} // namespace

TEST_CASE("each area has a schedule of its own, with what its products need", "[plant][areas]")
{
    const auto f = test::gearworks_in_two_areas();
    CHECK(problems_of(f).empty());
    std::map<std::string, schedule::define> schedules;
    std::map<std::string, std::string> made_in;
    for (const auto& one : plant::definitions(f)) {
        if (const auto* s = one.command.as<schedule::define>()) schedules[std::string(one.target.key())] = *s;
        if (const auto* p = one.command.as<product::define>()) made_in[std::string(one.target.key())] = p->area;
    }
    REQUIRE(schedules.size() == 2);
    CHECK(schedules.at("machining").tools.size() == 1);
    CHECK(schedules.at("assembly").tools.empty());
    CHECK(schedules.at("machining").power_caps.size() == 1);
    CHECK(schedules.at("assembly").power_caps.empty());
    CHECK(made_in.at("GR-40") == "assembly");
    CHECK(made_in.at("IS-40") == "machining");
}

TEST_CASE("a plant without areas is one area", "[plant][areas]")
{
    const auto f = plant::load(test::source_path("plants/gearworks.json")).value();
    CHECK(plant::areas_of(f) == std::vector<std::string>{"plant"});
    CHECK(plant::area_of(f, f.machines.front().work_center) == "plant");
}

TEST_CASE("what would need two areas at once is refused by name", "[plant][areas]")
{
    auto f = test::gearworks_in_two_areas();
    f.operators[0].area = "paint shop";
    f.products[0].routing[1].work_center = "turning";
    f.products[0].routing[1].modes = {{"T-101", "turning", {}, milliseconds{1000}}};
    f.products[0].routing[1].modes[0].tool = f.tools[0].key;
    const auto found = problems_of(f);
    CHECK(found.at("#/operators/0/area") == "'paint shop' names no area of this plant");
    CHECK(found.at("#/products/0/routing/1/work_center") ==
          "stands in another area than the first step, assembly; make what is done there a product of its own");
    CHECK(found.at("#/products/0/routing/1/modes/0/skill") == "nobody of area assembly has the skill 'turning'");
}

TEST_CASE("a tool that two areas use is two tools", "[plant][areas]")
{
    auto f = test::gearworks_in_two_areas();
    f.products[0].routing[0].modes[0].tool = f.tools[0].key;
    CHECK(problems_of(f).at("#/tools/0") == "is used in several areas; give each a tool of its own");
}

TEST_CASE("areas of a plant that has none are found out", "[plant][areas]")
{
    auto f = test::gearworks_in_two_areas();
    f.areas.clear();
    CHECK(problems_of(f).at("#/work_centers/0/area") == "the plant has no areas, so this is left out");
}
