#include "actors/scada/alarm.hpp"

#include <catch2/catch.hpp>

#include "actors/anomaly/anomaly.hpp"
#include "actors/kinds.hpp"
#include "actors/mes/machine.hpp"
#include "messages/core/json_read.hpp"
#include "runtime/replay_host.hpp"

using namespace takt;
using namespace std::chrono_literals;
using enum alarm::alarm_status;

namespace {

const entity_ref mill("machine", "M-104");
const instant monday = *parse_rfc3339("2026-01-05T06:00:00Z");

scada::detection hot(bool latching = false)
{
    scada::detection d;
    d.detector = "limit.temperature_celsius";
    d.tag = "temperature_celsius";
    d.what = "temperature_celsius is 91, high limit 80";
    d.value = 91;
    d.high = 80;
    d.from = d.to = monday;
    d.latching = latching;
    return d;
}

/// One alarm point in a plant in memory.
struct alarm_point {
    kind_registry kinds = all_kinds();
    runtime::replay_host plant{kinds, monday};
    std::string key = alarm::key_of(mill, "limit.temperature_celsius");

    const alarm::state& it() { return plant.state<alarm::state>({"alarm", key}); }
    alarm::alarm_status status() { return it().status; }
    template <class Command> runtime::answer ask(Command c) { return plant.ask(key, std::move(c)); }
    void raise(bool latching = false)
    {
        plant.tell(key, alarm::raise{mill, hot(latching)});
        plant.settle();
    }
    void clear()
    {
        plant.tell(key, alarm::clear{mill, {"limit.temperature_celsius", "temperature_celsius", 70, monday}});
        plant.settle();
    }
    ~alarm_point() { CHECK_FALSE(plant.first_that_differs_from_replay()); }
};

} // namespace

TEST_CASE("an alarm that is acknowledged is normal when its tag is well again")
{
    alarm_point a;
    CHECK(a.status() == normal);
    CHECK(a.ask(alarm::acknowledge{"ann", ""}).reason == "nothing_to_acknowledge");
    a.raise();
    CHECK(a.status() == unacknowledged);
    CHECK(a.ask(alarm::acknowledge{"", ""}).reason == "name_missing");
    CHECK(a.ask(alarm::acknowledge{"ann", "coolant is refilled"}).result == runtime::outcome::accepted);
    CHECK(a.status() == acknowledged);
    CHECK(a.ask(alarm::acknowledge{"ben", ""}).result == runtime::outcome::accepted); // is already: changes nothing
    CHECK(a.it().acknowledged_by == "ann");
    a.clear();
    CHECK(a.status() == normal);
    CHECK(a.it().activations == 1);
}

TEST_CASE("an alarm that is over before anybody has seen it waits for that")
{
    alarm_point a;
    a.raise();
    a.clear();
    CHECK(a.status() == returned_unacknowledged);
    a.raise();
    CHECK(a.status() == unacknowledged);
    a.clear();
    a.ask(alarm::acknowledge{"ann", ""});
    CHECK(a.status() == normal);
}

TEST_CASE("a latching alarm stays until it is reset")
{
    const bool seen = GENERATE(true, false);
    alarm_point a;
    a.raise(true);
    CHECK(a.ask(alarm::reset{"ann"}).reason == "not_latched");
    if (seen) a.ask(alarm::acknowledge{"ann", ""});
    a.clear();
    CHECK(a.status() == (seen ? latched_acknowledged : latched_unacknowledged));
    CHECK(a.ask(alarm::reset{"ann"}).result == runtime::outcome::accepted);
    CHECK(a.status() == (seen ? normal : returned_unacknowledged));
}

TEST_CASE("a latched alarm that nobody has seen is acknowledged first or reset first, and normal after both")
{
    const bool reset_first = GENERATE(true, false);
    alarm_point a;
    a.raise(true);
    a.clear();
    if (reset_first) a.ask(alarm::reset{"ann"});
    a.ask(alarm::acknowledge{"ann", ""});
    if (!reset_first) {
        CHECK(a.status() == latched_acknowledged);
        a.ask(alarm::reset{"ann"});
    }
    CHECK(a.status() == normal);
}

TEST_CASE("a shelved alarm is not shown, but evaluated, and comes back when its time is over")
{
    const bool still_bad = GENERATE(true, false);
    alarm_point a;
    CHECK(a.ask(alarm::shelve{"ann", "why not", 1h, false}).reason == "never_raised");
    a.raise();
    a.ask(alarm::acknowledge{"ann", ""});
    CHECK(a.ask(alarm::shelve{"", "sensor is changed", 1h, false}).field == "by");
    CHECK(a.ask(alarm::shelve{"ann", "", 1h, false}).field == "reason");
    CHECK(a.ask(alarm::shelve{"ann", "sensor is changed", 0ms, false}).field == "for_ms");
    CHECK(a.ask(alarm::shelve{"ann", "sensor is changed", 24h * 8, false}).field == "for_ms");
    CHECK(a.ask(alarm::shelve{"ann", "sensor is changed", 1h, false}).result == runtime::outcome::accepted);
    CHECK(a.status() == shelved);
    CHECK(a.ask(alarm::acknowledge{"ann", ""}).reason == "not_shown");
    a.clear();
    if (still_bad) a.raise();
    CHECK(a.status() == shelved);
    CHECK(a.it().activations == (still_bad ? 2 : 1));
    CHECK(a.it().annunciations == 1); // what came while it was shelved was recorded, not shown
    a.plant.advance(59min);
    CHECK(a.status() == shelved);
    a.plant.advance(2min);
    CHECK(a.status() == (still_bad ? unacknowledged : normal));
}

