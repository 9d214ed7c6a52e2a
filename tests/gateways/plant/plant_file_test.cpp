#include "gateways/plant/plant_file.hpp"
#include "messages/core/json_write.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "messages/erp/material.hpp"
#include "messages/mes/schedule.hpp"
#include "tests/support.hpp"

using namespace takt;

namespace {

/// The smallest plant that makes something: one lathe, one turner, a bar that becomes a pin.
plant::file pin_maker()
{
    plant::file f;
    f.name = "Pin maker";
    f.time_zone = "Europe/Berlin";
    f.shifts = {{"early", {hrm::weekday::mon}, "06:00", "14:00", {}}};
    f.skills = {{"turning", "Turning"}};
    f.work_centers = {{"lathes", "Lathes"}};
    plant::machine lathe;
    lathe.key = "T-1";
    lathe.name = "Lathe";
    lathe.work_center = "lathes";
    lathe.shifts = {"early"};
    f.machines = {lathe};
    f.operators = {{"O-1", "Ann", "", {"turning"}, {"early"}}};
    plant::asset maintained;
    maintained.key = "E-1";
    maintained.machine = "T-1";
    maintained.maintenance = {{"oil", "Change oil", milliseconds{1000}, {}, {}, milliseconds{10}}};
    f.assets = {maintained};
    f.meters = {{"W-1", "T-1"}};
    f.suppliers = {{"S-1", "Steel", milliseconds{1000}, {}}};
    f.bins = {{"B-1", "raw"}, {"B-2", "line"}};
    f.inspection_plans = {{"IP-1", 2, 0, {{"diameter_mm", 9.9, 10.1}}}};
    plant::material bar;
    bar.key = "BAR";
    bar.name = "Bar";
    bar.supplier = "S-1";
    bar.receiving_bin = "B-1";
    bar.inspection = "IP-1";
    bar.stock = {{"L-1", quantity::of(10), "B-1", {}}};
    f.materials = {bar};
    plant::product pin;
    pin.key = "PIN";
    pin.name = "Pin";
    pin.finished = true;
    pin.staging_bin = "B-2";
    pin.output_bin = "B-1";
    pin.bom = {{"BAR", quantity{100}}};
    pin.routing = {{"10", "turn", "lathes", "", false, true, "", {{"T-1", "turning", {}, milliseconds{60'000}}}}};
    f.products = {pin};
    f.customers = {{"C-1", "Clock maker", "CH"}};
    f.demand = {{"PIN", 1, 1, 5}};
    return f;
}

std::string shown(const problems& all)
{
    std::string text;
    for (const auto& [pointer, detail] : all) text.append(pointer).append(" ").append(detail).append("\n");
    return text;
}

std::string contents(const std::filesystem::path& path)
{
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

/// Indented by two spaces, as docs/plant.schema.json is.
void write_pretty(std::string& out, const boost::json::value& json, std::size_t indent)
{
    const auto line = [&](std::size_t depth) { out.append(1, '\n').append(depth, ' '); };
    const char* separator = "";
    if (const auto* object = json.if_object(); object != nullptr && !object->empty()) {
        out += '{';
        for (const auto& [key, value] : *object) {
            out += separator;
            line(indent + 2);
            out += boost::json::serialize(boost::json::value(key)) + ": ";
            write_pretty(out, value, indent + 2);
            separator = ",";
        }
        line(indent);
        out += '}';
    } else if (const auto* array = json.if_array(); array != nullptr && !array->empty() && array->front().is_object()) {
        out += '[';
        for (const auto& value : *array) {
            out += separator;
            line(indent + 2);
            write_pretty(out, value, indent + 2);
            separator = ",";
        }
        line(indent);
        out += ']';
    } else {
        out += boost::json::serialize(json);
    }
}

} // namespace

TEST_CASE("a plant that is written is read as it was", "[plant]")
{
    const auto text = to_json(pin_maker());
    const auto again = plant::read(text);
    if (!again) FAIL(shown(again.error()));
    CHECK(to_json(*again) == text);
}

TEST_CASE("a member that nobody knows is refused with its place", "[plant]")
{
    auto text = to_json(pin_maker());
    text.insert(text.find("\"rated_power_kw\""), "\"rated_power_kW\":5,");
    const auto read = plant::read(text);
    REQUIRE_FALSE(read.has_value());
    REQUIRE(read.error().size() == 1);
    CHECK(read.error().front().pointer == "#/machines/0/rated_power_kW");
}

TEST_CASE("everything that does not fit together is told at once, each with its place", "[plant]")
{
    auto f = pin_maker();
    f.time_zone = "Europe/Atlantis";
    f.machines[0].work_center = "mills";
    f.machines[0].shifts = {"never"};
    f.operators[0].skills = {"juggling"};
    f.materials[0].supplier = "S-2";
    f.materials[0].stock.push_back({"L-1", quantity{}, "B-9", {}});
    f.products[0].bom[0].item = "GOLD";
    f.products[0].routing[0].modes[0].run_time_ms = milliseconds{0};
    f.products[0].routing[0].inspection = "IP-2";
    f.customers.push_back(f.customers[0]);
    f.demand[0].product = "BAR";
    CHECK(shown(plant::check(f)) == "#/customers/1/key 'C-1' is there twice\n"
                                    "#/time_zone 'Europe/Atlantis' is not a time zone such as Europe/Berlin\n"
                                    "#/machines/0/work_center 'mills' names no work center of this plant\n"
                                    "#/machines/0/shifts/0 'never' names no shift of this plant\n"
                                    "#/operators/0/skills/0 'juggling' names no skill of this plant\n"
                                    "#/materials/0/supplier 'S-2' names no supplier of this plant\n"
                                    "#/materials/0/stock/1/lot 'L-1' is there twice\n"
                                    "#/materials/0/stock/1/bin 'B-9' names no bin of this plant\n"
                                    "#/materials/0/stock/1/quantity must be more than 0\n"
                                    "#/products/0/bom/0/item 'GOLD' names no material or product of this plant\n"
                                    "#/products/0/routing/0/inspection 'IP-2' names no inspection plan of this plant\n"
                                    "#/products/0/routing/0/modes/0/machine stands in work center 'mills'\n"
                                    "#/products/0/routing/0/modes/0/skill no operator has 'turning'\n"
                                    "#/products/0/routing/0/modes/0/run_time_ms must be more than 0\n"
                                    "#/demand/0/product 'BAR' names no finished product of this plant\n");
}

TEST_CASE("a product that is made of itself is refused, over several levels too", "[plant]")
{
    auto f = pin_maker();
    auto hinge = f.products[0];
    hinge.key = "HINGE";
    hinge.bom = {{"PIN", quantity::of(1)}};
    f.products.push_back(hinge);
    CHECK(plant::check(f).empty());
    f.products[0].bom.push_back({"HINGE", quantity::of(1)});
    CHECK(shown(plant::check(f)) == "#/products/0/bom/1/item 'HINGE' is itself made of 'PIN'\n"
                                    "#/products/1/bom/0/item 'PIN' is itself made of 'HINGE'\n");
}

TEST_CASE("a file that is not there or is not JSON is a problem with a reason", "[plant]")
{
    const auto missing = plant::load("no/such/plant.json");
    REQUIRE_FALSE(missing.has_value());
    CHECK(missing.error().front().detail == "cannot be read from no/such/plant.json");
    const auto broken = plant::read("{\"name\": ");
    REQUIRE_FALSE(broken.has_value());
    CHECK(broken.error().front().pointer == "#");
}

TEST_CASE("the definitions of a plant have the same identity every time, and another when it changes", "[plant]")
{
    auto f = pin_maker();
    const auto first = plant::definitions(f), again = plant::definitions(f);
    REQUIRE(first.size() == again.size());
    std::uint64_t last = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        CHECK(first[i].sender == again[i].sender);
        CHECK(first[i].sequence == again[i].sequence);
        CHECK(first[i].sequence > last);
        last = first[i].sequence;
    }
    f.machines[0].rated_power_kw = 2;
    CHECK(plant::definitions(f).front().sender != first.front().sender);
}

TEST_CASE("every thing in the plant file is defined as an entity", "[plant]")
{
    std::set<std::string> kinds;
    for (const auto& one : plant::definitions(pin_maker())) kinds.insert(one.target.path());
    const std::set<std::string> expected{"schedule/plant", "bin/B-1",      "bin/B-2",      "supplier/S-1",
                                         "asset/E-1",      "machine/T-1",  "meter/W-1",    "operator/O-1",
                                         "product/PIN",    "material/PIN", "material/BAR", "customer/C-1"};
    CHECK(kinds == expected);
}

TEST_CASE("opening stock is stated before the safety stock, which would be ordered otherwise", "[plant]")
{
    auto f = pin_maker();
    f.materials[0].planning.safety_stock = quantity::of(5);
    std::vector<std::string> told;
    for (const auto& one : plant::definitions(f)) {
        if (one.target.path() != "material/BAR") continue;
        const auto* how = one.command.as<material::define>();
        told.push_back(how == nullptr ? "stock" : to_string(how->safety_stock));
    }
    CHECK(told == std::vector<std::string>{"0", "stock", "5"});
}

TEST_CASE("plants/gearworks.json is a plant of forty machines in eight work centers", "[plant]")
{
    const auto f = plant::load(test::source_path("plants/gearworks.json"));
    if (!f) FAIL(shown(f.error()));
    CHECK(f->machines.size() == 40);
    CHECK(f->work_centers.size() == 8);
    CHECK(f->operators.size() == 60);
    CHECK(f->suppliers.size() == 11);
    CHECK(f->materials.size() >= 60);
    CHECK(f->meters.size() == f->machines.size());
    CHECK(std::count_if(f->assets.begin(), f->assets.end(), [](const auto& a) { return !a.machine.empty(); }) == 40);
    CHECK(std::count_if(f->products.begin(), f->products.end(), [](const auto& p) { return p.finished; }) == 12);
}

TEST_CASE("a scaled plant has as many machines as asked for, and is a plant", "[plant]")
{
    const auto f = plant::load(test::source_path("plants/gearworks.json"));
    REQUIRE(f.has_value());
    for (const int machines : {0, 40, 55, 400}) {
        const auto larger = plant::scaled(*f, machines);
        CHECK(larger.machines.size() == static_cast<std::size_t>(std::max(machines, 40)));
        CHECK(larger.meters.size() == larger.machines.size());
        const auto wrong = plant::check(larger);
        CHECK(shown(wrong).empty());
    }
    const auto tenfold = plant::scaled(*f, 400);
    CHECK(tenfold.operators.size() == 10 * f->operators.size());
    CHECK(tenfold.orders_per_day == Approx(10 * f->orders_per_day));
}

TEST_CASE("docs/plant.schema.json is the schema of what the program reads", "[plant]")
{
    std::string generated;
    write_pretty(generated, plant::schema(), 0);
    generated += '\n';
    const auto path = test::source_path("docs/plant.schema.json");
    if (contents(path) != generated) {
        const auto beside = std::filesystem::temp_directory_path() / "plant.schema.json";
        std::ofstream(beside) << generated;
        FAIL("differs from the one that was now written to " << beside);
    }
}

TEST_CASE("a plant file's setup matrices, tools, ways and caps are those of the plan; what they name must be there",
          "[plant]")
{
    auto f = pin_maker();
    f.setup_matrices = {{"lathes", {{"thin", "thick", milliseconds{60'000}}}}};
    f.tools = {{"collet", "Collet", 1}};
    f.transport_times = {{"lathes", "lathes", milliseconds{1000}}};
    f.power_caps = {{"evening", "17:00", "20:00", 50}};
    f.machines[0].setup_matrix = "lathes";
    f.products[0].routing[0].modes[0].tool = "collet";
    CHECK(plant::check(f).empty());
    const auto commands = plant::definitions(f);
    const auto* told = commands.front().command.as<schedule::define>();
    REQUIRE(told != nullptr);
    CHECK(told->setup_matrices.size() == 1);
    CHECK(told->tools.front().key == "collet");
    CHECK(told->power_caps.front().kw == 50);

    f.machines[0].setup_matrix = "mills";
    f.products[0].routing[0].modes[0].tool = "chuck";
    f.products[0].routing[0].within_ms = milliseconds{0};
    f.transport_times[0].to = "attic";
    f.power_caps[0].kw = 0.5;
    std::set<std::string> places;
    for (const auto& p : plant::check(f)) places.insert(p.pointer);
    CHECK(places == std::set<std::string>{"#/machines/0/setup_matrix", "#/power_caps/0/kw",
                                          "#/products/0/routing/0/modes/0/tool", "#/products/0/routing/0/within_ms",
                                          "#/transport_times/0/to"});
}
