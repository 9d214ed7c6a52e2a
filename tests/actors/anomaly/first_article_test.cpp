#include <catch2/catch.hpp>

#include "actors/anomaly/anomaly.hpp"
#include "tests/actors/eam/maintained_floor.hpp"

using namespace takt;
using namespace std::chrono_literals;
using anomaly::case_state;
using anomaly::stage;
using anomaly::step_kind;
using test::pieces;

namespace {

/// A lathe that has been repaired, and has work.
struct repaired_lathe : test::maintained_floor {
    const std::string key = "machine_fault:machine:LATHE-1";

    repaired_lathe()
    {
        employ_max();
        say("LATHE-1", machine::report_down{"spindle seized", std::nullopt});
        repair("LATHE-1.1.1");
    }
    void repair(const std::string& order)
    {
        host.settle();
        say(order, maintenance_order::start{"max"});
        host.advance(20min);
        say("LATHE-1", machine::report_up{});
        say(order, maintenance_order::report_done{"max", "bearing", "", std::nullopt});
        host.settle();
    }
    const anomaly::state& it() { return host.state<anomaly::state>({"anomaly", key}); }
    bool make_a_piece()
    {
        stock("BAR", "L-" + std::to_string(it().first_articles), 100);
        for (int i = 0; i < 4; ++i) say("SHAFT", material::replenish{pieces(10), host.now() + 4h});
        const auto before = it().first_articles;
        return work_until([&] { return it().first_articles > before; });
    }
};

} // namespace

TEST_CASE("the first piece after a repair is inspected, and the case ends when it is good")
{
    repaired_lathe t;
    REQUIRE(t.it().stage == stage::verify);
    t.host.advance(15min);
    CHECK(t.it().state == case_state::open); // well for long enough, but it has made nothing yet
    REQUIRE(t.make_a_piece());
    CHECK(t.it().first_article == inspection_id("F-LATHE-1-1.1"));
    REQUIRE(t.work_until([&] { return t.it().state == case_state::closed; }, 60));
    CHECK(t.host.state<inspection::state>({"inspection", "F-LATHE-1-1.1"}).status ==
          inspection::inspection_status::accepted);
    REQUIRE(t.it().time_to_acknowledge_ms);
    CHECK(*t.it().time_to_repair_ms == 20min);
    CHECK_FALSE(t.host.first_that_differs_from_replay());
}

TEST_CASE("a first piece that is not good sends the machine back to be corrected")
{
    repaired_lathe t;
    t.defects_of = [](const inspection::state& s) { return s.plan.key == "first_article" ? 1 : 0; };
    REQUIRE(t.make_a_piece());
    REQUIRE(t.work_until([&] { return t.it().maintenance_order == "LATHE-1.1.2"; }, 60));
    CHECK(t.it().stage == stage::correct);
    CHECK(t.machine("LATHE-1").blocked);
    CHECK(t.maintenance("LATHE-1.1.2").task == "the first piece after the repair has 1 defects");

    t.defects_of = [](const inspection::state&) { return 0; };
    t.repair("LATHE-1.1.2");
    REQUIRE(t.work_until([&] { return t.it().stage == stage::verify; }, 600));
    REQUIRE(t.make_a_piece());
    CHECK(t.work_until([&] { return t.it().state == case_state::closed; }, 60));
    CHECK(t.violations() == "");
}

TEST_CASE("a person may do without the first piece")
{
    repaired_lathe t;
    t.host.advance(15min);
    t.say(t.key, anomaly::skip_step{step_kind::first_article, "ines", "the machine is moved to the other hall"});
    CHECK(t.it().state == case_state::closed);
}
