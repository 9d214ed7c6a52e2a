#include <catch2/catch.hpp>

#include <cstring>
#include <random>

#include "gateways/sparkplug/topic.hpp"
#include "tests/gateways/sparkplug/field.hpp"

using namespace takt;
using namespace takt::test;

namespace {

template <class... Bytes> byte_string packed(Bytes... bytes) { return {std::string{static_cast<char>(bytes)...}}; }

std::string why(const raw_value& raw, data_type type)
{
    const auto v = interpret(raw, type);
    REQUIRE_FALSE(v);
    return v.reason;
}

template <class T> T read_as(const raw_value& raw, data_type type)
{
    const auto v = interpret(raw, type);
    INFO(v.reason);
    REQUIRE(v);
    REQUIRE(std::holds_alternative<T>(*v.ok));
    return std::get<T>(*v.ok);
}

} // namespace

TEST_CASE("signed numbers are two's complement of their own width, or extended to the field's")
{
    using i = std::int64_t;
    CHECK(read_as<i>(std::uint32_t{0xFF}, data_type::int8) == -1);
    CHECK(read_as<i>(std::uint32_t{0xFFFFFFFF}, data_type::int8) == -1);
    CHECK(read_as<i>(std::uint32_t{0x80}, data_type::int8) == -128);
    CHECK(read_as<i>(std::uint32_t{127}, data_type::int8) == 127);
    CHECK(read_as<i>(std::uint32_t{0xFFFE}, data_type::int16) == -2);
    CHECK(read_as<i>(std::uint32_t{0xFFFFFFFE}, data_type::int16) == -2);
    CHECK(read_as<i>(std::uint32_t{0x80000000}, data_type::int32) == -2147483648LL);
    CHECK(read_as<i>(std::uint64_t{0xFFFFFFFFFFFFFFFF}, data_type::int64) == -1);
    CHECK(why(std::uint32_t{256}, data_type::int8) == "Int8 is out of its range");
    CHECK(why(std::uint32_t{0x00FF0000}, data_type::int16) == "Int16 is out of its range");
}

TEST_CASE("unsigned numbers, reals, booleans and texts are what they are, and nothing else")
{
    using u = std::uint64_t;
    CHECK(read_as<u>(std::uint32_t{255}, data_type::uint8) == 255);
    CHECK(read_as<u>(std::uint32_t{0xFFFFFFFF}, data_type::uint32) == 0xFFFFFFFF);
    CHECK(read_as<u>(std::uint64_t{0xFFFFFFFFFFFFFFFF}, data_type::uint64) == 0xFFFFFFFFFFFFFFFF);
    CHECK(read_as<u>(std::uint64_t{1668114759262}, data_type::date_time) == 1668114759262);
    CHECK(read_as<double>(1.5F, data_type::float32) == 1.5);
    CHECK(read_as<double>(2.25, data_type::float64) == 2.25);
    CHECK(read_as<bool>(true, data_type::boolean));
    CHECK(read_as<std::string>(std::string("grün"), data_type::text) == "grün");
    CHECK(why(std::uint32_t{256}, data_type::uint8) == "UInt8 is out of its range");
    CHECK(why(std::string("1"), data_type::int32) == "Int32 is not in an integer field");
    CHECK(why(std::uint32_t{1}, data_type::boolean) == "Boolean is not in a boolean field");
    CHECK(why(std::uint32_t{1}, data_type::float64) == "Double is not in a float field");
    CHECK(why(raw_value{}, data_type::int8) == "Int8 has no value, and is not said to be null");
    CHECK(why(std::uint32_t{1}, data_type::data_set) == "DataSet is a type that no single value has");
    CHECK(why(std::uint32_t{1}, static_cast<data_type>(99)) == "? is a type that no single value has");
}

TEST_CASE("arrays are packed little-endian, booleans as bits from the highest, strings with their ends")
{
    CHECK(read_as<std::vector<std::int64_t>>(packed(0xFF, 0x01), data_type::int8_array) ==
          std::vector<std::int64_t>{-1, 1});
    CHECK(read_as<std::vector<std::int64_t>>(packed(0x30, 0x8A, 0xD0, 0x75), data_type::int16_array) ==
          std::vector<std::int64_t>{-30160, 30160});
    CHECK(read_as<std::vector<std::uint64_t>>(packed(1, 0, 0, 0), data_type::uint32_array) ==
          std::vector<std::uint64_t>{1});
    const double pi = 3.14159;
    byte_string bytes{std::string(sizeof pi, 0)};
    std::memcpy(bytes.bytes.data(), &pi, sizeof pi);
    CHECK(read_as<std::vector<double>>(bytes, data_type::float64_array) == std::vector<double>{pi});
    CHECK(read_as<std::vector<bool>>(packed(12, 0, 0, 0, 0b00110100, 0b11010000), data_type::boolean_array) ==
          std::vector<bool>{false, false, true, true, false, true, false, false, true, true, false, true});
    CHECK(read_as<std::vector<std::string>>(packed('A', 'B', 0, 0, 'c', 0), data_type::string_array) ==
          std::vector<std::string>{"AB", "", "c"});
    CHECK(why(packed(1, 2, 3), data_type::int16_array) == "Int16Array has an element that is cut off");
    CHECK(why(packed(255, 255, 255, 255, 1), data_type::boolean_array) ==
          "BooleanArray has another length than its count says");
    CHECK(why(packed('A'), data_type::string_array) == "StringArray has a string without an end");
}

