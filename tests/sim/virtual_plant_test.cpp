#include "sim/virtual_plant.hpp"

#include <catch2/catch.hpp>

#include "actors/kinds.hpp"
#include "gateways/plant/plant_file.hpp"
#include "messages/erp/order.hpp"
#include "runtime/caf_node.hpp"
#include "tests/support.hpp"

using namespace takt;
using namespace takt::sim;
using namespace std::chrono_literals;

namespace {

const instant monday_six = *parse_rfc3339("2026-01-12T05:00:00Z"); // 06:00 in Berlin

plant::file gearworks() { return plant::load(test::source_path("plants/gearworks.json")).value(); }

std::map<std::string, std::string> states(virtual_plant& plant)
{
    std::map<std::string, std::string> all;
    for (const auto& e : plant.node().host().entities()) all[e.path()] = plant.node().view(e).state;
    return all;
}

std::size_t count(virtual_plant& plant, std::string_view kind, const std::string& member, std::string_view value)
{
    return plant.node()
        .list(kind, {}, 10'000, [&](const runtime::row& r) { return r.state->at(member).as_string() == value; })
        .size();
}

} // namespace

TEST_CASE("a day of a whole plant passes in moments: orders are made and shipped, and nothing is a dead letter")
{
    const auto kinds = all_kinds();
    virtual_plant plant(kinds, gearworks(), {}, monday_six);
    plant.define();
    plant.run_for(12h);
    CHECK(count(plant, "order", "status", "shipped") >= 20);
    CHECK(count(plant, "work_order", "status", "completed") >= 50);
    CHECK(plant.counted().jobs_ended > 200);
    CHECK(plant.node().list("dead_letter", {}, 10, {}).empty());
    CHECK(plant.node().now() == monday_six + 12h);
}

TEST_CASE("the same seed makes the same day to the last event, another one another day")
{
    const auto kinds = all_kinds();
    scenario other;
    other.seed = 2;
    virtual_plant one(kinds, gearworks(), {}, monday_six), again(kinds, gearworks(), {}, monday_six),
        different(kinds, gearworks(), other, monday_six);
    for (auto* p : {&one, &again, &different}) {
        p->define();
        p->run_for(4h);
    }
    CHECK(states(one) == states(again));
    CHECK(states(one) != states(different));
}

TEST_CASE("a virtual plant goes on where a node was, and the node's order stays open")
{
    const auto kinds = all_kinds();
    const auto plant = gearworks();
    test::temporary_folder folder;
    runtime::node_options options;
    options.directory = folder.path() / "data";
    options.plant_start = monday_six;
    runtime::caf_node node(kinds, options);
    for (auto& definition : plant::definitions(plant)) node.ask(std::move(definition));
    order::place wanted{customer_id(plant.customers.front().key), item_id(plant.demand.front().product),
                        quantity::of(5), monday_six + 72h, 5};
    REQUIRE(node.ask({entity_ref("order", "SO-1"), make_message(wanted), {}, 0, 0, {}}).revision > 0);
    REQUIRE(node.settle(20s));

    scenario how;
    how.orders_per_day = 0;
    how.opening_orders = 0;
    virtual_plant copy(kinds, plant, how, node.copy());
    CHECK(copy.node().view(entity_ref("order", "SO-1")).revision > 0);
    copy.run_for(48h);
    CHECK(count(copy, "order", "status", "shipped") == 1);
    CHECK(
        node.list("order", {}, 10, [](const runtime::row& r) { return r.state->at("status").as_string() == "shipped"; })
            .empty());
}
