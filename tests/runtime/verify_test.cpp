#include "runtime/verify.hpp"

#include <catch2/catch.hpp>

#include "runtime/caf_node.hpp"
#include "tests/runtime/store.hpp"
#include "tests/support.hpp"

using namespace takt;
using namespace takt::runtime;
using namespace std::chrono_literals;

namespace {

/// A journal that a node has written: 20 stores that pass parts on, one timer that waits.
void fill(const std::string& directory)
{
    node_options o;
    o.directory = directory;
    o.bounds.records_between_snapshots = 3;
    caf_node node(store::kinds(), o);
    const auto ask = [&](const std::string& key, auto c) {
        return node.ask({entity_ref("store", key), make_message(std::move(c)), {}, 0, 0, {}});
    };
    for (int i = 0; i < 100; ++i) ask(std::to_string(i % 20), store::receive{quantity::of(10)});
    for (int i = 0; i < 100; ++i)
        ask(std::to_string(i % 20), store::pass_on{std::to_string((i + 7) % 20), quantity::of(1)});
    ask("0", store::pass_on_later{"1", quantity::of(1), node.now() + 24h});
    node.settle(20s);
}

const laws::finding& law(const verification& v, std::string_view name)
{
    for (const auto& l : v.laws)
        if (l.name == name) return l;
    throw std::logic_error("no such law");
}

std::string dump(persistence::store& disk)
{
    std::string all;
    using persistence::family;
    for (const auto f : {family::snapshots, family::index, family::outbox, family::meta})
        disk.scan_keys(f, {}, [&](std::string_view key, std::string_view value) {
            all.append(key).append("=").append(value).append("\n");
            return true;
        });
    return all;
}

} // namespace

TEST_CASE("a journal that a node wrote keeps every law")
{
    const test::temporary_folder folder;
    fill((folder.path() / "data").string());
    const persistence::store disk((folder.path() / "data").string(), persistence::store::access::read_only);
    const auto v = verify(disk, store::kinds());
    CHECK(v.ok);
    CHECK(v.entities == 20);
    CHECK(v.effects_under_way == 0);
    CHECK(law(v, "every effect is delivered once, in order").checked == 100);
    CHECK(law(v, "states are what their events make of them").checked > 300);
}

TEST_CASE("an effect that was handled twice is found, with its entity and event")
{
    const test::temporary_folder folder;
    fill((folder.path() / "data").string());
    persistence::store disk((folder.path() / "data").string());
    disk.append(
        disk.last_position() + 1,
        R"({"entity":"store/9","n":999,"rev":999,"at":"2026-01-05T06:00:00.000Z","by":"store/2","seq":1,"command":"receive"})"
        "\n");
    const auto v = verify(disk, store::kinds());
    CHECK_FALSE(v.ok);
    const auto& found = law(v, "every effect is delivered once, in order");
    CHECK(found.violations >= 1);
    REQUIRE(found.first);
    CHECK(found.first->entity == entity_ref("store", "9"));
    CHECK(found.first->position >> 20U == disk.last_position());
    CHECK(law(v, "states are what their events make of them").violations == 1); // its number leaves a gap
}

TEST_CASE("a snapshot that does not agree with its events is found")
{
    const test::temporary_folder folder;
    fill((folder.path() / "data").string());
    persistence::store disk((folder.path() / "data").string());
    auto snapshot = disk.get(persistence::family::snapshots, "store/3").value();
    snapshot.replace(snapshot.find("\"amount\":") + 9, 1, "9");
    disk.write({{persistence::family::snapshots, "store/3", snapshot}});
    const auto v = verify(disk, store::kinds());
    CHECK_FALSE(v.ok);
    CHECK(law(v, "states are what their events make of them").first->entity == entity_ref("store", "3"));
}

TEST_CASE("a missing block is found")
{
    const test::temporary_folder folder;
    fill((folder.path() / "data").string());
    persistence::store disk((folder.path() / "data").string());
    disk.append(disk.last_position() + 2, "");
    CHECK(law(verify(disk, store::kinds()), "the journal has no gap").violations == 1);
}

TEST_CASE("derived data can be thrown away and rebuilt, twice with the same result, and the node goes on with it")
{
    const test::temporary_folder folder;
    const std::string directory = (folder.path() / "data").string();
    fill(directory);
    {
        persistence::store disk(directory);
        CHECK(rebuild(disk, store::kinds()) == 20);
        const auto once = dump(disk);
        CHECK(rebuild(disk, store::kinds()) == 20);
        CHECK(dump(disk) == once);
        CHECK(verify(disk, store::kinds()).ok);
    }
    node_options o;
    o.directory = directory;
    caf_node node(store::kinds(), o);
    CHECK(node.list("store", {}, 100, {}).size() == 20);
    CHECK(node.counters().timers_pending == 1);
    CHECK(node.history({"store", "0"}, 0, 100).size() == node.view({"store", "0"}).revision);
}