TEST_CASE("what is encoded is what is decoded")
{
    payload p{noon, 200, {}};
    p.metrics.push_back(aliased("temperature", 5, data_type::int16, std::uint32_t{0xFFFFFFF6}));
    p.metrics.push_back(named("text", data_type::string, std::string("warm")));
    p.metrics.back().quality = 0;
    p.metrics.push_back(named("nothing", data_type::float64, {}));
    p.metrics.back().null = true;
    p.metrics.back().historical = p.metrics.back().transient = true;
    const auto back = decode(encode(p));
    REQUIRE(back);
    CHECK(back.ok->at == noon);
    CHECK(back.ok->seq == 200);
    REQUIRE(back.ok->metrics.size() == 3);
    CHECK(back.ok->metrics[0].alias == 5);
    CHECK(back.ok->metrics[0].raw == p.metrics[0].raw);
    CHECK(back.ok->metrics[0].quality == good_quality);
    CHECK(back.ok->metrics[1].quality == 0);
    CHECK(back.ok->metrics[2].null);
    CHECK(back.ok->metrics[2].historical);
    CHECK(back.ok->metrics[2].transient);
}

TEST_CASE("a payload is read byte by byte as the specification numbers it")
{
    // timestamp 1486144502122, one metric "Inputs/0" Boolean true at the same time, seq 3
    const std::string time("\xea\xf2\xf5\xa8\xa0\x2b");
    const std::string metric = "\x0a\x08Inputs/0\x18" + time + "\x20\x0b\x70\x01";
    const std::string bytes = "\x08" + time + "\x12" + static_cast<char>(metric.size()) + metric + "\x18\x03";
    const auto p = decode(bytes);
    INFO(p.reason);
    REQUIRE(p);
    CHECK(p.ok->at == instant{1486144502122});
    CHECK(p.ok->seq == 3);
    REQUIRE(p.ok->metrics.size() == 1);
    CHECK(p.ok->metrics[0].name == "Inputs/0");
    CHECK(p.ok->metrics[0].raw == raw_value(true));
}

TEST_CASE("what is larger than its bound is refused, and says what")
{
    payload p{noon, 0, {named("a", data_type::string, std::string(200, 'x'))}};
    payload_limits small;
    small.string_bytes = 100;
    auto read = decode(encode(p), small);
    REQUIRE(read);
    CHECK(why(read.ok->metrics[0].raw, data_type::string) == "a string of 200 bytes");
    small.bytes = 50;
    CHECK(decode(encode(p), small).reason == "larger than 50 bytes");
    small.bytes = 1000;
    small.metrics = 0;
    CHECK(decode(encode(p), small).reason == "has more than 0 metrics");
    small.metrics = 1;
    small.name_bytes = 0;
    CHECK(decode(encode(p), small).reason == "metric 0 has no readable name");
    p.metrics[0].name = "\xFF";
    CHECK(decode(encode(p)).reason == "metric 0 has no readable name");
}

TEST_CASE("bytes that are no protobuf are refused, whatever they are")
{
    std::mt19937_64 random(GENERATE(1, 2, 3));
    int refused = 0;
    for (int i = 0; i < 2000; ++i) {
        std::string bytes(random() % 200, 0);
        for (auto& b : bytes) b = static_cast<char>(random());
        if (!decode(bytes)) ++refused;
    }
    CHECK(refused > 1000);
}

TEST_CASE("a topic has the levels of its kind, and ids without wildcards")
{
    const auto t = parse_topic("spBv1.0/gears/DDATA/line-1/M-104");
    REQUIRE(t);
    CHECK(t->kind == message_kind::ddata);
    CHECK(t->from == thing{"gears", "line-1", "M-104"});
    CHECK(to_string(*t) == "spBv1.0/gears/DDATA/line-1/M-104");
    CHECK(parse_topic("spBv1.0/gears/NBIRTH/line-1"));
    for (const char* bad :
         {"", "/", "spBv1.0", "spBv1.0/g/NDATA", "spBv1.0/g/NDATA/", "spBv1.0//NDATA/e", "spAv1.0/g/NDATA/e",
          "spBv1.0/g/NOTHING/e", "spBv1.0/g/NDATA/e/d", "spBv1.0/g/DDATA/e", "spBv1.0/g/DDATA/e/d/x",
          "spBv1.0/g/NDATA/e+", "spBv1.0/g/NDATA/#", "spBv1.0/g/NDATA/\xFF", "spBv1.0/g/NDATA/a\nb"}) {
        INFO(bad);
        CHECK_FALSE(parse_topic(bad));
    }
    CHECK_FALSE(parse_topic("spBv1.0/" + std::string(300, 'g') + "/NDATA/e"));
}
