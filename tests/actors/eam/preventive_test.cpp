#include <catch2/catch.hpp>

#include "tests/actors/eam/maintained_floor.hpp"

using namespace takt;
using namespace std::chrono_literals;
using maintenance_order::order_status;
using test::maintained_floor;
using test::pieces;

TEST_CASE("a plan that is nearly due gets an order, a time in the schedule and a technician, and begins anew when it "
          "is done")
{
    maintained_floor f;
    f.employ_max();
    f.define({f.grease()});
    f.work(8 * 60 + 50);
    CHECK(f.all("maintenance_order").empty());
    REQUIRE(f.wait_for("A-LATHE-1.grease.1", order_status::assigned, 30));
    const auto& order = f.maintenance("A-LATHE-1.grease.1");
    CHECK(order.person == "max");
    CHECK(order.plan == "grease");
    CHECK(f.lathe().plans.at("grease").order == "A-LATHE-1.grease.1");
    CHECK(f.schedule().machines.at("LATHE-1").downtimes.size() == 1);

    f.stock("BAR", "L-BAR", 100);
    f.say("SHAFT", material::replenish{pieces(4), f.host.now() + 6h});
    f.work(10);
    CHECK(f.machine("LATHE-1").jobs.empty()); // it is kept free
    CHECK(f.machine("LATHE-2").jobs.size() == 1);

    f.do_it("A-LATHE-1.grease.1", 20);
    CHECK(order.status == order_status::done);
    CHECK(order.labour_ms == 20min);
    CHECK(f.schedule().machines.at("LATHE-1").downtimes.empty());
    CHECK(f.lathe().orders_done == 1);
    CHECK(f.lathe().plans.at("grease").open_order == 0);
    CHECK(f.host.state<roster::state>({"roster", "maintenance"}).on.empty());
    f.work(8 * 60);
    CHECK(f.all("maintenance_order").size() == 1); // ten hours from when it was done
    CHECK(f.wait_for("A-LATHE-1.grease.2", order_status::assigned, 100));
    CHECK_FALSE(f.host.first_that_differs_from_replay());
}

TEST_CASE("maintenance is done when somebody of the crew is at work")
{
    maintained_floor f;
    f.employ_max_in_the_evening();
    f.define({f.grease()}); // at 06:00; due between 15:00 and the next day
    f.work(9 * 60 + 5);
    REQUIRE(f.maintenance("A-LATHE-1.grease.1").status == order_status::planned);
    REQUIRE(f.maintenance("A-LATHE-1.grease.1").planned_from);
    CHECK(*f.maintenance("A-LATHE-1.grease.1").planned_from >= test::in_hours(12));
    CHECK(f.say("A-LATHE-1.grease.1", maintenance_order::start{"max"}).reason == "not_yet");
}

TEST_CASE("two machines do not wait for the same technician at once")
{
    maintained_floor f;
    f.employ_max();
    f.define({f.grease()});
    asset::define other;
    other.machine = "LATHE-2";
    other.plans = {f.grease()};
    f.say("A-LATHE-2", other);
    f.work(9 * 60 + 2);
    const auto& first = f.schedule().machines.at("LATHE-1").downtimes;
    const auto& second = f.schedule().machines.at("LATHE-2").downtimes;
    REQUIRE(first.size() == 1);
    REQUIRE(second.size() == 1);
    CHECK((first.front().to <= second.front().from || second.front().to <= first.front().from));
}

TEST_CASE("maintenance waits for the job that its machine has not ended")
{
    maintained_floor f;
    f.employ_max();
    auto grease = f.grease();
    grease.every_ms.reset();
    grease.every_runtime_ms = 10min;
    f.define({grease});
    f.stock("BAR", "L-BAR", 100);
    bool begun_beside_a_job = false;
    int done = 0;
    for (int minute = 0; minute < 600 && done < 2; ++minute) {
        if (minute % 30 == 0) f.say("SHAFT", material::replenish{pieces(8), f.host.now() + 1h});
        f.work(1);
        for (const auto& key : f.all("maintenance_order")) {
            const auto order = f.maintenance(std::string(key.key()));
            if (order.status != order_status::assigned) continue;
            if (!f.machine("LATHE-1").jobs.empty()) begun_beside_a_job = true;
            f.say(key.key(), maintenance_order::start{"max"});
            f.say(key.key(), maintenance_order::report_done{"max", "as planned", "", std::nullopt});
            ++done;
        }
    }
    CHECK(done == 2);
    CHECK_FALSE(begun_beside_a_job);
    CHECK(f.violations() == "");
}

TEST_CASE("an order that is cancelled skips its turn")
{
    maintained_floor f;
    f.employ_max();
    f.define({f.grease()});
    REQUIRE(f.wait_for("A-LATHE-1.grease.1", order_status::assigned));
    f.say("A-LATHE-1.grease.1", maintenance_order::cancel{"greased during the repair"});
    CHECK(f.schedule().machines.at("LATHE-1").downtimes.empty());
    CHECK(f.lathe().plans.at("grease").open_order == 0);
    CHECK(f.lathe().orders_done == 0);
    CHECK(f.wait_for("A-LATHE-1.grease.2", order_status::assigned, 600));
}

TEST_CASE("preventive maintenance is ordered once and nothing of it is lost, whatever crashes in between")
{
    const auto seed = GENERATE(range<std::uint64_t>(1, 7));
    runtime::mishaps often;
    often.crash = 0.02;
    often.reorder = 0.3;
    often.duplicate = 0.2;
    often.passivate = 0.05;
    maintained_floor f(seed, often);
    f.employ_max();
    f.spare_part("GREASE", 4);
    auto grease = f.grease();
    grease.parts = {{"GREASE", pieces(1)}};
    f.define({grease});
    f.stock("GREASE", "L-GREASE", 2);
    for (const auto* order : {"A-LATHE-1.grease.1", "A-LATHE-1.grease.2", "A-LATHE-1.grease.3"}) {
        REQUIRE(f.wait_for(order, order_status::assigned, 5000)); // the third part is bought
        f.do_it(order, 15);
    }
    f.work(5);
    CHECK(f.lathe().orders_done == 3);
    CHECK(f.all("maintenance_order").size() == 3);
    CHECK(f.material("GREASE").consumed == pieces(3));
    CHECK(f.schedule().machines.at("LATHE-1").downtimes.empty());
    CHECK(f.violations() == "");
    CHECK_FALSE(f.host.first_that_differs_from_replay());
}

TEST_CASE("a plan needs an interval, and what is due by risk must renew")
{
    maintained_floor f;
    auto wrong = f.grease();
    wrong.every_ms.reset();
    CHECK(f.define({wrong}).reason == "interval_missing");
    wrong.at_risk = 0.3;
    CHECK(f.define({wrong}).reason == "does_not_renew");
    wrong.renews = true;
    wrong.at_risk = 1.5;
    CHECK(f.define({wrong}).reason == "out_of_range");
    CHECK(f.define({f.grease(), f.grease()}).reason == "plan_twice");
    auto parts = f.grease();
    parts.parts = {{"GREASE", pieces(0)}};
    CHECK(f.define({parts}).reason == "not_positive");
    CHECK(f.say("A-LATHE-1", asset::define{"", "", {f.grease()}}).field == "machine");
}
