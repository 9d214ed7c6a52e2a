#include <catch2/catch.hpp>

#include "tests/actors/plant/floor.hpp"

using namespace takt;
using test::pieces;
using test::shop_floor;

namespace {

bin::content in_bin(shop_floor& f, const std::string& bin, const std::string& lot)
{
    const auto& all = f.host.state<bin::state>({"bin", bin}).contents;
    const auto found = all.find(lot_id(lot));
    return found == all.end() ? bin::content{} : found->second;
}

} // namespace

TEST_CASE("a bin gives no more than it has, and says how much that is")
{
    shop_floor f;
    f.stock("BAR", "L-1", 10);
    const auto answer = f.say("RAW", bin::transfer{"L-1", pieces(11), "DOCK"});
    CHECK(answer.reason == "not_enough_stock");
    CHECK(answer.detail == "11 asked for, 10 there");
    CHECK(answer.field == "quantity");
    CHECK(f.say("RAW", bin::transfer{"L-2", pieces(1), "DOCK"}).reason == "lot_not_here");
    CHECK(f.say("RAW", bin::transfer{"L-1", pieces(0), "DOCK"}).reason == "not_positive");
    CHECK(f.say("RAW", bin::transfer{"L-1", pieces(1), "RAW"}).reason == "same_bin");
    CHECK(f.say("RAW", bin::transfer{"L-1", pieces(1), "no bin"}).reason == "invalid_key");
    CHECK(in_bin(f, "RAW", "L-1").quantity == pieces(10));
    CHECK(f.violations() == "");
}

TEST_CASE("a transfer takes allocated stock along, and its demand hears of it")
{
    shop_floor f;
    f.ships = false;
    f.stock("GEAR", "L-1", 5, "FINISHED");
    f.place("O-1", "GEAR", 4, test::in_hours(8));
    f.say("FINISHED", bin::transfer{"L-1", pieces(3), "DOCK"});
    quantity at_dock;
    for (const auto& r : f.order("O-1").reservations)
        if (r.bin == "DOCK") at_dock += r.quantity;
    CHECK(at_dock == pieces(2)); // one was free and moved first
    f.say("O-1", order::ship{});
    CHECK(f.order("O-1").shipped == pieces(4));
    CHECK(f.violations() == "");
}

TEST_CASE("a count books the difference with its reason on bin, lot and ledger")
{
    shop_floor f;
    f.stock("BAR", "L-1", 10);
    f.say("RAW", bin::count{"L-1", pieces(8), "two are missing"});
    CHECK(in_bin(f, "RAW", "L-1").quantity == pieces(8));
    CHECK(f.lot("L-1").adjusted == pieces(-2));
    CHECK(f.material("BAR").adjusted == pieces(-2));
    f.say("RAW", bin::count{"L-1", pieces(8), "again"});
    CHECK(f.lot("L-1").adjusted == pieces(-2));
    CHECK(f.say("RAW", bin::count{"L-1", pieces(-1), ""}).reason == "negative");
    CHECK(f.violations() == "");
}

TEST_CASE("a count that misses allocated stock takes it from its order and has it made anew")
{
    shop_floor f;
    f.ships = false;
    f.stock("GEAR", "L-1", 4, "FINISHED");
    f.place("O-1", "GEAR", 4, test::in_hours(8));
    f.say("FINISHED", bin::count{"L-1", pieces(3), "one is missing"});
    CHECK(f.order("O-1").allocated == pieces(3));
    CHECK(f.all("work_order").size() >= 1);
    CHECK(f.violations() == "");
}

TEST_CASE("what is staged for a work order is neither moved nor counted away nor thrown away")
{
    shop_floor f;
    f.controllers = false;
    f.stock("BAR", "L-1", 10);
    f.say("SHAFT", material::replenish{pieces(4), test::in_hours(6)});
    f.work(2);
    REQUIRE(in_bin(f, "LINE", "L-1").quantity == pieces(2));
    const auto answer = f.say("LINE", bin::transfer{"L-1", pieces(1), "RAW"});
    CHECK(answer.reason == "not_enough_stock");
    CHECK(answer.detail == "1 asked for, 2 there, of which 2 is staged");
    CHECK(f.say("LINE", bin::count{"L-1", pieces(1), ""}).reason == "stock_is_staged");
    CHECK(f.say("LINE", bin::scrap{"L-1", pieces(1), "bent"}).reason == "not_enough_stock");
}

TEST_CASE("a damaged amount that is thrown away is scrap of its lot")
{
    shop_floor f;
    f.stock("BAR", "L-1", 10);
    f.say("RAW", bin::scrap{"L-1", {1500}, "bent"});
    CHECK(f.lot("L-1").scrapped == quantity{1500});
    CHECK(f.material("BAR").scrapped == quantity{1500});
    CHECK(f.lot("L-1").on_hand == quantity{8500});
    CHECK(f.violations() == "");
}
