#include <catch2/catch.hpp>

#include "actors/anomaly/anomaly.hpp"
#include "actors/mes/packml.hpp"
#include "tests/actors/plant/floor.hpp"

using namespace takt;
using namespace std::chrono_literals;
using test::pieces;
using action = machine::control_action;
using packml = machine::packml_state;

namespace {

const std::string lathe = "LATHE-1";

machine::control command(action what, milliseconds within = 30s)
{
    machine::control c;
    c.action = what;
    c.reason = "a test";
    c.within_ms = within;
    return c;
}

/// A lathe whose controller the test plays.
struct controlled : test::shop_floor {
    explicit controlled(packml in = packml::execute)
    {
        controllers = false;
        say(lathe, machine::report_state{in, ""});
    }
    const machine::state& it() { return machine(lathe); }
    runtime::answer order(machine::control what) { return say(lathe, std::move(what)); }
    void reach(packml state) { say(lathe, machine::report_state{state, ""}); }
    /// As an entity sends it.
    void send_from(const std::string& sender, machine::control what)
    {
        host.send({entity_ref("machine", lathe), make_message(std::move(what)), sender, ++sent_, 0});
        host.settle();
    }
    const anomaly::state& trouble()
    {
        return host.state<anomaly::state>({"anomaly", anomaly::key_of("control_failed", entity_ref("machine", lathe))});
    }

private:
    std::uint64_t sent_ = 0;
};

} // namespace

TEST_CASE("a hold is done when the controller's own state says held, not before")
{
    controlled f;
    const auto answer = f.order(command(action::hold));
    CHECK(answer.result == runtime::outcome::accepted);
    CHECK(answer.body == R"({"number":1})");
    REQUIRE(f.it().control);
    CHECK(f.it().control->order.action == action::hold);
    f.say(lathe, machine::confirm_control{1});
    CHECK(f.it().control->confirmed);
    f.reach(packml::holding);
    CHECK(f.it().control);
    f.reach(packml::held);
    CHECK_FALSE(f.it().control);
    f.host.advance(1min); // its timer is gone
    CHECK(f.trouble().state == anomaly::case_state::none);
    CHECK_FALSE(f.host.first_that_differs_from_replay());
}

TEST_CASE("a command that is not legal in the machine's state is refused, and the refusal says where it is")
{
    controlled f(packml::idle);
    const auto answer = f.order(command(action::hold));
    CHECK(answer.result == runtime::outcome::refused);
    CHECK(answer.reason == "illegal_transition");
    CHECK(answer.field == "action");
    CHECK(answer.detail.find("not possible in idle; it is in") != std::string::npos);
    CHECK_FALSE(f.it().control);
}

TEST_CASE("the table of commands and states is that of ISA-TR88")
{
    using machine::is_allowed;
    const auto allowed = [](action a) {
        std::string all;
        for (const auto state : machine::allowed_from(a)) all += std::to_string(machine::packml_number(state)) + ' ';
        return all;
    };
    CHECK(allowed(action::reset) == "2 17 ");
    CHECK(allowed(action::start) == "4 ");
    CHECK(allowed(action::stop) == "3 4 5 6 10 11 12 13 14 15 16 17 ");
    CHECK(allowed(action::hold) == "3 5 6 12 13 14 ");
    CHECK(allowed(action::unhold) == "11 ");
    CHECK(allowed(action::suspend) == "6 ");
    CHECK(allowed(action::unsuspend) == "5 ");
    CHECK(allowed(action::abort) == "1 2 3 4 5 6 7 10 11 12 13 14 15 16 17 ");
    CHECK(allowed(action::clear) == "9 ");
    for (int n = 1; n <= 17; ++n) CHECK(machine::packml_number(*machine::packml_of(n)) == n);
    for (int n = 1; n <= 9; ++n) CHECK(machine::command_number(*machine::command_of(n)) == n);
    CHECK_FALSE(machine::packml_of(0));
    CHECK_FALSE(machine::packml_of(18));
}

TEST_CASE("a controller that refuses, or does nothing in time, is a case for a person until it obeys again")
{
    const bool refuses = GENERATE(true, false);
    controlled f;
    f.order(command(action::hold, 5s));
    if (refuses)
        f.say(lathe, machine::refuse_control{1, "guard is open"});
    else
        f.host.advance(6s);
    CHECK_FALSE(f.it().control);
    CHECK(f.trouble().state == anomaly::case_state::open);
    CHECK(f.trouble().severity == anomaly::severity::critical);
    CHECK(f.trouble().detail.find(refuses ? "guard is open" : "has not answered") != std::string::npos);
    f.order(command(action::hold));
    f.reach(packml::held);
    CHECK(f.trouble().state == anomaly::case_state::closed);
    CHECK_FALSE(f.host.first_that_differs_from_replay());
}

TEST_CASE("a late refusal or confirmation of an earlier command changes nothing")
{
    controlled f;
    f.order(command(action::hold, 1s));
    f.host.advance(2s);
    f.order(command(action::hold));
    const auto before = f.host.view({"machine", lathe}).revision;
    f.say(lathe, machine::refuse_control{1, "late"});
    f.say(lathe, machine::confirm_control{1});
    CHECK(f.host.view({"machine", lathe}).revision == before);
    CHECK(f.it().control->order.number == 2);
}

