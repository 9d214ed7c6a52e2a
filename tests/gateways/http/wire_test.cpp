#include <catch2/catch.hpp>

#include "tests/gateways/http/house.hpp"

using namespace takt;
using std::chrono::milliseconds;
using test::bare_connection;
using test::house;

TEST_CASE("HEAD answers as GET does without the body, OPTIONS tells the methods, others get 405 with Allow")
{
    house h;
    auto c = h.client();
    const auto get = c.get("/api/v1/kinds");
    const auto head = c.send("HEAD", "/api/v1/kinds");
    CHECK(head.status == 200);
    CHECK(head.body.empty());
    CHECK(head.headers.at("content-length") == std::to_string(get.body.size()));
    const auto options = c.send("OPTIONS", "/api/v1/kinds");
    CHECK(options.status == 204);
    CHECK(options.headers.at("allow") == "GET, HEAD, OPTIONS");
    const auto put = c.send("PUT", "/api/v1/orders", "{}");
    CHECK(put.status == 405);
    CHECK(put.headers.at("allow") == "GET, HEAD, OPTIONS, POST");
    CHECK(c.send("DELETE", "/api/v1/samples").headers.at("allow") == "GET, HEAD, OPTIONS, POST");
}

TEST_CASE("a connection serves one request after the other, also when they come at once")
{
    house h;
    bare_connection b(h.door().port());
    const std::string ask = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const std::string last = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    REQUIRE(b.send(ask + ask + last));
    const auto all = b.receive_all();
    CHECK(all.find("alive") != all.rfind("alive"));
    CHECK(all.find("\"ready\"") != std::string::npos);
}

TEST_CASE("a body larger than its route takes is refused before it is read")
{
    house h([](http::server_options& o) { o.bounds.body_bytes = 1000; });
    auto c = h.client();
    const auto large =
        c.post("/api/v1/lamps/L-1/commands/switch_on", "{\"colour\":\"" + std::string(2000, 'x') + "\"}");
    CHECK(large.status == 413);
    CHECK(large.json().at("reason") == "body_too_large");
    bare_connection b(h.door().port());
    b.send("POST /api/v1/samples HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n");
    CHECK(b.receive_all().find(" 413 ") != std::string::npos);
}

TEST_CASE("headers larger than the door takes are refused, and what is no HTTP too")
{
    house h;
    bare_connection large(h.door().port());
    large.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n");
    CHECK(large.receive_all().find(" 431 ") != std::string::npos);
    bare_connection babble(h.door().port());
    babble.send("Good morning, is this the plant?\r\n\r\n");
    CHECK(babble.receive_all().find(" 400 ") != std::string::npos);
    CHECK(h.client().get("/api/v1/%ff").json().at("reason") == "bad_target");
}

TEST_CASE("a body that is declared to be no JSON is refused")
{
    house h;
    auto c = h.client();
    const std::string path = "/api/v1/candles/C-1/commands/light";
    CHECK(c.post(path, R"({"minutes":1})", {{"Content-Type", "application/xml"}}).status == 415);
    CHECK(c.post(path, R"({"minutes":1})", {{"Content-Type", "application/json; charset=utf-8"}}).status == 200);
}

TEST_CASE("a client that waits for permission to send its body gets it")
{
    house h;
    bare_connection b(h.door().port());
    b.send("POST /api/v1/candles/C/commands/light HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
           "Expect: 100-continue\r\nContent-Length: 13\r\n\r\n");
    b.send(R"({"minutes":1})");
    const auto all = b.receive_all();
    CHECK(all.starts_with("HTTP/1.1 100 Continue\r\n\r\n"));
    CHECK(all.find("HTTP/1.1 200 OK") != std::string::npos);
}

TEST_CASE("a client that sends its request too slowly is closed and counted, idle ones are just closed")
{
    house h([](http::server_options& o) {
        o.bounds.header_wait = milliseconds(100);
        o.bounds.idle_wait = milliseconds(1000);
    });
    bare_connection slow(h.door().port()), idle(h.door().port());
    slow.send("GET /healthz HT");
    CHECK(slow.closes(std::chrono::seconds(5)));
    CHECK(idle.closes(std::chrono::seconds(5)));
    CHECK(test::soon([&] { return h.metric("takt_http_timeouts_total") == 1; }));
}

TEST_CASE("when all connections are taken the next client is told so, and is let in when one has gone")
{
    house h([](http::server_options& o) { o.bounds.connections = 2; });
    auto one = std::make_unique<bare_connection>(h.door().port());
    bare_connection two(h.door().port());
    one->send("GET /healthz HTTP/1.1\r\n");
    two.send("GET /healthz HTTP/1.1\r\n");
    REQUIRE(test::soon([&] { return h.metric("takt_http_connections") == 2; }));
    bare_connection third(h.door().port());
    const auto told = third.receive_all();
    CHECK(told.find(" 503 ") != std::string::npos);
    CHECK(told.find("Retry-After") != std::string::npos);
    CHECK(h.metric("takt_http_turned_away_total{reason=\"connections\"}") == 1);
    one.reset();
    REQUIRE(test::soon([&] { return h.metric("takt_http_connections") == 1; }));
    CHECK(h.client().get("/healthz").status == 200);
}

TEST_CASE("a stopped server has finished what it had begun, and takes nothing more")
{
    house h;
    bare_connection idle(h.door().port());
    const auto port = h.door().port();
    CHECK(h.client().get("/healthz").status == 200);
    h.door().stop();
    CHECK(idle.closes(std::chrono::seconds(5)));
    CHECK_THROWS(bare_connection(port));
}
