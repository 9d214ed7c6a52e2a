#include <catch2/catch.hpp>

#include "gateways/http/paging.hpp"
#include "gateways/http/target.hpp"

using namespace takt::http;

TEST_CASE("a path is split first and decoded then, so an escaped slash is part of a segment")
{
    const auto t = parse_target("/api/v1/lamps/a%2Fb?x=1&y=a%20b+c&flag&x=2,3");
    REQUIRE(t);
    CHECK(t->path == std::vector<std::string>{"api", "v1", "lamps", "a/b"});
    CHECK(t->parameter("y") == "a b c");
    CHECK(t->parameter("flag") == "");
    CHECK(t->parameters("x") == std::vector<std::string>{"1", "2", "3"});
    CHECK_FALSE(t->parameter("z"));
}

TEST_CASE("a slash at the end and an absolute target do not matter")
{
    CHECK(parse_target("/api/")->path == std::vector<std::string>{"api"});
    CHECK(parse_target("/")->path.empty());
    CHECK(parse_target("http://h:1/api?x=1")->path == std::vector<std::string>{"api"});
    CHECK(parse_target("http://h:1")->path.empty());
}

TEST_CASE("a target with broken escapes, control characters or bytes that are not UTF-8 is none")
{
    for (const char* bad : {"/%", "/%4", "/%zz", "/%ff", "/%c0%af", "/%ed%a0%80", "/%00", "/a?x=%0a", "api", ""})
        CHECK_FALSE(parse_target(bad));
}

TEST_CASE("UTF-8 goes through escaping and back")
{
    const std::string text = "工单 WO/1 ñ 🏭";
    CHECK(percent_decode(percent_encode(text), false) == text);
    CHECK(is_utf8(text));
    CHECK_FALSE(is_utf8("\xf0\x9f\x8f"));
}

TEST_CASE("a cursor leads back to its key, and only for its question")
{
    const auto cursor = make_cursor("M-104", 42);
    CHECK(read_cursor(cursor, 42) == "M-104");
    CHECK_FALSE(read_cursor(cursor, 43));
    CHECK_FALSE(read_cursor("not a cursor", 42));
    CHECK_FALSE(read_cursor("zz", 42));
}

TEST_CASE("the stable hash is what it was, as order keys hang on it")
{
    CHECK(stable_hash("") == 17280346270528514342ULL);
    CHECK(stable_hash("takt") == stable_hash("takt"));
    CHECK(stable_hash("takt") != stable_hash("Takt"));
    CHECK(stable_hash("takt", 1) != stable_hash("takt"));
}
