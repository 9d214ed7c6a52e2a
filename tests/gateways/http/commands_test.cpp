#include <catch2/catch.hpp>

#include "tests/gateways/http/house.hpp"

using namespace takt;
using test::house;

namespace {

std::string reason(const http::client_answer& a) { return std::string(a.json().at("reason").as_string()); }

} // namespace

TEST_CASE("a command that is taken answers the key, the new revision and what the entity said")
{
    house h;
    const auto a = h.client().post("/api/v1/lamps/L-1/commands/switch_on", R"({"watts":40,"colour":"red"})");
    CHECK(a.status == 200);
    CHECK(a.headers.at("etag") == "\"1\"");
    CHECK(a.json().at("key") == "L-1");
    CHECK(a.json().at("entity_revision") == 1);
    CHECK(a.json().at("reply").at("times") == 1);
    CHECK(h.node().view(entity_ref("lamp", "L-1")).revision == 1);
}

TEST_CASE("a command whose members are wrong is refused with a pointer to each")
{
    house h;
    auto c = h.client();
    const auto a = c.post("/api/v1/lamps/L-1/commands/switch_on", R"({"colour":7,"colour_code":3})");
    CHECK(a.status == 422);
    CHECK(a.headers.at("content-type") == "application/problem+json");
    const auto body = a.json();
    CHECK(body.at("status") == 422);
    std::vector<std::string> pointers;
    for (const auto& e : body.at("errors").as_array()) pointers.emplace_back(e.at("pointer").as_string());
    CHECK(pointers == std::vector<std::string>{"#/watts", "#/colour", "#/colour_code"});
    CHECK(c.post("/api/v1/lamps/L-1/commands/switch_on", "{\"watts\":").status == 422);
    CHECK(c.post("/api/v1/lamps/L-1/commands/switch_on", "{\"watts\":1,\"colour\":\"\xff\"}").status == 422);
    CHECK(c.get("/api/v1/lamps/L-1").status == 404);
}

TEST_CASE("an entity's refusal is a conflict with its reason, or names the member at fault")
{
    house h;
    auto c = h.client();
    const auto off = c.post("/api/v1/lamps/L-1/commands/switch_off", "");
    CHECK(off.status == 409);
    CHECK(reason(off) == "is_off");
    const auto dark = c.post("/api/v1/lamps/L-1/commands/switch_on", R"({"watts":0})");
    CHECK(dark.status == 422);
    CHECK(reason(dark) == "too_dark");
    CHECK(dark.json().at("errors").at(0).at("pointer") == "#/watts");
}

TEST_CASE("a command that is for other entities, or unknown, is turned away with those that are open")
{
    house h;
    auto c = h.client();
    const auto inner = c.post("/api/v1/lamps/L-1/commands/flicker", "{}");
    CHECK(inner.status == 403);
    CHECK(reason(inner) == "not_at_the_door");
    const auto unknown = c.post("/api/v1/lamps/L-1/commands/explode", "{}");
    CHECK(unknown.status == 404);
    CHECK(reason(unknown) == "unknown_command");
    CHECK(std::string(unknown.json().at("detail").as_string()).find("switch_on") != std::string::npos);
    CHECK(reason(c.post("/api/v1/lamps/a%20b/commands/switch_on", "{}")) == "invalid_key");
    CHECK(reason(c.post("/api/v1/torches/T/commands/switch_on", "{}")) == "unknown_kind");
}

TEST_CASE("an entity whose code throws answers 500 and leaves a dead letter, and its neighbours go on")
{
    house h;
    auto c = h.client();
    const auto a = c.post("/api/v1/lamps/L-1/commands/smash", "{}");
    CHECK(a.status == 500);
    CHECK(a.body.find("dead_letters") != std::string::npos);
    CHECK(c.post("/api/v1/lamps/L-2/commands/switch_on", R"({"watts":1})").status == 200);
    CHECK(c.post("/api/v1/lamps/L-1/commands/switch_on", R"({"watts":1})").status == 200);
}

TEST_CASE("a POST repeated with its Idempotency-Key gets the first answer and changes nothing, also after a restart")
{
    house h;
    const http::client_headers key{{"Idempotency-Key", "\"7d1e\""}};
    const std::string path = "/api/v1/candles/C-1/commands/light", body = R"({"minutes":5})";
    std::string first;
    {
        auto c = h.client();
        first = c.post(path, body, key).body;
        const auto again = c.post(path, body, key);
        CHECK(again.status == 200);
        CHECK(again.body == first);
        CHECK(again.json().at("entity_revision") == 1);
        CHECK(c.post(path, body, {{"Idempotency-Key", "7d1e"}}).body == first);
    }
    h.restart();
    auto c = h.client();
    CHECK(c.post(path, body, key).body == first);
    CHECK(c.get("/api/v1/candles/C-1").json().at("minutes") == 5);
}

TEST_CASE("an Idempotency-Key that comes with another request is refused")
{
    house h;
    auto c = h.client();
    const http::client_headers key{{"Idempotency-Key", "k"}};
    c.post("/api/v1/candles/C-1/commands/light", R"({"minutes":5})", key);
    const auto other = c.post("/api/v1/candles/C-1/commands/light", R"({"minutes":6})", key);
    CHECK(other.status == 422);
    CHECK(reason(other) == "key_reused");
    CHECK(c.post("/api/v1/candles/C-1/commands/light", "{\"minutes\":5}", {{"Idempotency-Key", ""}}).status == 422);
}

TEST_CASE("a command bound to a revision is taken at that revision only")
{
    house h;
    auto c = h.client();
    const std::string path = "/api/v1/candles/C-1/commands/light", body = R"({"minutes":5})";
    const auto early = c.post(path, body, {{"If-Match", "\"1\""}});
    CHECK(early.status == 412);
    CHECK(reason(early) == "revision_changed");
    CHECK(c.post(path, body, {{"If-Match", "\"0\""}}).status == 200);
    CHECK(c.post(path, body, {{"If-Match", "\"1\""}}).status == 200);
    CHECK(c.post(path, body, {{"If-Match", "\"1\", \"2\""}}).status == 200);
    CHECK(c.post(path, body, {{"If-Match", "\"1\", \"2\""}}).status == 412);
    CHECK(c.post(path, body, {{"If-Match", "*"}}).status == 200);
    CHECK(c.get("/api/v1/candles/C-1").json().at("minutes") == 20);
}

TEST_CASE("telemetry reaches what measures; a sample of anything else is named")
{
    house h;
    auto c = h.client();
    c.post("/api/v1/lamps/L-1/commands/switch_on", R"({"watts":1})");
    const std::string good = R"({"source":"lamp/L-1","tag":"lumen","value":470.5,"at":"2026-01-05T06:00:00Z"})";
    const std::string bad = R"({"source":"candle/C-1","tag":"lumen","value":1,"at":"2026-01-05T06:00:00Z"})";
    const auto taken = c.post("/api/v1/samples", "{\"samples\":[" + good + "," + good + "]}");
    CHECK(taken.status == 202);
    CHECK(taken.json().at("accepted") == 2);
    CHECK(taken.json().at("dropped") == 0);
    CHECK(test::soon([&] {
        return c.get("/api/v1/lamps/L-1").json().at("live") != "x" &&
               c.get("/api/v1/lamps/L-1").body.find("470.5") != std::string::npos;
    }));
    const auto refused = c.post("/api/v1/samples", "{\"samples\":[" + good + "," + bad + "]}");
    CHECK(refused.status == 422);
    CHECK(refused.json().at("errors").at(0).at("pointer") == "#/samples/1/source");
}
