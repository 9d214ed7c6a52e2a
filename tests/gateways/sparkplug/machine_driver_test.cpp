#include <catch2/catch.hpp>

#include <random>

#include "gateways/sparkplug/edge.hpp"
#include "gateways/sparkplug/job_text.hpp"
#include "gateways/sparkplug/machine_driver.hpp"
#include "gateways/sparkplug/machine_tags.hpp"
#include "tests/gateways/sparkplug/field.hpp"

using namespace takt;
using namespace takt::test;
using namespace std::chrono_literals;
namespace tags = takt::sparkplug::tags;

namespace {

equipment::assignment job(const std::string& order, std::int64_t run = 1)
{
    equipment::assignment a;
    a.job.work_order = order;
    a.job.operation = "10";
    a.job.run = run;
    a.job.machine = "M-1";
    a.job.quantity = quantity::of(10);
    return a;
}

/// A host that drives one machine, and the machine's edge node, with a wire between them that may lose packets.
struct wired {
    sparkplug::host listener{{"takt"}};
    sparkplug::machine_driver driver{{{machine_id("M-1"), 2}}};
    sparkplug::edge device{"gears", "line", 0};
    instant now = noon;
    std::function<bool()> loses = [] { return false; };
    std::vector<message> told; ///< to the plant
    int written = 0;

    wired()
    {
        for (std::size_t i = 0; i < 2; ++i) {
            device.define("M-1", tags::job(i, "Order"), data_type::text, std::string());
            device.define("M-1", tags::job(i, "Phase"), data_type::int32, std::int64_t{0});
            device.define("M-1", tags::job(i, "Good"), data_type::int64, std::int64_t{0});
            device.define("M-1", tags::job(i, "Scrap"), data_type::int64, std::int64_t{0});
            device.define("M-1", tags::job(i, "Energy"), data_type::float64);
        }
        device.define("M-1", tags::state, data_type::int32, std::int64_t{4});
        device.define("M-1", tags::down, data_type::boolean, false);
        device.define("M-1", tags::down_reason, data_type::string, std::string());
        device.define("M-1", tags::control, data_type::text, std::string());
        device.define("M-1", tags::refused_number, data_type::int64, std::int64_t{0});
        device.define("M-1", tags::refused_reason, data_type::string, std::string());
    }
    void begin()
    {
        device.will();
        be_born();
        driver.synchronise("M-1", {});
        settle();
    }
    void be_born()
    {
        for (const auto& p : device.births(now)) up(p);
    }
    void up(const publication& p)
    {
        if (loses()) return;
        const auto out = listener.receive(p.topic, p.payload, now);
        driver.take(out.what);
        for (const auto& asked : out.publish) down(asked);
    }
    void down(const publication& p)
    {
        if (loses()) return;
        const auto h = device.receive(p.topic, p.payload);
        if (h.rebirth) be_born();
        for (const auto& w : h.writes) {
            std::vector<edge::change> read_back{{w.metric, w.value}};
            if (w.metric.starts_with("Job/") &&
                device.at("M-1", w.metric) != w.value) { // another job: from its beginning
                read_back.push_back({w.metric.substr(0, 6) + "Phase", std::int64_t{0}});
                read_back.push_back({w.metric.substr(0, 6) + "Good", std::int64_t{0}});
            }
            say(read_back);
        }
    }
    void say(const std::vector<edge::change>& what) { up(device.say("M-1", what, now)); }
    /// What the host does by itself now.
    void settle()
    {
        for (auto& r : driver.reports()) told.push_back(std::move(r.what));
        for (const auto& w : driver.writes(now, now)) {
            const auto command = listener.command(w.to, w.metrics, now);
            REQUIRE(command);
            ++written;
            down(*command.ok);
        }
        const auto out = listener.tick(now);
        driver.take(out.what);
        for (const auto& asked : out.publish) down(asked);
        for (auto& r : driver.reports()) told.push_back(std::move(r.what));
    }
    void pass(milliseconds time)
    {
        now = now + time;
        settle();
    }
    std::string at(const std::string& tag) const
    {
        const auto v = device.at("M-1", tag);
        const auto* text = std::get_if<std::string>(&v);
        return text == nullptr ? "" : *text;
    }
    template <class Command> std::vector<Command> all() const
    {
        std::vector<Command> found;
        for (const auto& m : told)
            if (const auto* one = m.as<Command>()) found.push_back(*one);
        return found;
    }
};

} // namespace

