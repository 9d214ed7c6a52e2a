#include "tests/docs/tool/tool.hpp"

#include <catch2/catch.hpp>

#include "actors/anomaly/anomaly.hpp"
#include "actors/anomaly/playbook.hpp"
#include "actors/make_kind.hpp"
#include "runtime/replay_host.hpp"

using namespace takt;
using namespace std::chrono_literals;

namespace {

const entity_ref hob("tool", "HOB-7");

/// A plant in memory, with tools and the anomalies they raise.
struct tool_crib {
    kind_registry kinds = [] {
        kind_registry all;
        all.add(make_kind<anomaly::kind>());
        all.add(make_kind<playbook::kind>());
        all.add(make_kind<tool::kind>());
        return all;
    }();
    runtime::replay_host plant{kinds, *parse_rfc3339("2026-01-05T06:00:00Z")};

    const tool::state& state() { return plant.state<tool::state>(hob); }
};

} // namespace

TEST_CASE("a tool is dull after its pieces, and sharp when reground")
{
    tool_crib crib;
    crib.plant.ask(hob.key(), tool::define{100, 1});
    crib.plant.tell(hob.key(), tool::use{"M-301", 99});
    crib.plant.settle();
    CHECK(crib.state().status == tool::status::sharp);
    crib.plant.tell(hob.key(), tool::use{"M-301", 1});
    crib.plant.settle();
    CHECK(crib.state().status == tool::status::dull);
    CHECK(crib.plant.ask(hob.key(), tool::regrind{}).result == runtime::outcome::accepted);
    CHECK(crib.state().status == tool::status::sharp);
    CHECK(crib.state().pieces == 0);
}

TEST_CASE("a tool whose life is over is scrapped instead of ground")
{
    tool_crib crib;
    crib.plant.ask(hob.key(), tool::define{10, 0});
    crib.plant.tell(hob.key(), tool::use{"M-301", 12});
    crib.plant.settle();
    crib.plant.ask(hob.key(), tool::regrind{});
    CHECK(crib.state().status == tool::status::scrapped);
    CHECK(crib.plant.ask(hob.key(), tool::regrind{}).reason == "not_dull");
}

TEST_CASE("a tool refuses a definition that makes no sense, and says which member")
{
    tool_crib crib;
    const auto answer = crib.plant.ask(hob.key(), tool::define{});
    CHECK(answer.reason == "not_positive");
    CHECK(answer.field == "pieces_per_edge");
}

TEST_CASE("a tool that stays dull for a shift is a case for a person; one that is reground in time is not")
{
    const bool in_time = GENERATE(false, true);
    tool_crib crib;
    crib.plant.ask(hob.key(), tool::define{10, 3});
    crib.plant.tell(hob.key(), tool::use{"M-301", 10});
    crib.plant.advance(7h);
    if (in_time) crib.plant.ask(hob.key(), tool::regrind{});
    crib.plant.advance(24h);
    const entity_ref alarm("anomaly", anomaly::key_of("tool_dull", hob));
    const auto expected = in_time ? anomaly::case_state::none : anomaly::case_state::open;
    CHECK(crib.plant.state<anomaly::state>(alarm).state == expected);
    CHECK_FALSE(crib.plant.first_that_differs_from_replay());
}
