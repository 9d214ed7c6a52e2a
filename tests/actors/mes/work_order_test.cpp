#include <catch2/catch.hpp>

#include "tests/actors/plant/floor.hpp"

using namespace takt;
using takt::work_order::work_order_status;
using test::pieces;
using test::shop_floor;

namespace {

/// A work order for four shafts, released and not yet picked.
struct released_order : shop_floor {
    released_order()
    {
        picks = controllers = false;
        stock("BAR", "L-1", 10);
        say("SHAFT", material::replenish{pieces(4), test::in_hours(6)});
    }
    const work_order::state& it() { return work_order("WO-SHAFT-1"); }
};

} // namespace

TEST_CASE("the wrong lot, the wrong bin and too much are not picked")
{
    released_order f;
    f.stock("BAR", "L-2", 10);
    const auto wrong = f.say("WO-SHAFT-1", work_order::confirm_pick{"L-2", "RAW", std::nullopt});
    CHECK(wrong.reason == "wrong_lot");
    CHECK(wrong.field == "lot");
    CHECK(wrong.detail == "lot L-2 is not to be picked; to pick: 2 of L-1 from RAW");
    CHECK(f.say("WO-SHAFT-1", work_order::confirm_pick{"L-1", "DOCK", std::nullopt}).reason == "wrong_bin");
    CHECK(f.say("WO-SHAFT-1", work_order::confirm_pick{"L-1", "RAW", pieces(3)}).reason == "more_than_listed");
    CHECK(f.say("WO-NONE-1", work_order::confirm_pick{"L-1", "RAW", std::nullopt}).reason == "not_created");
    CHECK(f.it().staged.empty());
}

TEST_CASE("a kit that is picked in parts is staged with the last of them")
{
    released_order f;
    f.say("WO-SHAFT-1", work_order::confirm_pick{"L-1", "RAW", pieces(1)});
    CHECK(f.it().status == work_order_status::released);
    f.say("WO-SHAFT-1", work_order::confirm_pick{"L-1", "RAW", std::nullopt});
    CHECK(f.it().status == work_order_status::staged);
    CHECK(f.it().operations.front().status == mes::operation_status::ready);
    CHECK(f.violations() == "");
}

TEST_CASE("a cancelled work order gives its components back, and one that is still needed is made anew")
{
    released_order f;
    f.picks = true;
    f.place("O-1", "GEAR", 2, test::in_hours(60));
    f.say("WO-SHAFT-1", work_order::confirm_pick{"L-1", "RAW", std::nullopt});
    CHECK(f.say("WO-SHAFT-1", work_order::cancel{""}).reason == "reason_missing");
    f.say("WO-SHAFT-1", work_order::cancel{"wrong drawing"});
    CHECK(f.it().status == work_order_status::cancelled);
    CHECK(f.host.state<bin::state>({"bin", "LINE"}).contents.at("L-1").reserved.empty());
    CHECK(f.say("WO-SHAFT-1", work_order::cancel{"again"}).reason == "already_cancelled");
    f.controllers = true;
    CHECK(f.work_until([&] { return f.order("O-1").status == order::order_status::shipped; }));
    CHECK(f.violations() == "");
}

TEST_CASE("a work order that is begun is cancelled no more")
{
    released_order f;
    f.picks = f.controllers = true;
    REQUIRE(f.work_until([&] { return f.it().status == work_order_status::in_progress; }, 60));
    CHECK(f.say("WO-SHAFT-1", work_order::cancel{"too late"}).reason == "already_begun");
}

TEST_CASE("a work order is split: a part of its pieces is made beside it, and no more is made than before")
{
    released_order f;
    f.say("WO-SHAFT-1", work_order::split{pieces(1)});
    CHECK(f.it().quantity == pieces(3));
    CHECK(f.it().operations.back().quantity == pieces(3));
    REQUIRE(f.work_order("WO-SHAFT-2").quantity == pieces(1));
    CHECK(f.work_order("WO-SHAFT-2").due == f.it().due);
    CHECK(f.material("SHAFT").supplies.size() == 2);
    CHECK(f.it().components.front().required == quantity{3 * 500});
    CHECK(f.work_order("WO-SHAFT-2").status == work_order_status::released);
    f.picks = f.controllers = true;
    f.work(600);
    CHECK(f.material("SHAFT").on_hand == pieces(4));
    CHECK(f.violations() == "");
}

TEST_CASE("of a work order that is staged a part can still be split off; what it has too much goes back")
{
    released_order f;
    f.say("WO-SHAFT-1", work_order::confirm_pick{"L-1", "RAW", std::nullopt});
    REQUIRE(f.it().status == work_order_status::staged);
    f.say("WO-SHAFT-1", work_order::split{pieces(2)});
    CHECK(f.it().status == work_order_status::staged);
    CHECK(f.it().quantity == pieces(2));
    f.picks = f.controllers = true;
    f.work(600);
    CHECK(f.material("SHAFT").on_hand == pieces(4));
    CHECK(f.violations() == "");
}

TEST_CASE("what cannot be split is refused, with the reason")
{
    released_order f;
    CHECK(f.say("WO-SHAFT-1", work_order::split{quantity{1500}}).reason == "not_whole");
    CHECK(f.say("WO-SHAFT-1", work_order::split{pieces(4)}).reason == "nothing_left");
    CHECK(f.say("WO-SHAFT-9", work_order::split{pieces(1)}).reason == "not_created");
    f.picks = f.controllers = true;
    f.work_until([&] { return f.it().status == work_order_status::in_progress; });
    CHECK(f.say("WO-SHAFT-1", work_order::split{pieces(1)}).reason == "already_begun");
}

TEST_CASE("nothing of a held work order is dispatched until it is resumed")
{
    released_order f;
    f.say("WO-SHAFT-1", work_order::hold{"drawing in doubt"});
    f.picks = f.controllers = true;
    f.work(30);
    CHECK(f.it().operations.front().status == mes::operation_status::ready);
    f.say("WO-SHAFT-1", work_order::resume{});
    CHECK(f.work_until([&] { return f.it().status == work_order_status::completed; }, 120));
    CHECK(f.violations() == "");
}

TEST_CASE("a work order knows its parents, its labour and its times when it is done")
{
    released_order f;
    f.picks = f.controllers = true;
    REQUIRE(f.work_until([&] { return f.it().status == work_order_status::completed; }, 120));
    REQUIRE(f.it().consumed.size() == 1);
    CHECK(f.it().consumed.front().lot == "L-1");
    CHECK(f.lot("L-WO-SHAFT-1").parents.front().quantity == pieces(2));
    const auto& turning = f.it().operations.front();
    CHECK(turning.run_ms >= std::chrono::minutes(8));
    CHECK(turning.setup_ms >= std::chrono::minutes(5));
    CHECK(turning.labour_ms >= std::chrono::minutes(13));
    CHECK(turning.energy_kwh == Approx(1.5));
}