TEST_CASE("a job is written to the machine, and what the machine does with it is reported")
{
    wired w;
    w.begin();
    w.driver.assign("M-1", job("WO-1"));
    w.settle();
    REQUIRE(sparkplug::read_job(w.at("Job/1/Order")));
    CHECK(sparkplug::read_job(w.at("Job/1/Order"))->job.work_order == work_order_id("WO-1"));
    w.say({{"Job/1/Phase", std::int64_t{1}}});
    w.settle();
    CHECK(w.all<machine::confirm_job>().size() == 1);
    w.say({{"Job/1/Phase", std::int64_t{2}}, {"Job/1/Good", std::int64_t{4}}});
    w.settle();
    CHECK(w.all<machine::report_setup_done>().size() == 1);
    REQUIRE(w.all<machine::report_progress>().size() == 1);
    CHECK(w.all<machine::report_progress>()[0].good == 4);
    w.say({{"Job/1/Good", std::int64_t{9}},
           {"Job/1/Scrap", std::int64_t{1}},
           {"Job/1/Energy", 2.5},
           {"Job/1/Phase", std::int64_t{3}}});
    w.settle();
    REQUIRE(w.all<machine::report_completed>().size() == 1);
    CHECK(w.all<machine::report_completed>()[0].good == 9);
    CHECK(w.all<machine::report_completed>()[0].scrap == 1);
    CHECK(w.all<machine::report_completed>()[0].energy_kwh == 2.5);
    w.pass(10s);
    CHECK(w.written == 1); // the done job stays until there is another
    w.driver.assign("M-1", job("WO-2"));
    w.settle();
    CHECK(sparkplug::read_job(w.at("Job/1/Order"))->job.work_order == work_order_id("WO-2"));
    CHECK(w.all<machine::report_completed>().size() == 1);
}

TEST_CASE("a job that is withdrawn is taken from the machine, and nothing is told of it any more")
{
    wired w;
    w.begin();
    w.driver.assign("M-1", job("WO-1"));
    w.driver.assign("M-1", job("WO-2"));
    w.settle();
    w.driver.withdraw("M-1", {"WO-1", "10", 1});
    w.settle();
    CHECK(w.at("Job/1/Order").empty());
    CHECK_FALSE(w.at("Job/2/Order").empty());
    w.say({{"Job/1/Phase", std::int64_t{3}}});
    w.settle();
    CHECK(w.all<machine::report_completed>().empty());
}

TEST_CASE("a host that begins anew leaves the machine's jobs where they are, and hears what they came to")
{
    wired w;
    w.begin();
    w.driver.assign("M-1", job("WO-1"));
    w.settle();
    w.say({{"Job/1/Phase", std::int64_t{3}}, {"Job/1/Good", std::int64_t{10}}});
    // the host dies before the plant has heard it
    w.listener = sparkplug::host({"takt"});
    w.driver = sparkplug::machine_driver({{machine_id("M-1"), 2}});
    w.told.clear();
    const int before = w.written;
    w.driver.synchronise("M-1", {job("WO-1")});
    w.settle();
    w.say({{"Status/Down", false}}); // before a birth: the host asks for one
    w.settle();
    REQUIRE(w.all<machine::report_completed>().size() == 1);
    CHECK(w.all<machine::report_completed>()[0].good == 10);
    CHECK(w.written == before);
}

TEST_CASE("a job that the plant knows nothing of is taken from the machine")
{
    wired w;
    w.begin();
    w.driver.assign("M-1", job("WO-1"));
    w.settle();
    w.driver.synchronise("M-1", {});
    w.settle();
    CHECK(w.at("Job/1/Order").empty());
}

