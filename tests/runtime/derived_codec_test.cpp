#include <catch2/catch.hpp>

#include "runtime/derived_codec.hpp"
#include "runtime/lines.hpp"

using namespace takt;
using namespace takt::runtime;

TEST_CASE("what is read from the head of a record is what the whole record says", "[runtime]")
{
    const auto line = GENERATE(
        R"({"entity":"bin/A-01","n":3,"rev":4,"at":"2026-05-04T06:00:00Z","command":"pick","events":[{"type":"picked","data":{"quantity":4}}]})",
        R"({"entity":"bin/A-01","n":3,"rev":4,"at":"2026-05-04T06:00:00Z","by":"work_order/WO-7","seq":12,"command":"pick","events":[]})",
        R"({"entity":"bin/A-01","n":3,"rev":4,"at":"2026-05-04T06:00:00Z","by":"key/a \"quoted\" one","seq":1,"fp":77,"command":"pick"})",
        R"({"entity":"bin/A-01","n":3,"rev":4,"at":"2026-05-04T06:00:00Z","by":"timer/count","seq":9,"command":"count"})",
        R"({"entity":"bin/A-01","n":3,"rev":4,"at":"2026-05-04T06:00:00Z","by":"work_order/WO-7","seq":12,"trace":"4bf92f3577b34da6a3ce929d0e0e4736","command":"pick","events":[]})",
        R"({"entity":"bin/A-01","n":3,"rev":4,"at":"2026-05-04T06:00:00Z","trace":"4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7","command":"pick","events":[]})",
        R"({"entity":"bin/A-01","n":3,"rev":4,"at":"2026-05-04T06:00:00Z","by":"key/K","seq":1,"fp":77,"trace":"4bf92f3577b34da6a3ce929d0e0e4736","command":"pick","events":[]})",
        R"({"entity":"bin/A-01","n":3,"rev":4,"at":"2026-05-04T06:00:00Z","command":"pick","effects":[{"to":"lot/L-1","seq":5,"type":"consume","data":{}}]})",
        R"({"entity":"bin/A-01","n":3,"rev":4,"at":"2026-05-04T06:00:00Z","command":"pick","timers":[{"name":"count","id":6,"due":"2026-05-05T06:00:00Z","type":"count","data":{}}],"cancel":["audit"]})",
        R"({"entity":"bin/A-01","n":3,"rev":4,"at":"2026-05-04T06:00:00Z","command":"note","events":[{"type":"noted","data":{"text":",\"effects\":[ is only text here"}}]})");
    const auto quick = note_of_line(line);
    const auto whole = note_of(read_record(line));
    CHECK(quick.entity == whole.entity);
    CHECK(quick.by == whole.by);
    CHECK(quick.seq == whole.seq);
    CHECK(quick.trace == whole.trace);
    CHECK(quick.effects == whole.effects);
    CHECK(quick.disarmed == whole.disarmed);
    REQUIRE(quick.armed.size() == whole.armed.size());
    for (std::size_t i = 0; i < quick.armed.size(); ++i) {
        CHECK(quick.armed[i].name == whole.armed[i].name);
        CHECK(quick.armed[i].id == whole.armed[i].id);
        CHECK(quick.armed[i].due == whole.armed[i].due);
    }
}
