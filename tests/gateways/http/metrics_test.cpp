#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>

#include "tests/gateways/http/house.hpp"

using namespace takt;
using test::house;

TEST_CASE("metrics count requests by route template, method and code")
{
    house h;
    auto c = h.client();
    c.get("/api/v1/candles/C-1");
    c.get("/api/v1/candles/C-2");
    CHECK(h.metric(R"(takt_http_requests_total{code="404",method="GET",route="/api/v1/{kind}/{key}"})") == 2);
    CHECK(h.metric(R"(takt_http_request_duration_seconds_count{route="/api/v1/{kind}/{key}"})") == 2);
}

TEST_CASE("metrics tell how many entities of a kind are in each status")
{
    house h;
    auto c = h.client();
    c.post("/api/v1/lamps/L-1/commands/switch_on", R"({"watts":1,"until":"2000-01-01T00:00:00Z"})");
    c.post("/api/v1/lamps/L-2/commands/switch_on", R"({"watts":1})");
    c.post("/api/v1/lamps/L-2/commands/switch_off", "{}");
    h.catch_up();
    CHECK(h.metric(R"(takt_lamps{status="on"})") == 1);
    CHECK(h.metric(R"(takt_lamps{status="off"})") == 1);
    CHECK(h.metric("takt_lamps_late") == 1);
    CHECK(h.metric("takt_events_total") == 3);
    CHECK(h.metric("takt_ready") == 1);
}

TEST_CASE("promtool finds nothing wrong with the metrics")
{
    if (std::system("command -v promtool >/dev/null 2>&1") != 0) {
        WARN("promtool is not installed (Debian package prometheus): not checked");
        return;
    }
    house h;
    auto c = h.client();
    c.post("/api/v1/lamps/L-1/commands/switch_on", R"({"watts":1})");
    const auto shown = c.get("/metrics");
    CHECK(shown.headers.at("content-type") == "text/plain; version=0.0.4; charset=utf-8");
    const test::temporary_folder folder;
    const auto file = (folder.path() / "metrics").string();
    std::ofstream(file) << shown.body;
    CHECK(std::system(("promtool check metrics < " + file).c_str()) == 0);
}
