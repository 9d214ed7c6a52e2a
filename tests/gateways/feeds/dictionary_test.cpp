#include <catch2/catch.hpp>

#include "gateways/feeds/dictionary.hpp"
#include "messages/core/json_read.hpp"

using namespace takt;

namespace {

plant::file two_machines()
{
    plant::file p;
    for (const char* key : {"M-1", "M-2"}) {
        plant::machine m;
        m.key = key;
        m.limits = {{"oil_celsius", std::nullopt, 80}};
        p.machines.push_back(m);
    }
    p.meters.push_back({"E-1", "M-1"});
    return p;
}

plant::sparkplug_feed row(std::string metric, std::string source, std::string tag, std::string unit = {})
{
    plant::sparkplug_feed f;
    f.metric = std::move(metric);
    f.source = std::move(source);
    f.tag = std::move(tag);
    f.unit = std::move(unit);
    return f;
}

std::string pointers(const plant::file& p)
{
    std::string all;
    for (const auto& wrong : feeds::check(p)) all += wrong.pointer + ' ';
    return all;
}

} // namespace

TEST_CASE("units become those that a tag's name ends with, or there is no way")
{
    CHECK(feeds::conversion("W", "power_kw")->of(1500) == 1.5);
    CHECK(feeds::conversion("degF", "oil_celsius")->of(212) == Approx(100));
    CHECK(feeds::conversion("K", "oil_celsius")->of(273.15) == Approx(0).margin(1e-9));
    CHECK(feeds::conversion("", "anything")->of(3) == 3);
    CHECK(feeds::conversion("m/s", "vibration_mm_s")->of(0.002) == Approx(2));
    CHECK_FALSE(feeds::conversion("W", "oil_celsius"));
    CHECK_FALSE(feeds::conversion("furlong", "power_kw"));
    CHECK_FALSE(feeds::conversion("W", "powerkw"));
}

TEST_CASE("a plant without feeds takes devices called like its machines and meters")
{
    feeds::dictionary d(two_machines());
    const auto* oil = d.find({"any", "edge", "M-2"}, "oil_celsius");
    REQUIRE(oil != nullptr);
    CHECK(oil->source.path() == "machine/M-2");
    CHECK(d.find({"any", "edge", "E-1"}, "power_kw")->source.path() == "meter/E-1");
    CHECK(d.find({"any", "edge", "M-3"}, "power_kw") == nullptr);
    CHECK(d.find({"any", "edge", "M-1"}, "colour") == nullptr);
    CHECK(d.find({"any", "edge", "M-2"}, "oil_celsius") == oil);
}

TEST_CASE("the first row that fits holds, with the parts of the address in their places, scaled and then converted")
{
    auto p = two_machines();
    p.feeds.sparkplug = {row("Oil/Temp", "machine/{device}", "oil_celsius", "degF"),
                         row("*", "machine/M-1", "power_kw")};
    p.feeds.sparkplug[0].group = "gears";
    p.feeds.sparkplug[0].scale = 0.1;
    CHECK(pointers(p).empty());
    feeds::dictionary d(p);
    const auto* oil = d.find({"gears", "line", "M-2"}, "Oil/Temp");
    REQUIRE(oil != nullptr);
    CHECK(oil->source.path() == "machine/M-2");
    CHECK(oil->to_sample.of(2120) == Approx(100));
    CHECK(d.find({"gears", "line", "M-9"}, "Oil/Temp") == nullptr); // no machine of the plant
    CHECK(d.find({"other", "line", "M-2"}, "Oil/Temp")->tag == "power_kw");
}

TEST_CASE("a JSON topic names the machine, and paths the members")
{
    auto p = two_machines();
    plant::json_feed f;
    f.topic = "hall/{machine}/state";
    f.time = "ts";
    plant::json_field field;
    field.field = "spindle.oil";
    field.source = "machine/{machine}";
    field.tag = "oil_celsius";
    f.fields = {field};
    p.feeds.json = {f};
    CHECK(pointers(p).empty());
    feeds::dictionary d(p);
    CHECK(d.json_filters() == std::vector<std::string>{"hall/+/state"});
    const auto document = *parse_json(R"({"ts":1,"spindle":{"oil":41}})");
    const auto found = d.match("hall/M-2/state", document);
    REQUIRE(found);
    CHECK(found->time == "ts");
    REQUIRE(found->values.size() == 1);
    CHECK(found->values[0].to->source.path() == "machine/M-2");
    CHECK(found->values[0].value->as_int64() == 41);
    CHECK(d.match("hall/M-7/state", document)->values[0].to == nullptr);
    CHECK(d.match("hall/M-2/state", *parse_json(R"({"spindle":4})"))->values[0].value == nullptr);
    CHECK_FALSE(d.match("hall/M-2", document));
    CHECK_FALSE(d.match("yard/M-2/state", document));
}

TEST_CASE("a dictionary that cannot be is refused row by row, by its pointer")
{
    auto p = two_machines();
    p.feeds.sparkplug = {row("", "machine/M-1", "power_kw"), row("a", "machine/M-9", "power_kw"),
                         row("a", "machine/{colour}", "power_kw"), row("a", "machine/M-1", "power_kw", "bar"),
                         row("a", "machine/M-1", "power_kw")};
    p.feeds.sparkplug[4].type = "text";
    p.feeds.sparkplug[4].scale = 0;
    p.feeds.sparkplug[4].low = p.feeds.sparkplug[4].high = 1;
    plant::json_feed f;
    f.topic = "hall/+/state";
    p.feeds.json = {f};
    CHECK(pointers(p) == "#/feeds/sparkplug/0/metric #/feeds/sparkplug/1/source #/feeds/sparkplug/2/source "
                         "#/feeds/sparkplug/3/unit #/feeds/sparkplug/4/type #/feeds/sparkplug/4/scale "
                         "#/feeds/sparkplug/4/low #/feeds/json/0/topic #/feeds/json/0/fields ");
}
