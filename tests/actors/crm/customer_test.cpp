#include <catch2/catch.hpp>

#include "actors/crm/customer.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;
using test::pieces;
using test::shop_floor;

namespace {

const customer::state& served(shop_floor& f)
{
    const auto all = f.all("customer");
    REQUIRE(all.size() == 1);
    return f.host.state<customer::state>(all.front());
}

} // namespace

TEST_CASE("a customer sees what is open for them, its promise, and how well they were served")
{
    shop_floor f;
    f.stock("GEAR", "L-1", 3, "FINISHED");
    f.ships = false;
    f.place("O-1", "GEAR", 2, test::in_hours(8));
    f.work(2);
    REQUIRE(served(f).open.count(order_id("O-1")) == 1);
    CHECK(served(f).open.at(order_id("O-1")).promised.has_value());
    f.ships = true;
    REQUIRE(f.work_until([&] { return served(f).open.empty(); }, 120));
    CHECK(served(f).shipped_on_time == 1);
    CHECK(served(f).shipped_late == 0);
}

TEST_CASE("a shipment after the due date counts as late")
{
    shop_floor f;
    f.stock("GEAR", "L-1", 3, "FINISHED");
    f.ships = false;
    f.place("O-1", "GEAR", 2, test::in_hours(1));
    f.work(90);
    f.ships = true;
    REQUIRE(f.work_until([&] { return served(f).open.empty(); }, 120));
    CHECK(served(f).shipped_late == 1);
    CHECK(served(f).shipped_on_time == 0);
}
