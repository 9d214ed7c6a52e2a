#include <catch2/catch.hpp>

#include "actors/anomaly/anomaly.hpp"
#include "actors/kinds.hpp"
#include "actors/qms/nonconformance.hpp"
#include "gateways/plant/plant_file.hpp"
#include "messages/core/json_read.hpp"
#include "sim/virtual_plant.hpp"
#include "tests/support.hpp"

using namespace takt;
using namespace takt::sim;
using namespace std::chrono_literals;

namespace {

template <class State> std::vector<State> all(virtual_plant& plant, std::string_view kind)
{
    std::vector<State> found;
    for (const auto& e : plant.node().host().entities())
        if (e.kind() == kind) found.push_back(plant.node().host().state<State>(e));
    return found;
}

} // namespace

TEST_CASE("in a plant whose pieces are often bad, inspectors decide what becomes of them and cases come to their end")
{
    const auto kinds = all_kinds();
    scenario bad;
    bad.process_defect_rate = 0.03;
    bad.defect_factor = 15;
    virtual_plant plant(kinds, plant::load(test::source_path("plants/gearworks.json")).value(), bad,
                        *parse_rfc3339("2026-01-12T05:00:00Z"));
    plant.define();
    plant.run_for(24h);
    std::size_t opened = 0, closed = 0, by_people = 0, done = 0;
    for (const auto& a : all<anomaly::state>(plant, "anomaly")) {
        if (a.kind != "quality") continue;
        ++opened;
        closed += a.state == anomaly::case_state::closed || a.number > 1 ? 1 : 0;
    }
    for (const auto& n : all<nonconformance::state>(plant, "nonconformance")) {
        done += n.status == nonconformance::status::done ? 1 : 0;
        by_people += n.by.starts_with("O-") ? 1 : 0;
    }
    CHECK(opened > 5);
    CHECK(closed > 2);
    CHECK(done > 5);
    CHECK(by_people >= done); // gearworks leaves it to them
    CHECK(plant.node().list("dead_letter", {}, 10, {}).empty());
}
