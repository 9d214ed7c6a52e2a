#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "gateways/http/console.hpp"
#include "tests/gateways/http/house.hpp"

using namespace takt;
using test::house;

namespace {

void write(const std::filesystem::path& path, std::string_view text)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

/// A console as it is built: a page, an asset with its compressed forms, a picture.
struct built_console {
    built_console()
    {
        write(folder.path() / "index.html", "<html>the page</html>");
        write(folder.path() / "assets/index-1f.js", "plain");
        write(folder.path() / "assets/index-1f.js.br", "by brotli");
        write(folder.path() / "assets/index-1f.js.gz", "by gzip");
        write(folder.path() / "icon.svg", "<svg/>");
    }
    test::temporary_folder folder;
};

struct house_with_console : built_console {
    house h{[this](http::server_options& o) { o.console = folder.path().string(); }};
};

} // namespace

TEST_CASE("a node hands out the console's files with their types")
{
    house_with_console c;
    auto browser = c.h.client();
    const auto page = browser.get("/");
    CHECK(page.status == 200);
    CHECK(page.body == "<html>the page</html>");
    CHECK(page.headers.at("content-type") == "text/html; charset=utf-8");
    CHECK(page.headers.at("cache-control") == "no-cache");
    CHECK(browser.get("/icon.svg").headers.at("content-type") == "image/svg+xml");
    const auto script = browser.get("/assets/index-1f.js");
    CHECK(script.body == "plain");
    CHECK(script.headers.at("content-type") == "text/javascript; charset=utf-8");
    CHECK(script.headers.at("cache-control") == "public, max-age=31536000, immutable");
}

TEST_CASE("a page's own address is the console, also with a key that has a dot")
{
    house_with_console c;
    auto browser = c.h.client();
    for (const char* path : {"/orders", "/orders/SO-1", "/cases/machine_fault:machine:M.1", "/trace/lot/L-1?depth=2"})
        CHECK(browser.get(path).body == "<html>the page</html>");
}

TEST_CASE("a file that does not exist is not answered with a page, and the API keeps its own answers")
{
    house_with_console c;
    auto browser = c.h.client();
    CHECK(browser.get("/assets/index-00.js").status == 404);
    CHECK(browser.get("/favicon.ico").status == 404);
    const auto api = browser.get("/api/v1/a/b/c/d/e");
    CHECK(api.status == 404);
    CHECK(api.headers.at("content-type") == "application/problem+json");
    CHECK(browser.post("/orders", "{}").status == 405);
}

TEST_CASE("a browser gets what it can unpack, the smallest first")
{
    house_with_console c;
    auto browser = c.h.client();
    const auto as = [&](const std::string& accepted) {
        return browser.get("/assets/index-1f.js", {{"Accept-Encoding", accepted}});
    };
    CHECK(as("gzip, deflate, br").body == "by brotli");
    CHECK(as("gzip, deflate, br").headers.at("content-encoding") == "br");
    CHECK(as("gzip").headers.at("content-encoding") == "gzip");
    CHECK(as("gzip").body == "by gzip");
    CHECK(as("br;q=0, gzip;q=0.5").body == "by gzip");
    CHECK(as("identity").body == "plain");
    CHECK(browser.get("/", {{"Accept-Encoding", "br"}}).body == "<html>the page</html>");
}

TEST_CASE("a page that a browser has already is not sent again")
{
    house_with_console c;
    auto browser = c.h.client();
    const auto tag = browser.get("/").headers.at("etag");
    const auto again = browser.get("/", {{"If-None-Match", tag}});
    CHECK(again.status == 304);
    CHECK(again.body.empty());
    CHECK(browser.get("/", {{"If-None-Match", "\"another\""}}).status == 200);
}

TEST_CASE("the console's pages may run nothing but the node's own scripts, in nobody's frame")
{
    house_with_console c;
    const auto policy = c.h.client().get("/").headers.at("content-security-policy");
    CHECK(policy.find("default-src 'none'") != std::string::npos);
    CHECK(policy.find("script-src 'self';") != std::string::npos);
    CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
    CHECK(policy.find("unsafe") == std::string::npos);
}

TEST_CASE("the console itself needs no token, what it asks does")
{
    built_console c;
    house h([&](http::server_options& o) {
        o.console = c.folder.path().string();
        o.token = "correct-horse-battery-staple";
    });
    CHECK(h.client().get("/orders").status == 200);
    CHECK(h.client().get("/api/v1/kinds").status == 401);
}

TEST_CASE("a folder without a console is named")
{
    test::temporary_folder empty;
    CHECK_THROWS_WITH(http::console(empty.path()), Catch::Contains("no index.html"));
}
