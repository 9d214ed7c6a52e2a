#include <catch2/catch.hpp>

#include <fstream>

#include "gateways/http/access.hpp"
#include "tests/gateways/http/house.hpp"

using namespace takt;
using test::house;

namespace {

const std::string secret = "correct-horse-battery-staple";

} // namespace

TEST_CASE("a node with a token answers only who shows it, but for its probes")
{
    house h([](http::server_options& o) { o.token = secret; });
    auto stranger = h.client();
    const auto refused = stranger.get("/api/v1/kinds");
    CHECK(refused.status == 401);
    CHECK(refused.headers.at("www-authenticate").starts_with("Bearer"));
    CHECK(stranger.get("/metrics").status == 401);
    CHECK(stranger.get("/healthz").status == 200);
    CHECK(stranger.get("/readyz").status == 200);
    CHECK(h.client("wrong-horse-battery-staple!").get("/api/v1/kinds").status == 401);
    CHECK(h.client(secret).get("/api/v1/kinds").status == 200);
    CHECK(h.metric("takt_http_rejected_tokens_total") == 3);
}

TEST_CASE("an address that others reach needs a token")
{
    const auto open_to_all = [](http::server_options& o) { o.address = "0.0.0.0"; };
    CHECK_THROWS_AS(house(open_to_all), std::invalid_argument);
    house h([](http::server_options& o) {
        o.address = "0.0.0.0";
        o.token = secret;
    });
    CHECK(http::client("http://127.0.0.1:" + std::to_string(h.door().port()), secret).get("/readyz").status == 200);
}

TEST_CASE("a web page from elsewhere cannot use a node on this machine, whatever name it gives it")
{
    house h;
    auto c = h.client();
    CHECK(c.get("/api/v1/kinds", {{"Origin", "http://evil.example"}}).status == 403);
    CHECK(c.get("/api/v1/kinds", {{"Host", "evil.example"}}).status == 421);
    CHECK(c.get("/api/v1/kinds", {{"Host", "localhost:1"}, {"Origin", "http://localhost:1"}}).status == 200);
}

TEST_CASE("tokens are compared whole")
{
    CHECK(http::equal_in_constant_time(secret, secret));
    CHECK_FALSE(http::equal_in_constant_time(secret.substr(1), secret));
    CHECK_FALSE(http::equal_in_constant_time("", secret));
    CHECK_FALSE(http::equal_in_constant_time(secret + secret, secret));
}

TEST_CASE("a token file has one good token in its first line")
{
    const test::temporary_folder folder;
    const auto file = (folder.path() / "token").string();
    const auto with = [&](const std::string& text) {
        std::ofstream(file) << text;
        return file;
    };
    CHECK(http::read_token_file(with(secret + "\r\n")) == secret);
    CHECK_THROWS_AS(http::read_token_file(with("short\n")), std::runtime_error);
    CHECK_THROWS_AS(http::read_token_file(with("a token with many spaces\n")), std::runtime_error);
    CHECK_THROWS_AS(http::read_token_file((folder.path() / "none").string()), std::runtime_error);
}

TEST_CASE("an endpoint is read with and without its address")
{
    http::server_options o;
    http::read_endpoint("[::1]:81", o);
    CHECK(o.address == "::1");
    CHECK(o.port == 81);
    http::read_endpoint(":0", o);
    CHECK(o.port == 0);
    http::read_endpoint("10.1.2.3:8080", o);
    CHECK(o.address == "10.1.2.3");
    CHECK_THROWS_AS(http::read_endpoint("10.1.2.3", o), std::invalid_argument);
    CHECK_THROWS_AS(http::read_endpoint("plant:80", o), std::invalid_argument);
    CHECK_THROWS_AS(http::read_endpoint(":99999", o), std::invalid_argument);
}
