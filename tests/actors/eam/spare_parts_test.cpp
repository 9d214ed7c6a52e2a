#include <catch2/catch.hpp>

#include "actors/anomaly/anomaly.hpp"
#include "actors/anomaly/playbook.hpp"
#include "tests/actors/eam/maintained_floor.hpp"

using namespace takt;
using namespace std::chrono_literals;
using maintenance_order::order_status;
using test::maintained_floor;
using test::pieces;

namespace {

/// A lathe whose spindle takes a bearing and a belt.
struct spindle_floor : maintained_floor {
    spindle_floor()
    {
        employ_max();
        spare_part("BEARING", 250);
        spare_part("BELT", 30);
        asset::define lathe;
        lathe.machine = "LATHE-1";
        lathe.labour_rate_per_hour = 60;
        lathe.downtime_cost_per_hour = 90;
        lathe.spares = {{"BEARING", pieces(1), {"spindle"}}, {"BELT", pieces(2), {"spindle", "belt"}}};
        say("A-LATHE-1", lathe);
    }
    void break_down()
    {
        say("LATHE-1", machine::report_down{"spindle seized", std::nullopt});
        host.settle();
    }
    const maintenance_order::state& order() { return maintenance("LATHE-1.1.1"); }
    const anomaly::state& the_case()
    {
        return host.state<anomaly::state>({"anomaly", "machine_fault:machine:LATHE-1"});
    }
};

} // namespace

TEST_CASE("a repair reserves what its fault needs, and consumes it when it is done")
{
    spindle_floor f;
    f.stock("BEARING", "L-BEARING", 2);
    f.stock("BELT", "L-BELT", 5);
    f.break_down();
    CHECK(f.order().status == order_status::assigned);
    CHECK(f.order().asset == asset_id("A-LATHE-1"));
    REQUIRE(f.order().parts.size() == 2);
    CHECK(f.order().parts[1].reserved.front().lot == lot_id("L-BELT"));
    f.work(30);
    f.say("LATHE-1.1.1", maintenance_order::start{"max"});
    f.work(60);
    f.say("LATHE-1", machine::report_up{});
    f.say("LATHE-1.1.1",
          maintenance_order::report_done{"max", "bearing", "",
                                         std::vector<eam::part>{{"BEARING", pieces(1)}, {"BELT", pieces(1)}}});
    f.host.settle();
    CHECK(f.material("BEARING").consumed == pieces(1));
    CHECK(f.material("BELT").consumed == pieces(1));
    CHECK(f.material("BELT").demands.empty()); // the other belt is free again
    CHECK(f.order().cost.labour == Approx(60));
    CHECK(f.order().cost.parts == Approx(280));
    CHECK(f.order().cost.downtime == Approx(1.5 * 90)); // it stood from the breakdown
    CHECK(f.lathe().cost.parts == Approx(280));
    CHECK(f.lathe().cost_by_year.at("2026").labour == Approx(60));
    CHECK(f.the_case().cost.parts == Approx(280));
    CHECK(f.violations() == "");
    CHECK_FALSE(f.host.first_that_differs_from_replay());
}

TEST_CASE("a repair whose part is missing says so, has it bought, and goes on when it is there")
{
    spindle_floor f;
    f.stock("BELT", "L-BELT", 5);
    f.break_down();
    CHECK(f.order().status == order_status::waiting_parts);
    CHECK(f.order().missing == std::vector<item_id>{"BEARING"});
    REQUIRE(f.order().parts.front().promised);
    CHECK(*f.order().parts.front().promised == test::in_hours(24));
    CHECK(f.say("LATHE-1.1.1", maintenance_order::start{"max"}).reason == "parts_missing");
    CHECK(f.host.state<roster::state>({"roster", "maintenance"}).on.empty()); // Max does other things meanwhile
    REQUIRE(f.wait_for("LATHE-1.1.1", order_status::assigned));
    CHECK(f.order().parts.front().reserved.front().lot == lot_id("L-PO-BEARING-1-1"));
    CHECK(f.violations() == "");
}

TEST_CASE("a person may have it done without what is missing, or with more")
{
    spindle_floor f;
    f.stock("BELT", "L-BELT", 5);
    f.break_down();
    CHECK(f.say("LATHE-1.1.1", maintenance_order::waive_parts{"max", ""}).field == "reason");
    CHECK(f.say("LATHE-1.1.1", maintenance_order::waive_parts{"max", "the old one is good"}).result ==
          runtime::outcome::accepted);
    CHECK(f.order().status == order_status::assigned);
    CHECK(f.say("LATHE-1.1.1", maintenance_order::waive_parts{"max", "again"}).reason == "nothing_missing");
    f.say("LATHE-1.1.1", maintenance_order::start{"max"});
    f.say("LATHE-1.1.1", maintenance_order::add_part{"max", "BELT", pieces(1)});
    f.host.settle();
    f.say("LATHE-1", machine::report_up{});
    CHECK(f.say("LATHE-1.1.1",
                maintenance_order::report_done{"max", "belts", "", std::vector<eam::part>{{"BELT", pieces(4)}}})
              .reason == "not_reserved");
    f.say("LATHE-1.1.1", maintenance_order::report_done{"max", "belts", "", std::nullopt});
    f.host.settle();
    CHECK(f.material("BELT").consumed == pieces(3));
    CHECK(f.material("BEARING").demands.empty());
    CHECK(f.violations() == "");
}

TEST_CASE("a part that nobody knows is a case for whoever keeps the master data, and is not waited for")
{
    maintained_floor f;
    f.employ_max();
    auto grease = f.grease();
    grease.parts = {{"GRAESE", pieces(1)}};
    f.define({grease});
    REQUIRE(f.wait_for("A-LATHE-1.grease.1", order_status::assigned));
    CHECK(f.maintenance("A-LATHE-1.grease.1").parts.front().left_out);
    CHECK(f.host.state<anomaly::state>({"anomaly", "master_data:maintenance_order:A-LATHE-1.grease.1"}).state ==
          anomaly::case_state::open);
}

TEST_CASE("planned maintenance is put off when its part is taken away before it begins")
{
    maintained_floor f;
    f.employ_max_in_the_evening();
    f.spare_part("GREASE", 4);
    auto grease = f.grease();
    grease.parts = {{"GREASE", pieces(1)}};
    f.define({grease});
    f.stock("GREASE", "L-GREASE", 1);
    REQUIRE(f.wait_for("A-LATHE-1.grease.1", order_status::planned));
    f.say("L-GREASE", lot::block{"contaminated"});
    REQUIRE(f.wait_for("A-LATHE-1.grease.1", order_status::waiting_parts, 1500));
    CHECK(f.schedule().machines.at("LATHE-1").downtimes.empty());
    CHECK(f.wait_for("A-LATHE-1.grease.1", order_status::assigned, 4000)); // when another was bought
}
