#include <catch2/catch.hpp>

#include "actors/crm/customer.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;
using namespace std::chrono_literals;
using takt::order::order_status;
using test::pieces;
using test::shop_floor;

namespace {

order::reserve two_gears(milliseconds kept = 24h) { return {"C-1", "GEAR", pieces(2), test::in_hours(8), 5, kept}; }

} // namespace

TEST_CASE("what is reserved is set aside, but neither shipped nor an order yet")
{
    shop_floor f;
    f.stock("GEAR", "L-1", 3, "FINISHED");
    CHECK(f.say("O-1", two_gears()).result == runtime::outcome::accepted);
    f.work(5);
    CHECK(f.order("O-1").status == order_status::reserved);
    CHECK(f.order("O-1").allocated == pieces(2));
    CHECK(f.say("O-1", order::ship{}).reason == "not_confirmed");
    CHECK(f.host.state<customer::state>({"customer", "C-1"}).open.empty());
    CHECK(f.say("O-1", two_gears()).reason == "already_placed");
    CHECK(f.say("O-2", two_gears(1s)).reason == "out_of_range");
    CHECK_FALSE(f.host.first_that_differs_from_replay());
}

TEST_CASE("a reservation that is confirmed is an order like any other")
{
    shop_floor f;
    f.say("O-1", two_gears());
    CHECK(f.say("O-1", order::confirm{}).result == runtime::outcome::accepted);
    CHECK(f.say("O-1", order::confirm{}).result == runtime::outcome::accepted); // said again
    CHECK(f.order("O-1").status == order_status::open);
    CHECK_FALSE(f.order("O-1").expires);
    CHECK(f.host.state<customer::state>({"customer", "C-1"}).open.size() == 1);
    CHECK(f.work_until([&] { return f.order("O-1").status == order_status::shipped; }));
    CHECK(f.violations() == "");
}

TEST_CASE("a reservation that nobody confirms in time is free again")
{
    shop_floor f;
    f.stock("GEAR", "L-1", 2, "FINISHED");
    f.say("O-1", two_gears(30min));
    f.work(29);
    CHECK(f.order("O-1").status == order_status::reserved);
    f.work(2);
    CHECK(f.order("O-1").status == order_status::cancelled);
    CHECK(f.order("O-1").reason == "reservation_expired");
    CHECK(f.material("GEAR").demands.empty());
    CHECK(f.say("O-1", order::confirm{}).reason == "already_cancelled");
    f.place("O-2", "GEAR", 2, test::in_hours(8));
    CHECK(f.work_until([&] { return f.order("O-2").status == order_status::shipped; }, 60));
    CHECK(f.violations() == "");
}
