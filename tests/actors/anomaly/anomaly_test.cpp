#include <catch2/catch.hpp>

#include "actors/anomaly/anomaly.hpp"
#include "actors/anomaly/playbook.hpp"
#include "actors/eam/maintenance_order.hpp"
#include "actors/hrm/roster.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;
using namespace std::chrono_literals;
using anomaly::case_state;
using anomaly::severity;
using anomaly::stage;
using anomaly::step_kind;
using test::pieces;

namespace {

/// A lathe in trouble, and Max of the maintenance crew.
struct trouble : test::shop_floor {
    const entity_ref lathe{"machine", "LATHE-1"};
    const std::string key = anomaly::key_of("breakdown", lathe);

    trouble()
    {
        say("max", operator_::define{"Max", {"maintenance"}, {}, ""});
        say("max", operator_::clock_in{});
        auto without_first_article = playbook::built_in("machine_fault");
        std::erase_if(without_first_article.steps, [](const auto& s) { return s.step == step_kind::first_article; });
        say("machine_fault", without_first_article);
    }
    const anomaly::state& it() { return host.state<anomaly::state>({"anomaly", key}); }
    const machine::state& machine() { return host.state<machine::state>(lathe); }
    const maintenance_order::state& maintenance(const std::string& order)
    {
        return host.state<maintenance_order::state>({"maintenance_order", order});
    }
    runtime::answer raise(const std::string& type, severity how = severity::warning, const std::string& detail = "")
    {
        return say(key, anomaly::raise{lathe, type, how, detail});
    }
    void break_down()
    {
        say("LATHE-1", machine::report_down{"spindle seized", std::nullopt});
        host.settle();
    }
    void repair(const std::string& order)
    {
        say(order, maintenance_order::start{"max"});
        host.advance(20min);
        say("LATHE-1", machine::report_up{});
        say(order, maintenance_order::report_done{"max", "bearing", ""});
        host.settle();
    }
    /// The lathe makes shafts.
    work_order_id at_work()
    {
        stock("BAR", "L-1", 100);
        say("SHAFT", material::replenish{pieces(10), test::in_hours(8)});
        REQUIRE(work_until([&] { return !machine().jobs.empty() && machine().jobs.front().good > 0; }));
        say("LATHE-1", machine::report_state{machine::packml_state::execute, ""});
        return machine().jobs.front().spec.work_order;
    }
    bool told(const std::string& what)
    {
        return std::any_of(it().timeline.begin(), it().timeline.end(),
                           [&](const anomaly::moment& m) { return m.what.find(what) != std::string::npos; });
    }
};

} // namespace

TEST_CASE("everything that is wrong with one machine is one case")
{
    trouble t;
    t.break_down();
    t.raise("limit.vibration_mm_per_s", severity::warning, "7.4");
    t.raise("breakdown", severity::critical, "again");
    CHECK(t.it().number == 1);
    CHECK(t.it().occurrences == 3);
    CHECK(t.it().severity == severity::critical); // it does not become less grave
    CHECK(t.it().symptoms.size() == 2);
    CHECK(t.it().trace == "machine_fault:machine/LATHE-1/1");
    CHECK(anomaly::key_of("control_failed", t.lathe) != t.key); // the controller, not the machine
}

TEST_CASE("an anomaly is told under its own key only")
{
    trouble t;
    const auto wrong = t.say("limit:machine:LATHE-1", anomaly::raise{t.lathe, "breakdown", severity::info, ""});
    CHECK(wrong.reason == "wrong_key");
    CHECK(wrong.detail == "this anomaly is anomaly/machine_fault:machine:LATHE-1");
    CHECK(t.say(t.key, anomaly::raise{t.lathe, "", severity::info, ""}).field == "type");
}

TEST_CASE("a breakdown is contained, repaired by somebody of the crew, watched and closed")
{
    trouble t;
    t.break_down();
    t.raise("limit.vibration_mm_per_s", severity::warning, "7.4");
    CHECK(t.it().stage == stage::correct);
    CHECK(t.it().owner == "maintenance");
    CHECK(t.machine().blocked);
    REQUIRE(t.it().maintenance_order == "LATHE-1.1.1");
    CHECK(t.maintenance("LATHE-1.1.1").status == maintenance_order::order_status::assigned);
    CHECK(t.maintenance("LATHE-1.1.1").person == "max");
    CHECK(t.maintenance("LATHE-1.1.1").task == "breakdown: spindle seized");
    CHECK_FALSE(t.it().acknowledged);

    t.repair("LATHE-1.1.1");
    t.host.tell(t.key, anomaly::clear{"limit.vibration_mm_per_s", "within_limits", ""});
    t.host.settle();
    CHECK(t.it().acknowledged_by == "max");
    CHECK(t.it().stage == stage::verify);
    CHECK(t.it().labour_ms == 20min);
    CHECK_FALSE(t.machine().blocked); // it has to show that it is well
    t.host.advance(9min);
    CHECK(t.it().state == case_state::open);
    t.host.advance(2min);
    CHECK(t.it().state == case_state::closed);
    CHECK(t.it().cause == "bearing");
    CHECK(t.host.state<roster::state>({"roster", "maintenance"}).on.empty());
    std::vector<stage> way;
    for (const auto& m : t.it().timeline) way.push_back(m.stage);
    CHECK(std::is_sorted(way.begin(), way.end()));
}

