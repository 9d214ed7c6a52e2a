#include <catch2/catch.hpp>

#include "actors/kinds.hpp"
#include "gateways/http/alarm_figures.hpp"
#include "messages/core/json_read.hpp"
#include "messages/mes/machine.hpp"
#include "tests/gateways/http/house.hpp"

using namespace takt;
using namespace takt::test;
using namespace std::chrono_literals;

namespace {

const instant begin = *parse_rfc3339("2026-01-05T06:00:00Z");

http::annunciation shown(std::string alarm, milliseconds later, std::optional<milliseconds> lasts = 5min)
{
    http::annunciation a;
    a.alarm = std::move(alarm);
    a.at = begin + later;
    if (lasts) a.over = a.at + *lasts;
    return a;
}

boost::json::object body_of(const http::client_answer& a) { return parse_json(a.body).value().as_object(); }

} // namespace

TEST_CASE("a flood begins with the eleventh alarm in ten minutes and ends when fewer than five are left of them")
{
    std::vector<instant> times;
    for (int i = 0; i < 12; ++i) times.push_back(begin + i * 30s);
    auto f = http::floods_in(times, begin, begin + 1h);
    CHECK(f.begun == 1);
    CHECK_FALSE(f.on);
    // From the eleventh, at 5:00, until the eighth, at 3:30, is ten minutes old.
    CHECK(f.time == 8min + 30s);
    CHECK(http::floods_in(times, begin, begin + 6min).on);
    times.resize(10);
    f = http::floods_in(times, begin, begin + 1h);
    CHECK(f.begun == 0);
    CHECK(f.time == 0ms);
}

TEST_CASE("a flood that goes on with half as many alarms is one flood, and time before and after is not counted")
{
    std::vector<instant> times;
    for (int i = 0; i < 11; ++i) times.push_back(begin + i * 10s);
    for (int i = 1; i < 20; ++i) times.push_back(begin + 100s + i * 119s); // six in ten minutes
    const auto f = http::floods_in(times, begin, begin + 2h);
    CHECK(f.begun == 1);
    // From the eleventh, at 1:40, until the fifth from the end is ten minutes old.
    CHECK(f.time == 15 * 119s + 10min);
    CHECK(http::floods_in(times, begin, begin + 10min).time == 10min - 100s);
}

TEST_CASE("alarm rates are of an hour and a console, against the targets of the standard")
{
    std::vector<http::annunciation> all;
    for (int i = 0; i < 24; ++i) all.push_back(shown("A", i * 5min));
    const auto f = http::figures_of(all, begin, begin + 2h, 2);
    CHECK(f.annunciated == 24);
    CHECK(f.per_hour == 6);
    CHECK(f.per_10_minutes == 1);
    CHECK(f.most_in_10_minutes == 2);
    CHECK(f.periods_above_10_share == 0);
    CHECK(f.top_10_share == 1);
    CHECK(f.chattering.empty());
    CHECK(f.fleeting.empty());
    CHECK(f.priority.at("medium") == 1);
}

TEST_CASE("alarms that chatter, are fleeting or stale are named")
{
    std::vector<http::annunciation> all{shown("C", 0s, 15s), shown("C", 20s, 15s), shown("C", 40s, 15s),
                                        shown("F", 10min, 5s), shown("S", 20min, std::nullopt)};
    const auto f = http::figures_of(all, begin, begin + 48h, 1);
    REQUIRE(f.chattering.size() == 1);
    CHECK(f.chattering[0].alarm == "C");
    REQUIRE(f.fleeting.size() == 1);
    CHECK(f.fleeting[0].alarm == "F");
    CHECK(f.stale == std::vector<std::string>{"S"});
}

namespace {

/// A plant with machines that have limits, over HTTP.
struct watched_plant {
    house it{all_kinds()};
    http::client client = it.client();

    watched_plant()
    {
        for (const auto* key : {"M-1", "M-2"}) {
            machine::define d;
            d.work_center = "MILLS";
            d.limits = {{"temperature_celsius", std::nullopt, 80.0}};
            scada::detector pressure;
            pressure.tag = "pressure_bar";
            pressure.low = 4;
            pressure.cause = "air supply";
            pressure.priority = scada::alarm_priority::critical;
            d.detectors = {pressure};
            REQUIRE(it.node().ask({{"machine", key}, make_message(d), {}, 0, 0, {}}).result ==
                    runtime::outcome::accepted);
        }
    }
    void measure(const std::string& machine, const std::string& tag, double value)
    {
        const auto a = client.post("/api/v1/samples", R"({"samples":[{"source":"machine/)" + machine + R"(","tag":")" +
                                                          tag + R"(","value":)" + to_json(value) + R"(,"at":")" +
                                                          to_rfc3339(it.node().now()) + R"("}]})");
        REQUIRE(a.status == 202);
    }
    std::string status(const std::string& alarm)
    {
        const auto a = client.get("/api/v1/alarms/" + alarm);
        return a.status == 200 ? std::string(body_of(a).at("status").as_string()) : "none";
    }
};

} // namespace

