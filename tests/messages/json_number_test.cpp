#include <catch2/catch.hpp>

#include <cmath>
#include <random>

#include "messages/core/json_read.hpp"
#include "messages/core/json_write.hpp"

using namespace takt;

TEST_CASE("a number that is written and read again is the same to the last bit")
{
    const auto seed = Catch::rngSeed();
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> share(-1, 1);
    for (int i = 0; i < 20'000; ++i) {
        const double number = std::ldexp(share(random), static_cast<int>(random() % 80) - 40);
        const auto read = parse_json("[" + to_json(number) + ", 7]");
        REQUIRE(read.has_value());
        REQUIRE(read->at(0).to_number<double>() == number);
    }
    CHECK(parse_json("266.80199999999996")->get_double() == 266.80199999999996);
}

TEST_CASE("broken JSON is refused with the byte where it breaks")
{
    for (const std::string text : {"", "{", "nul", "[1] x", "-"}) {
        INFO(text);
        CHECK(parse_json(text).has_error());
    }
}
