#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include <catch2/catch.hpp>

#include "persistence/sample_block.hpp"

using namespace takt;
using persistence::decode_block;
using persistence::encode_block;
using persistence::point;

namespace {

std::vector<point> readings(std::size_t count, double (*value)(std::size_t, std::mt19937_64&), std::int64_t jitter_ms)
{
    std::mt19937_64 random(7);
    std::vector<point> all;
    std::int64_t at = 1'767'592'800'000;
    for (std::size_t i = 0; i < count; ++i) {
        all.push_back({{at}, value(i, random), 192});
        at += 1000 + (jitter_ms == 0 ? 0 : static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(jitter_ms)));
    }
    return all;
}

double bytes_each(const std::vector<point>& points)
{
    return static_cast<double>(encode_block(points).size()) / static_cast<double>(points.size());
}

} // namespace

TEST_CASE("a block gives back every bit of what was put into it")
{
    const std::uint64_t seed = GENERATE(range(1U, 40U));
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    std::vector<point> points;
    std::int64_t at = static_cast<std::int64_t>(random() % 4'000'000'000'000U);
    const int quality = random() % 2 == 0 ? 192 : 0;
    for (std::size_t i = 0; i < random() % 300; ++i) {
        double value = 0;
        switch (seed % 4) {
        case 0: value = std::bit_cast<double>(random()); break;
        case 1: value = static_cast<double>(random() % 100'000) / 1000; break;
        case 2: value = std::sqrt(static_cast<double>(random() % 1000)); break;
        default: value = static_cast<double>(random() % 2); break;
        }
        if (!std::isfinite(value)) value = -0.0;
        points.push_back({{at}, value, random() % 50 == 0 ? 500 : quality});
        at += static_cast<std::int64_t>(random() % (random() % 10 == 0 ? 100'000'000 : 1500));
    }
    const auto back = decode_block(encode_block(points));
    REQUIRE(back);
    REQUIRE(back->size() == points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        CHECK(back->at(i).at == points[i].at);
        CHECK(std::bit_cast<std::uint64_t>(back->at(i).value) == std::bit_cast<std::uint64_t>(points[i].value));
        CHECK(back->at(i).quality == points[i].quality);
    }
}

TEST_CASE("no points are an empty block")
{
    CHECK(encode_block({}).empty());
    CHECK(decode_block("")->empty());
}

TEST_CASE("a block that was cut off, or is none, is told from a whole one")
{
    const auto whole = encode_block(readings(
        100, [](std::size_t, std::mt19937_64& r) { return std::sqrt(r() % 1000); }, 30));
    for (std::size_t size = 1; size + 1 < whole.size(); size += 13)
        CHECK_FALSE(decode_block(std::string_view(whole).substr(0, size)));
    std::mt19937_64 random(3);
    for (int i = 0; i < 2000; ++i) { // whatever it makes of them, it ends
        std::string noise(random() % 60, '\0');
        for (auto& c : noise) c = static_cast<char>(random());
        if (const auto read = decode_block(noise)) CHECK(read->size() <= 65'535);
    }
}

TEST_CASE("telemetry as plants have it takes one to four bytes a sample instead of sixteen")
{
    const auto steady = readings(
        256, [](std::size_t i, std::mt19937_64&) { return i < 100 ? 1.0 : 0.0; }, 0);
    CHECK(bytes_each(steady) < 0.6);
    const auto counter = readings(
        256, [](std::size_t i, std::mt19937_64&) { return static_cast<double>(i / 7); }, 0);
    CHECK(bytes_each(counter) < 0.8);
    const auto temperature = readings(
        256,
        [](std::size_t i, std::mt19937_64& r) {
            return std::round((60 + 5 * std::sin(static_cast<double>(i) / 40)) * 10 + static_cast<double>(r() % 3)) /
                   10;
        },
        20);
    CHECK(bytes_each(temperature) < 2.6);
    const auto power = readings(
        256, [](std::size_t, std::mt19937_64& r) { return static_cast<double>(7500 + r() % 600) / 1000; }, 20);
    CHECK(bytes_each(power) < 4.0);
}
