#include <catch2/catch.hpp>

#include "actors/kinds.hpp"
#include "actors/mes/schedule.hpp"
#include "actors/mes/work_order.hpp"
#include "gateways/http/promise.hpp"
#include "gateways/http/why.hpp"
#include "sim/virtual_plant.hpp"
#include "tests/gateways/plant/two_areas.hpp"

using namespace takt;
using namespace takt::sim;
using namespace std::chrono_literals;

namespace {

/// Half a day of gearworks, its parts and its units planned apart.
struct half_a_day {
    half_a_day()
    {
        plant.define();
        plant.run_for(12h);
    }

    const schedule::state& schedule(const char* area)
    {
        return plant.node().host().state<schedule::state>(entity_ref("schedule", area));
    }
    http::state_reader reader()
    {
        return [this](const entity_ref& e) {
            auto seen = plant.node().view(e);
            return seen.revision == 0 ? std::string() : seen.state;
        };
    }

    kind_registry kinds = all_kinds();
    virtual_plant plant{kinds, test::gearworks_in_two_areas(), {}, *parse_rfc3339("2026-01-12T05:00:00Z")};
};

} // namespace

TEST_CASE("two areas plan for themselves, and what one makes comes to the other as material")
{
    half_a_day day;
    const auto& parts = day.schedule("machining");
    const auto& units = day.schedule("assembly");
    CHECK(parts.plan_number > 10);
    CHECK(units.plan_number > 10);
    CHECK(parts.machines.size() + units.machines.size() == 40);
    CHECK(parts.people.size() + units.people.size() == 60);
    for (const auto& [key, job] : parts.jobs) CHECK(units.jobs.count(key) == 0);
    CHECK(day.plant.node().list("dead_letter", {}, 10, {}).empty());
    const auto shipped = day.plant.node().list(
        "order", {}, 10'000, [](const runtime::row& r) { return r.state->at("status").as_string() == "shipped"; });
    CHECK(shipped.size() >= 15);
}

TEST_CASE("a promise and its reasons go through both areas")
{
    half_a_day day;
    http::promise_question question;
    question.product = "GR-40";
    question.quantity = quantity::of(400);
    const auto answer = http::promise(question, day.plant.node().now(), day.reader());
    REQUIRE(answer.possible);
    bool part_made = false, unit_made = false;
    for (const auto& s : answer.steps) {
        part_made = part_made || (s.how == "make" && s.item == item_id("IS-40"));
        unit_made = unit_made || (s.how == "make" && s.item == item_id("GR-40"));
    }
    CHECK(part_made);
    CHECK(unit_made);
    const auto late = day.schedule("machining").jobs.begin()->first;
    CHECK_FALSE(http::why(entity_ref("work_order", late.text), day.plant.node().now(), day.reader()).steps.empty());
}
