#include <catch2/catch.hpp>

#include "tests/actors/plant/floor.hpp"

using namespace takt;
using test::pieces;
using test::shop_floor;

TEST_CASE("half of the safety stock used is an alert, three quarters of it back is its end")
{
    shop_floor f;
    f.stock("BOLT", "L-1", 40);
    auto planning = f.material("BOLT").definition;
    planning.safety_stock = pieces(40);
    f.say("BOLT", planning);
    const auto free_now = [&](std::int64_t amount) {
        f.say("RAW", bin::count{lot_id("L-1"), pieces(amount), "a count"});
        return f.material("BOLT").low;
    };
    CHECK_FALSE(free_now(30));
    CHECK_FALSE(free_now(20));
    CHECK(free_now(19));
    CHECK(free_now(29)); // it does not flutter
    CHECK_FALSE(free_now(30));
}