TEST_CASE("breakdowns and states are told when they change, and again after the plant was away")
{
    wired w;
    w.begin();
    const auto ups = w.all<machine::report_up>().size();
    w.say({{"Status/DownReason", std::string("spindle")}, {"Status/Down", true}, {"Status/State", std::int64_t{9}}});
    w.settle();
    REQUIRE(w.all<machine::report_down>().size() == 1);
    CHECK(w.all<machine::report_down>()[0].reason == "spindle");
    CHECK(w.all<machine::report_state>().back().state == machine::packml_state::aborted);
    w.driver.synchronise("M-1", {});
    w.settle();
    CHECK(w.all<machine::report_down>().size() == 2);
    w.say({{"Status/Down", false}});
    w.settle();
    CHECK(w.all<machine::report_up>().size() == ups + 1);
}

TEST_CASE("a command is written until the machine reads it back, and no longer; a refusal is told")
{
    wired w;
    w.begin();
    bool deaf = true;
    w.loses = [&] { return deaf; };
    const machine::control_order hold{7, machine::control_action::hold, {}, {}, noon + 30s};
    w.driver.control("M-1", hold);
    w.settle();
    w.pass(500ms);
    CHECK(w.written == 1);
    w.pass(600ms);
    CHECK(w.written == 2);
    deaf = false;
    w.pass(1s);
    REQUIRE(w.all<machine::confirm_control>().size() == 1);
    CHECK(w.all<machine::confirm_control>()[0].number == 7);
    const int once_read = w.written;
    w.pass(5s);
    CHECK(w.written == once_read);
    w.say({{"Control/RefusedReason", std::string("guard is open")}, {"Control/RefusedNumber", std::int64_t{7}}});
    w.settle();
    REQUIRE(w.all<machine::refuse_control>().size() == 1);
    CHECK(w.all<machine::refuse_control>()[0].reason == "guard is open");
}

TEST_CASE("a command that is too old is not written any more")
{
    wired w;
    w.begin();
    w.now = noon + 31s;
    w.driver.control("M-1", {7, machine::control_action::hold, {}, {}, noon + 30s});
    w.settle();
    CHECK(w.written == 0);
    CHECK_FALSE(w.driver.waiting());
}

TEST_CASE("jobs and their ends arrive, whatever packets are lost on the way")
{
    const auto seed = GENERATE(range(1, 11));
    INFO("seed " << seed);
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    wired w;
    w.begin();
    bool lossy = true;
    w.loses = [&] { return lossy && random() % 4 == 0; };
    for (int n = 1; n <= 20; ++n) {
        const auto a = job("WO-" + std::to_string(n));
        const auto run = mes::ref_of(a.job);
        w.driver.assign("M-1", a);
        std::optional<std::size_t> slot;
        for (int tries = 0; tries < 200 && !slot; ++tries) {
            w.say({{tags::state, std::int64_t{4}}}); // the machine goes on saying something
            w.pass(1s);
            for (std::size_t i = 0; i < 2; ++i) {
                const auto has = sparkplug::read_job(w.at(tags::job(i, "Order")));
                if (has && mes::ref_of(has->job) == run) slot = i;
            }
        }
        REQUIRE(slot);
        w.say({{tags::job(*slot, "Phase"), std::int64_t{2}}, {tags::job(*slot, "Good"), std::int64_t{5}}});
        w.say({{tags::job(*slot, "Good"), std::int64_t{10}}, {tags::job(*slot, "Phase"), std::int64_t{3}}});
        for (int tries = 0; tries < 200; ++tries) {
            const auto done = w.all<machine::report_completed>();
            if (!done.empty() && done.back().job == run) break;
            w.say({{tags::state, std::int64_t{4}}}); // the machine goes on saying something
            w.pass(1s);
        }
        const auto done = w.all<machine::report_completed>();
        REQUIRE(done.size() == static_cast<std::size_t>(n));
        CHECK(done.back().good == 10);
    }
}
