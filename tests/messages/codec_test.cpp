#include <catch2/catch.hpp>

#include "messages/core/message_type.hpp"

using namespace takt;

namespace takt::valve {

BOOST_DEFINE_ENUM_CLASS(position, open, shut)

struct reading {
    double bar = 0;
    quantity litres;
};
BOOST_DESCRIBE_STRUCT(reading, (), (bar, litres))

struct turn {
    static constexpr auto defaulted = std::to_array<std::string_view>({"turns"});
    enum position position = position::shut;
    int turns = 3;
    machine_id machine;
    instant at;
    milliseconds pause_ms{0};
    std::optional<std::string> why;
    std::vector<reading> readings;
    std::map<lot_id, quantity> lots;
};
BOOST_DESCRIBE_STRUCT(turn, (), (position, turns, machine, at, pause_ms, why, readings, lots))

/// Version 1 had `angle` in degrees; version 2 counts turns.
struct turned {
    static constexpr int version = 2;
    static void upcast(boost::json::object& document, int from)
    {
        if (from == 1) document["turns"] = document["angle"].to_number<int>() / 360;
    }
    int turns = 0;
};
BOOST_DESCRIBE_STRUCT(turned, (), (turns))

} // namespace takt::valve

namespace {

std::string problems_of(std::string_view text, strictness how = strictness::at_the_door)
{
    const auto read = read_json_text<valve::turn>(text, how);
    return read ? "none" : describe(read.error());
}

const std::string complete =
    R"({"position":"open","turns":2,"machine":"M-1","at":"2026-01-05T06:00:00.000Z","pause_ms":1500,"why":"he said \"no\"\n","readings":[{"bar":1.25,"litres":0.125}],"lots":{"L-1":12}})";

} // namespace

TEST_CASE("a described struct is written and read back the same, in the order of its description")
{
    const auto read = read_json_text<valve::turn>(complete, strictness::at_the_door);
    REQUIRE(read.has_value());
    CHECK(to_json(*read) == complete);
    CHECK(read->lots.at("L-1") == quantity::of(12));
}

TEST_CASE("optionals, containers and listed members may be missing and take their defaults")
{
    const auto read = read_json_text<valve::turn>(
        R"({"position":"shut","machine":"M-1","at":"2026-01-05T06:00:00Z","pause_ms":0})", strictness::at_the_door);
    REQUIRE(read.has_value());
    CHECK(read->turns == 3);
    CHECK_FALSE(read->why);
    CHECK(read->readings.empty());
}

TEST_CASE("every problem is named with its path, all at once")
{
    CHECK(
        problems_of(
            R"({"position":"ajar","machine":7,"at":"yesterday","pause_ms":1.5,"readings":[{"bar":1,"litres":2},{"bar":"x"}]})") ==
        "#/position: 'ajar' is not one of open, shut; #/machine: must be a text, is a number; "
        "#/at: 'yesterday' is not an RFC 3339 time such as 2026-01-05T06:00:00Z; #/pause_ms: must be a whole number, "
        "is a number; "
        "#/readings/1/bar: must be a number, is a text; #/readings/1/litres: is missing");
}

TEST_CASE("unknown members are refused at the doors and skipped from storage")
{
    std::string extended = complete;
    extended.insert(1, R"("a/b":1,)");
    CHECK(problems_of(extended).starts_with("#/a~1b: is not known here; known are: position, turns"));
    CHECK(problems_of(extended, strictness::from_storage) == "none");
}

TEST_CASE("broken JSON is refused with its place")
{
    CHECK(problems_of(R"({"position":)").starts_with("#: is not JSON"));
    CHECK(problems_of(complete + "x").starts_with("#: "));
    CHECK(problems_of("[]").starts_with("#: must be an object"));
}

TEST_CASE("an older stored version is upcast, a newer one refused")
{
    const auto& type = type_of<valve::turned>();
    const auto old = type.read(*parse_json(R"({"angle":720})"), 1, strictness::from_storage);
    REQUIRE(old.has_value());
    CHECK(old->as<valve::turned>()->turns == 2);
    CHECK_FALSE(type.read(*parse_json(R"({"turns":1})"), 3, strictness::from_storage).has_value());
}

TEST_CASE("a message knows its kind and name, and gives its value only as its own type")
{
    const auto m = make_message(valve::turned{4});
    CHECK(m.type().kind == "valve");
    CHECK(m.type().name == "turned");
    CHECK(m.as<valve::turned>()->turns == 4);
    CHECK(m.as<valve::turn>() == nullptr);
}

TEST_CASE("instants are read with any offset and written in UTC")
{
    CHECK(to_rfc3339(*parse_rfc3339("2026-03-29T03:30:00.5+02:00")) == "2026-03-29T01:30:00.500Z");
    CHECK(to_rfc3339(instant{-1}) == "1969-12-31T23:59:59.999Z");
    for (const auto* wrong : {"2026-02-29T00:00:00Z", "2026-01-05 06:00:00Z", "2026-01-05T24:00:00Z",
                              "2026-01-05T06:00:00", "2026-01-05T06:00:00Z ", "", "2026-01-05T06:00:00.Z"})
        CHECK_FALSE(parse_rfc3339(wrong));
}

TEST_CASE("quantities are exact to a thousandth")
{
    quantity sum;
    for (int i = 0; i < 1000; ++i) sum += *quantity::from_double(0.1);
    CHECK(sum == quantity::of(100));
    CHECK(to_string(quantity{-125}) == "-0.125");
    CHECK(to_string(*quantity::from_double(4.5) * quantity::of(3)) == "13.5");
    CHECK_FALSE(quantity::from_double(1e300));
}

TEST_CASE("numbers are written as short as they read back")
{
    CHECK(to_json(0.1) == "0.1");
    CHECK(to_json(boost::json::value(12.5)) == "12.5");
    CHECK(to_json(std::numeric_limits<double>::infinity()) == "null");
    CHECK(to_json(std::string("\x01/\\é")) == "\"\\u0001/\\\\é\"");
}
