#include <catch2/catch.hpp>

#include "tests/gateways/http/house.hpp"

using namespace takt;
using test::house;

namespace {

std::string on(int watts, const std::string& more = {}) { return "{\"watts\":" + std::to_string(watts) + more + "}"; }

std::vector<std::string> keys(const boost::json::value& page)
{
    std::vector<std::string> all;
    for (const auto& item : page.at("items").as_array()) all.emplace_back(item.at("key").as_string());
    return all;
}

} // namespace

TEST_CASE("an entity is read under its kind's singular and plural name, with its revision as ETag")
{
    house h;
    auto c = h.client();
    REQUIRE(c.post("/api/v1/lamps/L-1/commands/switch_on", on(40)).status == 200);
    const auto lamp = c.get("/api/v1/lamps/L-1");
    CHECK(lamp.status == 200);
    CHECK(lamp.headers.at("content-type") == "application/json");
    CHECK(lamp.json().at("key") == "L-1");
    CHECK(lamp.json().at("entity_revision") == 1);
    CHECK(lamp.json().at("status") == "on");
    CHECK(lamp.json().at("watts") == 40);
    CHECK(c.get("/api/v1/lamp/L-1").json().at("watts") == 40);
}

TEST_CASE("an entity that is still as the client knows it is not sent again")
{
    house h;
    auto c = h.client();
    c.post("/api/v1/candles/C-1/commands/light", R"({"minutes":5})");
    const auto first = c.get("/api/v1/candles/C-1");
    CHECK(first.headers.at("etag") == "\"1\"");
    const auto same = c.get("/api/v1/candles/C-1", {{"If-None-Match", "\"1\""}});
    CHECK(same.status == 304);
    CHECK(same.body.empty());
    CHECK(same.headers.at("etag") == "\"1\"");
    CHECK(c.get("/api/v1/candles/C-1", {{"If-None-Match", "\"7\", W/\"1\""}}).status == 304);
    c.post("/api/v1/candles/C-1/commands/light", R"({"minutes":5})");
    CHECK(c.get("/api/v1/candles/C-1", {{"If-None-Match", "\"1\""}}).status == 200);
}

TEST_CASE("what nothing has happened to is not there, and the answer says which of kind and key is wrong")
{
    house h;
    auto c = h.client();
    CHECK(c.get("/api/v1/lamps/L-9").json().at("reason") == "unknown_entity");
    CHECK(c.get("/api/v1/lamps/a%20b").json().at("reason") == "unknown_entity");
    const auto kind = c.get("/api/v1/torches/T-1");
    CHECK(kind.status == 404);
    CHECK(kind.headers.at("content-type") == "application/problem+json");
    CHECK(kind.json().at("reason") == "unknown_kind");
    CHECK(std::string(kind.json().at("detail").as_string()).find("candle") != std::string::npos);
    CHECK(c.get("/nothing").json().at("reason") == "no_such_path");
}

TEST_CASE("history gives an entity's events page by page, oldest first")
{
    house h;
    auto c = h.client();
    for (int i = 0; i < 5; ++i) c.post("/api/v1/candles/C-1/commands/light", R"({"minutes":1})");
    const auto first = c.get("/api/v1/candles/C-1/history?limit=2").json();
    REQUIRE(first.at("items").as_array().size() == 2);
    CHECK(first.at("items").at(0).at("revision") == 1);
    CHECK(first.at("items").at(0).at("type") == "lit");
    CHECK(first.at("items").at(0).at("command") == "light");
    CHECK(first.at("items").at(0).at("data").at("minutes") == 1);
    CHECK(first.at("next_after") == 2);
    const auto last = c.get("/api/v1/candles/C-1/history?limit=3&after=2").json();
    CHECK(last.at("items").as_array().size() == 3);
    CHECK(last.at("next_after").is_null());
    CHECK(c.get("/api/v1/candles/C-2/history").status == 404);
    CHECK(c.get("/api/v1/candles/C-1/history?limit=0").status == 422);
    CHECK(c.get("/api/v1/candles/C-1/history?after=x").json().at("errors").at(0).at("pointer") == "?after");
}