TEST_CASE("an alarm that is shelved for once comes back as soon as its tag is well")
{
    alarm_point a;
    a.raise();
    a.ask(alarm::shelve{"ann", "known", 8h, true});
    a.clear();
    CHECK(a.status() == normal);
    a.raise();
    CHECK(a.status() == unacknowledged);
    a.plant.advance(9h); // its timer is gone
    CHECK(a.status() == unacknowledged);
}

TEST_CASE("out of service lies above suppressed by design, and that above shelved")
{
    alarm_point a;
    a.raise();
    a.ask(alarm::shelve{"ann", "known", 8h, false});
    CHECK(a.ask(alarm::suppress{"logic", ""}).reason == "reason_missing");
    a.ask(alarm::suppress{"logic", "machine is stopped"});
    CHECK(a.status() == suppressed);
    CHECK(a.ask(alarm::take_out_of_service{"ben", "sensor is broken", ""}).field == "permit");
    a.ask(alarm::take_out_of_service{"ben", "sensor is broken", "P-17"});
    CHECK(a.status() == out_of_service);
    CHECK(a.it().service->permit == "P-17");
    a.ask(alarm::return_to_service{"ben"});
    CHECK(a.status() == suppressed);
    a.ask(alarm::unsuppress{"logic"});
    CHECK(a.status() == shelved);
    a.ask(alarm::unshelve{"ann"});
    CHECK(a.status() == unacknowledged); // nobody has seen what is still bad
}

TEST_CASE("an alarm of another key is refused")
{
    alarm_point a;
    auto other = hot();
    other.detector = "limit.pressure_bar";
    CHECK(a.ask(alarm::raise{mill, other}).reason == "wrong_key");
}

TEST_CASE("a machine's detection raises its alarm point and is one symptom of a case, and both end with it")
{
    alarm_point a;
    machine::define d;
    d.work_center = "MILLS";
    d.limits = {{"temperature_celsius", std::nullopt, 80.0}};
    REQUIRE(a.plant.ask("M-104", d).result == runtime::outcome::accepted);
    a.plant.tell("M-104", machine::note_detections{{hot()}, {}});
    a.plant.tell("M-104", machine::note_detections{{hot()}, {}}); // told twice is one alarm
    a.plant.settle();
    CHECK(a.status() == unacknowledged);
    CHECK(a.it().activations == 1);
    const entity_ref anomaly("anomaly", takt::anomaly::key_of("limit.temperature_celsius", mill));
    const auto symptom = [&] {
        const auto& opened = a.plant.state<takt::anomaly::state>(anomaly);
        REQUIRE(opened.symptoms.size() == 1);
        return opened.symptoms.front();
    };
    CHECK(symptom().type == "limit.temperature_celsius");
    CHECK(symptom().detail == "temperature_celsius is 91, high limit 80");
    CHECK(symptom().stands);
    a.plant.tell("M-104",
                 machine::note_detections{{}, {{"limit.temperature_celsius", "temperature_celsius", 70, monday + 1h}}});
    a.plant.settle();
    CHECK(a.status() == returned_unacknowledged);
    CHECK_FALSE(symptom().stands);
}

TEST_CASE("an alarm whose detector is no longer defined is over")
{
    alarm_point a;
    machine::define d;
    d.work_center = "MILLS";
    d.limits = {{"temperature_celsius", std::nullopt, 80.0}};
    a.plant.ask("M-104", d);
    a.plant.tell("M-104", machine::note_detections{{hot()}, {}});
    a.plant.settle();
    d.limits.clear();
    a.plant.ask("M-104", d);
    a.plant.settle();
    CHECK(a.plant.state<machine::state>(mill).alarms.empty());
    CHECK(a.status() == returned_unacknowledged);
}

TEST_CASE("a machine refuses detectors that cannot work, and names the member")
{
    alarm_point a;
    machine::define d;
    d.work_center = "MILLS";
    scada::detector rate;
    rate.rule = scada::rule::rate;
    rate.tag = "temperature_celsius";
    d.detectors = {rate};
    const auto refused = a.plant.ask("M-104", d);
    CHECK(refused.reason == "detector_unusable");
    CHECK(refused.field == "detectors/0/high");
    rate.high = 5;
    rate.key = std::string(75, 'k');
    d.detectors = {rate};
    CHECK(a.plant.ask("M-104", d).reason == "key_too_long");
    rate.key = "limit.temperature_celsius";
    d.detectors = {rate};
    d.limits = {{"temperature_celsius", std::nullopt, 80.0}};
    CHECK(a.plant.ask("M-104", d).reason == "detector_twice");
}

TEST_CASE("an alarm that was journalled when there were only limits is read as a detection")
{
    const auto old = parse_json(R"({"tag":"temperature_celsius","value":91,"low":null,"high":80})").value();
    const auto kinds = all_kinds();
    const auto* type = kinds.find("machine")->find_event("alarm_raised")->type;
    const auto read = type->read(old, 1, strictness::from_storage);
    REQUIRE(read.has_value());
    const auto* raised = read->as<machine::alarm_raised>();
    REQUIRE(raised != nullptr);
    CHECK(raised->detection.detector == "limit.temperature_celsius");
    CHECK(raised->detection.value == 91);
    CHECK_FALSE(raised->detection.low);
    CHECK(raised->detection.high == 80);
}
