#include <catch2/catch.hpp>

#include "actors/core/dead_letter.hpp"
#include "tests/gateways/http/house.hpp"
#include "tests/runtime/store.hpp"

using namespace takt;
using test::house;

namespace {

constexpr const char* traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
constexpr const char* trace = "/api/v1/traces/4bf92f3577b34da6a3ce929d0e0e4736";

kind_registry lamps_that_fail()
{
    auto kinds = test::small_things();
    kinds.add(make_kind<dead_letter::kind>());
    return kinds;
}

} // namespace

TEST_CASE("an answer says to which trace its command belongs: the caller's, or a new one")
{
    house h;
    auto c = h.client();
    const auto given =
        c.send("POST", "/api/v1/lamps/L-1/commands/switch_on", R"({"watts":1})", {{"traceparent", traceparent}});
    CHECK(given.headers.at("traceparent").starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-"));
    CHECK(given.headers.at("traceparent") != traceparent); // the span is the command's own
    const auto one = c.post("/api/v1/lamps/L-2/commands/switch_on", R"({"watts":1})").headers.at("traceparent");
    const auto other = c.post("/api/v1/lamps/L-3/commands/switch_on", R"({"watts":1})").headers.at("traceparent");
    CHECK(runtime::read_traceparent(one));
    CHECK(one.substr(0, 35) != other.substr(0, 35));
    const auto broken =
        c.send("POST", "/api/v1/lamps/L-4/commands/switch_on", R"({"watts":1})", {{"traceparent", "00-nonsense"}});
    CHECK(broken.status == 200);
    CHECK(runtime::read_traceparent(broken.headers.at("traceparent")));
}

TEST_CASE("a trace shows a command, its events, and the commands that it caused below it")
{
    house h(lamps_that_fail());
    auto c = h.client();
    const auto lit =
        c.send("POST", "/api/v1/lamps/L-1/commands/switch_on", R"({"watts":7})", {{"traceparent", traceparent}});
    auto shown = c.get(trace).json().as_object();
    CHECK(shown.at("trace").as_string() == "4bf92f3577b34da6a3ce929d0e0e4736");
    CHECK(shown.at("parent").as_string() == "00f067aa0ba902b7");
    CHECK(shown.at("commands").to_number<int>() == 1);
    const auto& step = shown.at("steps").at(0);
    CHECK(step.at("entity").as_string() == "lamp/L-1");
    CHECK(step.at("command").as_string() == "switch_on");
    CHECK(step.at("events").at(0).at("type").as_string() == "switched_on");
    CHECK(step.at("events").at(0).at("data").at("watts").to_number<int>() == 7);
    CHECK(lit.headers.at("traceparent").find(step.at("span").as_string().c_str()) != std::string::npos);
    const auto event = c.get("/api/v1/lamps/L-1/history").json();
    CHECK(event.at("items").at(0).at("trace").as_string() == "4bf92f3577b34da6a3ce929d0e0e4736");

    const auto smashed = c.post("/api/v1/lamps/L-2/commands/smash", "{}", {{"Idempotency-Key", "one-hammer"}});
    CHECK(smashed.status == 500);
    h.catch_up();
    const auto id = smashed.headers.at("traceparent").substr(3, 32);
    REQUIRE(test::soon([&] { return c.get("/api/v1/traces/" + id).json().at("commands").to_number<int>() == 2; }));
    shown = c.get("/api/v1/traces/" + id).json().as_object();
    const auto& first = shown.at("steps").at(0);
    CHECK(first.at("refused").at("reason").as_string() == "failed");
    CHECK(first.at("caused").at(0).at("command").as_string() == "keep");
    CHECK(first.at("caused").at(0).at("sent_at") == first.at("at"));
    CHECK(shown.at("settled").as_bool());
}

TEST_CASE("a trace is exported as OTLP spans whose parents are those of the tree")
{
    house h(lamps_that_fail());
    auto c = h.client();
    c.send("POST", "/api/v1/lamps/L-1/commands/smash", "{}", {{"traceparent", traceparent}, {"Idempotency-Key", "k"}});
    REQUIRE(test::soon([&] { return c.get(trace).json().at("commands").to_number<int>() == 2; }));
    const auto document = c.get(std::string(trace) + "?format=otlp").json();
    const auto& resource = document.at("resourceSpans").at(0);
    CHECK(resource.at("resource").at("attributes").at(0).at("value").at("stringValue").as_string() == "takt");
    const auto& spans = resource.at("scopeSpans").at(0).at("spans").as_array();
    REQUIRE(spans.size() == 2);
    const auto root = spans[0].as_object(), child = spans[1].as_object();
    CHECK(root.at("name").as_string() == "lamp/smash");
    CHECK(root.at("traceId").as_string() == "4bf92f3577b34da6a3ce929d0e0e4736");
    CHECK(root.at("parentSpanId").as_string() == "00f067aa0ba902b7");
    CHECK(root.at("status").at("code").to_number<int>() == 2);
    CHECK(child.at("parentSpanId") == root.at("spanId"));
    CHECK(child.at("startTimeUnixNano") == root.at("endTimeUnixNano"));
}

TEST_CASE("a trace that is not there is not found, and a format that is not known is named")
{
    house h;
    auto c = h.client();
    CHECK(c.get(trace).status == 404);
    CHECK(c.get("/api/v1/traces/4BF9").json().at("reason").as_string() == "no_such_trace");
    CHECK(c.get(std::string(trace) + "?format=xml").json().at("errors").at(0).at("pointer").as_string() == "?format");
}