TEST_CASE("trouble that comes back while the cure is watched begins again")
{
    trouble t;
    t.break_down();
    t.repair("LATHE-1.1.1");
    t.host.advance(5min);
    t.break_down();
    CHECK(t.it().number == 1);
    CHECK(t.it().stage == stage::correct);
    CHECK(t.it().maintenance_order == "LATHE-1.1.2");
    CHECK(t.machine().blocked);
    t.repair("LATHE-1.1.2");
    t.host.advance(11min);
    CHECK(t.it().state == case_state::closed);

    t.break_down();
    CHECK(t.it().number == 2);
    CHECK_FALSE(t.it().acknowledged);
}

TEST_CASE("a machine that drifts holds, and what it has in work waits for inspection")
{
    trouble t;
    const auto wo = t.at_work();
    t.raise("ewma.diameter_mm", severity::critical, "drifts");
    REQUIRE(t.machine().control);
    CHECK(t.machine().control->order.action == machine::control_action::hold);
    t.say("LATHE-1", machine::report_state{machine::packml_state::held, ""});
    CHECK(t.told("contain the machine: hold was done"));

    CHECK(t.work_order(wo.text).held);
    CHECK(t.work_order(wo.text).quarantine == t.it().trace);
    REQUIRE(t.it().quarantine.size() == 1);
    CHECK(t.it().quarantine.front().stopped);
    const auto inspection = t.it().quarantine.front().inspection->text;

    t.say("LATHE-1.1.1", maintenance_order::start{"max"});
    t.say(t.key, anomaly::clear{"ewma.diameter_mm", "within_limits", ""});
    t.say("LATHE-1.1.1", maintenance_order::report_done{"max", "tool worn", ""});
    CHECK(t.it().stage == stage::correct); // the pieces are not judged yet
    CHECK(t.say(t.key, anomaly::close{"max", "enough"}).reason == "pieces_wait");

    t.say(inspection, inspection::record_result{5, 0, "ines", {}});
    CHECK_FALSE(t.work_order(wo.text).held);
    REQUIRE(t.machine().control);
    CHECK(t.machine().control->order.action == machine::control_action::unhold);
    t.say("LATHE-1", machine::report_state{machine::packml_state::execute, ""});
    t.host.advance(11min);
    CHECK(t.it().state == case_state::closed);
    CHECK(t.it().cause == "tool worn");
}

TEST_CASE("pieces that were judged good are judged again when the trouble comes back")
{
    trouble t;
    const auto wo = t.at_work();
    const auto judge = [&] {
        t.say(t.it().quarantine.back().inspection->text, inspection::record_result{5, 0, "ines", {}});
    };
    t.break_down(); // its controller still says that it executes, and is told to hold
    t.say("LATHE-1", machine::report_state{machine::packml_state::aborted, "spindle seized"});
    CHECK(t.told("contain the machine: the machine is in aborted"));
    CHECK(t.host.state<anomaly::state>({"anomaly", anomaly::key_of("control_failed", t.lathe)}).state ==
          case_state::none); // that it aborted instead is no disobedience
    judge();
    t.repair("LATHE-1.1.1");
    REQUIRE(t.it().stage == stage::verify);
    t.break_down();
    CHECK(t.it().quarantine.size() == 2);
    CHECK(t.work_order(wo.text).held);
    judge();
    CHECK_FALSE(t.work_order(wo.text).held);
    t.repair("LATHE-1.1.2");
    t.host.advance(11min);
    CHECK(t.it().state == case_state::closed);
}

TEST_CASE("a case does not release a machine that somebody else has blocked")
{
    trouble t;
    t.say("LATHE-1", machine::block{"waits for a visit", false});
    t.break_down();
    t.repair("LATHE-1.1.1");
    t.host.advance(11min);
    CHECK(t.it().state == case_state::closed);
    CHECK(t.machine().blocked == "waits for a visit");
}

TEST_CASE("what was made since the last good evidence is found where it has gone")
{
    trouble t;
    const auto wo = t.at_work();
    REQUIRE(t.work_until([&] { return t.work_order(wo.text).lot.has_value(); }));
    const auto lot = *t.work_order(wo.text).lot;
    anomaly::raise late{t.lathe, "ewma.diameter_mm", severity::critical, "drifts", t.host.now() - 10h};
    t.say(t.key, late);
    const auto& there = t.host.state<lot::state>({"lot", lot.text});
    CHECK(there.status == wms::lot_status::blocked);
    REQUIRE(t.it().quarantine.size() == 2); // the work order, which is over, and its lot
    CHECK(t.told("work_order/" + wo.text + " has nothing left to stop"));

    t.say(t.it().quarantine.back().inspection->text, inspection::record_result{5, 2, "ines", {}});
    CHECK(t.host.state<lot::state>({"lot", lot.text}).on_hand == pieces(0));
    CHECK(t.host.state<lot::state>({"lot", lot.text}).scrapped == pieces(10));
}

