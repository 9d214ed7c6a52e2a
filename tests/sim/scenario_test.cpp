#include <catch2/catch.hpp>

#include "sim/scenario.hpp"
#include "tests/support.hpp"

using namespace takt;

TEST_CASE("every scenario that comes with takt can be read")
{
    for (const std::string name : {"normal", "rush", "bad_supplier", "breakdowns"}) {
        INFO(name);
        const auto s = sim::load_scenario(test::source_path("sim/scenarios/" + name + ".json").string());
        if (s.has_error()) FAIL(describe(s.error()));
        CHECK(s->name == name);
        CHECK_FALSE(s->description.empty());
    }
}

TEST_CASE("an empty scenario is the normal one")
{
    const auto s = sim::read_scenario("{}");
    REQUIRE(s.has_value());
    CHECK(s->name == "normal");
    CHECK(s->seed == 1);
    CHECK_FALSE(s->orders_per_day);
}

TEST_CASE("what is wrong with a scenario is named with its place, all at once")
{
    const auto unknown = sim::read_scenario(R"({"scrap_rate": 2, "seed": 7})");
    REQUIRE_FALSE(unknown.has_value());
    CHECK(describe(unknown.error()).find("#/scrap_rate") != std::string::npos);

    const auto ranges = sim::read_scenario(R"({"absence_rate": 1.5, "due_days_minimum": 4, "due_days_maximum": 2})");
    REQUIRE_FALSE(ranges.has_value());
    const auto text = describe(ranges.error());
    CHECK(text.find("#/absence_rate: must be from 0 to 1") != std::string::npos);
    CHECK(text.find("#/due_days_maximum") != std::string::npos);
}

TEST_CASE("a scenario that nobody knows is named in the complaint")
{
    const auto s = sim::load_scenario("doomsday");
    REQUIRE_FALSE(s.has_value());
    CHECK(describe(s.error()).find("doomsday") != std::string::npos);
}