TEST_CASE("an entity is read as it was after an event, and as it was at a time")
{
    house h;
    auto c = h.client();
    c.post("/api/v1/candles/C-1/commands/light", R"({"minutes":1})");
    c.post("/api/v1/candles/C-1/commands/light", R"({"minutes":10})");
    CHECK(c.get("/api/v1/candles/C-1?revision=1").json().at("minutes") == 1);
    CHECK(c.get("/api/v1/candles/C-1?revision=2").json().at("minutes") == 11);
    CHECK(c.get("/api/v1/candles/C-1?revision=3").json().at("reason") == "unknown_revision");
    const auto history = c.get("/api/v1/candles/C-1/history").json();
    const auto second = std::string(history.at("items").at(1).at("at").as_string());
    CHECK(c.get("/api/v1/candles/C-1?at=" + second).json().at("minutes") == 11);
    CHECK(c.get("/api/v1/candles/C-1?at=2001-01-01T00:00:00Z").status == 404);
    CHECK(c.get("/api/v1/candles/C-1?at=yesterday").status == 422);
    CHECK(c.get("/api/v1/candles/C-1?revision=1&at=" + second).status == 422);
}

TEST_CASE("a list goes from page to page in the order of keys, and its cursor fits no other list")
{
    house h;
    auto c = h.client();
    for (int i = 1; i <= 5; ++i) c.post("/api/v1/lamps/L-" + std::to_string(i) + "/commands/switch_on", on(10 * i));
    h.catch_up();
    const auto first = c.get("/api/v1/lamps?limit=2").json();
    CHECK(keys(first) == std::vector<std::string>{"L-1", "L-2"});
    const std::string cursor(first.at("next_cursor").as_string());
    const auto second = c.get("/api/v1/lamps?limit=3&cursor=" + cursor).json();
    CHECK(keys(second) == std::vector<std::string>{"L-3", "L-4", "L-5"});
    CHECK(second.at("next_cursor").is_null());
    CHECK(c.get("/api/v1/lamps?status=on&cursor=" + cursor).status == 422);
    CHECK(c.get("/api/v1/candles?cursor=" + cursor).status == 422);
    CHECK(c.get("/api/v1/lamps?limit=100000").status == 422);
}

TEST_CASE("a list can be asked for those with a member's value, before a time, above a number")
{
    house h;
    auto c = h.client();
    c.post("/api/v1/lamps/L-1/commands/switch_on", on(10, R"(,"colour":"red","until":"2999-01-01T00:00:00Z")"));
    c.post("/api/v1/lamps/L-2/commands/switch_on", on(20, R"(,"colour":"green","until":"2000-01-01T00:00:00Z")"));
    c.post("/api/v1/lamps/L-3/commands/switch_on", on(30, R"(,"colour":"red","until":"2999-01-01T00:00:00Z")"));
    c.post("/api/v1/lamps/L-3/commands/switch_off", "{}");
    h.catch_up();
    const auto asked = [&](const std::string& query) { return keys(c.get("/api/v1/lamps?" + query).json()); };
    using some = std::vector<std::string>;
    CHECK(asked("colour=red") == some{"L-1", "L-3"});
    CHECK(asked("colour=red&status=on") == some{"L-1"});
    CHECK(asked("colour=red,green") == some{"L-1", "L-2", "L-3"});
    CHECK(asked("late=true") == some{"L-2"});
    CHECK(asked("due_before=2500-01-01T00:00:00Z") == some{"L-2"});
    CHECK(asked("due_after=2999-01-01T08:00:00+08:00") == some{"L-1", "L-3"});
    CHECK(asked("watts_min=20&watts_max=25") == some{"L-2"});
    CHECK(asked("watts=10,30") == some{"L-1", "L-3"});
    CHECK(c.get("/api/v1/lamps?status=broken").json().at("errors").at(0).at("pointer") == "?status");
    CHECK(c.get("/api/v1/lamps?price=3").status == 422);
    CHECK(c.get("/api/v1/lamps?late=perhaps&due_before=soon").json().at("errors").as_array().size() == 2);
}

TEST_CASE("kinds are told with their commands and events")
{
    house h;
    const auto kinds = h.client().get("/api/v1/kinds").json().at("items").as_array();
    REQUIRE(kinds.size() >= 2);
    CHECK(kinds[0].at("name") == "lamp");
    CHECK(kinds[0].at("path") == "/api/v1/lamps");
    CHECK(kinds[0].at("telemetry") == true);
    CHECK(kinds[0].at("commands").as_array().size() == 3);
}
