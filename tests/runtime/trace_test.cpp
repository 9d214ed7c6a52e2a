#include "runtime/trace.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "runtime/lines.hpp"
#include "runtime/outbox.hpp"
#include "runtime/verify.hpp"
#include "tests/eventually.hpp"
#include "tests/runtime/plant_node.hpp"

using namespace takt;
using namespace takt::runtime;
using namespace takt::runtime::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view example = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

trace_id example_id() { return read_traceparent(example)->id; }

std::vector<std::string> steps(const traced& found)
{
    std::vector<std::string> all;
    for (const auto& r : found.records) all.push_back(r.entity.path() + ' ' + r.command);
    return all;
}

envelope command(std::string_view key, message what, trace_context trace = {})
{
    return {store_at(key), std::move(what), {}, 0, 0, {}, trace};
}

} // namespace

TEST_CASE("a traceparent is read as the standard writes it, and written so again", "[runtime]")
{
    const auto read = read_traceparent(example);
    REQUIRE(read);
    CHECK(to_text(read->id) == "4bf92f3577b34da6a3ce929d0e0e4736");
    CHECK(span_text(read->parent) == "00f067aa0ba902b7");
    CHECK(traceparent(read->id, read->parent) == example);
    CHECK(read_traceparent(std::string("cc") + std::string(example.substr(2)) + "-what-will-be")); // a later version
    for (const auto bad : {"", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                           "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                           "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                           "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                           "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                           "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"})
        CHECK_FALSE(read_traceparent(bad));
}

TEST_CASE("new traces are all different", "[runtime]")
{
    std::set<trace_id> seen;
    for (int i = 0; i < 10'000; ++i) seen.insert(new_trace());
    CHECK(seen.size() == 10'000);
}

TEST_CASE("the trace of a command has what it set in motion at other entities, before and after a restart", "[runtime]")
{
    plant_node plant;
    plant.ask("a", store::receive{quantity::of(10)});
    const auto trace = *read_traceparent(example);
    plant.node->ask(command("a", make_message(store::pass_on{"b", quantity::of(4)}), trace));
    plant.settle();
    const std::vector<std::string> expected{"store/a pass_on", "store/b receive"};
    CHECK(steps(plant.node->trace(trace.id, 10)) == expected);
    plant.restart();
    const auto found = plant.node->trace(trace.id, 10);
    CHECK(steps(found) == expected);
    CHECK(read_trace(found.records.front().trace).parent == trace.parent);
    CHECK(found.records.back().by == "store/a");
    CHECK_FALSE(found.more);
    CHECK(plant.node->trace(trace.id, 1).more);
    CHECK(plant.node->trace(new_trace(), 10).records.empty());
    CHECK(plant.node->history(store_at("b"), 0, 10).front().trace == trace.id);
}

TEST_CASE("a command without a trace begins one of its own", "[runtime]")
{
    plant_node plant;
    plant.ask("a", store::receive{quantity::of(1)});
    plant.ask("a", store::receive{quantity::of(1)});
    const auto history = plant.node->history(store_at("a"), 0, 10);
    REQUIRE(history.size() == 2);
    CHECK(history[0].trace);
    CHECK(history[1].trace);
    CHECK(history[0].trace != history[1].trace);
}

TEST_CASE("what an entity has calculated belongs to the trace of the command that asked", "[runtime]")
{
    plant_node plant;
    const auto trace = *read_traceparent(example);
    plant.node->ask(command("a", make_message(store::order_sum{4}), trace));
    plant.settle();
    CHECK(steps(plant.node->trace(trace.id, 10)) == std::vector<std::string>{"store/a order_sum", "store/a receive"});
}

TEST_CASE("a timer begins a trace that says what armed it", "[runtime]")
{
    plant_node plant(600);
    const auto trace = *read_traceparent(example);
    plant.ask("a", store::receive{quantity::of(5)});
    plant.node->ask(
        command("a", make_message(store::pass_on_later{"b", quantity::of(2), plant.node->now() + 5min}), trace));
    const auto armed = plant.node->trace(trace.id, 10);
    REQUIRE(steps(armed) == std::vector<std::string>{"store/a pass_on_later"});
    const auto id = trace_of_timer(store_at("a"), armed.records.front().timers.front().id);
    REQUIRE(takt::test::eventually([&] { return plant.node->trace(id, 10).records.size() == 2; }));
    const auto fired = plant.node->trace(id, 10);
    CHECK(steps(fired) == std::vector<std::string>{"store/a pass_on", "store/b receive"});
    REQUIRE(fired.started_by);
    CHECK(read_trace(fired.started_by->trace).id == trace.id);
}

TEST_CASE("traces are found in the index that a rebuild makes", "[runtime]")
{
    plant_node plant;
    const auto trace = *read_traceparent(example);
    plant.ask("a", store::receive{quantity::of(10)});
    plant.node->ask(command("a", make_message(store::pass_on{"b", quantity::of(4)}), trace));
    plant.settle();
    plant.node.reset();
    {
        persistence::store disk((plant.folder.path() / "data").string());
        rebuild(disk, store::kinds());
    }
    plant.start();
    CHECK(plant.node->trace(trace.id, 10).records.size() == 2);
}

TEST_CASE("records of older programs have no trace and are read", "[runtime]")
{
    const auto old = read_record(
        R"({"entity":"store/a","n":1,"rev":0,"at":"2026-05-04T06:00:00Z","by":"key/K","seq":1,"command":"receive","events":[{"type":"received","data":{"amount":4}}]})");
    CHECK_FALSE(note_of(old).trace);
    const auto now = read_record(
        R"({"entity":"store/a","n":1,"rev":0,"at":"2026-05-04T06:00:00Z","by":"key/K","seq":1,"trace":"4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7","command":"receive","events":[]})");
    CHECK(note_of(now).trace == example_id());
}

TEST_CASE("a trace that is old is forgotten; its records stay", "[runtime]")
{
    plant_node plant(1);
    plant.bounds.traces_for = 24h;
    plant.bounds.checkpoint_every = 10ms;
    plant.speed = 400'000; // a day in a fifth of a second
    plant.restart();
    const auto trace = *read_traceparent(example);
    plant.node->ask(command("a", make_message(store::receive{quantity::of(1)}), trace));
    REQUIRE(plant.node->trace(trace.id, 10).records.size() == 1);
    REQUIRE(takt::test::eventually([&] {
        plant.ask("b", store::receive{quantity::of(1)});
        return plant.node->trace(trace.id, 10).records.empty();
    }));
    CHECK(plant.node->history(store_at("a"), 0, 10).size() == 1);
}
