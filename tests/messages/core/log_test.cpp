#include "messages/core/log.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

using namespace takt;

TEST_CASE("a line of the log is one line, whatever stands in it", "[messages]")
{
    const std::string reason = "he said \"no\",\nthen a=b";
    CHECK(log_text(log_format::text, "entity_failed", {{"entity", "machine/M-1"}, {"reason", reason}, {"times", 3}}) ==
          R"(entity_failed entity=machine/M-1 reason="he said \"no\",\nthen a=b" times=3)");
    CHECK(log_text(log_format::text, "http_stopped", {}) == "http_stopped");
    CHECK(log_text(log_format::text, "named", {{"name", ""}}) == R"(named name="")");
}

TEST_CASE("a line of the log as JSON has its particulars as members", "[messages]")
{
    const std::string reason = "he said \"no\",\nthen a=b";
    const auto text =
        '{' + log_text(log_format::json, "entity_failed", {{"reason", reason}, {"times", 3}, {"ready", false}}) + '}';
    const auto line = boost::json::parse(text).as_object();
    CHECK(line.at("event").as_string() == "entity_failed");
    CHECK(line.at("reason").as_string() == reason);
    CHECK(line.at("times").to_number<int>() == 3);
    CHECK(line.at("ready").as_bool() == false);
}