TEST_CASE("the same command again is the same command, and a stronger one takes its place")
{
    controlled f;
    f.order(command(action::hold));
    CHECK(f.order(command(action::hold)).body == R"({"number":1})");
    CHECK(f.it().controls == 1);
    CHECK(f.order(command(action::suspend)).reason == "control_in_force");
    CHECK(f.order(command(action::stop)).body == R"({"number":2})");
    CHECK(f.it().control->order.action == action::stop);
    CHECK(f.trouble().state == anomaly::case_state::none); // superseded is no failure
    f.reach(packml::stopping);
    f.reach(packml::stopped);
    CHECK_FALSE(f.it().control);
}

TEST_CASE("a hold takes the place of a resume that is under way")
{
    controlled f(packml::held);
    f.order(command(action::resume));
    CHECK(f.it().control->order.action == action::unhold);
    CHECK(f.order(command(action::hold)).result == runtime::outcome::accepted);
    CHECK(f.it().control->order.action == action::hold);
    f.reach(packml::unholding);
    f.reach(packml::holding);
    f.reach(packml::held);
    CHECK_FALSE(f.it().control);
}

TEST_CASE("a command that the machine's own course overtakes has failed")
{
    controlled f;
    f.order(command(action::hold));
    f.reach(packml::completing);
    CHECK_FALSE(f.it().control);
    CHECK(f.trouble().detail.find("impossible, the machine is in completing") != std::string::npos);
}

TEST_CASE("a set-point is done when the controller reads it back")
{
    controlled f;
    auto slower = command(action::set_point);
    slower.set_points = {{"speed_ratio", 0.8}};
    f.order(slower);
    f.say(lathe, machine::report_parameters{"", {{"speed_ratio", 1.0}}});
    CHECK(f.it().control);
    f.say(lathe, machine::report_parameters{"", {{"speed_ratio", 0.800000011920929}, {"feed", 2}}}); // a float
    CHECK_FALSE(f.it().control);
    CHECK(f.it().set_points.at("feed") == 2);
}

TEST_CASE("a recipe is downloaded while nothing is made, and done when it is there with its values")
{
    controlled f;
    auto recipe = command(action::download_recipe);
    recipe.recipe = "SHAFT-7";
    recipe.set_points = {{"feed", 3}};
    CHECK(f.order(recipe).reason == "illegal_transition");
    f.reach(packml::idle);
    f.order(recipe);
    f.say(lathe, machine::report_parameters{"SHAFT-7", {{"feed", 2}}});
    CHECK(f.it().control);
    f.say(lathe, machine::report_parameters{"SHAFT-7", {{"feed", 3}}});
    CHECK_FALSE(f.it().control);
    CHECK(f.it().recipe == "SHAFT-7");
}

TEST_CASE("a command whose members make no sense is refused by the name of the member")
{
    controlled f;
    const auto field_of = [&](machine::control c) { return f.order(std::move(c)).field; };
    auto c = command(action::hold);
    c.reason.clear();
    CHECK(field_of(c) == "reason");
    CHECK(field_of(command(action::hold, 2h)) == "within_ms");
    CHECK(field_of(command(action::set_point)) == "set_points");
    CHECK(field_of(command(action::download_recipe)) == "recipe");
    c = command(action::hold);
    c.set_points = {{"speed_ratio", 1}};
    CHECK(field_of(c) == "set_points");
    c = command(action::set_point);
    c.set_points = {{"a b", 1}};
    CHECK(field_of(c) == "set_points");
    CHECK_FALSE(f.it().control);
}

TEST_CASE("another entity's command is never refused: what cannot be done has failed, what is so already is done")
{
    controlled f(packml::idle);
    f.send_from("anomaly/breakdown:machine:LATHE-1", command(action::hold));
    CHECK(f.all("dead_letter").empty());
    CHECK(f.trouble().state == anomaly::case_state::open);
    CHECK(f.it().controls == 1);
    f.reach(packml::held);
    f.send_from("anomaly/breakdown:machine:LATHE-1", command(action::hold));
    CHECK(f.it().controls == 1);
    CHECK(f.all("dead_letter").empty());
}

TEST_CASE("a blocked machine gets no jobs, and gets them again")
{
    test::shop_floor f;
    f.stock("BAR", "L-1", 10);
    CHECK(f.say(lathe, machine::block{""}).field == "reason");
    f.say(lathe, machine::block{"contained"});
    f.say("LATHE-2", machine::block{"contained"});
    f.say("SHAFT", material::replenish{pieces(4), test::in_hours(6)});
    f.work(60);
    CHECK(f.machine(lathe).jobs.empty());
    CHECK(f.machine(lathe).completed + f.machine("LATHE-2").completed == 0);
    f.say(lathe, machine::unblock{false, {}});
    CHECK(f.work_until([&] { return f.material("SHAFT").on_hand == pieces(4); }, 300));
    CHECK(f.machine(lathe).completed == 1);
    CHECK(f.violations() == "");
}

TEST_CASE("a machine that is repaired while it is blocked stays blocked")
{
    test::shop_floor f;
    f.say(lathe, machine::block{"contained"});
    f.say(lathe, machine::report_down{"spindle", std::nullopt});
    f.say(lathe, machine::report_up{});
    CHECK_FALSE(f.schedule().machines.at(machine_id(lathe)).up);
    f.say(lathe, machine::unblock{false, {}});
    CHECK(f.schedule().machines.at(machine_id(lathe)).up);
}