TEST_CASE("an alarm is raised by a sample, acknowledged and shelved over HTTP, and counted")
{
    watched_plant p;
    const std::string alarm = "machine:M-1:limit.temperature_celsius";
    p.measure("M-1", "temperature_celsius", 95);
    REQUIRE(soon([&] { return p.status(alarm) == "unacknowledged"; }));
    CHECK(p.client.post("/api/v1/alarms/" + alarm + "/commands/acknowledge", R"({"by":""})").status == 422);
    CHECK(p.client.post("/api/v1/alarms/" + alarm + "/commands/acknowledge", R"({"by":"ann"})").status == 200);
    CHECK(p.status(alarm) == "acknowledged");
    const auto refused =
        p.client.post("/api/v1/alarms/" + alarm + "/commands/shelve", R"({"by":"ann","reason":"","for_ms":1000})");
    CHECK(refused.status == 422);
    CHECK(body_of(refused).at("reason").as_string() == "reason_missing");
    CHECK(p.client
              .post("/api/v1/alarms/" + alarm + "/commands/shelve",
                    R"({"by":"ann","reason":"sensor is being changed","for_ms":3600000})")
              .status == 200);
    CHECK(p.status(alarm) == "shelved");
    CHECK(p.client.post("/api/v1/alarms/" + alarm + "/commands/raise", "{}").status == 403); // not a door's command
    p.it.catch_up();
    const auto kpis = body_of(p.client.get("/api/v1/alarms/kpis"));
    CHECK(kpis.at("annunciated").as_int64() == 1);
    CHECK(kpis.at("shelved").as_array().size() == 1);
    CHECK(p.client.get("/api/v1/alarms/kpis?from=yesterday").status == 422);
    CHECK(p.client.get("/api/v1/alarms/kpis?consoles=0").status == 422);
    CHECK(body_of(p.client.get("/api/v1/alarms?status=shelved")).at("items").as_array().size() == 1);
}

TEST_CASE("alarms of one cause at many machines are one group, the most urgent group first")
{
    watched_plant p;
    p.measure("M-1", "temperature_celsius", 95);
    REQUIRE(soon([&] { return p.status("machine:M-1:limit.temperature_celsius") == "unacknowledged"; }));
    p.measure("M-1", "pressure_bar", 3);
    REQUIRE(soon([&] { return p.status("machine:M-1:limit.pressure_bar") == "unacknowledged"; }));
    p.measure("M-2", "pressure_bar", 2);
    REQUIRE(soon([&] { return p.status("machine:M-2:limit.pressure_bar") == "unacknowledged"; }));
    p.it.catch_up();
    const auto answer = body_of(p.client.get("/api/v1/alarms/groups"));
    CHECK_FALSE(answer.at("flood").as_bool());
    CHECK(answer.at("in_10_minutes").as_int64() == 3);
    const auto& groups = answer.at("groups").as_array();
    REQUIRE(groups.size() == 2);
    CHECK(groups[0].at("cause").as_string() == "air supply");
    CHECK(groups[0].at("priority").as_string() == "critical");
    CHECK(groups[0].at("alarms").as_array().size() == 2);
    CHECK(groups[0].at("first").as_string() == "machine:M-1:limit.pressure_bar");
    CHECK(groups[1].at("cause").as_string() == "machine/M-1");
}

TEST_CASE("stored samples are read over HTTP as they were measured, in minutes, and page by page")
{
    watched_plant p;
    const auto now = p.it.node().now();
    std::string batch;
    for (int i = 0; i < 120; ++i)
        batch += (i == 0 ? "" : ",") + std::string(R"({"source":"machine/M-1","tag":"power_kw","value":)") +
                 std::to_string(i) + R"(,"at":")" + to_rfc3339(now - 1h + i * 1s) + R"("})";
    REQUIRE(p.client.post("/api/v1/samples", "{\"samples\":[" + batch + "]}").status == 202);
    const std::string trend = "/api/v1/samples?source=machine/M-1&tag=power_kw&from=" + to_rfc3339(now - 2h);
    REQUIRE(soon([&] { return body_of(p.client.get(trend)).at("items").as_array().size() == 120; }));

    const auto first = body_of(p.client.get(trend + "&limit=100"));
    CHECK(first.at("items").as_array().size() == 100);
    CHECK(first.at("next_from").as_string() == to_rfc3339(now - 1h + 100s));
    const auto minutes = body_of(p.client.get(trend + "&resolution=1m")).at("items").as_array();
    CHECK(minutes.size() >= 2);
    CHECK(minutes.size() <= 3);
    std::int64_t count = 0;
    for (const auto& m : minutes) count += m.at("count").as_int64();
    CHECK(count == 120);
    const auto latest = body_of(p.client.get("/api/v1/samples?source=machine/M-1")).at("items").as_array();
    REQUIRE(latest.size() == 1);
    CHECK(latest[0].at("tag").as_string() == "power_kw");
    CHECK(latest[0].at("value").to_number<double>() == 119);
}

TEST_CASE("a question for samples that makes no sense is refused with the parameter at fault")
{
    watched_plant p;
    const auto pointer = [&](const std::string& query) {
        const auto a = p.client.get("/api/v1/samples" + query);
        CHECK(a.status == 422);
        return std::string(body_of(a).at("errors").as_array().at(0).at("pointer").as_string());
    };
    CHECK(pointer("") == "?source");
    CHECK(pointer("?source=order/O-1&tag=x") == "?source");
    CHECK(pointer("?source=machine/M-1&tag=x&resolution=1d") == "?resolution");
    CHECK(pointer("?source=machine/M-1&tag=x&from=noon") == "?from");
    CHECK(pointer("?source=machine/M-1&tag=x&limit=10001") == "?limit");
    CHECK(pointer("?source=machine/M-1&tag=x&from=2026-01-05T06:00:00Z&to=2026-01-05T05:00:00Z") == "?to");
}
