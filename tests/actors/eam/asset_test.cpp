#include <catch2/catch.hpp>

#include "tests/actors/eam/maintained_floor.hpp"

using namespace takt;
using namespace std::chrono_literals;
using eam::life_state;
using maintenance_order::order_status;
using test::maintained_floor;
using test::pieces;

namespace {

constexpr milliseconds hour{3'600'000};

} // namespace

TEST_CASE("an asset goes from its purchase to the scrap yard, step by step")
{
    maintained_floor f;
    asset::define press;
    press.machine = "LATHE-1";
    press.life = life_state::planned;
    press.plans = {f.grease()};
    f.say("A-LATHE-1", press);
    const auto enter = [&](life_state to) { return f.say("A-LATHE-1", asset::change_life{to, "kaya", ""}); };
    CHECK(enter(life_state::in_service).reason == "illegal_transition");
    CHECK(enter(life_state::scrapped).reason == "illegal_transition");
    for (const auto to : {life_state::purchased, life_state::installed})
        CHECK(enter(to).result == runtime::outcome::accepted);
    f.work(20 * 60);
    CHECK(f.all("maintenance_order").empty()); // nothing is due of what does not run
    CHECK(enter(life_state::in_service).result == runtime::outcome::accepted);
    f.employ_max();
    CHECK(f.wait_for("A-LATHE-1.grease.1", order_status::assigned, 60));
    CHECK(enter(life_state::scrapped).reason == "illegal_transition");
    CHECK(f.say("A-LATHE-1", asset::change_life{life_state::out_of_service, "", ""}).field == "by");
    CHECK(enter(life_state::out_of_service).result == runtime::outcome::accepted);
    CHECK(f.machine("LATHE-1").blocked);
    CHECK(enter(life_state::in_service).result == runtime::outcome::accepted);
    CHECK_FALSE(f.machine("LATHE-1").blocked);
    enter(life_state::out_of_service);
    CHECK(enter(life_state::scrapped).result == runtime::outcome::accepted);
    CHECK(f.maintenance("A-LATHE-1.grease.1").status == order_status::cancelled);
    CHECK(f.lathe().lifetime.size() == 8);
    CHECK(enter(life_state::in_service).reason == "illegal_transition");
}

TEST_CASE("what a machine costs is the cost of the line and of the site that it is a part of")
{
    maintained_floor f;
    f.employ_max();
    asset::define site;
    site.level = eam::asset_level::site;
    f.say("SITE", site);
    asset::define line;
    line.level = eam::asset_level::work_center;
    line.parent = asset_id("SITE");
    f.say("LINE", line);
    asset::define lathe;
    lathe.machine = "LATHE-1";
    lathe.parent = asset_id("LINE");
    lathe.labour_rate_per_hour = 60;
    lathe.plans = {f.grease()};
    f.say("A-LATHE-1", lathe);
    REQUIRE(f.wait_for("A-LATHE-1.grease.1", order_status::assigned));
    f.do_it("A-LATHE-1.grease.1", 30);
    f.host.settle();
    for (const auto* key : {"A-LATHE-1", "LINE", "SITE"})
        CHECK(f.host.state<asset::state>({"asset", key}).cost.labour == Approx(30));
    site.parent = asset_id("SITE");
    CHECK(f.say("SITE", site).reason == "part_of_itself");
}

TEST_CASE("mean times are busy time and time down over failures")
{
    maintained_floor f;
    f.define({});
    const auto tell = [&](auto command) {
        f.host.tell("A-LATHE-1", command);
        f.host.settle();
    };
    tell(asset::add_usage{100 * hour, 500});
    CHECK_FALSE(f.lathe().mean_time_between_failures_ms);
    tell(asset::note_breakdown{"spindle"});
    tell(asset::note_repaired{2 * hour});
    tell(asset::add_usage{60 * hour, 300});
    tell(asset::note_breakdown{"spindle"});
    tell(asset::note_repaired{4 * hour});
    CHECK(*f.lathe().mean_time_between_failures_ms == Approx(80 * hour.count())); // FE, not FE + 1
    CHECK(*f.lathe().mean_time_to_repair_ms == Approx(3 * hour.count()));
    CHECK(*f.lathe().availability == Approx(80.0 / 83));
}

TEST_CASE("what to expect of a machine comes from its own failures once there are three")
{
    maintained_floor f;
    asset::define lathe;
    lathe.machine = "LATHE-1";
    lathe.expected_life = eam::expected_life{1.5, 1000 * hour};
    f.say("A-LATHE-1", lathe);
    REQUIRE(f.lathe().forecast);
    CHECK(f.lathe().forecast->failures == 0);
    CHECK(f.lathe().forecast->scale_ms == 1000 * hour);
    for (const int ran : {90, 110, 100}) {
        f.host.tell("A-LATHE-1", asset::add_usage{ran * hour, 0});
        f.host.tell("A-LATHE-1", asset::note_breakdown{"spindle"});
        f.host.settle();
    }
    CHECK(f.lathe().forecast->failures == 3);
    CHECK(f.lathe().forecast->shape > 5); // they were much alike
    CHECK(f.lathe().forecast->scale_ms > 95 * hour);
    CHECK(f.lathe().forecast->scale_ms < 110 * hour);
    const auto fresh = f.lathe().forecast->failure_within_24h;
    f.host.tell("A-LATHE-1", asset::add_usage{90 * hour, 0});
    f.host.settle();
    CHECK(f.lathe().forecast->failure_within_24h > 10 * fresh);
    CHECK(f.lathe().forecast->remaining_life_ms < 30 * hour);
    CHECK_FALSE(f.host.first_that_differs_from_replay());
}

TEST_CASE("a plan is due when a failure has become likely, before its interval is over")
{
    maintained_floor f;
    f.employ_max();
    auto overhaul = f.grease();
    overhaul.key = "overhaul";
    overhaul.every_ms.reset();
    overhaul.every_runtime_ms = 1000 * hour;
    overhaul.renews = true;
    overhaul.at_risk = 0.2;
    asset::define lathe;
    lathe.machine = "LATHE-1";
    lathe.expected_life = eam::expected_life{3, 300 * hour};
    lathe.plans = {overhaul};
    f.say("A-LATHE-1", lathe);
    const auto run = [&](int hours) {
        f.host.tell("A-LATHE-1", asset::add_usage{hours * hour, 0});
        f.host.settle();
    };
    run(100);
    CHECK(f.all("maintenance_order").empty());
    run(180); // of what has run for 280 h, 20 % fail within a day
    REQUIRE(f.wait_for("A-LATHE-1.overhaul.1", order_status::assigned));
    CHECK(f.maintenance("A-LATHE-1.overhaul.1").priority == anomaly::severity::warning);
    f.do_it("A-LATHE-1.overhaul.1", 20);
    f.host.settle();
    CHECK(f.lathe().age_ms == milliseconds{0});
    CHECK(f.lathe().lives.size() == 1);
    CHECK_FALSE(f.lathe().lives.front().failed); // it was censored, not failed
    CHECK(f.lathe().forecast->failure_within_24h < 0.01);
    run(10);
    CHECK(f.all("maintenance_order").size() == 1);
}
