#include <catch2/catch.hpp>

#include "tests/actors/plant/floor.hpp"

using namespace takt;
using test::pieces;
using test::shop_floor;

namespace {

/// One job of four shafts, just dispatched to a lathe whose controller the test plays.
struct dispatched_job : shop_floor {
    dispatched_job()
    {
        controllers = false;
        stock("BAR", "L-1", 10);
        say("SHAFT", material::replenish{pieces(4), test::in_hours(6)});
        work_until([&] { return !machine("LATHE-1").jobs.empty() || !machine("LATHE-2").jobs.empty(); }, 30);
        lathe = machine("LATHE-1").jobs.empty() ? "LATHE-2" : "LATHE-1";
        job = mes::ref_of(machine(lathe).jobs.at(0).spec);
    }
    const machine::state& it() { return machine(lathe); }

    std::string lathe;
    mes::run_ref job;
};

} // namespace

TEST_CASE("what a controller reports again changes nothing")
{
    dispatched_job f;
    f.say(f.lathe, machine::confirm_job{f.job});
    const auto once = f.say(f.lathe, machine::report_setup_done{f.job}).revision;
    CHECK(f.say(f.lathe, machine::confirm_job{f.job}).revision == once);
    CHECK(f.say(f.lathe, machine::report_setup_done{f.job}).revision == once);
    const auto counted = f.say(f.lathe, machine::report_progress{f.job, 2, 0}).revision;
    CHECK(f.say(f.lathe, machine::report_progress{f.job, 2, 0}).revision == counted);
}

TEST_CASE("counts that go back or exceed the job are refused")
{
    dispatched_job f;
    f.say(f.lathe, machine::report_progress{f.job, 2, 1});
    CHECK(f.it().jobs.front().phase == machine::job_phase::running); // what was lost on the way is made up for
    const auto back = f.say(f.lathe, machine::report_progress{f.job, 1, 1});
    CHECK(back.reason == "count_went_back");
    CHECK(back.field == "good");
    CHECK(f.say(f.lathe, machine::report_completed{f.job, 4, 1, std::nullopt}).reason == "more_than_ordered");
}

TEST_CASE("a job that ends with fewer pieces is dispatched again for the rest")
{
    dispatched_job f;
    f.say(f.lathe, machine::report_completed{f.job, 3, 0, std::nullopt});
    CHECK(f.say(f.lathe, machine::report_completed{f.job, 3, 0, std::nullopt}).reason == "unknown_job");
    const auto& turning = f.work_order("WO-SHAFT-1").operations.front();
    CHECK(turning.good == pieces(3));
    f.controllers = true;
    CHECK(f.work_until([&] { return f.material("SHAFT").on_hand == pieces(4); }, 200));
    CHECK(f.violations() == "");
}

TEST_CASE("a machine that breaks down gives back what is not begun and declines more")
{
    dispatched_job f;
    const auto other = f.lathe == "LATHE-1" ? "LATHE-2" : "LATHE-1";
    CHECK(f.say(f.lathe, machine::report_down{"", std::nullopt}).reason == "reason_missing");
    f.say(f.lathe, machine::report_down{"spindle", std::nullopt});
    CHECK(f.it().jobs.empty());
    CHECK(f.host.state<takt::operator_::state>({"operator", "ann"}).job == std::nullopt);
    CHECK(f.work_until([&] { return !f.machine(other).jobs.empty(); }, 10));
    CHECK(f.violations() == "");
}

TEST_CASE("a person on a job does not clock out")
{
    dispatched_job f;
    const auto who = f.it().jobs.front().spec.person.text;
    REQUIRE_FALSE(who.empty());
    CHECK(f.say(who, operator_::clock_out{}).reason == "on_a_job");
    f.say("WO-SHAFT-1", work_order::hold{"so that nothing follows"});
    f.say(f.lathe, machine::report_completed{f.job, 4, 0, std::nullopt});
    CHECK(f.say(who, operator_::clock_out{}).result == runtime::outcome::accepted);
}

TEST_CASE("a tag that leaves its limits raises one alarm, and clears it when it has been back for ten minutes")
{
    machine::state s;
    machine::live l;
    s.definition.limits = {{"temperature_celsius", std::nullopt, 80.0}};
    const auto at = [](int seconds) { return test::monday + std::chrono::seconds(seconds); };
    const auto see = [&](double value, int seconds) {
        return machine::observe(l, s, {entity_ref("machine/M"), "temperature_celsius", value, at(seconds)});
    };
    CHECK_FALSE(see(70, 0));
    const auto alarm = see(90, 1);
    REQUIRE(alarm);
    const auto* raised = alarm.as<machine::note_detections>();
    REQUIRE(raised != nullptr);
    REQUIRE(raised->raised.size() == 1);
    CHECK(raised->raised.front().detector == "limit.temperature_celsius");
    CHECK(raised->raised.front().what == "temperature_celsius is 90, high limit 80");
    CHECK_FALSE(see(91, 2));
    CHECK_FALSE(see(70, 3));
    CHECK_FALSE(see(81, 400)); // it swings: still the same alarm
    CHECK_FALSE(see(70, 603));
    const auto over = see(70, 1000);
    REQUIRE(over);
    REQUIRE(over.as<machine::note_detections>() != nullptr);
    CHECK(over.as<machine::note_detections>()->recovered.size() == 1);
    CHECK(l.tags.size() == 1);
    CHECK(l.samples == 7);
}
