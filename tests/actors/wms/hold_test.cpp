#include <catch2/catch.hpp>

#include "tests/actors/plant/floor.hpp"

/// A lot that may not be used stays where it is, whatever was under way when that was said.
using namespace takt;
using test::pieces;
using test::shop_floor;

namespace {

bool holds(shop_floor& f, const std::string& bin, const std::string& lot)
{
    const auto& held = f.host.state<bin::state>({"bin", bin}).held;
    return std::find(held.begin(), held.end(), lot_id(lot)) != held.end();
}

void ship_from(shop_floor& f, const std::string& bin, const std::string& lot, std::int64_t amount)
{
    f.host.tell(bin, bin::issue{lot_id(lot), pieces(amount), wms::issue_purpose::ship, {"order", "O-1"}, 1, {}, {}});
    f.host.settle();
}

} // namespace

TEST_CASE("a bin gives nothing of a blocked lot to a customer, and does when it is free again")
{
    shop_floor f;
    f.ships = false;
    f.stock("GEAR", "L-1", 5, "FINISHED");
    f.place("O-1", "GEAR", 5, test::in_hours(8));
    f.say("L-1", lot::block{"a scratch"});
    CHECK(holds(f, "FINISHED", "L-1"));
    ship_from(f, "FINISHED", "L-1", 5);
    CHECK(f.lot("L-1").shipped == pieces(0));
    f.say("L-1", lot::unblock{"polished"});
    CHECK_FALSE(holds(f, "FINISHED", "L-1"));
    f.say("O-1", order::ship{});
    CHECK(f.order("O-1").shipped == pieces(5));
    CHECK(f.violations() == "");
}

TEST_CASE("a lot that is put elsewhere while it is blocked is held there too")
{
    shop_floor f;
    f.stock("BAR", "L-1", 10);
    f.say("L-1", lot::block{"wrong steel"});
    CHECK(f.say("RAW", bin::transfer{"L-1", pieces(4), "DOCK"}).result == runtime::outcome::accepted);
    CHECK(holds(f, "DOCK", "L-1"));
    CHECK(f.lot("L-1").held_in.size() == 2);
    f.say("L-1", lot::unblock{"right steel"});
    CHECK_FALSE(holds(f, "RAW", "L-1"));
    CHECK_FALSE(holds(f, "DOCK", "L-1"));
}

TEST_CASE("a shipment that meets a block on its way stays, and the order gets other stock")
{
    shop_floor f;
    f.ships = false;
    f.stock("GEAR", "L-1", 5, "FINISHED");
    f.place("O-1", "GEAR", 5, test::in_hours(8));
    f.host.tell("FINISHED", bin::hold{"L-1"}); // the bin knows before the order does
    f.host.settle();
    f.say("O-1", order::ship{});
    CHECK(f.order("O-1").shipped == pieces(0));
    REQUIRE(f.order("O-1").reservations.size() == 1);
    CHECK(f.order("O-1").reservations.front().shipment == 0); // to be shipped again, or withdrawn
    f.say("L-1", lot::block{"a scratch"});
    CHECK(f.order("O-1").reservations.empty());
    f.stock("GEAR", "L-2", 5, "FINISHED");
    f.say("O-1", order::ship{});
    CHECK(f.order("O-1").shipped == pieces(5));
    CHECK(f.violations() == "");
}

TEST_CASE("a pick that meets a block on its way is declined, and another lot is picked")
{
    shop_floor f;
    f.picks = false;
    f.stock("BAR", "L-1", 100);
    f.say("SHAFT", material::replenish{pieces(10), test::in_hours(8)});
    const auto wo = f.all("work_order").front();
    const auto key = std::string(wo.key());
    REQUIRE(f.work_order(key).to_pick.size() == 1);
    f.host.tell("RAW", bin::hold{"L-1"});
    f.host.settle();
    f.say(key, work_order::confirm_pick{"L-1", "RAW", std::nullopt});
    CHECK(f.work_order(key).picking.empty());
    CHECK(f.work_order(key).staged.empty());
    f.say("L-1", lot::block{"wrong steel"});
    CHECK(f.work_order(key).to_pick.empty());
    f.stock("BAR", "L-2", 100);
    REQUIRE(f.work_order(key).to_pick.size() == 1);
    CHECK(f.work_order(key).to_pick.front().lot == lot_id("L-2"));
    CHECK(f.violations() == "");
}

TEST_CASE("a component that is held when the work begins does not go in; another does, or the same when it is free")
{
    const bool stays_held = GENERATE(true, false);
    shop_floor f;
    f.stock("BAR", "L-1", 100);
    f.say("SHAFT", material::replenish{pieces(10), test::in_hours(8)});
    const auto key = std::string(f.all("work_order").front().key());
    f.controllers = false;
    REQUIRE(f.work_until([&] { return !f.work_order(key).staged.empty(); }));
    f.host.tell("LINE", bin::hold{"L-1"});
    f.host.settle();
    f.controllers = true;
    f.work_until([&] { return f.work_order(key).status == work_order::work_order_status::in_progress; });
    CHECK(f.work_order(key).consumed.empty());
    CHECK(f.lot("L-1").consumed == pieces(0));
    if (stays_held) {
        f.say("L-1", lot::block{"wrong steel"});
        CHECK(f.work_order(key).staged.empty());
        f.stock("BAR", "L-2", 100);
    } else {
        f.host.tell("LINE", bin::release{"L-1"});
    }
    REQUIRE(f.work_until([&] { return f.work_order(key).lot.has_value(); }));
    REQUIRE(f.work_order(key).consumed.size() == 1);
    CHECK(f.work_order(key).consumed.front().lot == lot_id(stays_held ? "L-2" : "L-1"));
    CHECK(f.violations() == "");
}
