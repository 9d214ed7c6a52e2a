#include <catch2/catch.hpp>

#include <cmath>

#include "actors/scada/detect/expression.hpp"

using namespace takt;
using detect::expression;

namespace {

double value_of(const std::string& text, const std::vector<double>& values = {})
{
    const auto e = expression::parse(text);
    if (!e) FAIL(describe(e.error()));
    return e->value(values);
}

std::string complaint(const std::string& text)
{
    const auto e = expression::parse(text);
    return e ? "none" : e.error().front().detail;
}

} // namespace

TEST_CASE("a formula binds as arithmetic does")
{
    CHECK(value_of("1 + 2 * 3 - 4 / 2") == 5);
    CHECK(value_of("(1 + 2) * 3") == 9);
    CHECK(value_of("8 - 2 - 3") == 3);
    CHECK(value_of("-2 * -3") == 6);
    CHECK(value_of("1.5e3 + .5") == 1500.5);
    CHECK(value_of("max(2, min(7, 5)) + abs(-1) + sqrt(9)") == 9);
    CHECK(std::isinf(value_of("1 / 0")));
}

TEST_CASE("comparisons and logic give one or nothing")
{
    CHECK(value_of("1 < 2 and not 3 <= 2") == 1);
    CHECK(value_of("1 > 2 or 2 >= 2 and 0") == 0);
    CHECK(value_of("(1 == 1) + (1 != 1)") == 1);
    CHECK(value_of("2 + 1 < 4") == 1);
}

TEST_CASE("a formula over tags takes their values in the order in which they occur")
{
    const auto e = expression::parse("process_kelvin - air_kelvin < 8.6 and android * process_kelvin > 0");
    REQUIRE(e.has_value());
    CHECK(e->tags() == std::vector<std::string>{"process_kelvin", "air_kelvin", "android"});
    CHECK(e->value({308.5, 300, 1}) == 1);
    CHECK(e->value({308.7, 300, 1}) == 0);
}

TEST_CASE("a formula that cannot be read says where and why")
{
    CHECK(complaint("1 +") == "character 4: expected a value, found the end");
    CHECK(complaint("(1 + 2") == "character 7: expected ')', found the end");
    CHECK(complaint("a b") == "character 3: expected an operator, found 'b'");
    CHECK(complaint("and") == "character 1: expected a value, found 'a'");
    CHECK(complaint("sin(1)") == "there is no function 'sin'");
    CHECK(complaint("1 # 2") == "character 3: expected an operator, found '#'");
    CHECK(complaint(std::string(1000, '(')).find("less depth") != std::string::npos);
    CHECK(complaint("") == "character 1: expected a value, found the end");
    std::string long_one = "1";
    for (int i = 0; i < 500; ++i) long_one += " + 1";
    CHECK(complaint(long_one).find("200 steps") != std::string::npos);
}
