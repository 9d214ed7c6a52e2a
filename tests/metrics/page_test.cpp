#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "actors/kinds.hpp"
#include "gateways/modbus/gateway.hpp"
#include "gateways/mqtt/gateway.hpp"
#include "gateways/plant/plant_file.hpp"
#include "metrics/exposition.hpp"
#include "metrics/http_metrics.hpp"
#include "metrics/node_metrics.hpp"
#include "metrics/plant_metrics.hpp"
#include "runtime/caf_node.hpp"
#include "tests/support.hpp"

using namespace takt;

namespace {

struct described {
    std::string help, type;
    std::set<std::string> labels;
};

plant::file gearworks_with_a_device()
{
    auto f = plant::load(test::source_path("plants/gearworks.json").string()).value();
    plant::modbus_device press;
    press.name = "press";
    press.host = "127.0.0.1";
    press.port = 9;
    f.feeds.modbus = {press};
    return f;
}

/// What a node with all its doors shows.
std::string shown()
{
    const test::temporary_folder folder;
    const auto kinds = all_kinds();
    const auto plant = gearworks_with_a_device();
    runtime::node_options options;
    options.directory = (folder.path() / "data").string();
    runtime::caf_node node(kinds, options);
    for (auto& definition : plant::definitions(plant)) node.ask(std::move(definition));
    REQUIRE(node.settle(std::chrono::seconds(60)));
    metrics::exposition all("test");
    all.add(std::make_shared<metrics::node_metrics>(node));
    all.add(std::make_shared<metrics::plant_metrics>(node));
    metrics::http_metrics http(all.registry());
    http.finished("/metrics", "GET", 200, 0.001);
    mqtt::gateway broker(node, plant, {});
    modbus::gateway devices(node, plant);
    all.add(broker.metrics());
    all.add(devices.metrics());
    return all.text();
}

/// Names of the labels in `name{a="…",b="…"} 1`; none of ours has a comma or brace in its value.
void read_labels(const std::string& line, std::set<std::string>& into)
{
    const auto begin = line.find('{'), end = line.find('}');
    if (begin == std::string::npos) return;
    std::istringstream labels(line.substr(begin + 1, end - begin - 1));
    for (std::string one; std::getline(labels, one, ',');)
        if (const auto name = one.substr(0, one.find('=')); name != "le") into.insert(name);
}

std::map<std::string, described> families(const std::string& text)
{
    std::map<std::string, described> all;
    std::istringstream lines(text);
    std::string line, family;
    while (std::getline(lines, line)) {
        if (line.starts_with("# HELP ")) {
            family = line.substr(7, line.find(' ', 7) - 7);
            CHECK(all[family].help.empty()); // each is described once
            all[family].help = line.substr(8 + family.size());
        } else if (line.starts_with("# TYPE ")) {
            all[family].type = line.substr(line.rfind(' ') + 1);
        } else {
            read_labels(line, all[family].labels);
        }
    }
    return all;
}

std::string page(const std::map<std::string, described>& all)
{
    std::string out =
        "# Metrics\n\n"
        "What `/metrics` of a node shows, made from the program (`tests/metrics/page_test.cpp` compares them). "
        "`{…}` are\nlabels. Counters begin at 0 with the process. What is worth worrying about: "
        "[operations](operations.md), [runbooks](runbooks/README.md).\n\n"
        "| metric | type | what it tells |\n| --- | --- | --- |\n";
    for (const auto& [name, d] : all) {
        std::string labels;
        for (const auto& l : d.labels) labels += (labels.empty() ? "" : ",") + l;
        out += "| `" + name + (labels.empty() ? "" : '{' + labels + '}') + "` | " + d.type + " | " + d.help + " |\n";
    }
    return out;
}

std::string contents(const std::string& path)
{
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

} // namespace

TEST_CASE("every metric has a name in its unit, a help and few series, and docs/metrics.md lists them all", "[metrics]")
{
    const auto text = shown();
    const auto all = families(text);
    for (const auto& [name, d] : all) {
        INFO(name);
        CHECK((name.starts_with("takt_") || name.starts_with("process_")));
        CHECK(d.help.ends_with('.'));
        CHECK((d.type == "counter") == name.ends_with("_total"));
        CHECK(name.find("_ms") == std::string::npos);
        CHECK(name.find("_kwh") == std::string::npos);
    }
    std::size_t series = 0;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) series += line.starts_with('#') ? 0 : 1;
    CHECK(series < 1000);

    const auto path = test::source_path("docs/metrics.md").string();
    if (contents(path) == page(all)) return;
    const auto beside = std::filesystem::temp_directory_path() / "metrics.md";
    std::ofstream(beside) << page(all);
    FAIL("differs from the one that was now written to " << beside);
}
