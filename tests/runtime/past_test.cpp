#include "runtime/past.hpp"

#include <filesystem>

#include <catch2/catch.hpp>

#include "runtime/replay_node.hpp"
#include "tests/runtime/plant_node.hpp"

using namespace takt;
using namespace takt::runtime;
using namespace takt::runtime::test;
using namespace std::chrono_literals;

namespace {

std::size_t folders(const plant_node& plant)
{
    const std::filesystem::directory_iterator all(plant.folder.path());
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

} // namespace

TEST_CASE("a copy goes on where the node was and leaves it alone; copies do not know of each other")
{
    plant_node plant;
    plant.ask("a", store::receive{quantity::of(10)});
    plant.ask("b", store::receive{quantity::of(1)});
    plant.settle();

    auto before = plant.node->copy();
    plant.ask("a", store::receive{quantity::of(100)}); // after the copy
    replay_node one(store::kinds(), before), two(store::kinds(), before);
    one.ask({store_at("a"), make_message(store::pass_on{"b", quantity::of(4)}), {}, 0, 0, {}});
    CHECK(one.view(store_at("a")).state == R"({"amount":6,"arrivals":1})");
    CHECK(one.view(store_at("b")).state == R"({"amount":5,"arrivals":2})");
    CHECK(two.view(store_at("a")).state == R"({"amount":10,"arrivals":1})");
    CHECK(plant.node->view(store_at("a")).state == R"({"amount":110,"arrivals":2})");
    CHECK(two.list("store", {}, 10, {}).size() == 2);
    CHECK(two.list("store", "a", 10, {}).size() == 1);
}

TEST_CASE("timers that the node has armed fire in the copy at their time")
{
    plant_node plant;
    plant.ask("a", store::receive{quantity::of(10)});
    const auto due = plant.node->now() + 1h;
    plant.ask("a", store::pass_on_later{"b", quantity::of(3), due});
    plant.settle();

    replay_node copy(store::kinds(), plant.node->copy());
    REQUIRE(copy.next_due() == due);
    copy.advance_to(due - 1s);
    CHECK(copy.view(store_at("b")).revision == 0);
    copy.advance_to(due);
    CHECK(copy.view(store_at("b")).state == R"({"amount":3,"arrivals":1})");
    CHECK(plant.node->view(store_at("b")).revision == 0);
}

TEST_CASE("a copy's files are gone with it")
{
    plant_node plant;
    plant.ask("a", store::receive{quantity::of(10)});
    auto before = plant.node->copy();
    CHECK(folders(plant) == 2);
    {
        const replay_node copy(store::kinds(), before);
        before.reset();
        CHECK(folders(plant) == 2);
    }
    CHECK(folders(plant) == 1);
}

TEST_CASE("copies that a killed process has left are gone when the next one has the data")
{
    takt::test::temporary_folder folder;
    std::filesystem::create_directory(folder.path() / "data.copy-7");
    std::filesystem::create_directory(folder.path() / "data.other");
    node_options o;
    o.directory = folder.path() / "data" / "";
    const caf_node node(store::kinds(), o);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "data.copy-7"));
    CHECK(std::filesystem::exists(folder.path() / "data.other"));
}
