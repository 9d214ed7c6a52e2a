#include <catch2/catch.hpp>

#include <thread>

#include "tests/gateways/http/house.hpp"

using namespace takt;
using std::chrono::milliseconds;
using test::house;

namespace {

void light(http::client& c, const std::string& key, int times = 1)
{
    for (int i = 0; i < times; ++i) c.post("/api/v1/candles/" + key + "/commands/light", R"({"minutes":1})");
}

/// The first `count` events of a stream.
std::vector<http::client_event> read_events(house& h, const std::string& target, std::size_t count,
                                            const http::client_headers& headers = {})
{
    std::vector<http::client_event> all;
    auto c = h.client();
    c.events(
        target,
        [&](const http::client_event& e) {
            all.push_back(e);
            return all.size() < count;
        },
        headers);
    return all;
}

} // namespace

TEST_CASE("the event stream begins after a position and goes on with what happens then")
{
    house h;
    auto c = h.client();
    light(c, "C-1", 3);
    std::thread later([&] {
        auto other = h.client();
        REQUIRE(test::soon([&] { return h.metric("takt_http_event_streams") == 1; }));
        light(other, "C-2", 2);
    });
    const auto events = read_events(h, "/api/v1/events?after=0", 5);
    later.join();
    REQUIRE(events.size() == 5);
    CHECK(boost::json::parse(events[0].data).at("entity") == "candle/C-1");
    CHECK(boost::json::parse(events[0].data).at("type") == "lit");
    CHECK(boost::json::parse(events[4].data).at("entity") == "candle/C-2");
    for (std::size_t i = 1; i < events.size(); ++i) CHECK(std::stoull(events[i - 1].id) < std::stoull(events[i].id));
}

TEST_CASE("a client that comes again with its last id misses nothing and gets nothing twice")
{
    house h;
    auto c = h.client();
    light(c, "C-1", 10);
    const auto first = read_events(h, "/api/v1/events?after=0", 4);
    REQUIRE(first.size() == 4);
    const auto rest = read_events(h, "/api/v1/events", 6, {{"Last-Event-ID", first.back().id}});
    REQUIRE(rest.size() == 6);
    CHECK(boost::json::parse(rest.front().data).at("revision") == 5);
    CHECK(boost::json::parse(rest.back().data).at("revision") == 10);
}

TEST_CASE("the event stream takes only the kinds, entities and types that are asked for")
{
    house h;
    auto c = h.client();
    light(c, "C-1");
    c.post("/api/v1/lamps/L-1/commands/switch_on", R"({"watts":1})");
    c.post("/api/v1/lamps/L-1/commands/switch_off", "{}");
    c.post("/api/v1/lamps/L-2/commands/switch_on", R"({"watts":1})");
    const auto lamps = read_events(h, "/api/v1/events?after=0&kind=lamps&type=switched_on", 2);
    CHECK(boost::json::parse(lamps[0].data).at("entity") == "lamp/L-1");
    CHECK(boost::json::parse(lamps[1].data).at("entity") == "lamp/L-2");
    const auto one = read_events(h, "/api/v1/events?after=0&entity=lamp/L-1", 2);
    CHECK(boost::json::parse(one[1].data).at("type") == "switched_off");
    CHECK(c.get("/api/v1/events?kind=torch").status == 422);
}

TEST_CASE("a client that is ahead of the journal is told so, and goes on from its end")
{
    house h;
    auto c = h.client();
    light(c, "C-1", 2);
    const auto events = read_events(h, "/api/v1/events?after=999999999", 1);
    REQUIRE(events.size() == 1);
    CHECK(events[0].type == "reset");
}

TEST_CASE("a silent stream shows that it lives")
{
    house h([](http::server_options& o) { o.bounds.heartbeat = milliseconds(50); });
    test::bare_connection b(h.door().port());
    b.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    std::this_thread::sleep_for(milliseconds(200));
    h.door().stop();
    const auto all = b.receive_all();
    CHECK(all.find("text/event-stream") != std::string::npos);
    CHECK(all.find("retry: ") != std::string::npos);
    CHECK(all.find(": alive") != std::string::npos);
}

TEST_CASE("a client that does not read its events is disconnected, and harms nobody")
{
    house h([](http::server_options& o) {
        o.bounds.stream_queue_events = 50;
        o.bounds.write_wait = milliseconds(300);
    });
    test::bare_connection slow(h.door().port());
    slow.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    REQUIRE(test::soon([&] { return h.metric("takt_http_event_streams") == 1; }));
    auto c = h.client();
    std::size_t answered = 0;
    const std::string long_colour(60'000, 'x');
    for (int i = 0; h.metric("takt_http_slow_clients_total") == 0 && i < 2000; ++i) {
        const auto on =
            c.post("/api/v1/lamps/L-1/commands/switch_on", R"({"watts":1,"colour":")" + long_colour + "\"}");
        const auto off = c.post("/api/v1/lamps/L-1/commands/switch_off", "{}");
        if (on.status == 200 && off.status == 200) ++answered;
    }
    CHECK(answered > 0);
    CHECK(h.metric("takt_http_slow_clients_total") == 1);
    CHECK(test::soon([&] { return h.metric("takt_http_event_streams") == 0; }));
}

TEST_CASE("when all event streams are taken the next one is refused")
{
    house h([](http::server_options& o) { o.bounds.event_streams = 1; });
    test::bare_connection first(h.door().port());
    first.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    REQUIRE(test::soon([&] { return h.metric("takt_http_event_streams") == 1; }));
    const auto second = h.client().get("/api/v1/events");
    CHECK(second.status == 503);
    CHECK(second.headers.contains("retry-after"));
}

TEST_CASE("events can be read page by page as JSON")
{
    house h;
    auto c = h.client();
    light(c, "C-1", 3);
    light(c, "C-2", 3);
    const http::client_headers as_json{{"Accept", "application/json"}};
    std::size_t count = 0;
    std::string after = "0";
    while (true) {
        const auto page = c.get("/api/v1/events?limit=2&kind=candle&after=" + after, as_json).json();
        count += page.at("items").as_array().size();
        if (page.at("next_after").is_null()) break;
        after = std::to_string(page.at("next_after").to_number<std::uint64_t>());
    }
    CHECK(count == 6);
}
