#include <catch2/catch.hpp>

#include "tests/sim/whole_plant.hpp"

using namespace takt;
using namespace std::chrono_literals;
using sim::test::whole_plant;

namespace {

std::string report(const sim::figures& f)
{
    return std::to_string(f.orders_placed) + " orders, " + std::to_string(f.picks) + " picks, " +
           std::to_string(f.jobs_ended) + " jobs, " + std::to_string(f.pieces) + " pieces, " + std::to_string(f.scrap) +
           " scrap, " + std::to_string(f.inspections) + " inspections, " + std::to_string(f.shipments) +
           " shipments, " + std::to_string(f.requests_refused) + " refused requests, " +
           std::to_string(f.reports_refused) + " refused reports";
}

} // namespace

TEST_CASE("orders that customers place are made and shipped, by people and machines that use the doors only")
{
    sim::scenario how;
    how.seed = 7;
    how.scrap_factor = 4;
    how.process_defect_rate = 0.02;
    whole_plant plant(900, how);
    INFO("seed " << how.seed);

    CHECK(plant.comes([&] { return plant.world().counted().clock_ins >= 15; }, 60s));
    const bool flows = plant.comes(
        [&] {
            return plant.count("orders?status=shipped") >= 8 && plant.count("work_orders?status=completed") >= 8 &&
                   plant.world().counted().scrap > 0;
        },
        150s);
    INFO(report(plant.world().counted()));
    CHECK(flows);
    CHECK(plant.world().counted().inspections > 0);
    CHECK(plant.count("dead_letters") == 0);
}

TEST_CASE("a plant that was stopped in the middle of its work goes on after a restart")
{
    sim::scenario how;
    how.seed = 8;
    whole_plant plant(600, how);
    INFO("seed " << how.seed);
    REQUIRE(plant.comes([&] { return plant.world().counted().machines_running >= 5; }, 120s));
    const auto orders = plant.count("orders");
    const auto completed = plant.count("work_orders?status=completed");

    plant.restart();
    CHECK(plant.comes([&] { return plant.world().counted().machines_running >= 3; }, 60s));
    CHECK(plant.comes([&] { return plant.count("work_orders?status=completed") > completed; }, 120s));
    INFO(report(plant.world().counted()));
    CHECK(plant.count("orders") >= orders);
    CHECK(plant.world().counted().reports_refused == 0);
    CHECK(plant.count("dead_letters") == 0);
}