TEST_CASE("a lot that is inspected or blocked already is not let go by the case")
{
    trouble t;
    const auto wo = t.at_work();
    REQUIRE(t.work_until([&] { return t.work_order(wo.text).lot.has_value(); }));
    const auto lot = *t.work_order(wo.text).lot;
    t.say(lot.text, lot::block{"a customer complains"});
    t.say(t.key, anomaly::raise{t.lathe, "ewma.diameter_mm", severity::critical, "drifts", t.host.now() - 10h});
    CHECK_FALSE(anomaly::state(t.it()).quarantine.back().stopped);
    CHECK(t.host.state<lot::state>({"lot", lot.text}).reason == "a customer complains");
}

TEST_CASE("a step that is not automatic waits for a person, and one that is left out is not waited for")
{
    trouble t;
    auto careful = playbook::built_in("machine_fault");
    for (auto& step : careful.steps) step.automatic = step.step != step_kind::maintain;
    REQUIRE(t.say("machine_fault", careful).result == runtime::outcome::accepted);
    t.break_down();
    CHECK(t.it().maintenance_order.empty());
    CHECK(t.say(t.key, anomaly::approve_step{step_kind::verify, "kaya"}).reason == "not_waiting");
    CHECK(t.say(t.key, anomaly::approve_step{step_kind::maintain, ""}).field == "by");
    CHECK(t.say(t.key, anomaly::approve_step{step_kind::maintain, "kaya"}).result == runtime::outcome::accepted);
    CHECK(t.it().maintenance_order == "LATHE-1.1.1");
    CHECK(t.say(t.key, anomaly::skip_step{step_kind::maintain, "kaya", ""}).field == "reason");
    t.say(t.key, anomaly::skip_step{step_kind::maintain, "kaya", "it was a guard switch"});
    CHECK(t.maintenance("LATHE-1.1.1").status == maintenance_order::order_status::cancelled);
    t.say("LATHE-1", machine::report_up{});
    CHECK(t.it().stage == stage::verify);
}

TEST_CASE("a case that nobody acknowledges goes up the ladder")
{
    trouble t;
    t.say("max", operator_::clock_out{});
    t.break_down();
    CHECK(t.it().deadline == t.it().opened + 15min);
    t.host.advance(16min);
    CHECK(t.it().owner == "maintenance_lead");
    t.host.advance(45min);
    CHECK(t.it().owner == "plant_manager");
    t.say(t.key, anomaly::acknowledge{"kaya"});
    CHECK(t.it().acknowledged_by == "kaya");
    t.say(t.key, anomaly::assign{"kaya", "max"});
    CHECK(t.it().owner == "max");
    t.say("max", operator_::clock_in{});
    CHECK(t.maintenance("LATHE-1.1.1").person == "max"); // the order has waited for him
}

TEST_CASE("a person may close a case, and what it held is free")
{
    trouble t;
    t.break_down();
    CHECK(t.say(t.key, anomaly::close{"", "false alarm"}).field == "by");
    CHECK(t.say(t.key, anomaly::close{"kaya", ""}).field == "cause");
    t.say(t.key, anomaly::comment{"kaya", "the guard switch again"});
    t.say(t.key, anomaly::close{"kaya", "false alarm"});
    CHECK(t.it().state == case_state::closed);
    CHECK_FALSE(t.machine().blocked);
    CHECK(t.maintenance("LATHE-1.1.1").status == maintenance_order::order_status::cancelled);
    CHECK(t.say(t.key, anomaly::acknowledge{"kaya"}).reason == "not_open");
    CHECK(t.told("the guard switch again"));
}

TEST_CASE("a case without a playbook waits for its symptom to end")
{
    trouble t;
    const auto connection = anomaly::key_of("dispatch_unconfirmed", t.lathe);
    t.say(connection, anomaly::raise{t.lathe, "dispatch_unconfirmed", severity::warning, "no answer"});
    CHECK(t.host.state<anomaly::state>({"anomaly", connection}).owner == "supervisor");
    t.host.tell(connection, anomaly::clear{"dispatch_unconfirmed", "confirmed", ""});
    t.host.settle();
    CHECK(t.host.state<anomaly::state>({"anomaly", connection}).state == case_state::closed);
}

TEST_CASE("a playbook has each step once, and its ladder rises")
{
    trouble t;
    auto wrong = playbook::built_in("machine_fault");
    wrong.steps.push_back({step_kind::verify, true, severity::info});
    CHECK(t.say("machine_fault", wrong).field == "steps");
    wrong = playbook::built_in("machine_fault");
    wrong.escalations = {{10min, "a"}, {5min, "b"}};
    CHECK(t.say("machine_fault", wrong).field == "escalations");
}
